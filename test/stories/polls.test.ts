import { describe, expect, it } from 'vitest';
import { databases } from '../databases.ts';
import { aWorld } from '../world.ts';

describe.each(databases)('polls on $name', ({ open }) => {
  it('smoke', async () => {
    await using world = await aWorld({ store: await open() });
    await world.all(
      '/forum setup Uji announce:umum coordinators:koor',
      '@ani /me show',
      '@budi /me show',
      '@cici /me show',
    );
    for (const line of [
      '/poll create "Tempat gladi" options:"Balai desa; Sekolah; Lapangan"',
      '@ani /poll vote J-1 choice:2',
      '@budi /poll vote J-1 "balai desa"',
      '@budi /poll vote J-1 9',
      '/poll show J-1',
      ':skip 8d',
      '/poll show J-1',
      '/poll export J-1',
    ]) {
      const r = await world.run(line);
      console.log(line, JSON.stringify(r, null, 1));
    }
  });
});
