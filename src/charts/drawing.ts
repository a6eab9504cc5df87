import type { EChartsCoreOption } from 'echarts/core';

/** Describes what to draw, and how high it stands, in units. */
export interface Drawing {
  readonly option: EChartsCoreOption;
  readonly height: number;
}
