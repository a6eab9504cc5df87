import type { Forum } from '../../domain/forums.ts';
import { coordinators } from '../../domain/people.ts';
import { formatDate } from '../../language/dates.ts';
import type { WholeReport } from '../report.ts';
import { type Cell, shownOf } from '../sheet.ts';
import { indicatorParts, lightParts } from './indicator-parts.ts';
import { moneyParts } from './money-parts.ts';
import type { Fact, PaperDocument, Part } from './parts.ts';
import { type ChartForm, chartPainter, photosOf } from './pictures.ts';
import { ReportRows } from './rows.ts';
import { actionParts, activityParts, decisionParts, goalParts, issueParts, lessonParts } from './work-parts.ts';

/** Maximum number of coordinators with a place of their own to sign. */
const SIGNERS = 6;

/**
 * A report as a document that people sign: what stands in it is of the same sheets as every other form of the report,
 * with the goals' narratives, charts and photos besides. The names of those who sign are the only people's names.
 */
export async function signedDocument(report: WholeReport, forum: Forum, form: ChartForm): Promise<PaperDocument> {
  const { context, span, about, figures } = report;
  const { m, locale, db, forumId } = context;
  const w = m.report;
  const rows = new ReportRows(report);
  const paint = await chartPainter(form);
  const photos = await photosOf(context, span);
  const shown = (cell: Cell): string => shownOf(cell, locale);
  const [name, ...facts] = about.rows.map(([label, value]): Fact => [shown(label ?? null), shown(value ?? null)]);
  const names = Object.keys(figures) as (keyof typeof figures)[];
  const section = (title: string, parts: readonly Part[]): Part[] => [{ kind: 'section', title }, ...parts];
  // This form leaves out less than the others, and has no limits of workbooks.
  const origin = facts
    .filter(([label, value]) => value && label !== w.limits)
    .map(([label, value]): Fact => [label, value === w.leftOutTexts.people ? w.signed.people : value]);
  const signers = (await coordinators(db, forumId)).slice(0, SIGNERS);
  return {
    locale,
    title: report.title,
    cover: {
      about: w.signed.cover.about,
      name: name![1],
      facts: [
        [w.signed.cover.period, `${formatDate(span.from, locale)} – ${formatDate(span.to, locale)}`],
        // The cover has the facts of its origin; what is left out stands at the end.
        ...facts.filter(([label, value]) => [w.zone, w.asOf, w.madeBy, w.licence].includes(label) && value),
      ],
    },
    words: {
      contents: w.signed.contents,
      page: w.pageOf,
      hint: w.signed.printHint,
      placeAndDate: w.signed.placeAndDate,
      name: w.signed.name,
    },
    parts: [
      ...section(w.signed.lights, lightParts(report, rows)),
      ...section(w.sheets.summary.name, [
        { kind: 'facts', rows: names.map(one => [w.figures[one], shown(figures[one])]) },
      ]),
      ...section(w.signed.goalsAndStory, await goalParts(report, forum, rows)),
      ...section(w.sheets.indicators.name, await indicatorParts(report, forum, rows, paint)),
      ...section(w.sheets.activities.name, activityParts(report, rows, photos)),
      ...section(w.sheets.decisions.name, await decisionParts(report, forum, rows)),
      ...section(w.sheets.money.name, await moneyParts(report, forum, rows, paint)),
      ...section(w.signed.openIssues, issueParts(report, rows)),
      ...section(w.sheets.actions.name, actionParts(rows)),
      ...section(w.signed.lessons, lessonParts(report, rows)),
      ...section(w.sheets.about.name, [{ kind: 'facts', rows: origin }]),
      ...section(w.signed.signatures, [
        {
          kind: 'signatures',
          roles: [
            { role: w.signed.compiler, name: null },
            ...signers.map(one => ({ role: w.signed.coordinator, name: one.name })),
          ],
        },
      ]),
    ],
  };
}
