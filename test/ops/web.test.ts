import { expect, it } from 'vitest';
import type { Adapter } from '../../src/bot/act.ts';
import { createLog } from '../../src/log.ts';
import { readSettings } from '../../src/settings.ts';
import { startHouse } from '../../src/start.ts';
import { openStore } from '../../src/storage/open.ts';
import { handed } from '../world.ts';

const LIMITS = {
  invocation: 100,
  controlRows: 5,
  controlsInRow: 5,
  label: 80,
  choices: 25,
  formFields: 5,
  formTitle: 45,
  text: 4000,
  blocks: 40,
};

/** A platform that is well or not, as the test says. */
const platform = (well: boolean): Adapter => ({
  platform: 'console',
  limits: LIMITS,
  start: async () => {},
  stop: async () => {},
  send: async () => ({ kind: 'sent', ref: 'x' }),
  health: () => ({ well, detail: well ? 'connected' : 'disconnected' }),
});

async function aHouse(well: boolean) {
  const store = await openStore('file::memory:');
  const log = createLog(
    { level: 'error', format: 'json' },
    () => new Date(0),
    () => {},
  );
  const ground = { store, log, defaults: { locale: 'id', zone: 'Asia/Jakarta' } } as const;
  const house = await startHouse(ground, readSettings({ PORT: '0' }), [{ adapter: platform(well) }], handed());
  const get = (path: string) => fetch(`http://127.0.0.1:${house.port}${path}`);
  return { get, [Symbol.asyncDispose]: () => house.stop() };
}

it('/healthz says 200 when all is well, and /metrics speaks Prometheus', async () => {
  await using house = await aHouse(true);
  const health = await house.get('/healthz');
  expect([health.status, await health.json()]).toEqual([200, { ok: true }]);
  const figures = await (await house.get('/metrics')).text();
  expect(figures).toContain('rembug_outbox_depth 0');
  expect(figures).toContain('rembug_up{platform="console"} 1');
  expect((await house.get('/nothing')).status).toBe(404);
});

it('/healthz says 503 and names what is not well', async () => {
  await using house = await aHouse(false);
  const health = await house.get('/healthz');
  expect([health.status, await health.json()]).toEqual([503, { ok: false, failing: { console: 'disconnected' } }]);
});

it('pages of a platform are counted by visitor; what a platform sends, which is signed, is not', async () => {
  const store = await openStore('file::memory:');
  const log = createLog(
    { level: 'error', format: 'json' },
    () => new Date(0),
    () => {},
  );
  const answers = async (_: unknown, response: { writeHead(status: number): { end(): unknown } }) =>
    void response.writeHead(204).end();
  const ground = { store, log, defaults: { locale: 'id', zone: 'Asia/Jakarta' } } as const;
  const routes = { 'GET /slack/install': answers, 'POST /slack/events': answers };
  const house = await startHouse(ground, readSettings({ PORT: '0' }), [{ adapter: platform(true), routes }], handed());
  const ask = async (method: string, path: string) =>
    (await fetch(`http://127.0.0.1:${house.port}${path}`, { method })).status;
  const told = new Set<number>();
  for (let n = 0; n < 310; n++) told.add(await ask('GET', '/slack/install'));
  expect([...told]).toEqual([204, 429]);
  expect(await ask('POST', '/slack/events')).toBe(204);
  await house.stop();
});
