import { asc, eq } from 'drizzle-orm';
import { describe, expect, it } from 'vitest';
import type { Act } from '../../../src/contract/act.ts';
import { memberByNumber } from '../../../src/domain/people.ts';
import { forget } from '../../../src/domain/privacy/forget.ts';
import { databases } from '../../databases.ts';
import { aWorld, START } from '../../world.ts';

describe.each(databases)('forgetting on $name', ({ open }) => {
  it('an act whose answer named the person is not done again when it is repeated; who is called alike keeps theirs', async () => {
    const store = await open();
    await using world = await aWorld({ store });
    await world.all('/forum setup Uji', '@Ani /goal list');
    const [place] = await store.read.select().from(store.tables.places);
    const say = async (key: string, line: string, name = 'sari') => {
      const act: Act = {
        key,
        place: { platform: 'console', workspace: place!.workspace, channel: null },
        who: { account: name, home: '', name, admin: false },
        ask: { kind: 'typed', line },
        memberOf: () => null,
        channelOf: () => null,
      };
      return world.bot.perform(act);
    };
    const lines = [
      ['whole', '/activity log "Rapat dengan Ani"'],
      ['marks', '/activity log "Catatan 50%_x"'],
      ['part', '/activity log "Gladi Tani"'],
      ['other', '/activity log "Catatan 50abx"'],
    ] as const;
    const all = async () => {
      const said: Record<string, unknown> = {};
      for (const [key, line] of lines) said[key] = await say(key, line);
      return said;
    };
    const first = await all();
    const count = async () => (await store.read.select().from(store.tables.activities)).length;
    expect(await count()).toBe(4);
    await world.all('@Ani /me forget confirm:ya');
    await say('forget', '/me forget confirm:ya', '50%_x');
    const again = await all();
    expect(await count()).toBe(4);
    for (const key of ['whole', 'marks'])
      expect(again[key]).toMatchObject({ view: { title: 'Ini sudah dilakukan sebelumnya', blocks: [] } });
    expect([again.part, again.other]).toEqual([first.part, first.other]);
  });

  it('an assignment keeps a number: the history shows the name, and after forgetting the pseudonym', async () => {
    const store = await open();
    await using world = await aWorld({ store });
    await world.all(
      '/forum setup Uji issues:isu',
      '/issue raise Retak',
      '@budi /goal list',
      '/issue assign I-1 member:budi',
    );
    const data = async () =>
      (await store.read.select().from(store.tables.events)).filter(one => one.kind === 'issue.assigned')[0]!.data;
    expect((await data()).member).toBe(2);
    expect((await world.run('/issue show I-1')).text).toContain('budi');
    await world.all('@budi /me forget confirm:ya');
    expect((await world.run('/issue show I-1')).text).toMatch(/#2/);
    expect((await world.run('/issue show I-1')).text).not.toContain('budi');
  });

  it('what only reads like the name stays: titles, partners, namesakes; what an old line names goes, under its own number', async () => {
    const store = await open();
    await using world = await aWorld({ store });
    await world.all(
      '/forum setup Uji',
      '/goal add Melati',
      '/partner add Melati sector:ngo contact:Melati',
      '/partner edit Melati contact:Kenanga',
      '/issue raise Retak',
      '@Melati /partner join Melati',
      '/partner request M-1 member:Melati answer:accept',
      '@Kenanga /goal list',
      '@Mawar /goal list',
      '@mawar-2 /goal list',
      '/partner assign Kenanga partner:Melati role:representative',
      '/partner assign Mawar partner:Melati role:representative',
      '/issue assign I-1 member:Melati',
    );
    const { events, members, accounts, partners } = store.tables;
    const [assigned] = (await store.read.select().from(events)).filter(one => one.kind === 'issue.assigned');
    const said = async (member: string) => {
      const { seq: _, ...row } = assigned!;
      await store.write(null, tx => tx.insert(events).values({ ...row, data: { ...row.data, member } }));
    };
    for (const name of ['Melati', 'Kenanga', 'Mawar']) await said(name);
    // Two people are called Mawar.
    await store.write(null, async tx => {
      await tx.update(members).set({ name: 'Mawar', folded: 'mawar' }).where(eq(members.number, 5));
      await tx.update(accounts).set({ name: 'Mawar' }).where(eq(accounts.member, 5));
      await tx.update(partners).set({ contact: 'Mawar' });
    });
    // Kenanga is Melati as well: one person under two numbers.
    const code = /[0-9A-Z]{4}-[0-9A-Z]{4}/.exec((await world.run('@Melati /me link')).text)![0];
    await world.all(
      `@Kenanga /me link ${code}`,
      '@Kenanga :click "Ya, akun saya"',
      '@Melati :click "Ya, itu saya"',
      ':click "Orang yang sama"',
    );
    await world.all('@Melati /me forget confirm:ya', '@Mawar /me forget confirm:ya');
    const lines = await store.read.select().from(events).orderBy(asc(events.seq));
    const dataOf = (kind: string) => lines.filter(one => one.kind === kind).map(one => one.data);
    expect(dataOf('issue.assigned').map(one => one.member)).toEqual([2, '#2', '#2', 'Mawar']);
    expect([dataOf('goal.added')[0]!.title, dataOf('partner.added')[0]!.name]).toEqual(['Melati', 'Melati']);
    expect(dataOf('partner.changed')).toMatchObject([{ before: { contact: '#2' }, set: { contact: '#2' } }]);
    const seats = dataOf('partner.assigned').map(one => one.before as { member: number; name: string }[]);
    expect(seats.flat().map(seat => [seat.member, seat.name])).toEqual([
      [2, '#2'],
      [2, '#2'],
      [3, '#3'],
    ]);
    const [partner] = await store.read.select().from(partners).where(eq(partners.number, 1));
    expect([partner!.name, partner!.contact]).toEqual(['Melati', 'Mawar']);
    expect(world.logged).toEqual([]);
  });

  it('reads of the audit and of kept answers what may name the person, and nothing else', async () => {
    const store = await open();
    await using world = await aWorld({ store });
    await world.all(
      '/forum setup Uji',
      '@budi /activity log Gladi',
      '/issue raise Retak',
      '/issue assign I-1 member:budi',
    );
    const { events, acts } = store.tables;
    const [forum] = await store.read.select().from(store.tables.forums);
    const forumId = forum!.id;
    const some = Array.from({ length: 300 }, (_, i) => i);
    await store.write(null, async tx => {
      const line = { forumId, at: START, member: 1, kind: 'issue.assigned', thing: 'issue', data: { member: 1 } };
      await tx.insert(events).values(some.map(i => ({ ...line, number: i + 10 })));
      await tx
        .insert(acts)
        .values(some.map(i => ({ forumId, key: `k${i}`, answer: { title: `Ani ${i}` }, at: START })));
    });
    let read = 0;
    await store.write(forumId, async tx => {
      const counting: typeof tx = Object.assign(Object.create(tx) as typeof tx, {
        select: (fields: never) => ({
          from: (table: unknown) => {
            const query = tx.select(fields).from(table as never) as unknown as PromiseLike<unknown[]> & {
              where: unknown;
            };
            if (table !== events && table !== acts) return query;
            const where = (query as unknown as { where(c: unknown): PromiseLike<unknown[]> }).where.bind(query);
            return {
              where: async (condition: unknown) => {
                const rows = await where(condition);
                read += rows.length;
                return rows;
              },
            };
          },
        }),
      });
      await forget(counting, (await memberByNumber(tx, forumId, 2))!, START, {});
    });
    expect(read).toBeGreaterThan(0);
    expect(read).toBeLessThan(10);
  });
});
