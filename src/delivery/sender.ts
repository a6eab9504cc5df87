import { setTimeout as pause } from 'node:timers/promises';
import { type Adapter, PLATFORMS, type Target } from '../contract/act.ts';
import type { Clock } from '../contract/clock.ts';
import type { Log } from '../contract/log.ts';
import type { PostTypes } from '../contract/post-type.ts';
import { inWords } from '../contract/view.ts';
import { alertRoleAt } from '../domain/forums.ts';
import { faultOf, StorageFault } from '../storage/faults.ts';
import type { Store, Tx } from '../storage/store.ts';
import { Calm } from './calm.ts';
import { begin, claim, giveBack, isAnyDue } from './claims.ts';
import { hashOf, nonceOf, renderContextOf, withAddressee, withLateness, withNote } from './compose.ts';
import type { Delivery, Outcome } from './delivery.ts';
import { tellOfFailures, UNDELIVERED } from './failures.ts';
import { reroute, toEachCoordinator } from './fallback.ts';
import { withFooter } from './footer.ts';
import { gather, gatherAgain, inMessages } from './gather.ts';
import { inLanes, lanes } from './lanes.ts';
import { settle } from './outbox.ts';
import { forgetPost, isEdit } from './posts.ts';
import { noticeRefused } from './refused-message.ts';
import { sendTogether } from './send-together.ts';
import { hasLeft, isOnItsWay, mentionOf, standingPost, targetOf } from './target.ts';
import { backOff, held, later, type NotNow, outcomeOf } from './verdict.ts';
import { Watch } from './watch.ts';

export { PLATFORMS };

const BATCH = 200;
/** Number of messages, to different places, with which a platform that is not well is tried before the rest follows. */
const PROBES = 5;
/** Interval at which every process records what it had sent, after an outage of the database, ms. */
const RECORD_MS = 500;
/** Time after which a topic that no program knows is given up, ms. */
const UNKNOWN_MS = 86_400_000;

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

  /** Messages to one channel keep their order. */
  async function inOrder(lane: readonly Delivery[]): Promise<void> {
    const rests = new Map<boolean, Outcome>();
    const messages = inMessages(
      lane.map(claimed => ({ ...claimed })),
      deps.subjects,
    );
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
      for (const [one, outcome] of known ? message.map(one => [one, known] as const) : await sendAll(message)) {
        if (outcome.kind === 'later' && outcome.place) rests.set(isEdit(one), outcome);
        await record(one, outcome);
      }
    }
  }

  /** Sends deliveries as one message, as far as that can be, and the others one by one. */
  async function sendAll(message: readonly Delivery[]): Promise<readonly (readonly [Delivery, Outcome])[]> {
    const gathered = message.length > 1 ? await gather(store, deps.subjects, message, clock.now()) : null;
    const outcome =
      gathered &&
      (await sendTogether({ ...deps, watch, present }, gathered.said, gathered.view).catch(error =>
        undone(gathered.said[0]!, error),
      ));
    const done: (readonly [Delivery, Outcome])[] = outcome ? gathered.said.map(one => [one, outcome]) : [];
    for (const one of outcome ? gathered.apart : message)
      done.push([one, await send(one).catch(error => undone(one, error))]);
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
          await settle(store, delivery, outcome, clock.now(), tx => tryElsewhere(tx, delivery, outcome));
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
      await forgetPost(tx, delivery);
    // A message that was tried too often may have arrived: it goes no other way.
    if (outcome.kind === 'failed' && !isEdit(delivery)) {
      if (await reroute(tx, delivery, subject?.isPublic ?? false, now)) return true;
      if (!subject?.keptCurrent && (await toEachCoordinator(tx, delivery, now))) return true;
    }
    if (delivery.topic !== UNDELIVERED) await tellOfFailures(tx, delivery.forumId, now);
    return false;
  }

  async function send(delivery: Delivery): Promise<Outcome> {
    const subject = deps.subjects[delivery.topic];
    const adapter = deps.adapters.find(one => one.platform === delivery.platform);
    if (!subject) return unknownTopic(delivery);
    if (!adapter) return later(clock.now(), 'platform not connected', 60_000, false);
    if (await hasLeft(store, delivery, { isToldStill: subject.toThoseWhoLeft === true }))
      return { kind: 'suppressed', reason: 'the place has left the forum' };
    const render = await renderContextOf(store, delivery, clock.now());
    if (!render) return { kind: 'suppressed', reason: 'forum or member is gone' };
    // Lines in a terminal are said, and no more to be answered there.
    const keeps = subject.keptCurrent || (subject.follows === true && delivery.platform !== 'console');
    const standing = keeps ? await standingPost(store, delivery) : null;
    if (keeps && !standing && isEdit(delivery)) return { kind: 'suppressed', reason: 'was edited for the last time' };
    const context = { ...render, standsSince: standing?.postedAt ?? null };
    const gathered = standing?.gathered === true;
    const told = gathered
      ? await gatherAgain(store, deps.subjects, context, standing)
      : await subject.view(context, delivery.subject);
    if ('suppressed' in told) return { kind: 'suppressed', reason: told.suppressed };
    const isLast = 'last' in told;
    const whole = isLast ? told.last : told;
    const made = context.forum.settings.pictures === false ? inWords(whole) : whole;
    const view = subject.keptCurrent ? made : withAddressee(delivery, context, withLateness(context, made));
    const above = subject.threadOf?.(delivery.subject);
    const parent = subject.answers?.(delivery.subject);
    const place = above ? await belowOf(delivery, above) : await targetOf(store, delivery);
    const target =
      parent && typeof place !== 'string' && place.kind === 'channel'
        ? { ...place, kind: 'thread' as const, parent }
        : place;
    if (typeof target === 'string') return { kind: 'failed', reason: target };
    if (target.kind === 'suppressed' || target.kind === 'later') return target;
    const hash = hashOf(view);
    if (standing?.hash === hash) return { kind: 'sent', post: null };
    const shown = subject.keptCurrent ? await withFooter(store, delivery, context, view, standing !== null) : view;
    const mention = await mentionOf(store, delivery);
    if (!(await begin(store, delivery, clock.now(), await present())))
      return { kind: 'suppressed', reason: 'claimed by another' };
    const role = shown.isAlert ? alertRoleAt(context.forum.settings, delivery) : null;
    const post = { nonce: nonceOf(delivery), target, view: shown, previous: standing?.ref ?? null, mention, role };
    let result = await adapter.send(post);
    // Somebody deleted it: it is made anew, once.
    const remade = standing !== null && !gathered && result.kind === 'gone' && result.of === 'message';
    if (remade && !standing.remade)
      result = await adapter.send({ ...post, previous: null, view: withNote(shown, context.m.core.remade) });
    await noticeRefused({ store, log, now: clock.now() }, delivery, result);
    const isToBlame = watch.hasAnsweredSince(delivery.platform, delivery.startedAt);
    const hold = await watch.hear(delivery, target, result);
    const edits = standing !== null && !remade;
    const handed = { delivery, target, hash: keeps ? hash : null, edits, remade, isLast, gathered, isToBlame };
    return outcomeOf(handed, result, hold, clock.now());
  }

  /** A newer program, which runs beside this one or is being put in its place, may know it: so long it waits. */
  function unknownTopic({ due }: Delivery): Outcome {
    const now = clock.now();
    if (now.getTime() - due.getTime() > UNKNOWN_MS) return { kind: 'failed', reason: 'unknown topic' };
    return later(now, 'unknown topic', 60_000, false);
  }

  /** The thread of the post above; waits while that is on its way, and suppresses where it is not. */
  async function belowOf(delivery: Delivery, above: { kind: string; subject: string }): Promise<Target | NotNow> {
    const spot = { ...delivery, topic: above.kind, subject: above.subject };
    const { workspace, channel, channelName } = delivery;
    const standing = await standingPost(store, spot);
    if (standing && channel)
      return { kind: 'thread', workspace, channel, name: channelName ?? channel, parent: standing.ref };
    if (await isOnItsWay(store, spot)) return later(clock.now(), 'what stands above is on its way', 2_000, false);
    return { kind: 'suppressed', reason: 'nothing stands above it' };
  }
}
