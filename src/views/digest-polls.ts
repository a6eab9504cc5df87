import type { RenderContext } from '../contract/render-context.ts';
import { list, text } from '../contract/view.ts';
import { codeOf } from '../domain/codes.ts';
import { castOf, openPolls } from '../domain/polls/store.ts';
import { countElectors } from '../domain/strategies/electorate.ts';
import { when } from '../language/dates.ts';
import type { Text } from '../language/text.ts';
import { LISTED, NOTHING, type Section, see } from './digest-section.ts';

/** The polls that are open, and how many have voted. */
export async function pollSection(context: RenderContext): Promise<Section> {
  const { m, db, zone, locale } = context;
  const open = (await openPolls(db, context.forumId, LISTED)).filter(row => row.closesAt > context.now);
  const lines: Text[] = [];
  for (const poll of open) {
    const voted = (await castOf(db, poll)).reduce((sum, { n }) => sum + n, 0);
    const closes: Text = [when(poll.closesAt, zone, locale)];
    const electorate = await countElectors(db, poll);
    lines.push(m.poll.digestLine({ code: codeOf('poll', poll.number), title: poll.title, voted, electorate, closes }));
  }
  if (!lines.length) return NOTHING;
  const first = { poll: codeOf('poll', open[0]!.number) };
  return { blocks: [text(m.poll.digest), list(lines)], next: [see(context, first.poll, 'js', first)] };
}
