import type { Locale } from '../language/locale.ts';

/**
 * Meaning of a value. A point shows it by its colour and its shape (`★ ● ▲ ■ ○`), so that nobody needs the colour.
 */
export type Mark = 'best' | 'good' | 'warning' | 'bad' | 'plain';

/** One row of numbers, a label each; null is a gap: nothing was measured, or not yet. */
export interface Series {
  readonly name: string;
  readonly values: readonly (number | null)[];
  /** Meaning of each value; left out, the series has a colour of its own. */
  readonly marks?: readonly (Mark | null)[];
  /** Words at each value, as the reader's language writes it; left out, the painter writes the number. */
  readonly texts?: readonly string[];
  /** True for a target: dashed, without fill. */
  readonly aim?: true;
}

/** A value that holds throughout: a baseline, a final target, what a vote needs. */
export interface Level {
  readonly name: string;
  readonly value: number;
}

interface Plot {
  readonly title: string;
  /** One line below the title: the unit, the time, how many have reported. */
  readonly about?: string;
  /** Status on the whole, in a word with its sign. */
  readonly status?: { readonly mark: Mark; readonly word: string };
  readonly labels: readonly string[];
  /** A small word below each label, such as how many partners have reported. */
  readonly notes?: readonly string[];
  readonly series: readonly Series[];
  readonly levels?: readonly Level[];
  /** The axis ends here, where the scale has an end (5, 100 %). */
  readonly most?: number;
}

/** Describes how things came on: points of time from left to right, joined by a line. */
export interface LineChart extends Plot {
  readonly kind: 'line';
  readonly locale: Locale;
}

/** Amounts side by side for each of a few labels, upright. */
export interface BarChart extends Plot {
  readonly kind: 'bars';
  readonly locale: Locale;
}

/** Amounts of one series below each other, for labels that are long. */
export interface RowChart extends Plot {
  readonly kind: 'rows';
  readonly locale: Locale;
}

/** Several small lines at a glance. */
export interface PanelChart {
  readonly kind: 'panels';
  readonly title: string;
  readonly about?: string;
  readonly locale: Locale;
  readonly panels: readonly Plot[];
}

/** Amounts of each thing in each row: a table whose cells are the darker the more they hold. */
export interface MatrixChart {
  readonly kind: 'matrix';
  readonly title: string;
  readonly about?: string;
  readonly locale: Locale;
  readonly labels: readonly string[];
  readonly columns: readonly string[];
  /** The values of each row, one a column; null or 0 is a gap. */
  readonly values: readonly (readonly (number | null)[])[];
}

/** A picture as data, painted where it is shown; pure data that survives JSON. */
export type Chart = LineChart | BarChart | RowChart | PanelChart | MatrixChart;
