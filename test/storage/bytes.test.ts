import { describe, expect, it } from 'vitest';
import { openStore } from '../../src/storage/open.ts';
import { addresses } from '../databases.ts';
import { timesInFiles, timesInRows } from '../raw.ts';
import { aWorld } from '../world.ts';

const FORUM = [
  '/forum setup Uji announce:umum coordinators:koor',
  ...['A', 'B', 'C'].flatMap(name => [
    `/partner add ${name} sector:ngo`,
    `/partner assign r${name} partner:${name} role:representative`,
  ]),
];

describe.each(addresses)('R17: what was cut cannot be read in the files of $name', ({ newUrl }) => {
  it('after a secret vote: no choice that was replaced, taken back or set aside, and each that counted once, alone', async () => {
    const url = await newUrl();
    const store = await openStore(url);
    await using world = await aWorld({ store });
    await world.all(...FORUM, '/strategy propose Gladi change:x rationale:y closes:2d secret:yes');
    const vote = (name: string, word: string) => `@r${name} /strategy vote S-1 object reason:${word}`;
    await world.all(vote('A', 'PanjangSatu'), vote('B', 'PanjangDua'), '@rB /strategy unvote S-1');
    await store.erased();
    expect(await timesInFiles(url, 'PanjangDua')).toBe(0);
    await world.run('@rC /strategy vote S-1 object');
    await world.all(vote('A', 'PanjangTiga'), '/strategy amend S-1 change:z');
    await store.erased();
    for (const word of ['PanjangSatu', 'PanjangTiga']) expect([word, await timesInFiles(url, word)]).toEqual([word, 0]);

    await world.all(vote('A', 'PanjangEmpat'), vote('B', 'PanjangLima'), vote('B', 'PanjangEnam'), ':skip 3d');
    await store.erased();
    expect(await timesInFiles(url, 'PanjangLima')).toBe(0);
    for (const word of ['PanjangEmpat', 'PanjangEnam']) {
      expect([word, await timesInRows(store, word)]).toEqual([word, 1]);
      expect([word, await timesInFiles(url, word)]).toEqual([word, 1]);
    }
    expect(await store.read.select().from(store.tables.secretBallots)).toEqual([]);
  });

  it('after a secret poll: no choice that was replaced or taken back, and each that counted once, alone', async () => {
    const url = await newUrl();
    const store = await openStore(url);
    await using world = await aWorld({ store });
    const options = Array.from({ length: 9 }, (_, i) => `o${i + 1}`).join('; ');
    await world.all(...FORUM, `/poll create Urut options:"${options}" kind:ranking basis:partner closes:2d secret:yes`);
    const vote = (name: string, order: string) => `@r${name} /poll vote J-1 choice:"${order.split('').join(' > ')}"`;
    const kept = (order: string): string => order.split('').join('>');
    await world.all(vote('A', '7315982'), vote('A', '4628137'), vote('B', '9173528'), '@rB /poll unvote J-1');
    await store.erased();
    expect(await timesInFiles(url, kept('9173528'))).toBe(0);
    await world.all(vote('B', '2846913'), ':skip 3d');
    await store.erased();
    expect(await timesInFiles(url, kept('7315982'))).toBe(0);
    for (const order of ['4628137', '2846913']) {
      expect([order, await timesInRows(store, kept(order))]).toEqual([order, 1]);
      expect([order, await timesInFiles(url, kept(order))]).toEqual([order, 1]);
    }
    expect(await store.read.select().from(store.tables.pollSecretBallots)).toEqual([]);
  });

  it('after an issue without a name: nothing of how it was begun', async () => {
    const url = await newUrl();
    const store = await openStore(url);
    await using world = await aWorld({ store });
    await world.all(...FORUM);
    const typed = 'Sungai ini dangkal sekali';
    expect((await world.run(`@rA /issue raise Pungutan detail:"${typed}" severity:entah anonymous:yes`)).ok).toBe(
      false,
    );
    expect(await timesInRows(store, typed)).toBe(1);
    expect((await world.run('@rA :fill severity=tinggi')).ok).toBe(true);
    await store.erased();
    expect(await timesInFiles(url, typed)).toBe(await timesInRows(store, typed));
  });

  it('after somebody was forgotten: no name of theirs', async () => {
    const url = await newUrl();
    const store = await openStore(url);
    await using world = await aWorld({ store });
    await world.all(
      ...FORUM,
      '@Zulkarnaen /activity log Gladi',
      '/strategy propose S1 change:x rationale:y basis:member urgent:uji closes:3d',
      '@Zulkarnaen /strategy vote S-1 agree',
      '/partner edit A contact:Zulkarnaen',
      '/issue raise Saluran',
      '/issue assign I-1 member:Zulkarnaen',
    );
    expect(await timesInFiles(url, 'Zulkarnaen')).toBeGreaterThan(5);
    await world.all('@Zulkarnaen /me forget', '@Zulkarnaen :click "Ya, hapus"');
    await store.erased();
    expect(await timesInRows(store, 'ulkarnaen')).toBe(0);
    expect(await timesInFiles(url, 'ulkarnaen')).toBe(0);
  });
});
