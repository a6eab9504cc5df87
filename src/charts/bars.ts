import type { BarChart } from '../contract/chart.ts';
import { pointNumber, scaleOf } from './axis.ts';
import type { Drawing } from './drawing.ts';
import { headOf, keysOf, legendOf, seriesColor } from './frame.ts';
import { INSIDE, labelAxis, lastOf, levelLines, valueAxis } from './plot.ts';
import { EDGE, type Palette, WIDTH } from './style.ts';

const PLOT = 190;
const WIDEST = 34;

/** Amounts side by side for each label, upright. */
export function barsDrawing(whole: BarChart, palette: Palette): Drawing {
  const chart = lastOf(whole);
  const { series, levels = [], locale } = chart;
  const head = headOf(chart, palette);
  const top = head.bottom + 10;
  const below = top + PLOT + 6;
  const legend = legendOf(keysOf(series, levels, palette, 'filled', pointNumber(locale)), palette, below);
  const width = WIDTH - 2 * EDGE + 4;
  return {
    option: {
      title: head.titles,
      graphic: legend.drawn,
      grid: { left: EDGE - 4, top, width, height: PLOT, ...INSIDE },
      xAxis: labelAxis(chart, palette, width),
      yAxis: valueAxis(scaleOf(chart, { nought: true, steps: 4 }), palette, locale),
      series: series.map((one, i) => ({
        type: 'bar',
        silent: true,
        barMaxWidth: WIDEST,
        barGap: '8%',
        data: one.values,
        itemStyle: { color: seriesColor(palette, i) },
        ...(i === 0 && levels.length && { markLine: levelLines(levels, palette, 'yAxis') }),
      })),
    },
    height: below + legend.height,
  };
}
