import { expect, it } from 'vitest';
import { databases } from '../../databases.ts';
import { aWorld } from '../../world.ts';

it.each(databases)(
  'at the end of a secret vote no refused ballot is left, however the vote was named ($name)',
  async ({ open }) => {
    const store = await open();
    await using world = await aWorld({ store });
    await world.all(
      '/forum setup Uji announce:umum',
      '/partner add A sector:ngo',
      '/partner assign budi partner:A role:representative',
      '/strategy propose "Gladi Sabtu" change:x rationale:y closes:3d secret:ya',
    );
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
