import { and, asc, eq, gte, isNull, or } from 'drizzle-orm';
import type { RenderContext } from '../../contract/render-context.ts';
import { dateIn, instantsOf, type Span } from '../../domain/calendar.ts';
import { codeOf } from '../../domain/codes.ts';
import type { Forum } from '../../domain/forums.ts';
import { type IndicatorStatus, latest, periodStatuses } from '../../domain/indicators/period-status.ts';
import { recordsOf } from '../../domain/indicators/record.ts';
import { termsAt } from '../../domain/indicators/terms.ts';
import { valueWithin } from '../../domain/indicators/within.ts';
import { namesBefore } from '../../domain/partners.ts';
import { shareTurn } from '../../runtime/event-loop.ts';
import { mapInTurns } from '../../runtime/in-turns.ts';
import { reportersText } from '../../views/indicator.ts';
import { statusText, statusWord } from '../../views/indicator-words.ts';
import { type Cell, type ColumnKey, dateCell, numberCell, type Sheet, sheetWith } from '../sheet.ts';

const COLUMNS = [
  'code',
  'name',
  'goal',
  'unit',
  'direction',
  'baseline',
  'baselineDate',
  'period',
  'value',
  'runningValue',
  'periodTarget',
  'progress',
  'status',
  'reported',
  'expected',
  'target',
  'due',
  'frequency',
  'reporters',
  'definition',
  'finalProgress',
  'remark',
  'area',
] as const satisfies readonly ColumnKey[];

/** The last local date of a time, or today where the time ends later: what holds then is what a report tells. */
export function lastDay({ now }: Pick<RenderContext, 'now'>, { zone }: Forum, { to }: Span): string {
  const today = dateIn(now, zone);
  return to < today ? to : today;
}

/**
 * The indicators of a time, with their standings up to its end: agreed before its end, or with values for periods
 * before it, since a forum may enter what it began before it had Rembug.
 */
export async function indicatorsIn(context: RenderContext, forum: Forum, span: Span): Promise<IndicatorStatus[]> {
  const found: IndicatorStatus[] = [];
  for await (const some of indicatorsInPieces(context, forum, span)) found.push(...some);
  return found;
}

/** Maximum number of judged indicators at a time, where not all are needed at once. */
const A_PIECE = 25;

/** The same, some at a time: how a thousand stand in each of their periods is never held at once. */
export async function* indicatorsInPieces(
  context: RenderContext,
  forum: Forum,
  span: Span,
): AsyncGenerator<IndicatorStatus[]> {
  const { db, forumId, now } = context;
  const { indicators: i } = db.tables;
  const [from, until] = instantsOf(span, forum.zone);
  const rows = await db
    .select()
    .from(i)
    .where(and(eq(i.forumId, forumId), or(isNull(i.retiredAt), gte(i.retiredAt, from))))
    .orderBy(asc(i.number));
  // Nothing is reported for periods to come, so an end that lies ahead may as well be today.
  const today = dateIn(now, forum.zone);
  const end = lastDay(context, forum, span);
  let found: IndicatorStatus[] = [];
  for (const record of await recordsOf(db, rows)) {
    const { indicator } = record;
    const all = periodStatuses(record, today, end);
    if (indicator.createdAt < until || all.some(one => one.value !== null))
      found.push({ indicator, record, standings: all });
    if (found.length === A_PIECE) {
      yield found;
      found = [];
    }
    await shareTurn();
  }
  yield found;
}

/** Tells how each indicator stands at the end of a time. */
export async function indicatorSheet(context: RenderContext, forum: Forum, span: Span): Promise<Sheet> {
  const { m } = context;
  const w = m.indicator;
  const names = await namesBefore(context.db, context.forumId, instantsOf(span, forum.zone)[1]);
  const end = lastDay(context, forum, span);
  const stood = await indicatorsIn(context, forum, span);
  const rows = await mapInTurns(stood, ({ indicator, record, standings: all }): Cell[] => {
    const now = latest(all);
    const known = now.value !== null;
    const terms = termsAt(record, end);
    return [
      codeOf('indicator', indicator.number),
      terms.name,
      terms.goal === null ? null : codeOf('goal', terms.goal),
      terms.unit,
      w.directions[terms.direction],
      numberCell(terms.baseline),
      dateCell(terms.baselineDate),
      known ? now.period.key : null,
      numberCell(valueWithin(all, span)),
      numberCell(now.value),
      known ? numberCell(now.target) : null,
      known && now.percent !== null ? { percent: now.percent } : null,
      statusWord(context, now),
      known ? now.n : 0,
      now.of,
      numberCell(terms.target),
      dateCell(terms.due),
      w.frequencies[terms.frequency],
      reportersText(context, terms.partners, names),
      terms.definition,
      known && now.final?.percent != null ? { percent: now.final.percent } : null,
      now.provisional.length ? statusText(context, now, names) : null,
      indicator.area,
    ];
  });
  return sheetWith(m, 'indicators', COLUMNS, rows);
}
