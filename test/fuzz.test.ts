import { expect, inject, it } from 'vitest';
import { aFuzzedForum } from './fuzz/core.ts';
import { onPostgres, onSqlite } from './fuzz/ground.ts';
import { Random } from './fuzz/random.ts';
import { readOne } from './fuzz/readers.ts';
import { sized } from './sizes.ts';

// A share of `npm run bench -- fuzz`: the same inputs in every run.

it('what is typed, numbers, dates and buttons: nothing makes a reader fail', () => {
  const r = new Random(1);
  for (let i = 0; i < sized(10_000, 20_000); i++) expect(readOne(r)).toBeNull();
});

// On PostgreSQL an act takes about twice as long, so fewer are tried.
it.each([
  { name: 'SQLite', grounds: () => onSqlite(), acts: sized(150, 400) },
  { name: 'PostgreSQL', grounds: () => onPostgres(inject('postgresUrl')), acts: sized(60, 200) },
])('acts of every shape on $name: no bug, no other forum’s data, and what is refused changes nothing', async on => {
  const r = new Random(2);
  const forum = aFuzzedForum(await on.grounds()());
  for (let i = 0; i < on.acts; i++) expect(await forum.act(r)).toBeNull();
  expect(await forum.pass(86_400_000)).toBeNull();
  await forum.close();
});
