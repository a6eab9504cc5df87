import type { MatrixChart } from '../contract/chart.ts';
import { formatNumber } from '../language/numbers.ts';
import type { Drawing } from './drawing.ts';
import { headOf, textAt } from './frame.ts';
import { EDGE, fitted, type Palette, SIZE, WIDTH, wrapped } from './style.ts';

const ROW = 26;
/** Height of the columns' names, in two lines. */
const HEAD = 34;
/** Width of the rows' names. */
const LABEL = 130;
/** Maximum number of rows and of columns in a picture. */
const ROWS = 24;
const COLUMNS = 8;
const GAP = 3;
/** Minimum strength of a cell that holds something, of the strongest. */
const FAINTEST = 0.25;

/** A table in colours; each cell says its number too, and an empty one has a dash, so that nobody needs the colour. */
export function matrixDrawing(chart: MatrixChart, palette: Palette): Drawing {
  const head = headOf(chart, palette);
  const columns = chart.columns.slice(0, COLUMNS);
  const labels = chart.labels.slice(0, ROWS);
  const width = (WIDTH - 2 * EDGE - LABEL) / Math.max(1, columns.length);
  const top = head.bottom + 8 + HEAD;
  const most = Math.max(1, ...chart.values.flat().map(value => value ?? 0));
  const middle = (column: number): number => EDGE + LABEL + column * width + width / 2;
  const names = columns.flatMap((name, k) =>
    wrapped(name, SIZE.small, width - GAP, 2).map((line, i, all) =>
      textAt(line, middle(k), top - 10 - (all.length - 1 - i) * 14, SIZE.small, palette.faint, { align: 'center' }),
    ),
  );
  const cells = labels.flatMap((label, i) => {
    const y = top + i * ROW;
    return [
      textAt(fitted(label, SIZE.small, LABEL - 6), EDGE, y + ROW / 2, SIZE.small, palette.ink),
      ...columns.flatMap((_, k) => {
        const value = chart.values[i]?.[k] ?? 0;
        const share = value > 0 ? FAINTEST + (1 - FAINTEST) * (value / most) : 0;
        const square = {
          type: 'rect',
          silent: true,
          shape: { x: EDGE + LABEL + k * width, y, width: width - GAP, height: ROW - GAP },
          style: { fill: value > 0 ? palette.series[0] : palette.ground, opacity: share || 1, stroke: palette.grid },
        };
        const ink = share > 0.5 ? palette.ground : palette.ink;
        const said = value > 0 ? formatNumber(value, chart.locale) : '–';
        const at = middle(k) - GAP / 2;
        return [square, textAt(said, at, y + (ROW - GAP) / 2, SIZE.small, ink, { align: 'center', bold: value > 0 })];
      }),
    ];
  });
  return { option: { title: head.titles, graphic: [...names, ...cells] }, height: top + labels.length * ROW + EDGE };
}
