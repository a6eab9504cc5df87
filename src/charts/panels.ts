import type { PanelChart } from '../contract/chart.ts';
import type { Drawing } from './drawing.ts';
import { headOf } from './frame.ts';
import { linesIn } from './plot.ts';
import { EDGE, type Palette, SIZE, WIDTH } from './style.ts';

const COLUMNS = 2;
const GAP = 16;
const PLOT = 84;
/** Maximum number of panels in a picture. */
const PANELS = 12;

/** Several small lines, two in a row, each with its name and how it stands. */
export function panelsDrawing(chart: PanelChart, palette: Palette): Drawing {
  const head = headOf(chart, palette);
  const width = (WIDTH - 2 * EDGE - GAP * (COLUMNS - 1)) / COLUMNS;
  let top = head.bottom + 10;
  const drawn: { titles: object[]; plot: ReturnType<typeof linesIn> }[] = [];
  const panels = chart.panels.slice(0, PANELS);
  for (let i = 0; i < panels.length; i += COLUMNS) {
    const row = panels.slice(i, i + COLUMNS);
    const heads = row.map((panel, k) =>
      headOf(panel, palette, { left: EDGE + k * (width + GAP), top, width, size: SIZE.word }),
    );
    const below = Math.max(...heads.map(one => one.bottom)) + 6;
    for (const [k, panel] of row.entries()) {
      const box = { left: EDGE + k * (width + GAP), top: below, width, height: PLOT };
      const plot = linesIn(panel, palette, { locale: chart.locale, box, index: i + k, spoken: false });
      drawn.push({ titles: heads[k]!.titles, plot });
    }
    top = below + PLOT + GAP;
  }
  return {
    option: {
      title: [...head.titles, ...drawn.flatMap(one => one.titles)],
      grid: drawn.map(one => one.plot.grid),
      xAxis: drawn.map(one => one.plot.xAxis),
      yAxis: drawn.map(one => one.plot.yAxis),
      series: drawn.flatMap(one => one.plot.series),
    },
    height: top,
  };
}
