import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import pixelmatch from 'pixelmatch';
import { PNG } from 'pngjs';
import { describe, expect, it } from 'vitest';
import { drawn } from '../../src/charts/draw.ts';
import { rastered } from '../../src/charts/raster.ts';
import { PALETTES } from '../../src/charts/style.ts';
import type { Chart } from '../../src/contract/chart.ts';
import { CHARTS } from './charts.ts';

const GOLDEN = new URL('golden/', import.meta.url);
/** Another machine may round an edge otherwise. */
const MAY_DIFFER = 0.002;

const decoded = (bytes: Uint8Array): PNG => PNG.sync.read(Buffer.from(bytes));

/** Counts the pixels in which two pictures of a size differ. */
const differing = (one: PNG, other: PNG): number =>
  pixelmatch(one.data, other.data, undefined, one.width, one.height, { threshold: 0.1 });

describe.each(Object.entries(CHARTS) as [string, Chart][])('a picture of the kind %s', (name, chart) => {
  const svg = drawn(chart, 'light');
  const bytes = rastered(svg);
  const png = decoded(bytes);

  it('is the one that was looked at and kept', () => {
    const file = new URL(`${name}.png`, GOLDEN);
    if (process.env.UPDATE) {
      mkdirSync(GOLDEN, { recursive: true });
      writeFileSync(file, bytes);
    }
    expect(existsSync(file)).toBe(true);
    const kept = decoded(readFileSync(file));
    expect([png.width, png.height]).toEqual([kept.width, kept.height]);
    expect(differing(png, kept) / (png.width * png.height)).toBeLessThan(MAY_DIFFER);
  });

  it('has its text in it, from the font that is shipped', () => {
    const mute = decoded(rastered(svg, { fonts: false }));
    expect(differing(png, mute)).toBeGreaterThan(3_000);
  });

  it('is as wide as a telephone and small to load', () => {
    expect(png.width).toBe(800);
    expect(png.height).toBeLessThan(1_200);
    expect(bytes.length).toBeLessThan(100_000);
  });

  it('has a dark one for pages, with the same words', () => {
    const dark = drawn(chart, 'dark');
    expect(dark).toContain(PALETTES.dark.ground);
    const words = (text: string): string[] => [...text.matchAll(/<text[^>]*>([^<]*)</g)].map(([, word]) => word!);
    expect(words(dark)).toEqual(words(svg));
    expect(words(svg).length).toBeGreaterThan(5);
  });
});
