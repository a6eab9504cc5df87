import type { LineChart } from '../bot/chart.ts';
import type { Drawing } from './draw.ts';
import { headOf, keysOf, legendOf } from './frame.ts';
import { linesIn } from './plot.ts';
import { EDGE, type Palette, pointNumber, WIDTH } from './style.ts';

const PLOT = 200;

/** Points of time joined by a line, with what was aimed at dashed, and a gap where nothing is known. */
export function lineDrawing(chart: LineChart, palette: Palette): Drawing {
  const head = headOf(chart, palette);
  const top = head.bottom + 10;
  const keys = keysOf(chart.series, chart.levels ?? [], palette, 'line', pointNumber(chart.locale));
  const legend = legendOf(keys, palette, top + PLOT + 6);
  const box = { left: EDGE - 4, top, width: WIDTH - 2 * EDGE, height: PLOT };
  const plot = linesIn(chart, palette, chart.locale, box, 0, true);
  return {
    option: { title: head.titles, graphic: legend.drawn, ...plot },
    height: top + PLOT + 6 + legend.height,
  };
}
