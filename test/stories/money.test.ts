import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { eq } from 'drizzle-orm';
import { describe, expect, it } from 'vitest';
import { brokenAt } from '../../src/domain/money/chain.ts';
import { netOf, totalsOf } from '../../src/domain/money/totals.ts';
import { openStore } from '../../src/storage/open.ts';
import { databases } from '../databases.ts';
import { fc } from '../properties.ts';
import { sized } from '../sizes.ts';
import { aWorld } from '../world.ts';

const FORUM = [
  '/forum setup "Forum Uji" announce:umum',
  '/partner add A sector:government',
  '/partner add B sector:private',
  '/partner assign sari partner:A role:representative',
  '/partner assign ani partner:A role:alternate',
  '/partner assign budi partner:B role:representative',
] as const;

const forumOf = async (world: Awaited<ReturnType<typeof aWorld>>): Promise<string> =>
  (await world.store.read.select().from(world.store.tables.forums))[0]!.id;

describe.each(databases)('open money on $name', ({ open }) => {
  it('adds up by goal, partner and month: 69.0 in, 50.5 out, 18.5 left', async () => {
    await using world = await aWorld({ store: await open() });
    await world.all(...FORUM, '/goal add Siaga', '/activity log Gladi goal:T-1 date:1/11/2026');
    await world.run(
      '/finance record Hibah direction:in amount:"Rp 60.000.000" partner:B date:1/10/2026 evidence:kuitansi',
    );
    for (let i = 0; i < 9; i++)
      await world.all('/keuangan catat Iuran arah:masuk jumlah:1jt mitra:A tanggal:2/10/2026');
    for (const amount of ['8.750.000', '22.400.000', '6.300.000', '11.850.000', '1.200.000'])
      await world.all(`/finance record Belanja direction:out amount:${amount} activity:K-1 date:3/11/2026`);
    const { text } = await world.run('/finance summary');
    for (const part of ['Rp 69.000.000', 'Rp 50.500.000', 'Rp 18.500.000', 'T-1 Siaga', '2026-10', '2026-11'])
      expect(text).toContain(part);
    const november = (await world.run('/finance summary from:1/11/2026')).text;
    expect(november).toMatch(/Saldo awal:? Rp 69\.000\.000/);
    expect(november).toMatch(/Saldo:? Rp 18\.500\.000/);
    expect((await world.run('/finance list')).text).toContain('U-15');
    expect(world.logged).toEqual([]);
  });

  it('above the set amount counts once somebody of another partner has approved it', async () => {
    await using world = await aWorld({ store: await open() });
    await world.all(...FORUM, '/forum settings approval:"Rp 5.000.000"');
    const recorded = await world.run('/finance record Hibah direction:in amount:6jt');
    expect(recorded.posts.map(post => post.to)).toEqual(['#umum']);
    expect((await world.run('/finance summary')).text).toMatch(/Masuk:? Rp 0/);
    expect((await world.run('/finance approve U-1')).error?.code).toBe('forbidden');
    expect((await world.run('@ani /finance approve U-1')).error?.code).toBe('forbidden');
    expect((await world.run('@cici /finance approve U-1')).error?.code).toBe('forbidden');
    expect((await world.run('@budi :click Setujui')).text).toContain('Catatan U-1 disetujui');
    expect((await world.run('@budi /finance approve U-1')).error?.code).toBe('closed');
    expect((await world.run('/finance summary')).text).toMatch(/Masuk:? Rp 6\.000\.000/);
  });

  it('is corrected by a counter-entry with a reason, once, and never by a change', async () => {
    await using world = await aWorld({ store: await open() });
    await world.all(...FORUM, '/forum settings approval:"Rp 5.000.000"');
    await world.all(
      '/finance record Sewa direction:out amount:750000',
      '/finance record Besar direction:out amount:9jt',
    );
    expect((await world.run('@budi /finance reverse U-1 reason:x')).error?.code).toBe('forbidden');
    expect((await world.run('/finance reverse U-1')).error?.code).toBe('missing_option');
    await world.all('@ani /finance reverse U-1 reason:keliru', '/finance reverse U-2 reason:batal');
    expect((await world.run('/finance reverse U-1 reason:lagi')).error?.code).toBe('closed');
    expect((await world.run('/finance reverse U-3 reason:lagi')).error?.code).toBe('conflict');
    expect((await world.run('@budi /finance approve U-2')).error?.code).toBe('closed');
    expect((await world.run('@budi /finance approve U-4')).error?.code).toBe('closed');
    expect((await world.run('/finance list')).text).not.toContain('menunggu persetujuan');
    const totals = await totalsOf(world.store.read, await forumOf(world));
    expect([totals.in, totals.out]).toEqual([0n, 0n]);
    expect((await world.run('/finance show U-1')).text).toContain('U-3: keliru');
    const { entries } = world.store.tables;
    const change = world.store.write('forum', tx => tx.update(entries).set({ amount: 1 }).where(eq(entries.number, 1)));
    await expect(change).rejects.toThrow();
    const deletion = world.store.write('forum', tx => tx.delete(world.store.tables.ledgerLines));
    await expect(deletion).rejects.toThrow();
  });

  it('refuses money of tomorrow and people of no partner', async () => {
    await using world = await aWorld({ store: await open() });
    await world.all(...FORUM);
    expect((await world.run('/finance record x direction:in amount:1 date:besok')).error?.code).toBe('invalid_option');
    expect((await world.run('@cici /finance record x direction:in amount:1')).error?.code).toBe('forbidden');
    expect((await world.run('/finance summary from:2/11/2026 to:1/11/2026')).error?.code).toBe('invalid_option');
  });
});

it.each(databases)(
  'the ledger always balances, and a counter-entry restores what was before ($name)',
  async ({ open }) => {
    const step = fc.record({ out: fc.boolean(), amount: fc.integer({ min: 1, max: 1e9 }), reversed: fc.boolean() });
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 6 }), async steps => {
        await using world = await aWorld({ store: await open() });
        await world.all(...FORUM);
        const forum = await forumOf(world);
        let expected = 0;
        let number = 0;
        for (const { out, amount, reversed } of steps) {
          await world.all(`/finance record x direction:${out ? 'out' : 'in'} amount:${amount}`);
          number++;
          if (reversed) await world.all(`/finance reverse U-${number} reason:x`);
          else expected += (out ? -amount : amount) * 100;
          if (reversed) number++;
        }
        expect(netOf(await totalsOf(world.store.read, forum))).toBe(BigInt(expected));
        expect(await brokenAt(world.store.read, forum)).toBeNull();
      }),
      { numRuns: sized(5, 15) },
    );
  },
);

it.each([
  ['an amount', 'update entries set amount = 2 where number = 2', 2],
  ['a purpose', "update entries set purpose = 'lain' where number = 1", 1],
  ['an approval', 'delete from ledger_lines where position = 3', 3],
  ['the last entry', 'delete from ledger_lines where position = 4', 4],
  ['the time of a step', 'update ledger_lines set at = at + 1 where position = 2', 2],
  ['the forged hash of one line', "update ledger_lines set hash = 'x' where position = 1", 1],
])('the chain shows that somebody with the database in hand changed %s', async (_, statement, line) => {
  const folder = mkdtempSync(join(tmpdir(), 'rembug-ledger-'));
  const file = join(folder, 'forum.db');
  await using world = await aWorld({ store: await openStore(`file:${file}`) });
  await world.all(
    ...FORUM,
    '/forum settings approval:1000',
    '/finance record Kecil direction:in amount:500',
    '/finance record Besar direction:in amount:5000',
    '@budi /finance approve U-2',
    '/finance record Lagi direction:out amount:100',
  );
  const forum = await forumOf(world);
  expect(await brokenAt(world.store.read, forum)).toBeNull();
  const thief = new Database(file);
  thief.pragma('foreign_keys = OFF');
  for (const table of ['entries', 'ledger_lines'])
    for (const act of ['update', 'delete']) thief.exec(`drop trigger ${table}_no_${act}`);
  thief.exec(statement);
  thief.close();
  expect(await brokenAt(world.store.read, forum)).toBe(line);
  rmSync(folder, { recursive: true });
});
