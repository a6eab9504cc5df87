import { eq } from 'drizzle-orm';
import { expect, it } from 'vitest';
import { openStore } from '../../src/storage/open.ts';
import { addresses } from '../databases.ts';
import { runProgram } from '../program.ts';
import { aWorld } from '../world.ts';

it.each(addresses)(
  'rembug outbox lists what was not delivered, where to and why, of one forum or of all, without the words ($name)',
  async ({ newUrl }) => {
    const url = await newUrl();
    const store = await openStore(url);
    const setUp = async (workspace: string, name: string, title: string) => {
      const world = await aWorld({ store, workspace });
      await world.all(
        `/forum setup "${name}" announce:umum coordinators:koor`,
        '/partner add A sector:ngo',
        '/partner assign ani partner:A role:representative',
        `/strategy propose "${title}" closes:3d`,
      );
    };
    await setUp('satu', 'Forum Uji', 'Rahasia7');
    await setUp('dua', 'Forum Lain', 'Rahasia8');
    const { deliveries, forums } = store.tables;
    const ballots = eq(deliveries.topic, 'ballot');
    await store.write(null, tx => tx.update(deliveries).set({ state: 'failed', reason: 'gone' }).where(ballots));
    const failed = await store.read.select().from(deliveries).where(ballots);
    expect(new Set(failed.map(one => one.forumId)).size).toBe((await store.read.select().from(forums)).length);
    await store.close();

    const run = (...args: string[]) => runProgram(['outbox', ...args], { DATABASE_URL: url, LANG: 'en' });
    const lines = (stdout: string) => stdout.trim().split('\n');
    const all = run('--state', 'failed');
    expect([all.status, lines(all.stdout).length]).toEqual([0, failed.length]);
    const own = run('--state', 'failed', '--forum', 'forum uji');
    expect(lines(own.stdout)).toEqual(lines(all.stdout).filter(line => line.includes('\tForum Uji\t')));
    expect(own.stdout).toMatch(/^\d+\t2026-11-24T01:00:00.000Z\tForum Uji\t.* S-1\tconsole #umum\t.*\(gone\)$/m);
    expect(all.stdout).not.toMatch(/Rahasia/);
    expect(run().stdout).toBe('None.\n');
    expect(run('--state', 'lost').status).toBe(64);
    expect(run('--forum', 'Entah').status).toBe(1);
  },
);
