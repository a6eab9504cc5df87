import { expect, it } from 'vitest';
import { databases } from '../../databases.ts';
import { aWorld } from '../../world.ts';

const SETUP = [
  '/forum setup Uji announce:umum',
  '/partner add A sector:ngo',
  '/partner assign budi partner:A role:representative',
];

it.each(databases)(
  'at the end of a secret vote no refused ballot is left, however the vote was named ($name)',
  async ({ open }) => {
    const store = await open();
    await using world = await aWorld({ store });
    await world.all(...SETUP, '/strategy propose "Gladi Sabtu" change:x rationale:y closes:3d secret:ya');
    for (const named of ['S-1', 's1', 's-1', '"Gladi Sabtu"'])
      await world.run(`@budi /strategy vote ${named} choice:object`);
    for (const named of ['s1', '"Gladi"'])
      await world.run(`@budi /strategy vote ${named} choice:object reason:${'x'.repeat(501)}`);
    const drafts = async () => (await store.read.select().from(store.tables.drafts)).map(one => one.action);
    expect(await drafts()).toContain('sv');
    await world.all(':skip 4d');
    expect(await drafts()).toEqual([]);
  },
);

it.each(databases)(
  'a refused ballot that names another open vote by its code outlives the end of this one; whose vote is unclear goes ($name)',
  async ({ open }) => {
    const store = await open();
    await using world = await aWorld({ store });
    await world.all(
      ...SETUP,
      '/strategy propose "Sesudah S-4" closes:3d secret:ya',
      '/strategy propose "Gladi Minggu" closes:20d secret:ya',
      '/strategy propose "Gladi Senin" closes:20d secret:ya',
      ':skip 1m',
    );
    // S-4 is not there yet: a part of the first one's title is meant.
    for (const named of ['S-1', '"S-2 "', 's3', '"Gladi Minggu"', 'S-4'])
      await world.run(`@budi /strategy vote ${named} choice:object`);
    await world.all('/strategy propose "Gladi Selasa" closes:20d secret:ya');
    const kept = async () =>
      (await store.read.select().from(store.tables.drafts)).map(one => (one.given.strategy as { typed: string }).typed);
    expect((await kept()).sort()).toEqual(['Gladi Minggu', 'S-1', 'S-2 ', 'S-4', 's3']);
    await world.all(':skip 4d');
    expect((await kept()).sort()).toEqual(['S-2 ', 's3']);
    await world.all('/strategy withdraw S-2 reason:usang');
    expect(await kept()).toEqual(['s3']);
  },
);
