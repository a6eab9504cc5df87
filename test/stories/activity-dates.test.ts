import { expect, it } from 'vitest';
import { databases } from '../databases.ts';
import { aWorld } from '../world.ts';

it.each(databases)(
  'what is done before its day, or moved to a day that has passed, is asked about ($name)',
  async ({ open }) => {
    await using world = await aWorld({ store: await open() });
    await world.all(
      '/forum setup "Forum Uji"',
      '/activity plan Gladi date:5/12/2026',
      '/activity plan Rapat date:6/12/2026',
    );
    // Held earlier than planned: it is done, and its date is still to be mended.
    const early = await world.run('/activity done K-1 participants:12');
    expect([early.ok, early.text]).toEqual([true, expect.stringMatching(/5 Des\S* 2026, belum tiba/)]);
    expect(early.text).toContain('[Ubah tanggal]');
    expect((await world.run('/activity edit K-1 date:7/12/2026')).error?.code).toBe('invalid_option');
    expect((await world.run('/activity edit K-1 date:22/11/2026')).text).not.toContain('belum tiba');
    // A plan for yesterday is a question, which yes answers.
    const past = await world.run('/activity move K-2 date:22/11/2026');
    expect([past.error?.code, past.text]).toEqual(['conflict', expect.stringContaining('sudah lewat')]);
    expect((await world.run('/activity show K-2')).text).toContain('6 Des');
    expect((await world.run('/activity move K-2 date:22/11/2026 confirm:yes')).ok).toBe(true);
    expect(world.logged).toEqual([]);
  },
);
