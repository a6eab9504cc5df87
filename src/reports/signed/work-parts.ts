import type { Forum } from '../../domain/forums.ts';
import { plain } from '../../language/text.ts';
import { arithmeticText, reasonText } from '../../views/ballot.ts';
import { OUTCOME } from '../../views/outcome.ts';
import type { WholeReport } from '../report.ts';
import { decidedIn } from '../subjects/decisions.ts';
import { goalsAtEnd } from '../subjects/goals.ts';
import type { Part } from './parts.ts';
import type { Photos } from './pictures.ts';
import { factsOf, lines, type ReportRows, type SheetRow } from './rows.ts';

/** Each goal: how it stands, what the coordinators write about it, and which indicators serve it. */
export async function goalParts({ context, span }: WholeReport, forum: Forum, rows: ReportRows): Promise<Part[]> {
  const w = context.m.report.signed;
  const all = new Map((await goalsAtEnd(context, forum, span)).map(goal => [`T-${goal.number}`, goal]));
  const indicators = rows.of('indicators');
  const parts = rows.of('goals').flatMap((row): Part[] => {
    const code = row.text('code');
    const narrative = all.get(code)?.narrative;
    const serving = indicators.filter(one => one.text('goal') === code);
    return [
      { kind: 'heading', text: `${code} ${row.text('title')}` },
      ...(row.text('description') ? [{ kind: 'text', text: row.text('description') } as const] : []),
      narrative
        ? { kind: 'text', text: narrative, style: 'quote' }
        : { kind: 'text', text: w.noNarrative, style: 'note' },
      {
        kind: 'facts',
        rows: factsOf([
          [rows.heading('state'), row.text('state')],
          [rows.heading('due'), row.text('due')],
          [rows.heading('closedOn'), row.text('closedOn')],
          [rows.heading('closedWith'), row.text('closedWith')],
          [w.serves, lines(...serving.map(one => `${one.text('code')} ${one.text('name')}: ${one.text('status')}`))],
        ]),
      },
    ];
  });
  return parts.length ? parts : nothing(context);
}

const nothing = ({ m }: WholeReport['context']): Part[] => [{ kind: 'text', text: m.report.nothing, style: 'note' }];

/** The activities of the time, and their photos below. */
export function activityParts({ context: { m } }: WholeReport, rows: ReportRows, photos: Photos): Part[] {
  const w = m.report.signed;
  const words = (row: SheetRow): string =>
    lines(
      row.text('title'),
      [row.text('kind'), row.text('location'), row.text('goal')].filter(Boolean).join(', '),
      row.text('partners') && w.activityWith({ partners: row.text('partners') }),
      row.text('result'),
      row.text('reason'),
    );
  const columns = [
    rows.column('code', 'short'),
    rows.column('date', 'short'),
    rows.column('title', 'words', words),
    rows.column('state', 'words'),
    rows.column('participants', 'number'),
    rows.column('women', 'number'),
  ];
  return [
    ...rows.table(columns, rows.of('activities')),
    ...(photos.pictures.length
      ? [{ kind: 'heading', text: w.photos } as const, { kind: 'photos', pictures: photos.pictures } as const]
      : []),
    ...(photos.left ? [{ kind: 'text', text: w.photosLeft({ n: photos.left }), style: 'note' } as const] : []),
  ];
}

/** The decisions of the time: what was decided, why, and by which arithmetic. */
export async function decisionParts({ context, span }: WholeReport, forum: Forum, rows: ReportRows): Promise<Part[]> {
  const { m } = context;
  const w = m.strategy;
  const stored = new Map((await decidedIn(context, forum, span)).map(one => [`S-${one.number}`, one]));
  const votes = ['agree', 'disagree', 'abstain', 'object', 'recuse', 'present', 'needed', 'electorate'] as const;
  const parts = rows.of('decisions').flatMap((row): Part[] => {
    const strategy = stored.get(row.text('code'))!;
    const { sign } = OUTCOME[strategy.outcome!];
    const counted = votes.map(key => `${rows.heading(key)} ${row.text(key)}`).join('; ');
    return [
      { kind: 'heading', text: `${row.text('code')} ${row.text('title')}: ${sign} ${row.text('outcome')}` },
      { kind: 'text', text: row.text('change'), style: 'quote' },
      {
        kind: 'facts',
        rows: factsOf([
          [w.rationale, plain(reasonText(m, strategy))],
          [rows.heading('date'), row.text('date')],
          [rows.heading('basis'), `${row.text('basis')}, ${row.text('method')}`],
          [w.tally, strategy.arithmetic && counted],
          [w.arithmetic, strategy.arithmetic && plain(arithmeticText(m, strategy, strategy.arithmetic))],
          [rows.heading('reviewOn'), row.text('reviewOn')],
        ]),
      },
    ];
  });
  return parts.length ? parts : nothing(context);
}

/** Issues that were still open at the end of the time, the gravest as marked; how many were resolved in it. */
export function issueParts({ context: { m } }: WholeReport, rows: ReportRows): Part[] {
  const all = rows.of('issues');
  const open = all.filter(row => row.cell('resolved') === null);
  const columns = [
    rows.column('code', 'short'),
    rows.column('date', 'short'),
    rows.column('title', 'words', row => lines(row.text('title'), row.text('partner'))),
    rows.column('severity', 'words'),
    rows.column('state', 'words'),
    rows.column('due', 'short'),
  ];
  return [
    ...rows.table(columns, open),
    { kind: 'text', text: m.report.signed.resolvedIssues({ n: all.length - open.length }), style: 'note' },
  ];
}

function actionTable(rows: ReportRows, some: readonly SheetRow[]): Part[] {
  const words = (row: SheetRow): string =>
    lines(row.text('title'), [row.text('partner'), row.text('from')].filter(Boolean).join(', '), row.text('note'));
  const columns = [
    rows.column('code', 'short'),
    rows.column('title', 'words', words),
    rows.column('due', 'short'),
    rows.column('doneOn', 'short'),
    rows.column('state', 'words'),
  ];
  return rows.table(columns, some);
}

export const actionParts = (rows: ReportRows): Part[] => actionTable(rows, rows.of('actions'));

/** Shows how issues were resolved, and the actions that came of them. */
export function lessonParts({ context: { m } }: WholeReport, rows: ReportRows): Part[] {
  const w = m.report.signed;
  const resolved = rows.of('issues').filter(row => row.text('resolution'));
  const learnt = rows.of('actions').filter(row => row.text('from').startsWith('I-'));
  return [
    { kind: 'text', text: w.lessonsAbout },
    ...rows.table(
      [rows.column('code', 'short'), rows.column('title', 'words'), rows.column('resolution', 'words')],
      resolved,
    ),
    ...(learnt.length ? actionTable(rows, learnt) : []),
  ];
}
