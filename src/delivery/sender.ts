import { setTimeout as pause } from 'node:timers/promises';
import { type Adapter, PLATFORMS } from '../contract/act.ts';
import type { Clock } from '../contract/clock.ts';
import type { Log } from '../contract/log.ts';
import type { PostTypes } from '../contract/post-type.ts';
import { shareTurn } from '../runtime/event-loop.ts';
import { Semaphore } from '../runtime/semaphore.ts';
import { faultOf, StorageFault } from '../storage/faults.ts';
import type { Store, Tx } from '../storage/store.ts';
import { Calm } from './calm.ts';
import { claim, giveBack, isAnyDue, LEASE_MS } from './claims.ts';
import type { Delivery, Outcome } from './delivery.ts';
import { tellOfFailures, UNDELIVERED } from './failures.ts';
import { reroute, toEachCoordinator } from './fallback.ts';
import { gather, inMessages } from './gather.ts';
import { handOver } from './hand-over.ts';
import { inLanes, isApart, lanes } from './lanes.ts';
import { forgetPost, isEdit, standsIn } from './posts.ts';
import { prepareMessage, type Ready } from './prepare.ts';
import { createRecorder } from './recorder.ts';
import { sendTogether } from './send-together.ts';
import { backOff, held, later } from './verdict.ts';
import { Watch } from './watch.ts';

export { PLATFORMS };

const BATCH = 200;
/** Number of messages, to different places, with which a platform that is not well is tried before the rest follows. */
const PROBES = 5;
/** Interval at which every process records what it had sent, after an outage of the database, ms. */
const RECORD_MS = 500;
/** Maximum number of messages that are made at once; warnings are made beside them. */
const MAKING = 8;

export interface Sender {
  /** Counts how many outcomes the database has not taken yet. */
  unrecorded(): number;
  /** Sends everything that is due, on one platform or on all side by side; returns how many deliveries were settled. */
  deliver(platform?: Delivery['platform']): Promise<number>;
}

/** The loop of the outbox: claim, render from the state of now, send, settle. One bad recipient stops nobody. */
export function createSender(given: {
  store: Store;
  clock: Clock;
  log: Log;
  subjects: PostTypes;
  adapters: readonly Pick<Adapter, 'platform' | 'send'>[];
  /** Decides what is well; its own where the caller does not ask for it. */
  watch?: Watch;
  /** The present of the clock that all processes share, for leases; ours where there is one process. */
  present?: () => Promise<Date>;
  /** Tells whether to end: the message in hand is the last. */
  stopped?: () => boolean;
}): Sender {
  const deps = { stopped: () => false, ...given };
  const { store, clock, log } = deps;
  const present = given.present ?? (async () => clock.now());
  const watch = given.watch ?? new Watch(deps);
  /** Number of outcomes that wait for the database to come back. */
  let unrecorded = 0;
  /** Number of places tried of platforms that are not well. */
  let probed = 0;
  const calm = new Calm();
  const recorder = createRecorder(store, clock, present);
  const making = new Semaphore(MAKING);
  /** Tells whether the database is left alone: after an outage processes first record what they sent. */
  const isLeftAlone = (): boolean => unrecorded > 0 || calm.isOn;
  return {
    unrecorded: () => unrecorded,
    async deliver(platform) {
      if (platform) return deliverOn(platform);
      // Messages that one platform refuses may go to another: repeat until a whole round has nothing to do.
      let settled = 0;
      for (let round = -1; round !== 0 && (await isSomethingDue()); settled += round)
        round = (await Promise.all(PLATFORMS.map(deliverOn))).reduce((sum, n) => sum + n, 0);
      return settled;
    },
  };

  /** Tells with one question that nothing is due on any platform, as it mostly is. */
  async function isSomethingDue(): Promise<boolean> {
    return !isLeftAlone() && calm.asking(() => isAnyDue(store, clock.now()));
  }

  /** Sends what is due on one platform. Each has its own pace: one that is slow, or away, never holds up another. */
  function deliverOn(platform: Delivery['platform']): Promise<number> {
    return inLanes(warningsAlone => next(platform, warningsAlone), inOrder, deps.stopped);
  }

  /**
   * Claims what is due. After the database was away processes first record what they sent, for leases may have ended
   * meanwhile, and a process that took it up again would send it twice.
   */
  async function next(platform: Delivery['platform'], warningsAlone: boolean): Promise<readonly Delivery[]> {
    if (isLeftAlone()) return [];
    return calm.asking(async () => {
      await watch.refresh();
      if (watch.rests(platform)) return [];
      const due = await claim(store, clock.now(), BATCH, platform, await present(), { warningsAlone });
      return watch.platform(platform) ? probes(due) : due;
    });
  }

  /** The first message to each of a few places, warnings and other ones each time; the rest is given back. */
  async function probes(due: readonly Delivery[]): Promise<readonly Delivery[]> {
    const heads = [...lanes(due)].map(lane => lane[0]!);
    const warnings = heads.filter(one => one.urgent);
    const firsts = heads.filter(one => !one.urgent);
    probed += PROBES;
    const begin = probed % Math.max(1, firsts.length);
    const chosen = new Set([...warnings, ...firsts.slice(begin), ...firsts.slice(0, begin)].slice(0, PROBES));
    await giveBack(
      store,
      due.filter(one => !chosen.has(one)),
    );
    return [...chosen];
  }

  /**
   * Messages to one channel keep their order: each is handed over once what became of the one before is recorded. It is
   * made meanwhile, so that the one ends and the other begins with one unit of work.
   */
  async function inOrder(lane: readonly Delivery[]): Promise<void> {
    const rests = new Map<boolean, Outcome>();
    const messages = inMessages(
      lane.map(claimed => ({ ...claimed })),
      deps.subjects,
    );
    let recorded: Promise<unknown> = Promise.resolve();
    let last: readonly Delivery[] = [];
    try {
      for (const [n, message] of messages.entries()) {
        if (deps.stopped()) {
          await giveBack(store, messages.slice(n).flat());
          return;
        }
        const delivery = message[0]!;
        let hold = watch.hold(delivery);
        if (hold?.of === 'channel') {
          await watch.refresh({ atOnce: true });
          hold = watch.hold(delivery);
        }
        if (hold?.of === 'platform') {
          await giveBack(store, messages.slice(n).flat());
          return;
        }
        // Messages and edits have limits of their own; what comes after one that is put off does not overtake it.
        const known = rests.get(isEdit(delivery)) ?? (hold ? held(hold) : null);
        if (known || !isApart(message, last, deps.subjects)) await recorded;
        const came = known ? message.map(one => [one, known] as const) : await sendAll(message, recorded);
        for (const [one, outcome] of came)
          if (outcome.kind === 'later' && outcome.place) rests.set(isEdit(one), outcome);
        recorded = Promise.all(came.map(([one, outcome]) => record(one, outcome)));
        // Heard where it is awaited.
        void recorded.catch(() => undefined);
        // A failure or a delay may take what comes next away.
        if (came.some(([, outcome]) => outcome.kind !== 'sent')) await recorded;
        last = message;
      }
    } finally {
      await recorded;
    }
  }

  /** Sends deliveries as one message, as far as that can be, and the others one by one. */
  async function sendAll(
    message: readonly Delivery[],
    recorded: Promise<unknown>,
  ): Promise<readonly (readonly [Delivery, Outcome])[]> {
    const [one, ...more] = message as [Delivery];
    if (!more.length) return [[one, await send(one, recorded)]];
    const gathered = await gather(store, deps.subjects, message, clock.now());
    const outcome =
      gathered &&
      (await sendTogether({ ...deps, watch, recorder }, gathered.said, gathered.view).catch(error =>
        undone(gathered.said[0]!, error),
      ));
    const done: (readonly [Delivery, Outcome])[] = outcome ? gathered.said.map(one => [one, outcome]) : [];
    for (const one of outcome ? gathered.apart : message) done.push([one, await send(one, recorded)]);
    return done;
  }

  function undone(delivery: Delivery, error: unknown): Outcome {
    log.error('delivery failed', { delivery: delivery.seq, topic: delivery.topic, error });
    return later(clock.now(), 'error', backOff(delivery));
  }

  /** Records an outcome, however long the database is away: what was sent is not to be sent again. */
  async function record(delivery: Delivery, came: Outcome): Promise<void> {
    const isCourtesy = deps.subjects[delivery.topic]?.answers !== undefined;
    const outcome: Outcome = came.kind === 'failed' && isCourtesy ? { kind: 'suppressed', reason: came.reason } : came;
    let waits = false;
    try {
      for (;;)
        try {
          await recorder.settle({ delivery, outcome, onFailure: tx => tryElsewhere(tx, delivery, outcome) });
          return;
        } catch (error) {
          if (!(faultOf(error) instanceof StorageFault)) throw error;
          if (!waits) {
            waits = true;
            unrecorded++;
            log.error('outcome not recorded yet', { delivery: delivery.seq, outcome: outcome.kind, error });
          }
          await pause(RECORD_MS);
        }
    } finally {
      if (waits) unrecorded--;
    }
  }

  /**
   * Another way to the same people; where there is none the coordinators are told, in one notice a day. Gives whether
   * it was sent another way.
   */
  async function tryElsewhere(tx: Tx, delivery: Delivery, outcome: Outcome): Promise<boolean> {
    const now = clock.now();
    const subject = deps.subjects[delivery.topic];
    if (isEdit(delivery) && outcome.kind === 'failed' && outcome.reason.startsWith('gone'))
      await forgetPost(tx, { ...delivery, channel: standsIn(delivery) });
    // A message that was tried too often may have arrived: it goes no other way.
    if (outcome.kind === 'failed' && !isEdit(delivery)) {
      if (await reroute(tx, delivery, subject?.isPublic ?? false, now)) return true;
      if (!subject?.keptCurrent && (await toEachCoordinator(tx, delivery, now))) return true;
    }
    if (delivery.topic !== UNDELIVERED) await tellOfFailures(tx, delivery.forumId, now);
    return false;
  }

  /** Makes a message and hands it over, once what was sent before is recorded. */
  async function send(delivery: Delivery, recorded: Promise<unknown>): Promise<Outcome> {
    const ready = await made(delivery)
      // With the database away what was sent before waits for it, and so does this.
      .catch(async error => {
        if (!(faultOf(error) instanceof StorageFault)) throw error;
        await recorded;
        return made(delivery);
      })
      .catch(error => undone(delivery, error));
    const begunAt = clock.now().getTime();
    await recorded;
    if ('kind' in ready) return ready;
    const isLate = clock.now().getTime() - begunAt >= LEASE_MS;
    return handOnce(ready, isLate).catch(error => undone(delivery, error));
  }

  /** Hands a message over; one whose lease may have ended while the database was away only if it is still ours. */
  async function handOnce(ready: Ready, isLate: boolean): Promise<Outcome> {
    if (isLate && !(await recorder.begin(ready.delivery))) return { kind: 'suppressed', reason: 'claimed by another' };
    return handOver({ ...deps, watch }, ready);
  }

  async function made(delivery: Delivery): Promise<Ready | Outcome> {
    const make = async () => {
      await shareTurn();
      return prepareMessage(deps, delivery);
    };
    const ready = await (delivery.urgent ? make() : making.run(make));
    if ('kind' in ready || (await recorder.begin(delivery))) return ready;
    return { kind: 'suppressed', reason: 'claimed by another' };
  }
}
