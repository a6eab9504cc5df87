import { expect, it } from 'vitest';
import { readSettings, SettingsFault } from '../../src/app/settings.ts';
import { startApp } from '../../src/app/start.ts';
import type { Adapter } from '../../src/contract/act.ts';
import { createLog } from '../../src/contract/log.ts';
import { newSqliteStore } from '../migrated.ts';
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

async function anApp(well: boolean, env: Readonly<Record<string, string>> = {}) {
  const store = await newSqliteStore();
  const log = createLog(
    { level: 'error', format: 'json' },
    () => new Date(0),
    () => {},
  );
  const services = { store, log, defaults: { locale: 'id', zone: 'Asia/Jakarta' } } as const;
  const app = await startApp(
    services,
    readSettings({ PORT: '0', METRICS_ADDRESS: '', ...env }),
    [{ adapter: platform(well) }],
    handed(),
  );
  const get = (path: string, headers: Readonly<Record<string, string>> = {}) =>
    fetch(`http://127.0.0.1:${app.port}${path}`, { headers });
  return { ...app, get, [Symbol.asyncDispose]: () => app.stop() };
}

it('/healthz says 200 when all is well', async () => {
  await using app = await anApp(true);
  const health = await app.get('/healthz');
  expect([health.status, await health.json()]).toEqual([200, { ok: true }]);
  expect((await app.get('/nothing')).status).toBe(404);
});

it('R15: figures are told on an address of their own, and on the public port to nobody without the token', async () => {
  await using app = await anApp(true, { METRICS_ADDRESS: '127.0.0.1:0', METRICS_TOKEN: 'sangat-rahasia' });
  const figures = await (await fetch(`http://127.0.0.1:${app.metricsPort}/metrics`)).text();
  expect(figures).toContain('rembug_outbox_depth 0');
  expect(figures).toContain('rembug_up{platform="console"} 1');
  expect((await fetch(`http://127.0.0.1:${app.metricsPort}/healthz`)).status).toBe(404);
  const status = async (authorization?: string) =>
    (await app.get('/metrics', authorization === undefined ? {} : { authorization })).status;
  for (const none of [undefined, 'sangat-rahasia', 'Bearer', 'Bearer sangat-rahasi', 'Basic sangat-rahasia'])
    expect([none, await status(none)]).toEqual([none, 404]);
  expect(await status('Bearer sangat-rahasia')).toBe(200);
});

it('R15: without a token the public port tells no figures, and an empty address opens none', async () => {
  await using app = await anApp(true);
  expect(app.metricsPort).toBeNull();
  for (const authorization of ['Bearer undefined', 'Bearer '])
    expect((await app.get('/metrics', { authorization })).status).toBe(404);
});

it('R15: an address for figures that is taken is a warning, and all else runs', async () => {
  await using first = await anApp(true, { METRICS_ADDRESS: '127.0.0.1:0' });
  await using second = await anApp(true, { METRICS_ADDRESS: `127.0.0.1:${first.metricsPort}` });
  expect(second.metricsPort).toBeNull();
  expect((await second.get('/healthz')).status).toBe(200);
});

it('R15: METRICS_ADDRESS is an address with a port, loopback unless told otherwise', () => {
  const read = (METRICS_ADDRESS?: string) =>
    readSettings({ ...(METRICS_ADDRESS !== undefined && { METRICS_ADDRESS }) });
  expect(read().metricsAddress).toEqual({ host: '127.0.0.1', port: 9464 });
  expect(read('').metricsAddress).toBeNull();
  expect(read('[::1]:0').metricsAddress).toEqual({ host: '::1', port: 0 });
  for (const wrong of ['9464', 'localhost', 'localhost:', 'localhost:70000', 'a b:1', ':9464'])
    expect(() => read(wrong)).toThrow(SettingsFault);
});

it('/healthz says 503 and names what is not well', async () => {
  await using app = await anApp(false);
  const health = await app.get('/healthz');
  expect([health.status, await health.json()]).toEqual([503, { ok: false, failing: { console: 'disconnected' } }]);
});

it('pages of a platform are counted by visitor; what a platform sends, which is signed, is not', async () => {
  const store = await newSqliteStore();
  const log = createLog(
    { level: 'error', format: 'json' },
    () => new Date(0),
    () => {},
  );
  const answers = async (_: unknown, response: { writeHead(status: number): { end(): unknown } }) =>
    void response.writeHead(204).end();
  const services = { store, log, defaults: { locale: 'id', zone: 'Asia/Jakarta' } } as const;
  const routes = { 'GET /slack/install': answers, 'POST /slack/events': answers };
  const app = await startApp(
    services,
    readSettings({ PORT: '0', METRICS_ADDRESS: '' }),
    [{ adapter: platform(true), routes }],
    handed(),
  );
  const ask = async (method: string, path: string) =>
    (await fetch(`http://127.0.0.1:${app.port}${path}`, { method })).status;
  const told = new Set<number>();
  for (let n = 0; n < 310; n++) told.add(await ask('GET', '/slack/install'));
  expect([...told]).toEqual([204, 429]);
  expect(await ask('POST', '/slack/events')).toBe(204);
  await app.stop();
});
