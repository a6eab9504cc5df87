import { asc, desc, eq } from 'drizzle-orm';
import { describe, expect, it } from 'vitest';
import { fateOf } from '../../src/domain/money/ledger.ts';
import { databases } from '../databases.ts';
import { aWorld } from '../world.ts';

const FORUM = [
  '/forum setup "Forum Uji" announce:umum',
  '/forum settings approval:"Rp 1.000.000"',
  '/partner add A',
  '/partner add B',
  '/partner add C',
  '/partner assign ani partner:A role:representative',
  '/partner assign budi partner:B role:representative',
  '/partner assign cici partner:C role:representative',
  '/indicator add Air frequency:monthly partner:B',
  '/strategy propose Usul closes:20d',
] as const;

/** Number of times that each pair is done at once, each time with the other first. */
const ROUNDS = 4;

describe.each(databases)('acts at once on $name', ({ open }) => {
  async function twice() {
    const store = await open();
    const world = await aWorld({ store });
    await world.all(...FORUM);
    const second = await aWorld({ store });
    const { events } = store.tables;
    return {
      world,
      /** Does both at once, and gives their refusals in the order of the lines. */
      async both(round: number, one: string, other: string) {
        const [first, then] = round % 2 ? [other, one] : [one, other];
        const told = await Promise.all([world.run(first), second.run(then)]);
        const codes = told.map(({ error }) => error?.code ?? null);
        return round % 2 ? codes.reverse() : codes;
      },
      /** Returns what is true of the first entry. */
      state: async () => {
        const [entry] = await store.read.select().from(store.tables.entries);
        return (await fateOf(store.read, entry!)).state;
      },
      /** Returns the place in the record at which something was last done. */
      async lastly(kind: string): Promise<number> {
        const [row] = await store.read.select().from(events).where(eq(events.kind, kind)).orderBy(desc(events.seq));
        return row?.seq ?? 0;
      },
      [Symbol.asyncDispose]: () => store.close(),
    };
  }

  it('two approvals: one person approves, and the other is told that it is done', async () => {
    await using forum = await twice();
    const { ledgerLines } = forum.world.store.tables;
    for (let round = 0; round < ROUNDS; round++) {
      await forum.world.all('@ani /finance record Tenda direction:in amount:5jt');
      const line = `/finance approve U-${round + 1}`;
      const codes = await forum.both(round, `@budi ${line}`, `@cici ${line}`);
      expect(codes.map(String).sort()).toEqual(['closed', 'null']);
      const lines = await forum.world.store.read.select().from(ledgerLines);
      expect(lines.filter(({ step, entry }) => step === 'approved' && entry === round + 1)).toHaveLength(1);
    }
  });

  it('R6: an approval and a link that makes it one’s own: whichever is first, the entry waits for somebody else', async () => {
    for (let round = 0; round < ROUNDS; round++) {
      await using forum = await twice();
      const { world } = forum;
      await world.all('@ani /finance record Tenda direction:in amount:5jt');
      const code = /[0-9A-Z]{4}-[0-9A-Z]{4}/.exec((await world.run('@ani /me link')).text)![0];
      await world.all(`@budi /me link ${code}`, '@budi :click "Ya, akun saya"');
      const codes = await forum.both(round, '@ani /me same request:1', '@budi /finance approve U-1');
      expect(codes[0]).toBe(null);
      expect([null, 'forbidden']).toContain(codes[1]);
      expect(await forum.state()).toBe('waiting');
      await world.all('@cici /finance approve U-1');
      expect(await forum.state()).toBe('counted');
    }
  });

  it('R8: vouching for a link and undoing it: undone is undone, and nothing is left of the rights', async () => {
    for (let round = 0; round < ROUNDS; round++) {
      await using forum = await twice();
      const { world } = forum;
      const { links, seats } = world.store.tables;
      await world.all('/partner assign ani2 partner:A role:member', '@ani /issue raise Rahasia private:yes');
      const sat = await world.store.read.select().from(seats).orderBy(asc(seats.member));
      const code = /[0-9A-Z]{4}-[0-9A-Z]{4}/.exec((await world.run('@ani /me link')).text)![0];
      await world.all(`@ani2 /me link ${code}`, '@ani2 /me claim request:1', '@ani /me same request:1');
      // From one side in one round, from the other in the next.
      const side = round < ROUNDS / 2 ? '@ani' : '@ani2';
      const codes = await forum.both(round, '/me vouch request:1', `${side} /me unlink request:1`);
      expect([
        [null, null],
        ['not_found', null],
      ]).toContainEqual(codes);
      const [link] = await world.store.read.select().from(links);
      expect([link!.undoneAt !== null, link!.lentAt !== null]).toEqual([true, codes[0] === null]);
      expect(await world.store.read.select().from(seats).orderBy(asc(seats.member))).toEqual(sat);
      for (const [line, answer] of [
        ['@ani2 /issue show I-1', 'not_found'],
        ['@ani2 /strategy vote S-1 agree', 'forbidden'],
        ['/me vouch request:1', 'not_found'],
        [`${side} /me unlink request:1`, 'not_found'],
      ] as const)
        expect([line, (await world.run(line)).error?.code]).toEqual([line, answer]);
      await world.all('@ani /strategy vote S-1 agree');
    }
  });

  it('R8: both sides undo a link at once: it is undone once', async () => {
    await using forum = await twice();
    const { world } = forum;
    for (let round = 0; round < ROUNDS; round++) {
      const request = round + 1;
      const code = /[0-9A-Z]{4}-[0-9A-Z]{4}/.exec((await world.run('@ani /me link')).text)![0];
      const [claim, same] = [`@ani2 /me claim request:${request}`, `@ani /me same request:${request}`];
      await world.all(`@ani2 /me link ${code}`, claim, same, `/me vouch request:${request}`);
      const codes = await forum.both(round, '@ani /me unlink', '@ani2 /me unlink');
      expect(codes.map(String).sort()).toEqual(['not_found', 'null']);
    }
    const { events } = world.store.tables;
    const undone = await world.store.read.select().from(events).where(eq(events.kind, 'me.unlinked'));
    expect(undone).toHaveLength(ROUNDS);
  });

  it('R2: a vote and the end of the seat: whoever voted sat there then', async () => {
    await using forum = await twice();
    for (let round = 0; round < ROUNDS; round++) {
      const before = await forum.lastly('partner.unassigned');
      const codes = await forum.both(round, '@budi /strategy vote S-1 agree', '/partner unassign budi');
      expect([
        [null, null],
        ['forbidden', null],
      ]).toContainEqual(codes);
      const [voted, left] = [await forum.lastly('strategy.voted'), await forum.lastly('partner.unassigned')];
      // What was done is in the record before the end, and what was refused is not there.
      expect([voted > before, voted < left]).toEqual([codes[0] === null, true]);
      await forum.world.all('/partner assign budi partner:B role:representative');
    }
  });

  it('R4: a report and the end of the partner: whoever reported took part then', async () => {
    await using forum = await twice();
    for (let round = 0; round < ROUNDS; round++) {
      const before = await forum.lastly('partner.archived');
      const codes = await forum.both(round, '@budi /indicator report N-1 value:5 period:okt', '/partner archive B');
      expect([
        [null, null],
        ['forbidden', null],
      ]).toContainEqual(codes);
      const [reported, over] = [await forum.lastly('indicator.reported'), await forum.lastly('partner.archived')];
      // What was done is in the record before the end, and what was refused is not there.
      expect([reported > before, reported < over]).toEqual([codes[0] === null, true]);
      await forum.world.all('/partner restore M-2', '/partner assign budi partner:B role:representative');
    }
  });
});
