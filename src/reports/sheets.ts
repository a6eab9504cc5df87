import { and, eq } from 'drizzle-orm';
import type { RenderContext } from '../contract/render-context.ts';
import { type Area, withinArea, worksIn } from '../domain/areas/area.ts';
import type { Span } from '../domain/calendar.ts';
import { codeOf } from '../domain/codes.ts';
import type { Forum } from '../domain/forums.ts';
import { shareTurn } from '../runtime/event-loop.ts';
import type { Cell, ColumnKey, Sheet } from './sheet.ts';
import { actionSheet } from './subjects/actions.ts';
import { activitySheet } from './subjects/activities.ts';
import { agreementSheet, commitmentSheet } from './subjects/agreements.ts';
import { assessmentSheet } from './subjects/assessments.ts';
import { decisionSheet, positionSheet } from './subjects/decisions.ts';
import { goalSheet } from './subjects/goals.ts';
import { indicatorSheet } from './subjects/indicators.ts';
import { issueSheet } from './subjects/issues.ts';
import { moneySheet } from './subjects/money.ts';
import { partnerSheet } from './subjects/partners.ts';
import { pollSheet } from './subjects/polls.ts';
import { reportSheet } from './subjects/reports.ts';

export type { Cell, Column, Sheet } from './sheet.ts';

/** Subjects of reports, by their name in addresses: the same in every language. */
const SUBJECTS = {
  goals: goalSheet,
  indicators: indicatorSheet,
  reports: reportSheet,
  activities: activitySheet,
  decisions: decisionSheet,
  positions: positionSheet,
  polls: pollSheet,
  issues: issueSheet,
  money: moneySheet,
  agreements: agreementSheet,
  commitments: commitmentSheet,
  actions: actionSheet,
  assessments: assessmentSheet,
  partners: partnerSheet,
};
export type SheetKey = keyof typeof SUBJECTS;
export const SHEETS = Object.keys(SUBJECTS) as readonly SheetKey[];

/** One subject of what the forum may show of a time, in the language and zone of the context. */
export const sheetOf = (key: SheetKey, context: RenderContext, forum: Forum, span: Span): Promise<Sheet> =>
  SUBJECTS[key](context, forum, span);

/** The subjects whose rows have a place: what is agreed, decided or paid is the whole forum's. */
const PLACED = [
  ...(['indicators', 'reports', 'activities', 'issues', 'partners'] as const),
] as const satisfies readonly SheetKey[];

export const isPlaced = (key: string): boolean => (PLACED as readonly string[]).includes(key);

/**
 * The rows of a sheet that are of an area, or of what lies in it. Reports are where their indicator is.
 * @param key one of `PLACED`
 */
export async function narrowed(
  { db, forumId }: RenderContext,
  key: SheetKey,
  sheet: Sheet,
  area: Area,
): Promise<Sheet> {
  const at = (wanted: ColumnKey): number => sheet.columns.findIndex(column => column.key === wanted);
  if (key !== 'reports')
    return { ...sheet, rows: sheet.rows.filter(row => worksIn(row[at('area')] as string | null, area)) };
  const { indicators: i } = db.tables;
  const inside = await db
    .select({ number: i.number })
    .from(i)
    .where(and(eq(i.forumId, forumId), withinArea(i.area, area)));
  const codes = new Set<Cell>(inside.map(one => codeOf('indicator', one.number)));
  return { ...sheet, rows: sheet.rows.filter(row => codes.has(row[at('indicator')] ?? null)) };
}

/**
 * Everything that the forum may show of a time, a sheet a subject; of an area, what has a place in it. Private issues, authors of issues, the choices of
 * secret votes, contacts and people's names are not in it; money waiting for approval is marked. Between two subjects the
 * rest of the program has its turn.
 */
export async function sheetsOf(
  context: RenderContext,
  forum: Forum,
  span: Span,
  onProgress: (done: number, of: number) => void,
  area: Area | null = null,
): Promise<ReadonlyMap<SheetKey, Sheet>> {
  const sheets = new Map<SheetKey, Sheet>();
  const keys = area ? SHEETS.filter(isPlaced) : SHEETS;
  for (const key of keys) {
    onProgress(sheets.size, keys.length);
    const sheet = await sheetOf(key, context, forum, span);
    sheets.set(key, area ? await narrowed(context, key, sheet, area) : sheet);
    await shareTurn();
  }
  return sheets;
}
