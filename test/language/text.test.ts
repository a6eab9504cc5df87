import { expect, it } from 'vitest';
import { code, join, link, plain, strong, type Text, t } from '../../src/language/text.ts';
import { fc } from '../properties.ts';
import { sized } from '../sizes.ts';

it('a sentence keeps its nodes and takes in texts and numbers', () => {
  const inner = t`${strong('S-3')} ditutup`;
  expect(t`${inner}, ${2} suara: ${code('/strategy show')}`).toEqual([
    { kind: 'strong', text: 'S-3' },
    ' ditutup',
    ', ',
    '2',
    ' suara: ',
    { kind: 'code', text: '/strategy show' },
  ]);
});

it('what people type stays plain data, whatever it looks like', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), theirs => {
      const text = t`a${theirs}b`;
      expect((text as readonly unknown[]).every(node => typeof node === 'string')).toBe(true);
      expect(plain(text)).toBe(`a${theirs}b`);
    }),
    { numRuns: sized(200, 1000) },
  );
});

it('a text survives JSON', () => {
  const text: Text = t`${strong('a')} ${link('https://x.id', 'x')} ${code('c')} ${{ kind: 'when', at: 1, text: 'w' }}`;
  expect(JSON.parse(JSON.stringify(text))).toEqual(text);
});

it('joined texts have the separator between them only', () => {
  expect([plain(join(['a', t`b${1}`, 'c'], '; ')), plain(join([], '; '))]).toEqual(['a; b1; c', '']);
});

it('a link is said with its address, once', () => {
  expect([plain([link('https://x.id', 'x')]), plain([link('https://x.id', 'https://x.id')])]).toEqual([
    'x (https://x.id)',
    'https://x.id',
  ]);
});
