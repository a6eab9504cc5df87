import type { Clock } from '../contract/clock.ts';
import { faultOf, StorageFault } from '../storage/faults.ts';
import type { Store, Tx } from '../storage/store.ts';
import { begin } from './claims.ts';
import type { Delivery } from './delivery.ts';
import { MAXIMUM_FENCED } from './fence.ts';
import { type Ended, settle } from './settle.ts';

/** A step in the life of a delivery that is to be recorded: it begins to be sent, or something became of it. */
type Step = { readonly begins: Delivery } | { readonly ends: Ended };

interface Waiting {
  readonly step: Step;
  /** Hears whether the delivery was still ours. */
  done(mine: boolean): void;
  failed(error: unknown): void;
}

/** Records steps of deliveries. @throws what the database throws */
export interface Recorder {
  /** Notes that sending begins; false: another has claimed it. */
  begin(delivery: Delivery): Promise<boolean>;
  /** Records what became of a delivery; false: it was not ours any more. */
  settle(ended: Ended): Promise<boolean>;
}

/**
 * Records what happens to deliveries of all lanes, with few units of work: what comes in one turn of the event loop, or
 * while one is under way, is one unit. Nobody waits for others to come. A lane waits for each of its steps, so that of
 * each place one message at most may be sent and not recorded.
 */
export function createRecorder(store: Store, clock: Clock, present: () => Promise<Date>): Recorder {
  const waiting: Waiting[] = [];
  let isRunning = false;

  const add = (step: Step): Promise<boolean> =>
    new Promise((done, failed) => {
      waiting.push({ step, done, failed });
      if (isRunning) return;
      isRunning = true;
      setImmediate(run);
    });

  async function run(): Promise<void> {
    await record(waiting.splice(0, MAXIMUM_FENCED));
    if (waiting.length) setImmediate(run);
    else isRunning = false;
  }

  /** Records some steps; where they fail together, each by itself, unless the database is the cause. */
  async function record(some: readonly Waiting[]): Promise<void> {
    try {
      const mine = await write(some.map(one => one.step));
      for (const [i, one] of some.entries()) one.done(mine[i]!);
    } catch (error) {
      if (some.length > 1 && !(faultOf(error) instanceof StorageFault)) for (const one of some) await record([one]);
      else for (const one of some) one.failed(error);
    }
  }

  /** Ends come first: what follows from one may take what begins away. */
  async function write(steps: readonly Step[]): Promise<readonly boolean[]> {
    const begins = steps.flatMap(step => ('begins' in step ? step.begins : []));
    const ends = steps.flatMap(step => ('ends' in step ? step.ends : []));
    const until = begins.length ? await present() : clock.now();
    const now = clock.now();
    const mine = await store.write(null, async (tx: Tx) => ({
      ended: await settle(tx, ends, now),
      begun: await begin(tx, begins, now, until),
    }));
    return steps.map(step =>
      'begins' in step ? mine.begun.has(step.begins.seq) : mine.ended.has(step.ends.delivery.seq),
    );
  }

  return { begin: delivery => add({ begins: delivery }), settle: ended => add({ ends: ended }) };
}
