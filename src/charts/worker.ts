import { parentPort } from 'node:worker_threads';
import type { Chart } from '../contract/chart.ts';
import type { Theme } from '../contract/painter.ts';
import { yieldToAnswers } from '../runtime/niceness.ts';
import { drawn } from './draw.ts';
import { rastered } from './raster.ts';

/** One picture that is asked for; PNGs are always light. */
export interface Order {
  readonly id: number;
  readonly chart: Chart;
  readonly as: 'png' | 'svg';
  readonly theme: Theme;
}

export interface Made {
  readonly id: number;
  readonly picture?: Uint8Array | string;
  readonly fault?: string;
}

yieldToAnswers();

parentPort!.on('message', ({ id, chart, as, theme }: Order) => {
  try {
    const svg = drawn(chart, theme);
    const picture = as === 'svg' ? svg : rastered(svg);
    parentPort!.postMessage({ id, picture } satisfies Made);
  } catch (error) {
    parentPort!.postMessage({ id, fault: error instanceof Error ? error.message : String(error) } satisfies Made);
  }
});
