import type { Chart } from './chart.ts';

/** Describes which background a picture stands on. */
export type Theme = 'light' | 'dark';

/**
 * Makes pictures of charts, away from the event loop. Equal charts give equal bytes, and are painted once as long as
 * they are remembered. The caller has the chart in words as well: when it rejects with `Unpainted`, show those.
 */
export interface Painter {
  /** Paints for chat: a PNG on white, 800 pixels wide, with its text readable on a small telephone. */
  png(chart: Chart): Promise<Uint8Array>;
  /**
   * Paints for pages: one `<svg>` document of its own with `viewBox`, 400 units wide, on the theme's own background,
   * without scripts, links and outside resources. Serve it as `image/svg+xml` and show it by `<img>` with the words as
   * `alt`.
   */
  svg(chart: Chart, theme: Theme): Promise<string>;
  /** Ends what paints; what is still asked for is refused. */
  close(): Promise<void>;
}

/** The error of a picture that is not there: too many are asked for at once, it took too long, or painting failed. */
export class Unpainted extends Error {}
