import { expect, it } from 'vitest';
import { type Control, view } from '../../src/contract/view.ts';

const menu = (values: readonly string[], fills = 'indicator'): Control => ({
  kind: 'select',
  name: 'reportNow',
  label: 'Lapor',
  does: { action: 'nr', values: {} },
  fills,
  choices: values.map(value => ({ value, label: 'x' })),
});
const press: Control = { kind: 'button', name: 'a', label: 'A', does: { action: 'nr', values: {} }, style: 'plain' };

it.each([
  ['a value twice', [menu(['N-1', 'N-1'])]],
  ['26 choices', [menu(Array.from({ length: 26 }, (_, i) => `N-${i}`))]],
  ['a value of 101 bytes', [menu([`${'é'.repeat(50)}x`])]],
  ['a value of nothing', [menu([''])]],
  ['a button twice', [press, { ...press, label: 'B' }]],
  ['a menu twice', [menu(['N-1']), menu(['N-2'])]],
] as const)('W2: a view refuses %s, which would end the whole message', (_, controls) => {
  expect(() => view('x', { controls: [controls] })).toThrow(RangeError);
  expect(() => view('x', { controls: controls.map(one => [one]) })).toThrow(RangeError);
});

it('W2: a view takes what the platforms take, and leaves out a menu without choices', () => {
  const full = menu(Array.from({ length: 25 }, (_, i) => `N-${i}`));
  expect(view('x', { controls: [[full], [menu([])], [press, menu(['é'.repeat(50)], 'partner')]] }).controls).toEqual([
    [full],
    [press, menu(['é'.repeat(50)], 'partner')],
  ]);
});
