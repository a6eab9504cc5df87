import fc from 'fast-check';
import { expect, it } from 'vitest';
import { clean, cleanLine } from '../../src/language/clean.ts';

it('cleaned text is stable, well formed and without control or direction characters', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 60 }), typed => {
      const text = clean(typed);
      expect(clean(text)).toBe(text);
      expect(text.isWellFormed()).toBe(true);
      expect(text).not.toMatch(/(?!\n)\p{Cc}|[\u202a-\u202e\u2066-\u2069\u200b]/u);
      expect(cleanLine(cleanLine(typed))).toBe(cleanLine(typed));
    }),
    { numRuns: 5000 },
  );
});

it.each([
  ['a\u0000b', 'ab'],
  ['x\u202egnp.exe', 'xgnp.exe'],
  ['Z\u0335\u0336\u0337\u0338\u0339', 'Z\u0335\u0336\u0337'],
  ['👩\u200d👩\u200d👧', '👩\u200d👩\u200d👧'],
  ['pay\u200dpal', 'paypal'],
  ['a\r\nb', 'a\nb'],
])('%j becomes %j', (typed, expected) => {
  expect(clean(typed)).toBe(expected);
});
