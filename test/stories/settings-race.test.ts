import { expect, it } from 'vitest';
import { databases } from '../databases.ts';
import { aWorld } from '../world.ts';

/** Acts that change settings of a forum, and what each of them leaves in the settings. */
const CHANGES: readonly { readonly line: string; readonly leaves: Readonly<Record<string, unknown>> }[] = [
  { line: '/digest schedule "0 9 * * 2"', leaves: { digestCron: '0 9 * * 2' } },
  { line: '/digest schedule empty:yes', leaves: { emptyDigest: true } },
  { line: '/forum settings pictures:no', leaves: { pictures: false } },
  { line: '/forum settings approval:5.000.000', leaves: { approveAbove: expect.anything() } },
  { line: '/forum settings public:no', leaves: { public: false } },
  { line: '/forum money max_entry:"2 miliar"', leaves: { maxEntry: expect.anything() } },
  { line: '/forum money categories:"Logistik, Pelatihan"', leaves: { moneyCategories: ['Logistik', 'Pelatihan'] } },
  { line: '/forum data organisation:XM-ORG-1', leaves: { organisation: expect.anything() } },
  { line: '/forum settings overdue:yes', leaves: { overdueInPublic: true } },
  { line: '/forum rules shortest:"2 days"', leaves: { rules: expect.objectContaining({ shortestMs: 172_800_000 }) } },
];

const CHANGED = CHANGES.flatMap(one => Object.keys(one.leaves));

const pairs = CHANGES.flatMap((one, n) => CHANGES.slice(n + 1).map(other => [one, other] as const));

for (const database of databases)
  it(`R25: two changes of settings at once both stand, whichever pair it is (${database.name})`, async () => {
    const store = await database.open();
    await using world = await aWorld({ store });
    await world.all('/forum setup "Forum Uji"', '/forum publish', '/forum publish confirm:yes');
    const second = await aWorld({ store });
    const { forums } = store.tables;
    for (const [one, other] of pairs) {
      await world.all('/forum publish', '/forum publish confirm:yes');
      await store.write(null, async tx => {
        const [forum] = await tx.select({ settings: forums.settings }).from(forums);
        const rest = Object.entries(forum!.settings).filter(([key]) => key === 'public' || !CHANGED.includes(key));
        await tx.update(forums).set({ settings: Object.fromEntries(rest) });
      });
      const told = await Promise.all([world.run(one.line), second.run(other.line)]);
      expect(told.map(({ ok, text }) => [ok, ok ? '' : text])).toEqual([
        [true, ''],
        [true, ''],
      ]);
      const [forum] = await store.read.select({ settings: forums.settings }).from(forums);
      expect(forum!.settings, `${one.line} beside ${other.line}`).toMatchObject({ ...one.leaves, ...other.leaves });
    }
  });
