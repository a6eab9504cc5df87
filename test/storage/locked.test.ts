import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, expect, it, vi } from 'vitest';
import { readSettings } from '../../src/app/settings.ts';
import { startApp } from '../../src/app/start.ts';
import type { Act, Adapter } from '../../src/contract/act.ts';
import { createLog } from '../../src/contract/log.ts';
import { rememberFact } from '../../src/domain/facts.ts';
import { openStore } from '../../src/storage/open.ts';
import { newFolder } from '../program.ts';
import { until } from '../until.ts';
import { handed } from '../world.ts';

/** A file, and another program that may hold its lock. */
function aFile() {
  const file = join(newFolder(), 'x.db');
  return {
    url: `file:${file}`,
    hold() {
      const other = new Database(file);
      other.exec('BEGIN IMMEDIATE');
      return { release: () => void other.close() };
    },
  };
}

afterEach(() => void vi.restoreAllMocks());

it('Y12: those who wait for a lock of another program share one deadline, below 3 s, and go on afterwards', async () => {
  const { url, hold } = aFile();
  const store = await openStore(url);
  const other = hold();
  // Each look at the clock is a tenth of a second later.
  let now = performance.now();
  const looks = vi.spyOn(performance, 'now').mockImplementation(() => {
    now += 100;
    return now;
  });
  const all = Array.from({ length: 20 }, (_, n) => rememberFact(store, `x${n}`, 'y'));
  const told = await Promise.allSettled(all);
  expect(new Set(told.map(one => one.status === 'rejected' && one.reason.code))).toEqual(new Set(['locked']));
  // The first waits for the deadline; of the others each tries once.
  expect(looks.mock.calls.length).toBeLessThan(29 + 19);
  looks.mockRestore();
  other.release();
  await rememberFact(store, 'x', 'z');
  await store.close();
});

it('Y12: /healthz names the lock, and is well when it is free again', async () => {
  const { url, hold } = aFile();
  const store = await openStore(url);
  const log = createLog(
    { level: 'error', format: 'json' },
    () => new Date(0),
    () => {},
  );
  const platform = {
    platform: 'console',
    limits: {} as Adapter['limits'],
    start: async () => {},
    stop: async () => {},
    send: async () => ({ kind: 'sent', ref: 'x' }),
    health: () => ({ well: true, detail: '' }),
  } as const satisfies Adapter;
  const services = { store, log, defaults: { locale: 'en', zone: 'Asia/Jakarta' } } as const;
  const ways = handed();
  const app = await startApp(services, readSettings({ PORT: '0', METRICS_ADDRESS: '' }), [{ adapter: platform }], ways);
  const health = async () => {
    const answer = await fetch(`http://127.0.0.1:${app.port}/healthz`);
    return [answer.status, await answer.text()] as const;
  };
  const setup = (): Act => ({
    key: ways.ids.next(),
    place: { platform: 'console', workspace: 'local', channel: null },
    who: { account: 'sari', home: '', name: 'sari', admin: true },
    ask: { kind: 'typed', line: '/forum setup Uji announce:umum' },
    memberOf: name => ({ account: name, home: '', name, admin: false }),
    channelOf: name => ({ id: name, name }),
  });
  const other = hold();
  const told = await Promise.all([1, 2, 3, 4].map(() => app.bot.perform(setup())));
  expect(told.map(one => one.kind)).toEqual(['failed', 'failed', 'failed', 'failed']);
  const [status, text] = await health();
  expect(status).toBe(503);
  expect(text).toContain('locked by another program');
  other.release();
  expect((await app.bot.perform(setup())).kind).toBe('view');
  // An answer holds for a second.
  await until(async () => (await health())[0] === 200, 'the database to be well');
  await app.stop();
});
