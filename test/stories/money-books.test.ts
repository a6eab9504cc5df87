import { parse } from 'csv-parse/sync';
import { strFromU8, unzipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import type { Span } from '../../src/domain/calendar.ts';
import { brokenAt } from '../../src/domain/money/chain.ts';
import { netOf, runningBalances, totalsOf } from '../../src/domain/money/totals.ts';
import { catalogue } from '../../src/language/messages.ts';
import { reportFile } from '../../src/reports/files.ts';
import { databases } from '../databases.ts';
import { fc } from '../properties.ts';
import { aWorld } from '../world.ts';

const JANUARY = new Date('2026-01-05T01:00:00Z');

const FORUM = [
  '/forum setup "Forum Uji" locale:en announce:news coordinators:coord',
  '/partner add BPBD sector:government',
  '/partner add Lumbung sector:ngo',
  '/partner assign sari partner:BPBD role:representative',
  '/partner assign joko partner:Lumbung role:representative',
] as const;

type World = Awaited<ReturnType<typeof aWorld>>;

async function aForum(open: () => Promise<World['store']>): Promise<World> {
  const world = await aWorld({ store: await open(), start: JANUARY });
  await world.all(...FORUM);
  return world;
}

const forumOf = async ({ store }: World): Promise<string> =>
  (await store.read.select().from(store.tables.forums))[0]!.id;

/** The money sheet of a report, read by an independent reader of CSV. */
async function moneyRows({ store }: World, span: Span): Promise<Record<string, string>[]> {
  const forum = (await store.read.select().from(store.tables.forums))[0]!;
  const { id, locale, zone } = forum;
  const look = { db: store.read, forumId: id, m: catalogue[locale], locale, zone, now: JANUARY };
  const files = unzipSync((await reportFile(look, forum, span, 'csv')).bytes);
  return parse(strFromU8(files['comma/money.csv']!), { bom: true, columns: true });
}

describe.each(databases)('the books on $name', ({ open }) => {
  it('G20: calls the net of a month net, and the running balance stands beside it', async () => {
    await using world = await aForum(open);
    await world.all(
      '/finance record Grant direction:in amount:"73,650,000" date:5/1/2026',
      ':skip 60d',
      '/finance record Costs direction:out amount:"10,125,000" date:10/2/2026',
    );
    const { text } = await world.run('/finance summary');
    expect(text).toMatch(/Month.*In.*Out.*Net.*Balance/);
    expect(text).toMatch(/2026-02.*Rp 0.*Rp 10,125,000.*−Rp 10,125,000.*Rp 63,525,000/);
    const february = (await world.run('/finance summary february')).text;
    const named = (await world.run('/finance summary from:"february 2026"')).text;
    expect(february === '' || named.includes('Rp 63,525,000')).toBe(true);
    expect(named).toMatch(/Net:? −Rp 10,125,000/);
  });

  it('G28: adds up exactly, however many of the largest amounts there are', async () => {
    await using world = await aForum(open);
    const forumId = await forumOf(world);
    const largest = Number.MAX_SAFE_INTEGER;
    const amounts = [...Array.from({ length: 1_100 }, () => largest), 1];
    await world.store.write(forumId, async tx => {
      for (let at = 0; at < amounts.length; at += 100)
        await tx.insert(tx.tables.entries).values(
          amounts.slice(at, at + 100).map((amount, i) => ({
            forumId,
            number: 1_000 + at + i,
            direction: 'in' as const,
            amount,
            purpose: 'old',
            folded: 'old',
            partner: null,
            activity: null,
            date: '2026-01-05',
            reverses: null,
            reason: null,
            needsApproval: false,
            recordedBy: 1,
            recorderPartner: null,
            recordedAt: JANUARY,
            category: null,
          })),
        );
    });
    const totals = await totalsOf(world.store.read, forumId);
    expect(totals.in).toBe(BigInt(largest) * 1_100n + 1n);
    expect((await world.run('/finance summary')).text).toContain('Rp 99,079,191,802,150,901.01');
    const { text } = await world.run('/report 2026-01-05');
    expect(text).toContain('99,079,191,802,150,901.01');
    expect(world.logged).toEqual([]);
  });

  it('G28: refuses an entry beyond what a forum could own, names the limit, and takes another', async () => {
    await using world = await aForum(open);
    const refused = await world.run('/finance record Grant direction:in amount:"1,000,000,000,000.01"');
    expect([refused.ok, refused.error?.code]).toEqual([false, 'limit']);
    expect(refused.text).toContain('Rp 1,000,000,000,000');
    await world.all('/finance record Grant direction:in amount:"1 trillion"');
    expect((await world.run('@joko /forum money max_entry:5jt')).error?.code).toBe('forbidden');
    await world.all('/forum money max_entry:5jt');
    expect((await world.run('/finance record Grant direction:in amount:6jt')).text).toContain('Rp 5,000,000');
    expect((await world.run('/forum money')).text).toContain('Rp 5,000,000');
    expect((await world.run('/finance record Grant direction:in amount:"95 trillion"')).text).toContain(
      'Rp 90,000,000,000,000',
    );
  });

  it('G36: asks what M means, and the confirmation repeats the amount in words', async () => {
    await using world = await aForum(open);
    const asked = await world.run('/finance record Grant direction:in amount:"5 M"');
    expect([asked.ok, asked.error?.code]).toEqual([false, 'invalid_option']);
    for (const part of ['Rp 5,000,000,000', 'Rp 5,000,000 ', 'miliar', 'million']) expect(asked.text).toContain(part);
    const [said] = await world.all('/finance record Grant direction:in amount:"2,5 M"');
    expect(said).toContain('two billion five hundred million rupiah');
    const [million] = await world.all('/finance record Grant direction:in amount:"1,250.5 M"');
    expect(million).toContain('Rp 1,250,500,000');
    const tooMuch = await world.run('/finance record Grant direction:in amount:"Rp 1.250,5 M"');
    expect([tooMuch.error?.code, tooMuch.text.includes('Rp 1,000,000,000,000')]).toEqual(['limit', true]);
  });

  it('G29: a closed month takes no entry until it is opened with a reason, and all of it is kept', async () => {
    await using world = await aForum(open);
    await world.all(
      '/finance record Rent direction:out amount:1jt date:5/1/2026',
      '/forum settings approval:"Rp 5.000.000"',
    );
    expect((await world.run('/finance close 2026-01')).error?.code).toBe('conflict');
    await world.all('/finance record Hall direction:out amount:9jt date:5/1/2026', ':skip 40d');
    expect((await world.run('@joko /finance close january')).error?.code).toBe('forbidden');
    await world.all('/finance close january');
    expect((await world.run('/finance close 2026-01')).error?.code).toBe('conflict');
    const refused = await world.run('/finance record Late direction:out amount:"Rp 2,000" date:20/1/2026');
    expect([refused.error?.code, refused.text.includes('/finance reopen 2026-01')]).toEqual(['closed', true]);
    expect((await world.run('@joko /finance approve U-2')).error?.code).toBe('closed');
    await world.all('/finance evidence U-1 evidence:"Receipt 12"', '/finance reverse U-1 reason:twice');
    expect((await world.run('/finance reopen 2026-01')).error?.code).toBe('missing_option');
    await world.all('/finance reopen 2026-01 reason:"a late receipt"');
    expect((await world.run('/finance reopen 2026-01 reason:again')).error?.code).toBe('conflict');
    await world.all(
      '/finance record Late direction:out amount:"Rp 2,000" date:20/1/2026',
      '@joko /finance approve U-2',
    );
    const steps = await world.store.read.select().from(world.store.tables.ledgerMonths);
    expect(steps.map(one => [one.month, one.state, one.reason])).toEqual([
      ['2026-01', 'closed', null],
      ['2026-01', 'open', 'a late receipt'],
    ]);
    expect(await brokenAt(world.store.read, await forumOf(world))).toBeNull();
  });

  it('G29: what is written down after its time is listed apart and dated in every export', async () => {
    await using world = await aForum(open);
    await world.all(
      '/finance record Rent direction:out amount:1jt date:5/1/2026',
      ':skip 40d',
      '/finance record "Forgotten fuel" direction:out amount:"Rp 20,000" date:20/1/2026',
      '/finance record Food direction:out amount:"Rp 30,000"',
    );
    const { text } = await world.run('/finance summary from:january');
    expect(text).toMatch(/Recorded after the end of this time[\s\S]*U-2 Forgotten fuel[\s\S]*14 Feb 2026/);
    expect(text).toMatch(/Out:? Rp 1,020,000/);
    const rows = await moneyRows(world, { from: '2026-01-01', to: '2026-01-31' });
    expect(rows.map(row => [row.Code, row.Date, row['Recorded on'], row['Late entry']])).toEqual([
      ['U-1', '2026-01-05', '2026-01-05', 'no'],
      ['U-2', '2026-01-20', '2026-02-14', 'yes'],
    ]);
  });

  it('a receipt is added by the recorder’s partner and the coordinators, and by nobody else', async () => {
    await using world = await aForum(open);
    await world.all('@joko /finance record Fuel direction:out amount:1jt');
    await world.all('/partner assign rina partner:Lumbung role:alternate', '/partner add Radio sector:media');
    await world.all('/partner assign dewi partner:Radio role:representative');
    expect((await world.run('@dewi /finance evidence U-1 evidence:x')).error?.code).toBe('forbidden');
    const [card] = await world.all('@rina /finance evidence U-1 evidence:"Receipt 7"');
    expect(card).toContain('Receipt 7');
    expect((await world.run('/finance evidence U-9 evidence:x')).error?.code).toBe('not_found');
  });

  it('a category is one of the forum’s, and a budget line tells plan, actual, remaining and once that it is nearly spent', async () => {
    await using world = await aForum(open);
    await world.all(
      '/goal add Ready',
      '/activity log Drill goal:T-1 date:5/1/2026',
      // Before the forum had a list: the same category, as it was written then.
      '/finance record Soup direction:out amount:"Rp 100" category:food activity:K-1',
      '/forum money categories:"Food, Transport, Tools"',
      '/finance budget T-1 category:food amount:"Rp 1,000,000"',
      '/finance budget T-1 amount:"Rp 5,000,000"',
    );
    const wrong = await world.run('/finance record Tea direction:out amount:1jt category:drinks');
    expect([wrong.error?.code, wrong.text.includes('Food, Transport, Tools')]).toEqual(['invalid_option', true]);
    const first = await world.run('/finance record Tea direction:out amount:"Rp 899,899" category:FOOD activity:K-1');
    expect(first.posts.filter(post => post.to === '#coord')).toEqual([]);
    const second = await world.run('/finance record Rice direction:out amount:"Rp 1" category:foo activity:K-1');
    expect(second.posts.filter(post => post.to === '#coord').map(post => /90%.*Food/.test(post.text))).toEqual([true]);
    const third = await world.run('/finance record Salt direction:out amount:"Rp 200,000" category:food activity:K-1');
    expect(third.posts.filter(post => post.to === '#coord')).toEqual([]);
    await world.all('/finance record Bus direction:out amount:"Rp 300,000" category:transport activity:K-1');
    const [text] = await world.all('@joko /finance budget T-1');
    expect(text).toMatch(/Food.*1 Jan 2026 – 31 Dec 2026.*Rp 1,000,000.*Rp 1,100,000.*−Rp 100,000.*110\.0%/);
    expect(text).toMatch(/all categories.*Rp 5,000,000.*Rp 1,400,000.*Rp 3,600,000.*28\.0%/);
    expect((await world.run('@joko /finance budget T-1 amount:1jt')).error?.code).toBe('forbidden');
    expect((await world.run('/finance summary')).text).toMatch(/Food.*Rp 1,100,000/);
    expect(await brokenAt(world.store.read, await forumOf(world))).toBeNull();
  });

  it('a budget that is changed keeps the line before, and the new one holds', async () => {
    await using world = await aForum(open);
    await world.all('/goal add Ready', '/finance budget T-1 amount:1jt', '/finance budget T-1 amount:2jt');
    const [text] = await world.all('/finance budget T-1');
    expect([text!.includes('Rp 2,000,000'), text!.includes('Rp 1,000,000')]).toEqual([true, false]);
    const { budgets } = world.store.tables;
    expect((await world.store.read.select().from(budgets)).length).toBe(2);
    // What was planned before stays in the record: the database takes no change of it.
    await expect(world.store.write(null, tx => tx.update(budgets).set({ amount: 1 }))).rejects.toThrow();
    await expect(world.store.write(null, tx => tx.delete(budgets))).rejects.toThrow();
    expect((await world.run('/finance budget T-1 amount:1jt from:1/3/2026 to:1/2/2026')).error?.code).toBe(
      'invalid_option',
    );
  });
});

it('a running balance is the sum of all nets until then', () => {
  fc.assert(
    fc.property(
      fc.array(fc.tuple(fc.bigInt({ min: 0n, max: 10n ** 20n }), fc.bigInt({ min: 0n, max: 10n ** 20n }))),
      flows => {
        const byMonth = new Map(flows.map(([cameIn, out], i) => [`m${i}`, { in: cameIn, out }]));
        const balances = [...runningBalances(byMonth, 7n).values()];
        for (const [i, balance] of balances.entries())
          expect(balance).toBe([...byMonth.values()].slice(0, i + 1).reduce((sum, flow) => sum + netOf(flow), 7n));
      },
    ),
  );
});
