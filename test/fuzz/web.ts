import { connect } from 'node:net';
import { readSettings } from '../../src/app/settings.ts';
import { startApp } from '../../src/app/start.ts';
import { newSqliteStore } from '../migrated.ts';
import { handed } from '../world.ts';
import type { Problem } from './core.ts';
import { CANARY, fillForum } from './forum.ts';
import { mutated, type Random, text } from './random.ts';

const PATHS = ['/', '/healthz', '/metrics', '/f/', '/slack/events', '/slack/install', '/f/../metrics'];
const SUFFIXES = [
  '',
  '/issues.csv',
  '/issues.json',
  '/activities.csv?lang=en',
  '?lang=en',
  '?lang=id&lang=en',
  '/money.json',
  '/x.csv',
  '/',
  '?%',
  '/%00.csv',
  '?page=-1',
  '?q=1',
];
const METHODS = ['GET', 'GET', 'GET', 'HEAD', 'POST', 'PUT', 'OPTIONS', 'DELETE', 'FOO'];
const HEADERS = [
  'if-none-match',
  'accept-language',
  'accept-encoding',
  'content-length',
  'transfer-encoding',
  'range',
  'cookie',
  'x-forwarded-for',
  'expect',
  'host',
];

/** The HTTP port of the whole bot, with one forum that publishes and one that does not. */
export async function aFuzzedWeb() {
  const store = await newSqliteStore();
  await fillForum(store, 'satu', 'Biasa');
  await fillForum(store, 'dua', CANARY);
  const { forums } = store.tables;
  const all = await store.read.select().from(forums);
  const open = all.find(one => one.name.includes('Biasa'))!;
  const errors: string[] = [];
  const error = (message: string, fields?: object) => void errors.push(`${message} ${JSON.stringify(fields)}`);
  const services = {
    store,
    log: { debug() {}, info() {}, warn() {}, error },
    defaults: { locale: 'id', zone: 'Asia/Jakarta' },
  } as const;
  const app = await startApp(services, readSettings({ PORT: '0', METRICS_ADDRESS: '' }), [], handed());
  return {
    /** Asks for one thing in raw bytes; `from` is the address that asks, so that none asks too often. */
    async request(r: Random, from: string): Promise<Problem | null> {
      const path = r.chance(3) ? `/f/${open.id}${r.pick(SUFFIXES)}` : r.pick(PATHS);
      const target = (r.chance(3) ? mutated(r, path) : path).replaceAll(/[\r\n]/g, '');
      const headers = r.many(
        3,
        () =>
          `${r.pick(HEADERS)}: ${text(r)
            .replaceAll(/[\r\n]/g, '')
            .slice(0, 2_000)}`,
      );
      const body = r.chance(4) ? text(r) : '';
      const head = [`${r.pick(METHODS)} ${target} HTTP/1.1`, 'host: x', 'connection: close', ...headers, '', body].join(
        '\r\n',
      );
      const answer = await ask(app.port!, from, head);
      const input = { head: head.slice(0, 500) };
      if (/^HTTP\/1\.1 5(?!03)/.test(answer))
        return { what: `answered ${answer.slice(0, 60)}; ${errors.splice(0).join('; ')}`, input };
      if (errors.length) return { what: errors.splice(0).join('; '), input };
      return answer.includes(CANARY) ? { what: 'another forum’s data', input } : null;
    },
    close: () => app.stop(),
  };
}

/** Sends raw bytes and gives all that comes back; a server that neither answers nor hangs up has ten seconds. */
function ask(port: number, from: string, bytes: string): Promise<string> {
  return new Promise(done => {
    let answer = '';
    const socket = connect({ port, host: '127.0.0.1', localAddress: from });
    socket.setTimeout(10_000, () => socket.destroy());
    socket.on('connect', () => socket.end(bytes));
    socket.on('data', chunk => {
      answer += chunk;
    });
    socket.on('error', () => undefined);
    socket.on('close', () => done(answer));
  });
}
