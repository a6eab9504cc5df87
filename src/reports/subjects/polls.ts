import { and, asc, eq, gte, isNotNull, lt } from 'drizzle-orm';
import type { RenderContext } from '../../contract/render-context.ts';
import { dateIn, instantsOf, type Span } from '../../domain/calendar.ts';
import { codeOf } from '../../domain/codes.ts';
import type { Forum } from '../../domain/forums.ts';
import { optionsOf } from '../../domain/polls/store.ts';
import { namesOf } from '../../views/poll-count.ts';
import { type Cell, type ColumnKey, dateCell, type Sheet, sheetWith } from '../sheet.ts';

const POLLS = [
  'code',
  'date',
  'title',
  'kind',
  'basis',
  'secret',
  'pollOutcome',
  'pollResult',
  'present',
  'needed',
  'electorate',
] as const satisfies readonly ColumnKey[];

/** The polls that were closed in a time. Whom an election named is left out, as all people's names are. */
export async function pollSheet(context: RenderContext, forum: Forum, span: Span): Promise<Sheet> {
  const { m, db, forumId } = context;
  const { polls: p } = db.tables;
  const [from, until] = instantsOf(span, forum.zone);
  const closed = await db
    .select()
    .from(p)
    .where(and(eq(p.forumId, forumId), isNotNull(p.outcome), gte(p.closedAt, from), lt(p.closedAt, until)))
    .orderBy(asc(p.number));
  const rows: Cell[][] = [];
  for (const poll of closed) {
    const { rule, count, outcome } = poll;
    const { names } = namesOf(context, poll, await optionsOf(db, poll));
    const isNamed = rule.kind !== 'election' && outcome === 'decided';
    rows.push([
      codeOf('poll', poll.number),
      dateCell(poll.closedAt && dateIn(poll.closedAt, forum.zone)),
      poll.title,
      m.poll.kinds[rule.kind],
      m.strategy.bases[rule.basis],
      rule.secret ? m.core.yes : m.core.no,
      outcome && m.poll.outcomes[outcome],
      isNamed && count ? names(count.winners) : null,
      count?.voted ?? null,
      count?.needed ?? null,
      count?.electorate ?? null,
    ]);
  }
  return sheetWith(m, 'polls', POLLS, rows);
}
