import { createHash } from 'node:crypto';
import { Worker } from 'node:worker_threads';
import type { Chart } from '../contract/chart.ts';
import type { Log } from '../contract/log.ts';
import { type Painter, type Theme, Unpainted } from '../contract/painter.ts';
import { LruCache } from '../runtime/lru-cache.ts';
import type { Made, Order } from './worker.ts';

/** Maximum number of waiting pictures; one more is refused, and its words stand alone. */
const WAITING = 100;
/** Maximum number of those that are for pages: strangers ask for them, and chat needs room. */
const PAGES = 20;
/** Timeout of one picture, ms; painting takes a fraction of a second. */
const PATIENCE_MS = 10_000;
/** Maximum size of remembered pictures, bytes. */
const REMEMBERED_BYTES = 16 * 1024 * 1024;
const MEMORY_MB = 256;

type Picture = Uint8Array | string;

interface Job {
  readonly order: Order;
  readonly done: (picture: Picture) => void;
  readonly failed: (error: Unpainted) => void;
  readonly timer: NodeJS.Timeout;
}

/** The compiled program paints in a thread; sources under test hand their work to what was compiled of them. */
const ENTRY = new URL(
  import.meta.url.endsWith('.ts') ? '../../dist/src/charts/worker.js' : './worker.js',
  import.meta.url,
);

/**
 * A painter with one thread, which starts with the first picture: nothing heavy is loaded before. What is for chat is
 * painted before what is for pages.
 */
export function createPainter(
  log: Log,
  { waiting = WAITING, pages = PAGES, patienceMs = PATIENCE_MS, remembered = REMEMBERED_BYTES, entry = ENTRY } = {},
): Painter {
  const queue: Job[] = [];
  const kept = new LruCache<{ readonly picture: Picture; readonly bytes: number }>(remembered, remembered);
  let ids = 0;
  let thread: Worker | null = null;
  let current: Job | null = null;
  let closed = false;

  function start(): Worker {
    const made = new Worker(entry, { resourceLimits: { maxOldGenerationSizeMb: MEMORY_MB } });
    made.unref();
    made.on('message', ({ id, picture, fault }: Made) => {
      if (id !== current?.order.id) return;
      const job = finish();
      if (picture !== undefined) job.done(picture);
      else {
        log.warn('a picture could not be painted', { kind: job.order.chart.kind, fault });
        job.failed(new Unpainted('painting failed'));
      }
      next();
    });
    made.on('error', error => log.warn('the thread that paints has failed', { error }));
    made.on('exit', () => {
      if (thread !== made) return;
      thread = null;
      if (current) finish().failed(new Unpainted('the thread that paints has ended'));
      next();
    });
    return made;
  }

  function finish(): Job {
    const job = current!;
    clearTimeout(job.timer);
    current = null;
    return job;
  }

  function next(): void {
    if (current || closed) return;
    current = queue.shift() ?? null;
    if (!current) return;
    thread ??= start();
    thread.postMessage(current.order);
  }

  /** Ends an order that waits too long; one painted that long ends with its thread. */
  function giveUp(order: Order): void {
    log.warn('a picture took too long', { kind: order.chart.kind });
    if (current?.order === order) void thread?.terminate();
    const at = queue.findIndex(job => job.order === order);
    if (at >= 0) queue.splice(at, 1)[0]!.failed(new Unpainted('took too long'));
  }

  /** Tells whether there is room for one more. */
  function hasRoom(as: Order['as']): boolean {
    const forPages = queue.filter(job => job.order.as === 'svg').length;
    return queue.length < waiting && (as === 'png' || forPages < pages);
  }

  /** Queues pictures for chat before those for pages, both in the order in which they were asked for. */
  function queueUp(job: Job): void {
    const at = job.order.as === 'png' ? queue.findIndex(other => other.order.as === 'svg') : -1;
    queue.splice(at < 0 ? queue.length : at, 0, job);
  }

  const painted = (chart: Chart, as: Order['as'], theme: Theme): Promise<Picture> =>
    new Promise((done, failed) => {
      if (closed || !hasRoom(as)) return failed(new Unpainted(closed ? 'closed' : 'too many pictures'));
      const order = { id: ++ids, chart, as, theme };
      const timer = setTimeout(() => giveUp(order), patienceMs);
      timer.unref();
      queueUp({ order, done, failed, timer });
      next();
    });

  async function picture(chart: Chart, as: Order['as'], theme: Theme): Promise<Picture> {
    const key = createHash('sha256')
      .update(JSON.stringify([as, theme, chart]))
      .digest('base64');
    const made = await kept.get(key, async () => {
      const picture = await painted(chart, as, theme);
      return { picture, bytes: picture.length };
    });
    return made.picture;
  }

  return {
    png: async chart => (await picture(chart, 'png', 'light')) as Uint8Array,
    svg: async (chart, theme) => (await picture(chart, 'svg', theme)) as string,
    async close() {
      closed = true;
      for (const job of queue.splice(0)) {
        clearTimeout(job.timer);
        job.failed(new Unpainted('closed'));
      }
      await thread?.terminate();
    },
  };
}
