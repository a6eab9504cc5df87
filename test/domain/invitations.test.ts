import { expect, it } from 'vitest';
import { codeFrom } from '../../src/domain/invitations.ts';

it('a code does not follow from one id: half of an id is the time, which is stored', () => {
  const from = (...ids: string[]) => codeFrom(() => ids.shift()!);
  expect(from('a', 'b')).toMatch(/^[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}$/);
  expect(from('a', 'b')).toBe(from('a', 'b'));
  expect(from('a', 'c')).not.toBe(from('a', 'b'));
  expect(from('c', 'b')).not.toBe(from('a', 'b'));
});
