import type { Level, Series } from '../bot/chart.ts';
import type { Locale } from '../language/locale.ts';
import { DASHES, levelColor, seriesColor } from './frame.ts';
import { axisNumber, type Palette, pointNumber, SIGNS, SIZE, widthOf } from './style.ts';

/** A rectangle of the sheet, in units. */
export interface Box {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

/** Axes and their labels stay within the box. */
export const INSIDE = { outerBoundsMode: 'same', outerBoundsContain: 'axisLabel' } as const;

/** What is plotted: a chart, or a panel of one. */
export interface Plotted {
  readonly labels: readonly string[];
  readonly notes?: readonly string[];
  readonly series: readonly Series[];
  readonly levels?: readonly Level[];
  readonly most?: number;
}

/** A third of the room above and below is air, so that values at points stand clear. */
const AIR = 0.15;

/** From where to where an upright axis goes: from nought where that is near enough, and with all levels in sight. */
export function rangeOf({ series, levels = [], most }: Plotted, fromNought: boolean): { min: number; max: number } {
  const values = [
    ...series.flatMap(one => one.values.filter(value => value !== null)),
    ...levels.map(one => one.value),
  ];
  const low = Math.min(...values, Infinity);
  const high = Math.max(...values, -Infinity);
  if (!Number.isFinite(low)) return { min: 0, max: most ?? 1 };
  const span = high - low || Math.abs(high) || 1;
  const nought = fromNought || (low >= 0 && low < high * 0.6);
  return {
    min: nought ? Math.min(0, low - (low < 0 ? span * AIR : 0)) : low - span * AIR,
    max: most ?? (nought ? Math.max(high, 0) + (Math.max(high, 0) - Math.min(low, 0) || 1) * AIR : high + span * AIR),
  };
}

/** The labels of an axis from left to right, each with its note below; every second, third … where all have no room. */
export function labelAxis({ labels, notes }: Plotted, palette: Palette, room: number, gridIndex: number) {
  const widest =
    Math.max(
      ...labels.map(label => widthOf(label, SIZE.small)),
      ...(notes ?? []).map(note => widthOf(note, SIZE.small)),
      1,
    ) + 6;
  const step = Math.max(1, Math.ceil((widest * labels.length) / room));
  const last = labels.length - 1;
  return {
    type: 'category',
    gridIndex,
    data: labels.map((_, i) => i),
    axisTick: { show: false },
    axisLine: { lineStyle: { color: palette.faint } },
    axisLabel: {
      interval: 0,
      hideOverlap: false,
      color: palette.ink,
      fontSize: SIZE.small,
      lineHeight: 15,
      // Counted from the end: the newest is always named.
      formatter: (_: unknown, i: number) =>
        (last - i) % step ? '' : [labels[i], notes?.[i]].filter(Boolean).join('\n'),
    },
  };
}

/** The axis of the values. */
export function valueAxis(
  plotted: Plotted,
  palette: Palette,
  locale: Locale,
  gridIndex: number,
  fromNought: boolean,
  splits: number,
) {
  const written = axisNumber(locale);
  return {
    type: 'value',
    gridIndex,
    ...rangeOf(plotted, fromNought),
    splitNumber: splits,
    axisLabel: {
      color: palette.faint,
      fontSize: SIZE.small,
      formatter: written,
      showMinLabel: fromNought ? undefined : false,
      showMaxLabel: false,
    },
    splitLine: { lineStyle: { color: palette.grid } },
  };
}

/** Levels as dotted lines across the plot. */
export const levelLines = (levels: readonly Level[], palette: Palette, along: 'xAxis' | 'yAxis') => ({
  silent: true,
  symbol: 'none',
  animation: false,
  label: { show: false },
  data: levels.map(({ value }, i) => ({
    [along]: value,
    lineStyle: { color: levelColor(palette, i), width: 2, type: [...DASHES.dotted] },
  })),
});

/** The lines of a plot in its box; `spoken`: each point says its value, and by a sign how it stands. */
export function linesIn(plotted: Plotted, palette: Palette, locale: Locale, box: Box, index: number, spoken: boolean) {
  const written = pointNumber(locale);
  const { series, levels = [] } = plotted;
  return {
    grid: { ...box, ...INSIDE },
    xAxis: { ...labelAxis(plotted, palette, box.width - 40, index), boundaryGap: plotted.labels.length < 2 },
    yAxis: valueAxis(plotted, palette, locale, index, false, spoken ? 4 : 2),
    series: [
      ...series.map((one, i) => ({
        type: 'line',
        xAxisIndex: index,
        yAxisIndex: index,
        // What was reached stands above what was aimed at.
        z: one.aim ? 2 : 3,
        connectNulls: one.aim ?? false,
        symbol: 'circle',
        symbolSize: one.aim ? 4 : 9,
        lineStyle: one.aim
          ? { color: palette.aim, width: 2, type: [...DASHES.dashed] }
          : { color: seriesColor(palette, i), width: 3 },
        itemStyle: { color: one.aim ? palette.aim : seriesColor(palette, i) },
        data: one.values.map((value, k) => {
          const mark = one.marks?.[k];
          const text = [mark ? SIGNS[mark] : '', value === null ? '' : (one.texts?.[k] ?? written(value))]
            .join(' ')
            .trim();
          return {
            value,
            ...(mark && { itemStyle: { color: palette.mark[mark] } }),
            label: {
              show: spoken && !one.aim,
              position: 'top',
              formatter: () => text,
              color: mark ? palette.mark[mark] : palette.ink,
              fontWeight: 'bold',
              fontSize: SIZE.small,
            },
          };
        }),
        ...(i === 0 && levels.length && { markLine: levelLines(levels, palette, 'yAxis') }),
      })),
    ],
  };
}
