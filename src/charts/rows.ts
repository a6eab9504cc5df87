import type { RowChart } from '../bot/chart.ts';
import type { Drawing } from './draw.ts';
import { headOf, keysOf, legendOf, seriesColor, textAt } from './frame.ts';
import { levelLines, rangeOf } from './plot.ts';
import { EDGE, fitted, type Palette, pointNumber, SIGNS, SIZE, WIDTH, widthOf } from './style.ts';

const ROW = 40;
const BAR = 16;

/** Amounts below each other: the label stands above its bar, so that it may be long. */
export function rowsDrawing(chart: RowChart, palette: Palette): Drawing {
  const { labels, series, levels = [], stacked, locale } = chart;
  const written = pointNumber(locale);
  const head = headOf(chart, palette);
  const top = head.bottom + 8;
  const inner = WIDTH - 2 * EDGE;
  const bars = stacked ? 1 : series.length;
  const row = ROW + (bars - 1) * BAR;
  const plot = row * labels.length;
  const many = series.length > 1;
  const keys = keysOf(series, levels, palette, 'filled', written).slice(many ? 0 : series.length);
  const legend = legendOf(keys, palette, top + plot + 6);
  const values = series.flatMap(one => one.values.filter(value => value !== null));
  const sums = labels.map((_, i) => series.reduce((sum, one) => sum + (one.values[i] ?? 0), 0));
  const { max } = rangeOf(
    {
      labels,
      series: [{ name: '', values: stacked ? sums : values }],
      levels,
      ...(chart.most !== undefined && { most: chart.most }),
    },
    true,
  );
  const scale = chart.most ?? Math.max(max / 1.15, ...levels.map(one => one.value * 1.02));
  const says = labels.map((label, i) => {
    const text = stacked
      ? written(sums[i]!)
      : series.map(one => one.texts?.[i] ?? (one.values[i] == null ? '–' : written(one.values[i]!))).join(' / ');
    const mark = series[0]?.marks?.[i];
    const said = mark ? `${SIGNS[mark]} ${text}` : text;
    const y = top + row * i + 11;
    return [
      textAt(fitted(label, SIZE.word, inner - widthOf(said, SIZE.word) - 12), EDGE, y, SIZE.word, palette.ink),
      textAt(said, WIDTH - EDGE, y, SIZE.word, mark ? palette.mark[mark] : palette.ink, { bold: true, align: 'right' }),
    ];
  });
  return {
    option: {
      title: head.titles,
      graphic: [...says.flat(), ...legend.drawn],
      grid: { left: EDGE, top: top + 10, width: inner, height: plot },
      xAxis: { type: 'value', show: false, min: 0, max: scale || 1 },
      yAxis: { type: 'category', show: false, inverse: true, data: labels.map((_, i) => i) },
      series: series.map((one, i) => ({
        type: 'bar',
        ...(stacked && { stack: 'all' }),
        barWidth: BAR - 4,
        barGap: '25%',
        showBackground: !stacked || i === 0,
        backgroundStyle: { color: palette.grid },
        data: one.values.map((value, k) => {
          const mark = one.marks?.[k];
          return { value, itemStyle: { color: mark ? palette.mark[mark] : seriesColor(palette, i) } };
        }),
        ...(i === 0 && levels.length && { markLine: levelLines(levels, palette, 'xAxis') }),
      })),
    },
    height: top + plot + 6 + legend.height,
  };
}
