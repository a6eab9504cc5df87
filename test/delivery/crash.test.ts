import { fork } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isNotNull } from 'drizzle-orm';
import { expect, it } from 'vitest';
import { DOUBTFUL } from '../../src/delivery/delivery.ts';
import { openStore } from '../../src/storage/open.ts';
import { addresses } from '../databases.ts';
import { newFolder } from '../program.ts';
import { isLong } from '../sizes.ts';

const [sqlite, postgres] = ['sqlite', 'postgres'].map(name => addresses.find(one => one.name === name));

/** Every message is two units of work, each a way to the server and back on PostgreSQL: there fewer show the same. */
const STORMS = [
  { ...(isLong ? { deliveries: 20_000, kills: 50 } : { deliveries: 2_000, kills: 12 }), ...sqlite! },
  { ...(isLong ? { deliveries: 5_000, kills: 20 } : { deliveries: 1_000, kills: 8 }), ...postgres! },
];
const START = Date.UTC(2026, 10, 24);
const worker = new URL('./sender-worker.mjs', import.meta.url);

it.each(STORMS)(
  'killed $kills times with $deliveries messages due on $name, none is lost, and one that went out twice was in flight and is recorded so',
  async ({ newUrl, deliveries: due, kills }) => {
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
      for (let i = 0; i < due; i += 1000)
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
    // Each life begins after the leases of the one before have ended; it ends without a word once it has sent a little.
    for (let life = 0; life < kills; life++) {
      const lives = [1 + ((life * 37) % 150), life % 4].map(String);
      const child = fork(worker, [url, sent, String(START + (life + 1) * 120_000), ...lives]);
      // A worker that has nothing left to send ends by itself: then there are too many kills for the messages.
      expect((await once(child, 'exit'))[1]).toBe('SIGKILL');
    }
    const last = fork(worker, [url, sent, String(START + (kills + 2) * 120_000)]);
    expect(await new Promise(done => last.once('exit', done))).toBe(0);
    const lines = readFileSync(sent, 'utf8').trim().split('\n');
    const times = new Map<string, number>();
    for (const line of lines) times.set(line, (times.get(line) ?? 0) + 1);
    expect(times.size).toBe(due);
    const twice = [...times].filter(([, n]) => n > 1).map(([nonce]) => nonce);
    expect(twice.length).toBeLessThanOrEqual(kills);
    const doubtful = (await store.read.select().from(deliveries).where(isNotNull(deliveries.reason))).filter(
      row => row.reason === DOUBTFUL,
    );
    expect(doubtful.length).toBeLessThanOrEqual(kills);
    const recorded = new Set(doubtful.map(row => String(row.seq)));
    expect(twice.filter(nonce => !recorded.has(nonce))).toEqual([]);
    await store.close();
  },
);
