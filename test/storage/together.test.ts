import { and, asc, count, desc, eq, exists, type SQL, sql } from 'drizzle-orm';
import { describe, expect, it } from 'vitest';
import type { Reader } from '../../src/storage/store.ts';
import { together } from '../../src/storage/together.ts';
import { databases } from '../databases.ts';
import { statementsOf } from '../statements.ts';
import { aWorld } from '../world.ts';

/** Queries of every shape that the domain asks: whole rows, chosen columns, joins with rows that are not there, sums. */
const queriesOf = (db: Reader, { forumId }: { forumId: string }) => {
  const { activities: a, goals: g, strategies: s, members: m, seats, partners: p, forums: f, events: e } = db.tables;
  return [
    db.select().from(f).where(eq(f.id, forumId)),
    db.select().from(s).where(eq(s.forumId, forumId)),
    db.select().from(a).where(eq(a.forumId, forumId)).orderBy(desc(a.title)),
    db.select().from(e).where(eq(e.forumId, forumId)).orderBy(desc(e.seq)).limit(7),
    db
      .select()
      .from(a)
      .leftJoin(g, and(eq(g.forumId, a.forumId), eq(g.number, a.goal)))
      .where(eq(a.forumId, forumId))
      .orderBy(asc(a.number)),
    db
      .select({ name: m.name, seat: { role: seats.role, since: seats.since }, partner: p.name })
      .from(m)
      .leftJoin(seats, and(eq(seats.forumId, m.forumId), eq(seats.member, m.number)))
      .leftJoin(p, and(eq(p.forumId, seats.forumId), eq(p.number, seats.partner)))
      .where(eq(m.forumId, forumId))
      .orderBy(asc(m.number)),
    db
      .select({ n: count().as('n'), has: exists(db.select({ one: sql`1` }).from(g)) as SQL<boolean | number> })
      .from(a)
      .where(eq(a.forumId, forumId)),
    db.select().from(g).where(eq(g.forumId, 'nobody')),
  ] as const;
};

const all = together(queriesOf);

describe.each(databases)('queries that are asked together, on $name', ({ open }) => {
  it('give what each of them gives, in its order, with one statement', async () => {
    const store = await open();
    await using world = await aWorld({ store });
    await world.all(
      '/forum setup "Forum Uji" locale:indonesia announce:kabar',
      '/partner add BPBD sector:government',
      '/partner assign ani partner:BPBD role:representative',
      '/goal add "Tangguh bersama \\ 100%"',
      '/activity log "Émoji 🌊 satu" participants:5 women:2 goal:T-1 partners:BPBD',
      '/activity plan Dua date:1/12/2026',
      '/activity log Tiga',
      '/indicator add Warga unit:orang target:100 due:2026-12-31 frequency:monthly goal:T-1',
      '/strategy propose Ubah change:x indicator:N-1 target:0,3 closes:3d secret:yes',
    );
    const { strategies: s } = store.tables;
    await store.write(null, tx => tx.update(s).set({ newTarget: 0.1 + 0.2 }));
    const [forum] = await store.read.select().from(store.tables.forums);
    const forumId = forum!.id;
    const apart = [];
    for (const query of queriesOf(store.read, { forumId })) apart.push(await query);
    apart[6] = [{ n: 3, has: expect.toSatisfy(Boolean) }] as never;
    expect(await all(store.read, { forumId })).toEqual(apart);
    expect(apart[5]!.some(row => (row as { seat: unknown }).seat === null)).toBe(true);
    const { n } = await statementsOf(() => all(store.read, { forumId }));
    expect(n).toBe(1);
    // Within a unit of work it sees what the unit has written.
    await store.write(forumId, async tx => {
      await tx.update(tx.tables.goals).set({ title: 'Baru' });
      const [, , , , joined] = await all(tx, { forumId });
      expect(joined.map(row => row.goals?.title)).toEqual(['Baru', undefined, undefined]);
    });
    expect((await all(store.read, { forumId: 'nobody' })).map(rows => rows.length)).toEqual([0, 0, 0, 0, 0, 0, 1, 0]);
  });
});
