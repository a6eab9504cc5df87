import { expect, it } from 'vitest';
import { filled, wrapped } from '../../adapters/console/wrap.ts';
import { fc } from '../properties.ts';

const word = fc.stringMatching(/^[a-zé”.:]{1,14}$/u);
const text = fc.array(fc.array(word, { minLength: 1, maxLength: 12 }), { minLength: 1, maxLength: 4 });
const length = (line: string): number => [...line].length;

it('no word is broken, lost or moved, and no line of several words is too wide', () => {
  fc.assert(
    fc.property(text, fc.integer({ min: 4, max: 60 }), fc.constantFrom('', '  '), (lines, width, hang) => {
      const broken = wrapped(lines.map(words => words.join(' ')).join('\n'), width, hang);
      expect(broken.join(' ').trim().split(/ +/)).toEqual(lines.flat());
      for (const line of broken) if (line.trim().includes(' ')) expect(length(line)).toBeLessThanOrEqual(width);
    }),
  );
});

it('lines break as late as they can', () => {
  expect(wrapped('satu dua tiga', 8)).toEqual(['satu dua', 'tiga']);
  expect(wrapped('satu dua tiga', 7)).toEqual(['satu', 'dua', 'tiga']);
  expect(wrapped('satu dua tiga', 13)).toEqual(['satu dua tiga']);
  expect(wrapped('• satu dua', 7, '  ')).toEqual(['• satu', '  dua']);
  expect(wrapped('  satu dua\ntiga', 6)).toEqual(['  satu', '  dua', 'tiga']);
});

it('an address stays whole, and colours take no room', () => {
  const address = 'http://localhost:3000/f/abcdefghijklmnop';
  expect(wrapped(`lihat ${address} ya`, 12)).toEqual(['lihat', address, 'ya']);
  expect(wrapped('\u001b[1msatu dua\u001b[0m tiga', 8)).toEqual(['\u001b[1msatu dua\u001b[0m', 'tiga']);
});

it('what is pressed stands whole on one line', () => {
  expect(filled(['[Saya tangani]', '[Nanti saja]', '[Tutup]'], 24)).toEqual(['[Saya tangani]', '[Nanti saja] [Tutup]']);
  expect(filled([], 24)).toEqual([]);
});
