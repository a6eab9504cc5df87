import { BarChart, LineChart } from 'echarts/charts';
import { GraphicComponent, GridComponent, MarkLineComponent, TitleComponent } from 'echarts/components';
import { init, setPlatformAPI, use } from 'echarts/core';
import { SVGRenderer } from 'echarts/renderers';
import type { Chart } from '../contract/chart.ts';
import type { Theme } from '../contract/painter.ts';
import { barsDrawing } from './bars.ts';
import type { Drawing } from './drawing.ts';
import { lineDrawing } from './line.ts';
import { matrixDrawing } from './matrix.ts';
import { panelsDrawing } from './panels.ts';
import { rowsDrawing } from './rows.ts';
import { FAMILY, PALETTES, type Palette, SIZE, WIDTH, widthOf } from './style.ts';

use([BarChart, LineChart, GraphicComponent, GridComponent, MarkLineComponent, TitleComponent, SVGRenderer]);
const sizeOf = (font: string | undefined): number => Number(/([\d.]+)px/.exec(font ?? '')?.[1] ?? SIZE.label);
setPlatformAPI({ measureText: (text, font) => ({ width: widthOf(text, sizeOf(font)) }) });

function drawing(chart: Chart, palette: Palette): Drawing {
  switch (chart.kind) {
    case 'line':
      return lineDrawing(chart, palette);
    case 'bars':
      return barsDrawing(chart, palette);
    case 'rows':
      return rowsDrawing(chart, palette);
    case 'panels':
      return panelsDrawing(chart, palette);
    case 'matrix':
      return matrixDrawing(chart, palette);
  }
}

/** A chart as a document of SVG: text stays text, and equal charts give equal documents. */
export function drawn(chart: Chart, theme: Theme): string {
  const palette = PALETTES[theme];
  const { option, height } = drawing(chart, palette);
  const sheet = init(null, null, { renderer: 'svg', ssr: true, width: WIDTH, height });
  try {
    sheet.setOption({
      animation: false,
      backgroundColor: palette.ground,
      textStyle: { fontFamily: FAMILY, color: palette.ink, fontSize: SIZE.label },
      ...option,
    });
    return bare(sheet.renderToSVGString());
  } finally {
    // Without this the chart would keep its timers, and the thread its memory.
    sheet.dispose();
  }
}

/**
 * The library counts its drawings and writes the count into names, and adds what only a pointer needs: both go. Only
 * tags are looked at; a person's words stand between them, escaped.
 */
const bare = (svg: string): string =>
  svg
    .replace(/<style[^>]*>[\s\S]*?<\/style>/g, '')
    .replace(/<[^>]*>/g, tag => tag.replace(/ (?:class|ecmeta_\w+)="[^"]*"/g, '').replace(/\bzr\d+-/g, 'zr-'));
