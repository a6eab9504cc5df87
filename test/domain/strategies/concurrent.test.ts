import { fork } from 'node:child_process';
import { and, eq } from 'drizzle-orm';
import { expect, it } from 'vitest';
import { openStore } from '../../../src/storage/open.ts';
import type { Store } from '../../../src/storage/store.ts';
import { addresses } from '../../databases.ts';
import { isLong } from '../../sizes.ts';
import { aWorld, START } from '../../world.ts';

const VOTERS = isLong ? 300 : 100;
const worker = new URL('./voter-worker.mjs', import.meta.url);

/** A vote among as many partners, each with a representative named r1, r2 and so on. */
async function prepare(url: string): Promise<Store> {
  const store = await openStore(url);
  const world = await aWorld({ store });
  await world.all('/forum setup Uji');
  const { partners, members, accounts, seats, counters } = store.tables;
  await store.write(null, async tx => {
    const [forum] = await tx.select().from(store.tables.forums);
    const forumId = forum!.id;
    const range = Array.from({ length: VOTERS }, (_, i) => i + 1);
    await tx.insert(partners).values(
      range.map(n => ({
        forumId,
        number: n,
        name: `P${n}`,
        folded: `p${n}`,
        sector: 'ngo' as const,
        createdAt: START,
      })),
    );
    await tx.insert(members).values(
      range.map(n => ({
        forumId,
        number: n + 1,
        name: `r${n}`,
        folded: `r${n}`,
        coordinator: false,
        createdAt: START,
      })),
    );
    await tx.insert(accounts).values(
      range.map(n => ({
        forumId,
        platform: 'console' as const,
        home: '',
        account: `r${n}`,
        member: n + 1,
        name: `r${n}`,
        workspace: 'local',
        lastSeenAt: START,
      })),
    );
    await tx
      .insert(seats)
      .values(range.map(n => ({ forumId, member: n + 1, partner: n, role: 'representative' as const, since: START })));
    await tx.insert(counters).values({ forumId, thing: 'partner', last: VOTERS }).onConflictDoNothing();
    await tx
      .update(counters)
      .set({ last: VOTERS + 1 })
      .where(and(eq(counters.forumId, forumId), eq(counters.thing, 'member')));
  });
  await world.all('/strategy propose "Dua proses" rationale:x closes:3d method:majority');
  return store;
}

it.each(addresses)(
  `${VOTERS} voters who cast twice at once from two processes have a ballot each in force, and none is lost, on $name`,
  async ({ newUrl }) => {
    const url = await newUrl();
    const store = await prepare(url);
    const codes = await Promise.all(
      ['a', 'b'].map(half => new Promise(done => fork(worker, [url, half, String(VOTERS)]).once('exit', done))),
    );
    expect(codes).toEqual([0, 0]);
    const all = await store.read.select().from(store.tables.ballots);
    expect([all.length, all.filter(ballot => ballot.inForce).length]).toEqual([2 * VOTERS, VOTERS]);
    await store.close();
  },
);

it.each(addresses)(
  `${VOTERS} voters of a poll who cast twice at once from two processes are counted once each, on $name`,
  async ({ newUrl }) => {
    const url = await newUrl();
    const store = await prepare(url);
    const world = await aWorld({ store });
    await world.all('/poll create "Dua proses" options:"agree; disagree" basis:partner closes:3d');
    const codes = await Promise.all(
      ['a', 'b'].map(
        half => new Promise(done => fork(worker, [url, half, String(VOTERS), '/poll vote J-1 ']).once('exit', done)),
      ),
    );
    expect(codes).toEqual([0, 0]);
    const all = await store.read.select().from(store.tables.pollBallots);
    const inForce = all.filter(ballot => ballot.inForce);
    expect([all.length, inForce.length, new Set(inForce.map(one => one.unit)).size]).toEqual([
      2 * VOTERS,
      VOTERS,
      VOTERS,
    ]);
    const n = (choice: string) => inForce.filter(ballot => ballot.choice === choice).length;
    const [card] = await world.all(':skip 4d', '/poll show J-1').then(texts => texts.slice(-1));
    expect(card).toContain(`agree ${n('1')}; disagree ${n('2')}`);
    await store.close();
  },
);

it.each(addresses)(
  'killed in the middle of a vote, every receipt that was given is in the record, on $name',
  async ({ newUrl }) => {
    const url = await newUrl();
    const store = await prepare(url);
    const child = fork(worker, [url, 'a', String(VOTERS)]);
    const receipts: number[] = [];
    await new Promise<void>(done => {
      child.on('message', receipt => {
        receipts.push(Number(receipt));
        if (receipts.length === Math.floor(VOTERS / 3)) child.kill('SIGKILL');
      });
      child.once('exit', () => done());
    });
    const kept = new Set((await store.read.select().from(store.tables.ballots)).map(ballot => ballot.seq));
    expect(receipts.length).toBeGreaterThanOrEqual(Math.floor(VOTERS / 3));
    expect(receipts.filter(receipt => !kept.has(receipt))).toEqual([]);
    await store.close();
  },
);
