import type { RenderContext } from '../../contract/render-context.ts';
import type { Span } from '../../domain/calendar.ts';
import { dateIn, offsetIn, timeIn } from '../../domain/calendar.ts';
import { codeOf } from '../../domain/codes.ts';
import type { Forum } from '../../domain/forums.ts';
import { positionsByName } from '../../domain/strategies/positions-by-name.ts';
import type { Strategy } from '../../domain/strategies/store.ts';
import type { Choice } from '../../domain/strategies/tally.ts';
import { decidedIn } from '../subjects/decisions.ts';

/**
 * Choices by the words that Popolo has for them (popoloproject.com, vote event). An objection is a no; who steps aside
 * does not vote; who said nothing was absent.
 */
const OPTIONS = {
  agree: 'yes',
  disagree: 'no',
  object: 'no',
  abstain: 'abstain',
  recuse: 'not voting',
} as const satisfies Readonly<Record<Choice, string>>;
/** Ids hold within the file, so that the same record gives the same bytes. */
const ORGANISATION = 'forum';
const ABSENT = 'absent';

const at = (instant: Date, zone: string): string =>
  `${dateIn(instant, zone)}T${timeIn(instant, zone)}:00${offsetIn(instant, zone)}`;

/** Votes by choice, as the tally counts them, so that their sum is the electorate. */
function countsOf({ arithmetic: sum }: Strategy) {
  if (!sum) return [];
  const no = sum.disagree + sum.object;
  const absent = sum.electorate - sum.agree - no - sum.abstain - sum.recuse;
  return [
    ['yes', sum.agree],
    ['no', no],
    ['abstain', sum.abstain],
    ['not voting', sum.recuse],
    [ABSENT, absent],
  ].map(([option, value]) => ({ option, value }));
}

/**
 * The decisions of a time as motions with vote events of Popolo. How a partner voted stands there only where the vote
 * was open and by partner: of a secret one, and of one by members, only the counts.
 */
export async function popoloText(context: RenderContext, forum: Forum, span: Span): Promise<string> {
  const { db } = context;
  const organisation = { id: ORGANISATION, name: forum.name, classification: 'forum' };
  const motions: unknown[] = [];
  for (const strategy of await decidedIn(context, forum, span)) {
    const { rule, outcome, closedAt, openedAt, opensAt } = strategy;
    if (outcome === null || outcome === 'withdrawn' || closedAt === null) continue;
    const code = codeOf('strategy', strategy.number);
    const isOpen = !rule.secret && rule.basis === 'partner';
    const result = outcome === 'carried' ? 'pass' : 'fail';
    const positions = isOpen ? await positionsByName(db, strategy) : [];
    motions.push({
      id: code,
      identifier: code,
      organization_id: organisation.id,
      classification: 'strategy change',
      text: `${strategy.title}: ${strategy.change}`,
      date: dateIn(openedAt ?? opensAt, forum.zone),
      requirement: context.m.strategy.methods[rule.method],
      result,
      vote_events: [
        {
          id: `${code}/vote`,
          identifier: code,
          motion_id: code,
          organization_id: organisation.id,
          start_date: at(openedAt ?? opensAt, forum.zone),
          end_date: at(closedAt, forum.zone),
          result,
          counts: countsOf(strategy),
          votes: positions.map(one => ({
            voter: { name: one.name },
            option: one.choice ? OPTIONS[one.choice] : ABSENT,
          })),
        },
      ],
    });
  }
  return `${JSON.stringify({ organizations: [organisation], motions }, null, 2)}\n`;
}
