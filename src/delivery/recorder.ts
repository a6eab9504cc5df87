import type { Clock } from '../contract/clock.ts';
import { faultOf, StorageFault } from '../storage/faults.ts';
import type { Store, Tx } from '../storage/store.ts';
import { begin, beginAlone, LEASE_MS, LONGEST_LEASE_MS } from './claims.ts';
import type { Delivery } from './delivery.ts';
import { fenceOf, MAXIMUM_FENCED } from './fence.ts';
import { type Ended, isFirstArrival, settle, settleArrivals } from './settle.ts';

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

/** Faults of the database itself, which each step would meet by itself too. */
const isOfDatabase = (error: unknown): boolean => {
  const fault = faultOf(error);
  return fault instanceof StorageFault && fault.code !== 'busy';
};

/**
 * Tells whether the lease of a claimed delivery lasts as long as one that is taken now. One that lasts longer than any
 * was taken while a clock ran ahead, and may have been voided since.
 */
function isLongEnough({ leasedUntil }: Delivery, taken: Date | null): boolean {
  if (leasedUntil === null || taken === null) return false;
  const moreMs = leasedUntil.getTime() - taken.getTime();
  return moreMs >= 0 && moreMs <= LONGEST_LEASE_MS - LEASE_MS;
}

/** Tells whether a step is one of those that are recorded together: it takes one row and what follows from it is known. */
const isPlain = (step: Step): boolean => 'begins' in step || isFirstArrival(step.ends);

/**
 * Records what happens to deliveries of all lanes, with few units of work: what comes in one turn of the event loop, or
 * while one is under way, is one unit. Nobody waits for others to come, nor for a row that an act holds: that one is
 * recorded by itself, as is what did not simply arrive. A lane waits for each of its steps, so that of each place one
 * message at most may be sent and not recorded.
 */
export function createRecorder(store: Store, clock: Clock, present: () => Promise<Date>): Recorder {
  const waiting: Waiting[] = [];
  let isRunning = false;

  const add = (step: Step): Promise<boolean> =>
    new Promise((done, failed) => {
      const one = { step, done, failed };
      if (!isPlain(step)) {
        void alone(one);
        return;
      }
      waiting.push(one);
      if (isRunning) return;
      isRunning = true;
      setImmediate(run);
    });

  async function run(): Promise<void> {
    await together(waiting.splice(0, MAXIMUM_FENCED));
    if (waiting.length) setImmediate(run);
    else isRunning = false;
  }

  /** Records some steps; what is held, lost or fails with the others each by itself, and nobody waits for that. */
  async function together(some: readonly Waiting[]): Promise<void> {
    try {
      const mine = await write(some.map(one => one.step));
      for (const [i, one] of some.entries())
        if (mine[i]) one.done(true);
        else void alone(one);
    } catch (error) {
      for (const one of some)
        if (isOfDatabase(error)) one.failed(error);
        else void alone(one);
    }
  }

  async function alone({ step, done, failed }: Waiting): Promise<void> {
    try {
      done('begins' in step ? await beginOne(step.begins) : await settleOne(step.ends));
    } catch (error) {
      failed(error);
    }
  }

  async function beginOne(delivery: Delivery): Promise<boolean> {
    const leasedUntil = await leaseFromNow();
    const now = clock.now();
    const isMine = await store.write(null, tx => beginAlone(tx, delivery, now, leasedUntil));
    if (isMine) delivery.leasedUntil = leasedUntil;
    return isMine;
  }

  const settleOne = (ended: Ended): Promise<boolean> => store.write(null, tx => settle(tx, ended, clock.now()));

  const leaseFromNow = async (): Promise<Date> => new Date((await present()).getTime() + LEASE_MS);

  /** Ends come first: what follows from one may take what begins away. */
  async function write(steps: readonly Step[]): Promise<readonly boolean[]> {
    const begins = steps.flatMap(step => ('begins' in step ? step.begins : []));
    const ends = steps.flatMap(step => ('ends' in step && isFirstArrival(step.ends) ? step.ends : []));
    const leasedUntil = begins.length ? await leaseFromNow() : null;
    const lease = begins.every(one => isLongEnough(one, leasedUntil)) ? null : leasedUntil;
    const now = clock.now();
    const mine = await store.write(null, async (tx: Tx) => ({
      ended: await settleArrivals(tx, ends, now),
      begun: await begin(tx, begins, now, lease),
    }));
    return steps.map(step => {
      if ('ends' in step) return mine.ended.has(fenceOf(step.ends.delivery));
      const isBegun = mine.begun.has(fenceOf(step.begins));
      if (isBegun && lease) step.begins.leasedUntil = lease;
      return isBegun;
    });
  }

  return { begin: delivery => add({ begins: delivery }), settle: ended => add({ ends: ended }) };
}
