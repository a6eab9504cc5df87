import { describe, expect, it } from 'vitest';
import { createAppBot } from '../../src/app/app.ts';
import { createLog } from '../../src/contract/log.ts';
import { StorageFault } from '../../src/storage/faults.ts';
import type { Store } from '../../src/storage/store.ts';
import { databases } from '../databases.ts';
import { countedIds, START } from '../world.ts';

/** Somebody who types to a bot on this database. */
function sayOn(store: Store) {
  const log = createLog(
    { level: 'error', format: 'json' },
    () => START,
    () => {},
  );
  const ids = countedIds();
  const bot = createAppBot({ store, log, defaults: { locale: 'id', zone: 'Asia/Jakarta' } }, { now: () => START }, ids);
  return (line: string) =>
    bot.perform({
      key: ids.next(),
      place: { platform: 'discord', workspace: '1', channel: null },
      who: { account: 'sari', home: '', name: 'sari', admin: true },
      ask: { kind: 'typed', line },
      memberOf: () => null,
      channelOf: () => null,
    });
}

describe.each(databases)('on $name', ({ open }) => {
  it.each([
    ['unreachable', 'Tidak ada yang diubah. Silakan ulangi'],
    ['busy', 'Tidak ada yang diubah. Silakan ulangi'],
    ['uncertain', 'Silakan lihat dahulu apakah sudah tercatat'],
  ] as const)('a database that is %s is told kindly, with a reference', async (code, words) => {
    const store = await open();
    const away = { ...store, write: () => Promise.reject(new StorageFault(code, 'test')) };
    const answer = await sayOn(away)('/forum setup Uji');
    expect(answer.kind).toBe('failed');
    expect(JSON.stringify(answer)).toContain(words);
    await store.close();
  });

  it('so is who typed something wrong that cannot be kept for mending', async () => {
    const store = await open();
    let room = true;
    // A disk that is full: a unit of work still begins, and the first row, which is the draft, has no room.
    const full: Store = {
      ...store,
      write: (key, work) =>
        key === null && !room ? Promise.reject(new StorageFault('full', 'test')) : store.write(key, work),
    };
    const say = sayOn(full);
    await say('/forum setup Uji');
    room = false;
    const answer = await say('/activity log "Gladi" date:kapan');
    expect(answer.kind).toBe('failed');
    expect(JSON.stringify(answer)).toContain('Tidak ada yang diubah. Silakan ulangi');
    await store.close();
  });
});
