import { describe, expect, it } from 'vitest';
import { databases } from '../databases.ts';
import { statementsOf } from '../statements.ts';
import { aWorld } from '../world.ts';

/** A small forum in which everything usual can be done, its posts standing. */
const FORUM = [
  '/forum setup "Forum Uji" locale:english announce:news coordinators:coord issues:issues',
  '/partner add BPBD sector:government',
  '/partner add Lumbung sector:ngo',
  '/partner assign sari partner:BPBD role:representative',
  '/partner assign joko partner:Lumbung role:representative',
  '/goal add "Tangguh"',
  '/activity log Sebelum participants:5 partners:"BPBD, Lumbung" goal:T-1',
  '/indicator add Warga unit:orang target:100 due:2026-12-31 frequency:monthly partner:BPBD goal:T-1 baseline:0',
  '/strategy propose Ubah change:"Satu hal" closes:7d',
  '/issue raise Banjir severity:high',
  ':skip 1m',
  // Everybody was noted this minute, and what reads in several turns has its connection.
  '/goal list',
  '/me tasks',
  '/goal edit T-1 description:Bersama',
];

/**
 * Maximum that a usual act asks of the database, from its arrival to its answer: statements, with the beginning and end of a unit
 * of work, and how often PostgreSQL is waited for. One more fails here: it is to be joined or taken back.
 */
const ACTS: readonly { readonly line: string; readonly statements: number; readonly trips: number }[] = [
  { line: '/activity log Kegiatan participants:5', statements: 12, trips: 9 },
  { line: '/activity log Pelatihan kind:training participants:45 partners:"BPBD, Lumbung"', statements: 14, trips: 11 },
  { line: '/activity show K-1', statements: 5, trips: 5 },
  { line: '/activity list', statements: 4, trips: 4 },
  { line: '/goal list', statements: 3, trips: 3 },
  { line: '/strategy vote S-1 agree', statements: 10, trips: 8 },
  { line: '/strategy vote S-1 disagree', statements: 11, trips: 9 },
  { line: '/indicator report N-1 40', statements: 14, trips: 13 },
  { line: '/issue raise Longsor severity:low', statements: 11, trips: 9 },
  { line: '/issue list', statements: 3, trips: 3 },
  { line: '/me tasks', statements: 7, trips: 7 },
  { line: '/digest now', statements: 12, trips: 12 },
];

describe.each(databases)('a usual act on $name', ({ name, open }) => {
  it('asks no more of the database than it needs', async () => {
    await using world = await aWorld({ store: await open() });
    const { bot, all } = world;
    await all(...FORUM);
    const who = { account: 'sari', home: '', name: 'sari', admin: true };
    const place = { platform: 'console', workspace: 'local', channel: null } as const;
    const cost: (typeof ACTS)[number][] = [];
    for (const [i, { line }] of ACTS.entries()) {
      const ask = { kind: 'typed', line } as const;
      const act = { key: `act${i}`, place, who, ask, memberOf: () => null, channelOf: () => null };
      const { n, trips } = await statementsOf(async () => {
        const answer = await bot.perform(act);
        expect([line, answer.kind]).toEqual([line, 'view']);
      });
      cost.push({ line, statements: n, trips });
    }
    const limits = ACTS.map(one => (name === 'sqlite' ? { ...one, trips: 0 } : one));
    expect(cost).toEqual(limits);
  });
});
