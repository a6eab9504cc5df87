import { expect, it } from 'vitest';
import { clean, cleanLine } from '../../src/language/clean.ts';
import { fc } from '../properties.ts';
import { sized } from '../sizes.ts';

/** Characters on which the rules turn, in any order; lone surrogates too. */
const tangled = fc
  .array(
    fc.constantFrom(
      ...[
        'a',
        'e\u0301',
        '\u0301',
        '\u0323',
        '\u200d',
        '\ufe0f',
        '👩',
        '\u{1f3fd}',
        '1',
        '\u20e3',
        ' ',
        '\u00a0',
        '\n',
      ],
      ...[
        '\r',
        '\t',
        '\0',
        '\u200b',
        '\u202e',
        '\u034f',
        '\u1100',
        '\u1161',
        '\u11a8',
        '\u3164',
        '\ud83d',
        '\udc69',
        '\ufeff',
      ],
    ),
    { maxLength: 40 },
  )
  .map(pieces => pieces.join(''));

it('cleaned text is stable, well formed and without control or direction characters', () => {
  fc.assert(
    fc.property(fc.oneof(fc.string({ unit: 'binary', maxLength: 60 }), tangled), typed => {
      const text = clean(typed);
      expect(clean(text)).toBe(text);
      expect(text.isWellFormed()).toBe(true);
      expect(text).not.toMatch(/(?!\n)\p{Cc}|[\u202a-\u202e\u2066-\u2069\u200b]/u);
      expect(cleanLine(cleanLine(typed))).toBe(cleanLine(typed));
    }),
    { numRuns: sized(1000, 5000) },
  );
});

it.each([
  ['a\u0000b', 'ab'],
  ['x\u202egnp.exe', 'xgnp.exe'],
  ['Z\u0335\u0336\u0337\u0338\u0339', 'Z\u0335\u0336\u0337'],
  ['👩\u200d👩\u200d👧', '👩\u200d👩\u200d👧'],
  ['pay\u200dpal', 'paypal'],
  ['a\r\nb', 'a\nb'],
  ['a\u2028b', 'a\nb'],
  ['e\u0301', 'é'],
  ['\ud800x', '\ufffdx'],
  ['❤\ufe0f 1\ufe0f\u20e3', '❤\ufe0f 1\ufe0f\u20e3'],
  ['\ufe0f', ''],
  ['a\u{e0041}\u3164\u034fb', 'ab'],
])('%j becomes %j', (typed, expected) => {
  expect(clean(typed)).toBe(expected);
});
