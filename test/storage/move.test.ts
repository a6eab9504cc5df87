import { join } from 'node:path';
import { expect, it } from 'vitest';
import { fillDemo } from '../../src/cli/demo.ts';
import { createLog } from '../../src/contract/log.ts';
import { renewSearch } from '../../src/domain/search.ts';
import { isHalfMoved, moveAll } from '../../src/storage/move.ts';
import { openStore } from '../../src/storage/open.ts';
import type { Store } from '../../src/storage/store.ts';
import { newPostgresUrl } from '../databases.ts';
import { newFolder, runProgram } from '../program.ts';
import { aWorld, START } from '../world.ts';

const log = createLog(
  { level: 'error', format: 'json' },
  () => START,
  () => {},
);

it('the demo moves from SQLite to PostgreSQL and back, row by row, and goes on there', async () => {
  const source = await openStore('file::memory:');
  await fillDemo({ store: source, log, defaults: { locale: 'id', zone: 'Asia/Jakarta' } }, START);
  const there = await openStore(await newPostgresUrl());
  const moved = await moveAll(source, there);
  expect(moved.find(one => one.table === 'activities')!.rows).toBeGreaterThan(10);
  // It counts on where it was, and finds what it knew.
  const world = await aWorld({ store: there, start: START });
  await world.run('#');
  expect((await world.run('@slamet /activity log "Sesudah pindah"')).text).toContain('Sesudah pindah');
  expect((await world.run('/activity search organik')).text).toContain('Pelatihan pupuk organik');
  expect((await world.run('/finance summary')).text).toContain('Rp 18.500.000');
  const back = await openStore('file::memory:');
  const returned = await moveAll(there, back);
  expect(returned.map(one => one.table)).toEqual(moved.map(one => one.table));
  const again = await aWorld({ store: back, start: START });
  await again.run('#');
  expect((await again.run('/activity search pindah')).text).toContain('Sesudah pindah');
  await expect(moveAll(source, back)).rejects.toMatchObject({ code: 'taken' });
  for (const store of [source, there, back]) await store.close();
});

it('the program moves a database, and refuses one that is taken', async () => {
  const file = `file:${join(newFolder(), 'a.db')}`;
  const other = `file:${join(newFolder(), 'b.db')}`;
  const env = { DATABASE_URL: file };
  expect(runProgram(['console', '--as', 'sari'], env, '/forum setup Uji\n/activity log Gladi\n').status).toBe(0);
  expect(runProgram(['migrate', '--from', file], env).status).not.toBe(0);
  const moved = runProgram(['migrate', '--from', file, '--to', other], env);
  expect([moved.status, moved.stdout]).toEqual([0, expect.stringContaining('activities: 1')]);
  expect(runProgram(['console', '--as', 'sari'], { DATABASE_URL: other }, '/activity list\n').stdout).toContain(
    'Gladi',
  );
  expect(runProgram(['migrate', '--from', file, '--to', other], env).status).not.toBe(0);
});

it('a move that breaks off is run again and goes on; meanwhile no process begins on the half of it', async () => {
  const source = await openStore('file::memory:');
  await fillDemo({ store: source, log, defaults: { locale: 'id', zone: 'Asia/Jakarta' } }, START);
  const url = `file:${join(newFolder(), 'half.db')}`;
  const whole = await openStore(url);
  for (let at = 5; ; at += 12) {
    let writes = 0;
    const write: Store['write'] = (key, work) =>
      ++writes > at ? Promise.reject(new Error('the line broke')) : whole.write(key, work);
    const done = await moveAll(source, { ...whole, write }).catch((error: Error) => error.message);
    if (typeof done !== 'string') break;
    expect(done).toBe('the line broke');
    expect(await isHalfMoved(whole)).toBe(true);
    if (at > 5) continue;
    const third = await openStore('file::memory:');
    await expect(moveAll(whole, third)).rejects.toMatchObject({ code: 'half' });
    expect(await third.read.select().from(third.tables.facts)).toEqual([]);
    await third.close();
    const refused = runProgram(['console'], { DATABASE_URL: url }, '/forum show\n');
    expect([refused.status, refused.stderr]).toEqual([69, expect.stringContaining('Run it again')]);
  }
  expect(await isHalfMoved(whole)).toBe(false);
  await expect(moveAll(source, whole)).rejects.toMatchObject({ code: 'taken' });
  for (const store of [source, whole]) await store.close();
});

it('more rows than a piece holds are moved whole, whatever their key is made of', async () => {
  const source = await openStore('file::memory:');
  const { forums, events, acts } = source.tables;
  const at = START;
  await source.write(null, async tx => {
    await tx
      .insert(forums)
      .values({ id: 'f', name: 'f', locale: 'id', zone: 'Asia/Jakarta', settings: {}, createdAt: at });
    for (let n = 0; n < 1_600; n += 400) {
      const some = Array.from({ length: 400 }, (_, i) => n + i);
      await tx
        .insert(acts)
        .values(some.map(i => ({ forumId: 'f', key: `kunci ${(i * 7919) % 1_600}`, answer: {}, at })));
      await tx
        .insert(events)
        .values(some.map(i => ({ forumId: 'f', at, member: null, kind: 'x', thing: 'y', number: i, data: {} })));
    }
  });
  const target = await openStore(await newPostgresUrl());
  const moved = await moveAll(source, target);
  expect(moved.filter(one => one.rows > 1).map(one => [one.table, one.rows])).toEqual([
    ['events', 1_600],
    ['acts', 1_600],
  ]);
  for (const store of [source, target]) await store.close();
});

it('what is searched is made anew after a move, where it was written by an earlier rule', async () => {
  const source = await openStore('file::memory:');
  await using world = await aWorld({ store: source });
  await world.all('/forum setup Uji', `/activity log "Kunjungan" result:"hasil di bpbd.sleman.go.id"`);
  const { activities: a } = source.tables;
  await source.write(null, tx => tx.update(a).set({ search: 'hasil di bpbd.sleman.go.id' }));
  const target = await openStore(await newPostgresUrl());
  await renewSearch(target);
  await moveAll(source, target);
  await renewSearch(target);
  await using there = await aWorld({ store: target });
  await there.run('#');
  expect((await there.run('/activity search sleman')).text).toContain('Kunjungan');
});
