import type { RenderContext } from '../contract/render-context.ts';
import type { Span } from '../domain/calendar.ts';
import type { Forum } from '../domain/forums.ts';
import { shareTurn } from '../runtime/event-loop.ts';
import type { Sheet } from './sheet.ts';
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

/** One subject of what the forum may show of a time, in the language and zone of the look. */
export const sheetOf = (key: SheetKey, context: RenderContext, forum: Forum, span: Span): Promise<Sheet> =>
  SUBJECTS[key](context, forum, span);

/**
 * Everything that the forum may show of a time, a sheet a subject. Private issues, authors of issues, the choices of
 * secret votes, contacts and people's names are not in it; money waiting for approval is marked. Between two subjects the
 * rest of the program has its turn.
 */
export async function sheetsOf(
  context: RenderContext,
  forum: Forum,
  span: Span,
  onProgress: (done: number, of: number) => void,
): Promise<Sheet[]> {
  const sheets: Sheet[] = [];
  for (const key of SHEETS) {
    onProgress(sheets.length, SHEETS.length);
    sheets.push(await sheetOf(key, context, forum, span));
    await shareTurn();
  }
  return sheets;
}
