import { and, asc, eq, gte, inArray, isNotNull, lt } from 'drizzle-orm';
import type { RenderContext } from '../../contract/render-context.ts';
import { addMonths, dateIn, instantsOf, type Span } from '../../domain/calendar.ts';
import { codeOf } from '../../domain/codes.ts';
import { earlierThan, restored } from '../../domain/earlier.ts';
import type { Forum } from '../../domain/forums.ts';
import { REVIEW_MONTHS } from '../../domain/strategies/closing.ts';
import { positionsByName } from '../../domain/strategies/positions-by-name.ts';
import type { Strategy } from '../../domain/strategies/store.ts';
import { type Cell, type ColumnKey, dateCell, type Sheet, sheetWith } from '../sheet.ts';

const DECISIONS = [
  'code',
  'date',
  'title',
  'change',
  'rationale',
  'basis',
  'method',
  'secret',
  'outcome',
  'agree',
  'disagree',
  'abstain',
  'object',
  'recuse',
  'present',
  'needed',
  'electorate',
  'reviewOn',
] as const satisfies readonly ColumnKey[];

const POSITIONS = [
  'decision',
  'title',
  'partner',
  'sector',
  'choice',
  'reason',
  'castOn',
  'proxy',
] as const satisfies readonly ColumnKey[];

/** The proposals that were decided in a time. */
export async function decidedIn({ db, forumId }: RenderContext, forum: Forum, span: Span): Promise<Strategy[]> {
  const { strategies: s } = db.tables;
  const [from, until] = instantsOf(span, forum.zone);
  return db
    .select()
    .from(s)
    .where(and(eq(s.forumId, forumId), isNotNull(s.outcome), gte(s.closedAt, from), lt(s.closedAt, until)))
    .orderBy(asc(s.number));
}

/** Review dates of decisions, as they stood at the end of a time. */
async function reviewDays({ db, forumId }: RenderContext, { zone }: Forum, span: Span, rows: readonly Strategy[]) {
  const [, until] = instantsOf(span, zone);
  const earlier = await earlierThan(db, forumId, 'strategy', until);
  const { strategies: s } = db.tables;
  const enders = rows.flatMap(row => row.endedBy ?? []);
  const later = enders.length
    ? await db
        .select({ number: s.number })
        .from(s)
        .where(and(eq(s.forumId, forumId), inArray(s.number, enders), gte(s.closedAt, until)))
    : [];
  const endedLater = new Set(later.map(one => one.number));
  return (row: Strategy): string | null => {
    const was = restored(row, earlier);
    // Another decision that ends one takes its review away, and writes no change of it.
    const isEndedLater = row.endedBy !== null && endedLater.has(row.endedBy) && was.reviewOn === null;
    return isEndedLater ? addMonths(dateIn(row.reviewedAt ?? row.closedAt!, zone), REVIEW_MONTHS) : was.reviewOn;
  };
}

/** The decisions of a time, each with its arithmetic. */
export async function decisionSheet(context: RenderContext, forum: Forum, span: Span): Promise<Sheet> {
  const { m } = context;
  const w = m.strategy;
  const decided = await decidedIn(context, forum, span);
  const reviewOn = await reviewDays(context, forum, span, decided);
  const rows = decided.map((row): Cell[] => {
    const sum = row.arithmetic;
    return [
      codeOf('strategy', row.number),
      dateCell(row.closedAt && dateIn(row.closedAt, forum.zone)),
      row.title,
      row.change,
      row.rationale,
      w.bases[row.rule.basis],
      w.methods[row.rule.method],
      row.rule.secret ? m.core.yes : m.core.no,
      row.outcome && w.outcomes[row.outcome],
      sum?.agree ?? null,
      sum?.disagree ?? null,
      sum?.abstain ?? null,
      sum?.object ?? null,
      sum?.recuse ?? null,
      sum?.present ?? null,
      sum?.needed ?? null,
      sum?.electorate ?? null,
      dateCell(reviewOn(row)),
    ];
  });
  return sheetWith(m, 'decisions', DECISIONS, rows);
}

/** Lists partners' positions: of a secret vote only whether it voted, of votes by members nothing by person. */
export async function positionSheet(context: RenderContext, forum: Forum, span: Span): Promise<Sheet> {
  const { m, db } = context;
  const w = m.strategy;
  const sectors: Readonly<Record<string, string>> = m.partner.sectors;
  const rows: Cell[][] = [];
  for (const strategy of await decidedIn(context, forum, span)) {
    // A withdrawn proposal was not decided by anybody.
    if (strategy.rule.basis !== 'partner' || strategy.outcome === 'withdrawn') continue;
    for (const one of await positionsByName(db, strategy)) {
      const hidden = strategy.rule.secret && one.choice !== 'recuse';
      const open = one.choice ? w.choices[one.choice] : m.report.notVoted;
      rows.push([
        codeOf('strategy', strategy.number),
        strategy.title,
        one.name,
        one.sector && (sectors[one.sector] ?? null),
        hidden ? (one.voted ? m.report.voted : m.report.notVoted) : open,
        hidden ? null : one.reason,
        hidden ? null : dateCell(one.castAt && dateIn(one.castAt, forum.zone)),
        one.proxy,
      ]);
    }
  }
  return sheetWith(m, 'positions', POSITIONS, rows);
}
