import { Agent, createServer, get } from 'node:http';
import type { AddressInfo } from 'node:net';
import { startWeb } from '../../adapters/web/server.ts';
import { createPainter } from '../../src/charts/pool.ts';
import { createMaker } from '../../src/reports/maker.ts';
import { createSite } from '../../src/site/site.ts';
import { aForum, fillActivities, START } from './forum.ts';
import { middle } from './measure.ts';

const agent = new Agent({ keepAlive: true });

/** Gets an address over loopback; gives status, tag and size. */
const fetched = (url: string, headers: Record<string, string> = {}) =>
  new Promise<{ status: number; etag: string; bytes: number }>((done, fail) => {
    get(url, { agent, headers }, response => {
      let bytes = 0;
      response.on('data', (piece: Buffer) => {
        bytes += piece.length;
      });
      response.on('end', () => done({ status: response.statusCode ?? 0, etag: response.headers.etag ?? '', bytes }));
    }).on('error', fail);
  });

/** The middle of so many runs, in milliseconds; what `before` does is not counted. */
async function median(times: number, one: () => Promise<unknown>, before: () => Promise<unknown> = async () => {}) {
  const took: number[] = [];
  for (let i = 0; i < times; i++) {
    await before();
    const since = process.hrtime.bigint();
    await one();
    took.push(Number(process.hrtime.bigint() - since) / 1e6);
  }
  return middle(took);
}

/** A bare server that sends as many bytes as the first page has: what nothing can be quicker than. */
export async function barePage(bytes: number): Promise<number> {
  const body = Buffer.alloc(bytes, 'x');
  const server = createServer((_, response) => response.end(body));
  await new Promise<void>(ready => server.listen(0, '127.0.0.1', ready));
  const { port } = server.address() as AddressInfo;
  const took = await median(300, () => fetched(`http://127.0.0.1:${port}/`));
  server.close();
  return took;
}

/** Measures the public page of a forum with so many activities over loopback, in milliseconds. */
export async function publicPage(activities: number) {
  const forum = await aForum();
  const { store, forumId, run } = forum;
  for (const line of [
    '/partner add Mitra sector:ngo',
    '/goal add Tujuan',
    ...Array.from(
      { length: 12 },
      (_, i) =>
        `/indicator add "Ukuran ${i}" unit:orang direction:up baseline:0 target:90 due:31/12/2026 frequency:monthly goal:T-1`,
    ),
    ...Array.from({ length: 12 }, (_, i) => `/indicator report N-${i + 1} value:40`),
    ...Array.from({ length: 20 }, (_, i) => `/finance record "Iuran ${i}" direction:in amount:1jt`),
    '/forum publish',
    '/forum publish confirm:yes',
  ])
    await run(line);
  await fillActivities(store, forumId, 1, activities);
  const log = { debug() {}, info() {}, warn() {}, error() {} };
  const painter = createPainter(log);
  const site = createSite({ store, painter, maker: createMaker(store, log), publicUrl: undefined });
  // Asked from one address far quicker than a visitor may: the port is handed a site that counts nobody.
  let asked = 0;
  const app = {
    health: async () => ({ failing: {}, noted: {} }),
    metrics: async () => '',
    metricsToken: undefined,
    routes: {},
    publicUrl: 'https://x.example',
  };
  const web = await startWeb(
    { ...app, site: visit => site(visit, START), onError: error => process.stderr.write(`${error}\n`) },
    0,
  );
  const at = (path: string) => `http://127.0.0.1:${web.port}/f/${forumId}${path}`;
  const load = (path: string, headers: Record<string, string> = {}) => {
    asked++;
    return fetched(at(path), { 'x-forwarded-for': `198.51.${(asked >> 8) % 256}.${asked % 256}`, ...headers });
  };
  // Any change makes all that was kept another; what is measured is the first reader after it.
  let changes = 0;
  const change = () => run(`/goal add "Perubahan ${changes++}"`);
  const first = await load('');
  const found = {
    bytes: first.bytes,
    overview: await median(15, () => load(''), change),
    list: await median(15, () => load('/activities'), change),
    middle: await median(15, () => load('/activities?before=50'), change),
    chart: await median(
      15,
      () => load('/charts/N-1.svg'),
      () => run(`/indicator correct N-1 period:2026-11 value:${41 + (changes++ % 40)} reason:x`),
    ),
    csv: await median(3, () => load('/activities.csv'), change),
    again: await median(300, () => load('')),
    unchanged: 0,
  };
  const { etag } = await load('');
  found.unchanged = await median(300, async () => {
    const { status } = await load('', { 'if-none-match': etag });
    if (status !== 304) throw new Error(`not unchanged: ${status}`);
  });
  await web.stop();
  await painter.close();
  await store.close();
  return found;
}
