import type { Level, Series } from '../contract/chart.ts';
import type { Locale } from '../language/locale.ts';
import { axisNumber, pointNumber, type Scale, scaleOf } from './axis.ts';
import { DASHES, levelColor, seriesColor } from './frame.ts';
import { fitted, type Palette, SHAPES, SIZE, widthOf } from './style.ts';

/** A rectangle of the sheet, in units. */
export interface Box {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

/** Axes and their labels stay within the box. */
export const INSIDE = { outerBoundsMode: 'same', outerBoundsContain: 'axisLabel' } as const;

/** Describes what is plotted: a chart, or a panel of one. */
export interface Plotted {
  readonly labels: readonly string[];
  readonly notes?: readonly string[];
  readonly series: readonly Series[];
  readonly levels?: readonly Level[];
  readonly most?: number;
}

/** Maximum number of points in a picture, the latest ones: more cannot be told apart. */
const POINTS = 52;

/** The end of what is plotted, as much as a picture can show. */
export function lastOf<P extends Plotted>(plotted: P): P {
  const last = <T>(all: readonly T[]): readonly T[] => all.slice(-POINTS);
  return {
    ...plotted,
    labels: last(plotted.labels),
    ...(plotted.notes && { notes: last(plotted.notes) }),
    series: plotted.series.map(one => ({
      ...one,
      values: last(one.values),
      ...(one.marks && { marks: last(one.marks) }),
      ...(one.texts && { texts: last(one.texts) }),
    })),
  };
}

/** Width of the numbers beside a plot, units. */
const NUMBERS = 46;
const LABEL = 90;
/** Maximum number of values that are written: more would stand over each other. */
const SPOKEN = 9;

/** The labels of an axis from left to right, each with its note below; every second, third … where all have no room. */
export function labelAxis({ labels, notes }: Plotted, palette: Palette, width: number, gridIndex = 0) {
  const texts = labels.map((label, i) => [label, notes?.[i] ?? ''].map(one => fitted(one, SIZE.small, LABEL)));
  const widest = Math.max(1, ...texts.flat().map(one => widthOf(one, SIZE.small))) + 3;
  const step = Math.max(1, Math.ceil((widest * labels.length) / (width - NUMBERS)));
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
      formatter: (_: unknown, i: number) => ((last - i) % step ? '' : texts[i]!.join('\n').trimEnd()),
    },
  };
}

/** The axis of the values. */
export function valueAxis(scale: Scale, palette: Palette, locale: Locale, gridIndex = 0) {
  return {
    type: 'value',
    gridIndex,
    ...scale,
    axisLabel: { color: palette.faint, fontSize: SIZE.small, formatter: axisNumber(locale, scale) },
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

/** The lines of a plot in its box; `spoken`: each point says its value. */
export function linesIn(
  whole: Plotted,
  palette: Palette,
  { locale, box, index = 0, spoken }: { locale: Locale; box: Box; index?: number; spoken: boolean },
) {
  const plotted = lastOf(whole);
  const { series, levels = [], labels } = plotted;
  const scale = scaleOf(plotted, { nought: false, steps: spoken ? 4 : 2 });
  const aimed = series.find(one => one.aim)?.values ?? [];
  const look = { palette, aimed, written: pointNumber(locale), spoken: spoken && labels.length <= SPOKEN };
  return {
    grid: { ...box, ...INSIDE },
    xAxis: labelAxis(plotted, palette, box.width, index),
    yAxis: valueAxis(scale, palette, locale, index),
    series: series.map((one, i) => ({
      ...lineOf(one, one.aim ? palette.aim : seriesColor(palette, i), look),
      xAxisIndex: index,
      yAxisIndex: index,
      ...(i === 0 && levels.length && { markLine: levelLines(levels, palette, 'yAxis') }),
    })),
  };
}

interface Spoken {
  readonly palette: Palette;
  readonly aimed: Series['values'];
  readonly written: (value: number) => string;
  readonly spoken: boolean;
}

/** One series as a line; each of its points shows how it stands by colour and shape. */
function lineOf(
  { aim: isAim, values, marks, texts }: Series,
  color: string,
  { palette, aimed, written, spoken }: Spoken,
) {
  const aim = isAim ?? false;
  return {
    type: 'line',
    silent: true,
    // The reached values stand above those aimed at.
    z: aim ? 2 : 3,
    connectNulls: aim,
    symbol: 'circle',
    symbolSize: aim ? 4 : 10,
    showAllSymbol: true,
    lineStyle: { color, width: aim ? 2 : 3, type: aim ? [...DASHES.dashed] : 'solid' },
    itemStyle: { color },
    data: values.map((value, k) => {
      const mark = marks?.[k];
      const text = value === null ? '' : fitted(texts?.[k] ?? written(value), SIZE.small, LABEL);
      return {
        value,
        ...(mark && { symbol: SHAPES[mark], itemStyle: { color: palette.mark[mark] } }),
        label: {
          show: spoken && !aim && value !== null,
          // On the side that leads away from what was aimed at.
          position: value !== null && (aimed[k] ?? -Infinity) > value ? 'bottom' : 'top',
          formatter: () => text,
          color: mark ? palette.mark[mark] : palette.ink,
          fontWeight: 'bold',
          fontSize: SIZE.small,
          // Lines that pass behind the words do not cross them.
          textBorderColor: palette.ground,
          textBorderWidth: 3,
        },
      };
    }),
  };
}
