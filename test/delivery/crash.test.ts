import { fork } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setImmediate as turn } from 'node:timers/promises';
import { isNotNull } from 'drizzle-orm';
import { expect, it } from 'vitest';
import { DOUBTFUL } from '../../src/delivery/outbox.ts';
import { openStore } from '../../src/storage/open.ts';
import { addresses } from '../databases.ts';
import { newFolder } from '../program.ts';

const DELIVERIES = 20_000;
const KILLS = 50;
const START = Date.UTC(2026, 10, 24);
const worker = new URL('./sender-worker.mjs', import.meta.url);

const linesOf = (file: string): string[] =>
  existsSync(file) ? readFileSync(file, 'utf8').split('\n').filter(Boolean) : [];

it.each(addresses)(
  'killed fifty times with 20,000 messages due on $name, none is lost, and one that went out twice was in flight and is recorded so',
  async ({ newUrl }) => {
    const folder = newFolder();
    const url = await newUrl();
    const sent = join(folder, 'sent.txt');
    const store = await openStore(url);
    const { forums, deliveries } = store.tables;
    const at = new Date(START);
    await store.write(null, async tx => {
      await tx
        .insert(forums)
        .values({ id: 'f', name: 'f', locale: 'id', zone: 'Asia/Jakarta', settings: {}, createdAt: at });
      for (let i = 0; i < DELIVERIES; i += 1000)
        await tx.insert(deliveries).values(
          Array.from({ length: 1000 }, (_, n) => ({
            forumId: 'f',
            occurrence: `o${i + n}`,
            topic: 'probe',
            subject: String(i + n),
            platform: 'console' as const,
            workspace: 'local',
            channel: 'c',
            channelName: 'c',
            member: null,
            due: at,
            state: 'pending' as const,
            claim: 0,
            nextAt: at,
          })),
        );
    });
    // Each life begins after the leases of the one before have ended; it is killed once it has sent a little more.
    for (let life = 0; life < KILLS; life++) {
      const before = linesOf(sent).length;
      const child = fork(worker, [url, sent, String(START + (life + 1) * 120_000)]);
      const exited = new Promise<void>(done => child.once('exit', () => done()));
      while (linesOf(sent).length < before + 1 + ((life * 37) % 150)) await turn();
      child.kill('SIGKILL');
      await exited;
    }
    const last = fork(worker, [url, sent, String(START + (KILLS + 2) * 120_000)]);
    expect(await new Promise(done => last.once('exit', done))).toBe(0);
    const lines = linesOf(sent);
    const times = new Map<string, number>();
    for (const line of lines) times.set(line, (times.get(line) ?? 0) + 1);
    expect(times.size).toBe(DELIVERIES);
    const twice = [...times].filter(([, n]) => n > 1).map(([nonce]) => nonce);
    expect(twice.length).toBeLessThanOrEqual(KILLS);
    const doubtful = (await store.read.select().from(deliveries).where(isNotNull(deliveries.reason))).filter(
      row => row.reason === DOUBTFUL,
    );
    expect(doubtful.length).toBeLessThanOrEqual(KILLS);
    const recorded = new Set(doubtful.map(row => String(row.seq)));
    expect(twice.filter(nonce => !recorded.has(nonce))).toEqual([]);
    await store.close();
  },
  240_000,
);
