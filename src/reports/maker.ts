import { Worker } from 'node:worker_threads';
import { eq, sql } from 'drizzle-orm';
import type { Log } from '../contract/log.ts';
import { StorageFault } from '../storage/faults.ts';
import type { Reader, Store } from '../storage/store.ts';
import type { OnProgress, Order, ProductOf } from './product.ts';
import type { Job, Told } from './worker.ts';

/** Maximum memory of one such thread, megabytes: a report of 200,000 activities takes a third of it. */
const MAXIMUM_MEMORY_MB = 512;

/**
 * Maximum number of numbered things of a forum whose products are made in the main thread, in pieces that share the
 * event loop: a thread takes longer to start than these take to make.
 */
const SMALL_MAXIMUM = 2_000;

/** Tells whether a product is better made in a thread of its own: whatever has pictures, and what is of much. */
async function isLarge(db: Reader, order: Order): Promise<boolean> {
  if (order.kind === 'report' && (order.format === 'print' || order.format === 'docx')) return true;
  const { counters: c } = db.tables;
  const forumId = order.kind === 'person' ? order.member.forumId : order.forum.id;
  const [row] = await db
    .select({ n: sql<string | number | null>`sum(${c.last})` })
    .from(c)
    .where(eq(c.forumId, forumId));
  return Number(row?.n ?? 0) > SMALL_MAXIMUM;
}

/** Error of an order that is not made: the person who wanted it called it off, or the program ends. */
export class CalledOff extends Error {
  override readonly name = 'CalledOff';
}

/** Makes what is large without holding up the event loop. */
export interface Maker {
  /**
   * Makes a product of what is committed.
   * @throws CalledOff once `signal` is aborted, or the maker is closed; StorageFault where the database cannot be read.
   */
  make<O extends Order>(
    order: O,
    how?: { readonly onProgress?: OnProgress; readonly signal?: AbortSignal },
  ): Promise<ProductOf<O>>;
  /** Ends what is being made. */
  close(): Promise<void>;
}

/** The compiled program has the worker beside this file; sources under test use what was compiled of it. */
const ENTRY = new URL(
  import.meta.url.endsWith('.ts') ? '../../dist/src/reports/worker.js' : './worker.js',
  import.meta.url,
);

/**
 * A maker with a thread and a connection for each large product, which end with it: so what one takes of memory is
 * given back, and calling it off is ending its thread. How many are made at once is bounded by those who ask.
 */
export function createMaker(store: Store, log: Log, entry = ENTRY): Maker {
  const threads = new Set<Worker>();
  let isClosed = false;

  function inThread<O extends Order>(
    order: O,
    onProgress: OnProgress,
    signal: AbortSignal | undefined,
  ): Promise<ProductOf<O>> {
    const job: Job = { address: store.address, order };
    const thread = new Worker(entry, {
      workerData: job,
      resourceLimits: { maxOldGenerationSizeMb: MAXIMUM_MEMORY_MB },
    });
    threads.add(thread);
    const end = (): void => void thread.terminate();
    signal?.addEventListener('abort', end, { once: true });
    return new Promise<ProductOf<O>>((resolve, reject) => {
      thread.on('message', (told: Told) => {
        if ('done' in told) onProgress(told.done, told.of);
        else if ('product' in told) resolve(told.product as ProductOf<O>);
        else reject(told.storage ? new StorageFault(told.storage, told.fault) : new Error(told.fault));
      });
      thread.on('error', reject);
      // Messages of the thread come before its end, so nothing more is to be expected.
      thread.on('exit', () =>
        reject(signal?.aborted || isClosed ? new CalledOff() : new Error('the thread has ended')),
      );
    }).finally(() => {
      threads.delete(thread);
      signal?.removeEventListener('abort', end);
    });
  }

  return {
    async make(order, { onProgress = () => undefined, signal } = {}) {
      const large = await isLarge(store.read, order);
      if (isClosed || signal?.aborted) throw new CalledOff();
      if (!large) {
        // The maker of reports is loaded by the first who asks for one.
        const { productOf } = await import('./product.ts');
        return productOf(store.read, order, onProgress);
      }
      const since = performance.now();
      const product = await inThread(order, onProgress, signal);
      log.debug('made in a thread', { kind: order.kind, seconds: (performance.now() - since) / 1_000 });
      return product;
    },
    async close() {
      isClosed = true;
      await Promise.all([...threads].map(thread => thread.terminate()));
    },
  };
}
