import type { LineChart } from '../contract/chart.ts';
import { pointNumber } from './axis.ts';
import type { Drawing } from './drawing.ts';
import { headOf, keysOf, legendOf } from './frame.ts';
import { linesIn } from './plot.ts';
import { EDGE, type Palette, WIDTH } from './style.ts';

const PLOT = 200;

/** Points of time joined by a line, with what was aimed at dashed, and a gap where nothing is known. */
export function lineDrawing(chart: LineChart, palette: Palette): Drawing {
  const { locale, levels = [] } = chart;
  const head = headOf(chart, palette);
  const top = head.bottom + 10;
  const below = top + PLOT + 6;
  const legend = legendOf(keysOf(chart.series, levels, palette, 'line', pointNumber(locale)), palette, below);
  const box = { left: EDGE - 4, top, width: WIDTH - 2 * EDGE + 4, height: PLOT };
  return {
    option: { title: head.titles, graphic: legend.drawn, ...linesIn(chart, palette, { locale, box, spoken: true }) },
    height: below + legend.height,
  };
}
