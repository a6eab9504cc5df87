import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { Resvg } from '@resvg/resvg-js';

/** The build holds the font files; sources under test take them from their package. */
function font(name: string): string {
  const built = fileURLToPath(new URL(`../../fonts/${name}.ttf`, import.meta.url));
  return existsSync(built) ? built : createRequire(import.meta.url).resolve(`dejavu-fonts-ttf/ttf/${name}.ttf`);
}

/** The font is shipped with us: a machine may have none. */
export const FONT = 'DejaVu Sans Condensed';
const FILES = [font('DejaVuSansCondensed'), font('DejaVuSansCondensed-Bold')];
/** Number of pixels a unit: sharp on a telephone, and still small to load. */
const ZOOM = 2;

/** An SVG as PNG, with no other font than ours; `fonts: false` leaves its text out. */
export function rastered(svg: string, { fonts = true } = {}): Uint8Array {
  const image = new Resvg(svg, {
    fitTo: { mode: 'zoom', value: ZOOM },
    font: { loadSystemFonts: false, fontFiles: fonts ? FILES : [], defaultFontFamily: FONT },
  }).render();
  return new Uint8Array(image.asPng());
}
