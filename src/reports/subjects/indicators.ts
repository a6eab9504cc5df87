import { setImmediate as turn } from 'node:timers/promises';
import { and, asc, eq, gte, isNull, or } from 'drizzle-orm';
import { dateIn, instantsOf, type Span } from '../../domain/calendar.ts';
import { codeOf } from '../../domain/codes.ts';
import type { Forum } from '../../domain/forums.ts';
import { latest, type Standing, standingsOf } from '../../domain/indicators/standing.ts';
import type { Indicator } from '../../domain/indicators/store.ts';
import { reportersText } from '../../views/indicator.ts';
import type { Look } from '../../views/look.ts';
import { type ColumnKey, dateCell, type Sheet, sheetWith } from '../sheet.ts';

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
] as const satisfies readonly ColumnKey[];

/**
 * The indicators of a time, with their standings up to its end: agreed before its end, or with values for periods
 * before it, since a forum may enter what it began before it had Rembug.
 */
export async function indicatorsIn(
  { db, forumId, now }: Look,
  forum: Forum,
  span: Span,
): Promise<{ indicator: Indicator; standings: Standing[] }[]> {
  const { indicators: i } = db.tables;
  const [from, until] = instantsOf(span, forum.zone);
  const rows = await db
    .select()
    .from(i)
    .where(and(eq(i.forumId, forumId), or(isNull(i.retiredAt), gte(i.retiredAt, from))))
    .orderBy(asc(i.number));
  // Nothing is reported for periods to come, so an end that lies ahead may as well be today.
  const today = dateIn(now, forum.zone);
  const end = span.to < today ? span.to : today;
  const found: { indicator: Indicator; standings: Standing[] }[] = [];
  for (const indicator of rows) {
    const standings = await standingsOf(db, indicator, end);
    if (indicator.createdAt < until || latest(standings).value !== null) found.push({ indicator, standings });
    await turn();
  }
  return found;
}

/** How each indicator stands at the end of a time. */
export async function indicatorSheet(look: Look, forum: Forum, span: Span): Promise<Sheet> {
  const { m } = look;
  const w = m.indicator;
  const rows = [];
  for (const { indicator, standings } of await indicatorsIn(look, forum, span)) {
    const now = latest(standings);
    const known = now.value !== null;
    rows.push([
      codeOf('indicator', indicator.number),
      indicator.name,
      indicator.goal === null ? null : codeOf('goal', indicator.goal),
      indicator.unit,
      w.directions[indicator.direction],
      indicator.baseline,
      dateCell(indicator.baselineDate),
      known ? now.period.key : null,
      now.value,
      known ? now.target : null,
      known && now.percent !== null ? { percent: now.percent } : null,
      now.colour ? w.colours[now.colour] : w.noColour,
      known ? now.n : 0,
      now.of,
      indicator.target,
      dateCell(indicator.due),
      w.frequencies[indicator.frequency],
      await reportersText(look, indicator),
      indicator.definition,
    ]);
  }
  return sheetWith(m, 'indicators', COLUMNS, rows);
}
