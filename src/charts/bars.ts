import type { BarChart } from '../bot/chart.ts';
import type { Drawing } from './draw.ts';
import { headOf, keysOf, legendOf, seriesColor } from './frame.ts';
import { INSIDE, labelAxis, levelLines, valueAxis } from './plot.ts';
import { EDGE, type Palette, pointNumber, WIDTH } from './style.ts';

const PLOT = 190;

/** Amounts side by side for each label, upright. */
export function barsDrawing(chart: BarChart, palette: Palette): Drawing {
  const head = headOf(chart, palette);
  const top = head.bottom + 10;
  const { levels = [] } = chart;
  const legend = legendOf(
    keysOf(chart.series, levels, palette, 'filled', pointNumber(chart.locale)),
    palette,
    top + PLOT + 6,
  );
  const series = chart.series.map((one, i) => ({
    type: 'bar',
    barMaxWidth: 34,
    barGap: '8%',
    data: one.values,
    itemStyle: { color: seriesColor(palette, i) },
    ...(i === 0 && levels.length && { markLine: levelLines(levels, palette, 'yAxis') }),
  }));
  return {
    option: {
      title: head.titles,
      graphic: legend.drawn,
      grid: { left: EDGE - 4, top, width: WIDTH - 2 * EDGE, height: PLOT, ...INSIDE },
      xAxis: labelAxis(chart, palette, WIDTH - 2 * EDGE - 40, 0),
      yAxis: valueAxis(chart, palette, chart.locale, 0, true, 4),
      series,
    },
    height: top + PLOT + 6 + legend.height,
  };
}
