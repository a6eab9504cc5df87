import { dateIn } from '../domain/calendar.ts';
import { codeOf } from '../domain/codes.ts';
import { listPolls, optionsOf, type Poll } from '../domain/polls/store.ts';
import type { Markup } from '../language/markup.ts';
import { namesOf } from '../views/poll-count.ts';
import { date, section, table } from './components.ts';
import { type PageContext, showsNames } from './page-context.ts';

/** Maximum number of polls on the page. */
const SHOWN = 20;

/** The polls that were closed last, with what came out; null: there are none. People are named where the page names people. */
export async function closedPolls(pageContext: PageContext): Promise<Markup | null> {
  const { render: context, forum } = pageContext;
  const { m, db, forumId } = context;
  const w = m.poll;
  const { rows } = await listPolls(db, forumId, { state: 'closed' }, SHOWN);
  if (!rows.length) return null;
  const lines: (Markup | string)[][] = [];
  for (const poll of rows)
    lines.push([
      codeOf('poll', poll.number),
      poll.title,
      poll.outcome ? w.outcomes[poll.outcome] : w.open,
      await resultOf(pageContext, poll),
      poll.count ? w.votedOf(poll.count) : '',
      poll.closedAt ? date(pageContext, dateIn(poll.closedAt, forum.zone)) : '',
    ]);
  return section(
    'polls',
    w.publicTitle,
    table(
      w.publicTitle,
      [w.code, w.title, w.state, w.winners, w.voted, w.closes].map(label => ({ label })),
      lines,
    ),
  );
}

async function resultOf(pageContext: PageContext, poll: Poll): Promise<string> {
  const isPerson = poll.rule.kind === 'election';
  if (poll.outcome !== 'decided' || !poll.count || (isPerson && !showsNames(pageContext))) return '';
  const { names } = namesOf(pageContext.render, poll, await optionsOf(pageContext.render.db, poll));
  return names(poll.count.winners);
}
