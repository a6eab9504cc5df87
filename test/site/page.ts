import { onTestFinished } from 'vitest';
import { startWeb } from '../../adapters/web/server.ts';
import { fillDemo, SECOND } from '../../src/cli/demo.ts';
import { createLog } from '../../src/contract/log.ts';
import { createMaker } from '../../src/reports/maker.ts';
import { createSite } from '../../src/site/site.ts';
import type { Store } from '../../src/storage/store.ts';
import { patientPainter } from '../charts/patient.ts';
import { newSqliteStore } from '../migrated.ts';
import { aWorld, START } from '../world.ts';

const DAY_MS = 86_400_000;

/** The site on the port that the house serves it on, with a clock that stands still until it is moved. */
export async function served(store: Store, publicUrl?: string) {
  const faults: unknown[] = [];
  const log = createLog(
    { level: 'error', format: 'json' },
    () => START,
    line => faults.push(line),
  );
  const painter = patientPainter(log);
  const site = createSite({ store, painter, maker: createMaker(store, log), publicUrl });
  let now = START;
  const web = await startWeb(
    {
      health: async () => ({ failing: {}, noted: {} }),
      metrics: async () => '',
      metricsToken: undefined,
      site: visit => site(visit, now),
      routes: {},
      publicUrl,
      onError: error => faults.push(error),
    },
    0,
  );
  const origin = `http://127.0.0.1:${web.port}`;
  return {
    origin,
    /** Faults of serving. */
    faults,
    skip(days: number): void {
      now = new Date(now.getTime() + days * DAY_MS);
    },
    get: (path: string, headers: Record<string, string> = {}, method = 'GET') =>
      fetch(`${origin}${path}`, { headers, method, redirect: 'manual' }),
    text: async (path: string) => (await fetch(`${origin}${path}`)).text(),
    async stop(): Promise<void> {
      await web.stop();
      await painter.close();
    },
  };
}

/** Lines that put a page online: a look, and a yes. */
export const PUBLISH = ['/forum publish', '/forum publish confirm:yes'];

/** A forum of one's own, and the site that shows it once it is public. */
export async function aSite(lines: readonly string[], publicUrl?: string) {
  const store = await newSqliteStore();
  const world = await aWorld({ store, ...(publicUrl && { publicUrl }) });
  await world.all('/forum setup "Forum <Uji>"', ...lines);
  const [forum] = await store.read.select().from(store.tables.forums);
  const site = await served(store, publicUrl);
  onTestFinished(async () => {
    await site.stop();
    await store.close();
  });
  return { ...site, world, store, id: forum!.id };
}

/** Both demo forums: the page of the first online, of the second a preview. */
export async function theDemo() {
  const store = await newSqliteStore();
  const log = createLog(
    { level: 'error', format: 'json' },
    () => START,
    line => process.stderr.write(line),
  );
  await fillDemo({ store, log, defaults: { locale: 'id', zone: 'Asia/Jakarta' } }, START);
  const world = await aWorld({ store });
  await world.all(...PUBLISH);
  const forums = await store.read.select().from(store.tables.forums);
  const forum = forums.find(one => one.name.includes('Yogyakarta'))!;
  const second = await aWorld({ store, workspace: SECOND });
  const [preview] = /\/f\/[\w-]+\/preview\/[\w-]+/.exec((await second.run('/forum publish')).text) ?? [];
  const site = await served(store);
  const stop = async () => {
    await site.stop();
    await store.close();
  };
  return { ...site, world, id: forum.id, preview: preview!, stop };
}

/** Every address that the pages of a forum lead to within the site, from its first page on: each once, with what is there. */
export async function crawled(site: { origin: string }, start: string): Promise<Map<string, string>> {
  const found = new Map<string, string>();
  const queue = [start];
  let refused = 0;
  for (let path = queue.pop(); path !== undefined; path = queue.pop()) {
    if (found.has(path)) continue;
    const answer = await fetch(`${site.origin}${path}`);
    // A picture that a busy machine has no time for may be asked for again.
    if (answer.status === 503 && refused < 10) {
      refused++;
      queue.push(path);
      continue;
    }
    if (answer.status !== 200) throw new Error(`${path} answers ${answer.status}`);
    const text = await answer.text();
    found.set(path, text);
    if (!/text\/html/.test(answer.headers.get('content-type') ?? '')) continue;
    for (const [, address] of text.matchAll(/(?:href|src|srcset)="(\/[^"]*)"/g))
      queue.push(address!.replaceAll('&amp;', '&'));
  }
  return found;
}
