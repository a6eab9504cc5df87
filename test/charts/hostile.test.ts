import { PNG } from 'pngjs';
import { describe, expect, it } from 'vitest';
import { drawn } from '../../src/charts/draw.ts';
import { rastered } from '../../src/charts/raster.ts';
import { PALETTES } from '../../src/charts/style.ts';
import type { Chart } from '../../src/contract/chart.ts';
import { CHARTS } from './charts.ts';

const HOSTILE = {
  'a script': '<script>alert(1)</script>',
  'an image': '"><image href="https://jahat.example/x.png"/>',
  'an attribute': "' onload='alert(1)",
  entities: ']]> & &amp; &#x3c;b>',
  'a template': '{b}: {c} {a|besar} {value}',
  'another template': '%s $1 $& \\n',
  'names of the library': 'url(#zr0-c0) zr12-cls-3',
  'emoji and scripts': '👩‍👩‍👧‍👦🇮🇩 ꦲꦏ꧀ꦱꦫꦗꦮ مرحبا בעברית 漢字',
  'what XML forbids': 'a\u0000b\u0001c\ud800d\ufffee\uffff',
  'a turn of direction': '\u202Ekiri\u202C',
  'many words': 'panjang '.repeat(500),
  'one long word': 'x'.repeat(4000),
  nothing: '',
};

/** The chart with this in place of every word. */
const saying = (chart: Chart, word: string): Chart =>
  JSON.parse(
    JSON.stringify(chart, (key, value) =>
      typeof value === 'string' && !['kind', 'locale', 'mark'].includes(key) && !MARKS.has(value) ? word : value,
    ),
  ) as Chart;
const MARKS = new Set(['best', 'good', 'warning', 'bad', 'plain']);

const heightOf = (bytes: Uint8Array): number => PNG.sync.read(Buffer.from(bytes)).height;

describe.each(Object.entries(CHARTS) as [string, Chart][])('in a picture of the kind %s', (_, chart) => {
  it.each(Object.entries(HOSTILE))('%s stands as words and nothing else', (_, word) => {
    const svg = drawn(saying(chart, word), 'light');
    const tags = new Set([...svg.matchAll(/<([a-zA-Z]+)/g)].map(([, name]) => name));
    for (const tag of tags) expect(['svg', 'g', 'rect', 'path', 'text', 'defs', 'clipPath']).toContain(tag);
    expect(svg).not.toMatch(/<[^>]*\s(?:on\w+|href|xlink:href)=/);
    expect(heightOf(rastered(svg))).toBeLessThan(1_500);
  });

  it('what looks like a template is shown as it was typed', () => {
    const svg = drawn(saying(chart, '{b} {a|x}'), 'light');
    expect(svg).toContain('{b} {a|x}');
  });

  it.each([
    ['nothing known', () => null],
    ['all the same', () => 7],
    ['nought', () => 0],
    ['less than nought', (_: unknown, i: number) => -5 * i],
    ['very large', (_: unknown, i: number) => 9e14 + i],
    ['very small', (_: unknown, i: number) => i / 1e6],
  ] as const)('%s can be painted', (_, value) => {
    const changed = JSON.parse(JSON.stringify(chart), (key, held) =>
      key === 'values' ? (held as unknown[]).map(value as () => number | null) : held,
    ) as Chart;
    expect(heightOf(rastered(drawn(changed, 'light')))).toBeGreaterThan(100);
  });
});

it('no labels at all, one, and very many can be painted', () => {
  for (const n of [0, 1, 200]) {
    const labels = Array.from({ length: n }, (_, i) => `Minggu ${i}`);
    const series = [{ name: 'Nilai', values: labels.map((_, i) => i) }];
    for (const kind of ['line', 'bars', 'rows'] as const)
      expect(heightOf(rastered(drawn({ kind, locale: 'id', title: 'x', labels, series }, 'light')))).toBeLessThan(
        3_000,
      );
  }
});

it('numbers at the axes are written as the reader writes them', () => {
  const chart = (locale: 'id' | 'en'): Chart => ({
    kind: 'bars',
    locale,
    title: 'x',
    labels: ['a'],
    series: [{ name: 'n', values: [9_500_000] }],
  });
  expect(drawn(chart('id'), 'light')).toMatch(/>2,5\sjt</);
  expect(drawn(chart('en'), 'light')).toMatch(/>2\.5[Mm]</);
});

/** WCAG 2.2: relative luminance and contrast. */
function contrast(one: string, other: string): number {
  const light = (hex: string): number => {
    const [r, g, b] = [1, 3, 5].map(at => {
      const share = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
      return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
    }) as [number, number, number];
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const [a, b] = [light(one), light(other)].sort((x, y) => y - x) as [number, number];
  return (a + 0.05) / (b + 0.05);
}

it.each(['light', 'dark'] as const)('all words and lines of the %s theme stand out from its ground', theme => {
  const { ground: services, ink, faint, aim, level, series, mark } = PALETTES[theme];
  for (const color of [ink, faint, aim, ...level, ...series, ...Object.values(mark)])
    expect([color, contrast(color, services) >= 4.5]).toEqual([color, true]);
});
