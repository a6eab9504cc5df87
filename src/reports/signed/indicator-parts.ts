import type { Forum } from '../../domain/forums.ts';
import { termsAt } from '../../domain/indicators/terms.ts';
import { formatNumber } from '../../language/numbers.ts';
import { indicatorPicture } from '../../views/indicator-picture.ts';
import type { WholeReport } from '../report.ts';
import { indicatorsIn, lastDay } from '../subjects/indicators.ts';
import type { Part } from './parts.ts';
import type { chartPainter } from './pictures.ts';
import { factsOf, lines, type ReportRows, type SheetRow } from './rows.ts';

/** Maximum number of printed lines of the traffic lights, which are one page. */
const PAGE_LINES = 38;
/** Number of letters of an indicator's name that stand in a line. */
const NAME_LETTERS = 34;

/** Returns an order in which what needs attention comes first. */
function urgencyOf({ m }: WholeReport['context'], status: string): number {
  const { colours, reached, notFinal } = m.indicator;
  const order = [colours.red, colours.amber, notFinal, colours.green, colours.met, reached];
  return (order.indexOf(status) + order.length + 1) % (order.length + 1);
}

const linesOf = (row: SheetRow): number => Math.max(1, Math.ceil(row.text('name').length / NAME_LETTERS));

/** One page: how many indicators have which colour, and the indicators themselves, those first that need attention. */
export function lightParts({ context }: WholeReport, rows: ReportRows): Part[] {
  const w = context.m.report.signed;
  const all = rows.of('indicators');
  if (!all.length) return [{ kind: 'text', text: w.noIndicators }];
  const counts = new Map<string, number>();
  for (const row of all) counts.set(row.text('status'), (counts.get(row.text('status')) ?? 0) + 1);
  const byUrgency = (x: string, y: string): number => urgencyOf(context, x) - urgencyOf(context, y);
  const sorted = all.toSorted((x, y) => byUrgency(x.text('status'), y.text('status')));
  const shown: SheetRow[] = [];
  for (let used = 0; shown.length < sorted.length; ) {
    used += linesOf(sorted[shown.length]!);
    if (used > PAGE_LINES) break;
    shown.push(sorted[shown.length]!);
  }
  const left = all.length - shown.length;
  return [
    { kind: 'text', text: w.lightsAbout },
    {
      kind: 'text',
      text: [...counts.entries()]
        .toSorted(([x], [y]) => byUrgency(x, y))
        .map(([colour, n]) => w.lightsCount({ colour, n: formatNumber(n, context.locale) }))
        .join('   '),
    },
    ...rows.table(
      [
        rows.column('code', 'short'),
        rows.column('name', 'words'),
        rows.column('unit', 'words'),
        rows.column('runningValue', 'number'),
        rows.column('periodTarget', 'number'),
        rows.column('target', 'number'),
        rows.column('status', 'words'),
      ],
      shown,
    ),
    ...(left ? [{ kind: 'text', text: w.lightsLeft({ n: left }), style: 'note' } as const] : []),
  ];
}

/** Each indicator: its chart, and its figures as every form of the report has them. */
export async function indicatorParts(
  { context, span }: WholeReport,
  forum: Forum,
  rows: ReportRows,
  paint: Awaited<ReturnType<typeof chartPainter>>,
): Promise<Part[]> {
  const end = lastDay(context, forum, span);
  const stood = new Map((await indicatorsIn(context, forum, span)).map(one => [one.indicator.number, one]));
  const parts: Part[] = [];
  for (const row of rows.of('indicators')) {
    const { indicator, record, standings } = stood.get(Number(row.text('code').slice(2)))!;
    const drawn = indicatorPicture(context, { ...indicator, ...termsAt(record, end) }, standings);
    const picture = await paint(drawn);
    const fact = (key: Parameters<SheetRow['text']>[0]): [string, string] => [rows.heading(key), row.text(key)];
    const dated = (value: Parameters<SheetRow['text']>[0], day: typeof value): [string, string] => [
      rows.heading(value),
      row.text(value) && row.text(day) ? `${row.text(value)} (${row.text(day)})` : row.text(value),
    ];
    parts.push({
      kind: 'shown',
      title: `${row.text('code')} ${row.text('name')}`,
      picture,
      facts: factsOf([
        [rows.heading('status'), lines(row.text('status'), row.text('remark'))],
        fact('unit'),
        dated('runningValue', 'period'),
        fact('value'),
        fact('periodTarget'),
        fact('target'),
        fact('due'),
        fact('progress'),
        fact('finalProgress'),
        dated('baseline', 'baselineDate'),
        fact('direction'),
        fact('reporters'),
        fact('definition'),
        ['', drawn && !picture ? context.m.report.signed.noPicture : null],
      ]),
    });
  }
  return parts.length ? parts : [{ kind: 'text', text: context.m.report.signed.noIndicators }];
}
