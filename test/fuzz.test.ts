import { expect, it } from 'vitest';
import { aFuzzedForum } from './fuzz/core.ts';
import { Random } from './fuzz/random.ts';
import { readOne } from './fuzz/readers.ts';

// A share of `npm run bench -- fuzz`: the same inputs in every run.

it('what is typed, numbers, dates and buttons: nothing makes a reader fail', () => {
  const r = new Random(1);
  for (let i = 0; i < 20_000; i++) expect(readOne(r)).toBeNull();
});

it('acts of every shape: no bug, no other forum’s data, and what is refused changes nothing', async () => {
  const r = new Random(2);
  const forum = await aFuzzedForum();
  for (let i = 0; i < 400; i++) expect(await forum.act(r)).toBeNull();
  expect(await forum.pass(86_400_000)).toBeNull();
  await forum.close();
}, 600_000);
