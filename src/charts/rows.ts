import type { RowChart, Series } from '../contract/chart.ts';
import { pointNumber } from './axis.ts';
import type { Drawing } from './drawing.ts';
import { headOf, keysOf, legendOf, seriesColor, textAt } from './frame.ts';
import { levelLines } from './plot.ts';
import { EDGE, fitted, type Palette, SIZE, WIDTH, widthOf } from './style.ts';

const ROW = 42;
const BAR = 14;
/** Maximum number of rows in a picture. */
const ROWS = 24;
/** Distance of a bar below the middle of its row, units; its words stand above it. */
const WORDS = 13;
const INNER = WIDTH - 2 * EDGE;

/** Amounts below each other: the label stands above its bar, so that it may be long. */
export function rowsDrawing(chart: RowChart, palette: Palette): Drawing {
  const { levels = [], locale } = chart;
  const labels = chart.labels.slice(0, ROWS);
  const series = chart.series[0] ?? { name: '', values: [] };
  const written = pointNumber(locale);
  const head = headOf(chart, palette);
  const top = head.bottom + 6;
  const plot = ROW * labels.length;
  const legend = legendOf(keysOf([], levels, palette, 'filled', written), palette, top + plot + 6);
  const longest = Math.max(
    0,
    ...series.values.slice(0, ROWS).map(value => value ?? 0),
    ...levels.map(one => one.value),
  );
  const words = labels.flatMap((label, i) => {
    const text = textOf(series, i, written);
    const y = top + ROW * i + WORDS;
    const room = INNER - widthOf(text, SIZE.word) - 12;
    return [
      textAt(fitted(label, SIZE.word, room), EDGE, y, SIZE.word, palette.ink),
      textAt(text, WIDTH - EDGE, y, SIZE.word, palette.ink, { bold: true, align: 'right' }),
    ];
  });
  return {
    option: {
      title: head.titles,
      graphic: [...words, ...legend.drawn],
      grid: { left: EDGE, top: top + WORDS - 2, width: INNER, height: plot },
      xAxis: { type: 'value', show: false, min: 0, max: chart.most ?? (longest || 1) },
      yAxis: { type: 'category', show: false, inverse: true, data: labels.map((_, i) => i) },
      series: {
        type: 'bar',
        silent: true,
        barWidth: BAR,
        showBackground: true,
        backgroundStyle: { color: palette.grid },
        data: labels.map((_, i) => {
          const mark = series.marks?.[i];
          return {
            value: series.values[i] ?? null,
            itemStyle: { color: mark ? palette.mark[mark] : seriesColor(palette, 0) },
          };
        }),
        ...(levels.length && { markLine: levelLines(levels, palette, 'xAxis') }),
      },
    },
    height: top + plot + 6 + legend.height,
  };
}

function textOf({ values, texts }: Series, i: number, written: (value: number) => string): string {
  const value = values[i] ?? null;
  return fitted(texts?.[i] ?? (value === null ? '–' : written(value)), SIZE.word, INNER / 2);
}
