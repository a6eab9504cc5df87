import { describe, expect, it } from 'vitest';
import { botOn } from '../../src/house.ts';
import { createLog } from '../../src/log.ts';
import { StorageFault } from '../../src/storage/faults.ts';
import { databases } from '../databases.ts';
import { countedIds, START } from '../world.ts';

describe.each(databases)('on $name', ({ open }) => {
  it.each([
    ['unreachable', 'Tidak ada yang diubah. Silakan ulangi'],
    ['busy', 'Tidak ada yang diubah. Silakan ulangi'],
    ['uncertain', 'Silakan lihat dahulu apakah sudah tercatat'],
  ] as const)('a database that is %s is told kindly, with a reference', async (code, words) => {
    const store = await open();
    const away = { ...store, write: () => Promise.reject(new StorageFault(code, 'test')) };
    const log = createLog(
      { level: 'error', format: 'json' },
      () => START,
      () => {},
    );
    const ground = { store: away, log, defaults: { locale: 'id', zone: 'Asia/Jakarta' } } as const;
    const bot = botOn(ground, { now: () => START }, countedIds());
    const answer = await bot.perform({
      key: 'k',
      place: { platform: 'discord', workspace: '1', channel: null },
      who: { account: 'sari', home: '', name: 'sari', admin: true },
      ask: { kind: 'typed', line: '/forum setup Uji' },
      memberOf: () => null,
      channelOf: () => null,
    });
    expect(answer.kind).toBe('failed');
    expect(JSON.stringify(answer)).toContain(words);
    await store.close();
  });
});
