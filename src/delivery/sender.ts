import { createHash } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { and, eq } from 'drizzle-orm';
import { type Adapter, type Outgoing, PLATFORMS, type SendResult, type Target } from '../bot/act.ts';
import { inWords, note, text, type View } from '../bot/view.ts';
import type { Clock } from '../clock.ts';
import { formatDuration, formatInstant } from '../language/dates.ts';
import { catalogue } from '../language/messages.ts';
import type { Log } from '../log.ts';
import { faultOf, StorageFault } from '../storage/faults.ts';
import type { Store, Tx } from '../storage/store.ts';
import { begin, claim, giveBack } from './claims.ts';
import { reroute } from './fallback.ts';
import { withFooter } from './footer.ts';
import { inLanes } from './lanes.ts';
import { type Delivery, enqueue, isEdit, type Outcome, settle } from './outbox.ts';
import type { Sending, Subjects } from './subjects.ts';
import { hasLeft, isOnItsWay, standingPost, targetOf } from './target.ts';

export { PLATFORMS };

const BATCH = 200;
/** The topic that tells of a message which could not be delivered. */
export const UNDELIVERED = 'undelivered';
/** After an outage of the database every process records first what it had sent, in this time, at this pace. */
const CALM_MS = 5_000;
const RECORD_MS = 500;
/** What no program has known for a day, none will. */
const UNKNOWN_MS = 86_400_000;
/** Later than this is worth a word. */
const LATE_MS = 15 * 60_000;
/** Tries are put off by 2, 4, 8 … seconds, an hour at most, and a little more, so that not all come back at once. */
const backOff = ({ seq, tries }: Delivery): number => Math.min(3_600_000, 1_000 * 2 ** tries) * (1 + (seq % 16) / 64);

type Later = Extract<Outcome, { kind: 'later' }>;
type NotNow = Extract<Outcome, { kind: 'suppressed' }> | Later;
type Topic = { readonly kind: string; readonly subject: string };

/** Puts a delivery off; a try that was no fault of the recipient's does not count. */
const later = (now: Date, reason: string, afterMs: number, counts = true, doubtful = false): Later => ({
  kind: 'later',
  at: new Date(now.getTime() + afterMs),
  reason,
  counts,
  doubtful,
});

export interface Sender {
  /** Sends everything that is due, on one platform or on all side by side; returns how many deliveries were settled. */
  deliver(platform?: Delivery['platform']): Promise<number>;
}

/** The loop of the outbox: claim, render from the state of now, send, settle. One bad recipient stops nobody. */
export function createSender(given: {
  store: Store;
  clock: Clock;
  log: Log;
  subjects: Subjects;
  adapters: readonly Pick<Adapter, 'platform' | 'send'>[];
  /** Told to end: the message in hand is the last. */
  stopped?: () => boolean;
}): Sender {
  const house = { stopped: () => false, ...given };
  const { store, clock, log } = house;
  /** How many outcomes wait for the database to come back. */
  let unrecorded = 0;
  /** Until when nothing is taken after the database was away, by a clock that nobody sets. */
  let calm = 0;
  return {
    async deliver(platform) {
      if (platform) return deliverOn(platform);
      // What one platform refuses may go to another: until a whole round has nothing to do.
      let settled = 0;
      for (let round = -1; round !== 0; settled += round)
        round = (await Promise.all(PLATFORMS.map(deliverOn))).reduce((sum, n) => sum + n, 0);
      return settled;
    },
  };

  /** Each platform has its own pace: one that is slow, or away, never holds up another. */
  function deliverOn(platform: Delivery['platform']): Promise<number> {
    return inLanes(() => next(platform), inTurn, house.stopped);
  }

  /**
   * What is due. A database that was away is left alone for a moment: first every process records what it had sent, for
   * leases may have ended meanwhile, and whoever took it up again would send it twice.
   */
  async function next(platform: Delivery['platform']): Promise<readonly Delivery[]> {
    if (unrecorded > 0 || performance.now() < calm) return [];
    try {
      return await claim(store, clock.now(), BATCH, platform);
    } catch (error) {
      if (faultOf(error) instanceof StorageFault) calm = performance.now() + CALM_MS;
      throw error;
    }
  }

  /** Messages to one channel keep their order. */
  async function inTurn(lane: readonly Delivery[]): Promise<void> {
    const rests = new Map<boolean, Outcome>();
    for (const [n, claimed] of lane.entries()) {
      if (house.stopped()) {
        await giveBack(store, lane.slice(n));
        return;
      }
      const delivery = { ...claimed };
      // Messages and edits have limits of their own; what comes after one that is put off does not overtake it.
      const outcome = rests.get(isEdit(delivery)) ?? (await send(delivery).catch(error => undone(delivery, error)));
      if (outcome.kind === 'later' && outcome.place) rests.set(isEdit(delivery), outcome);
      await record(delivery, outcome);
    }
  }

  function undone(delivery: Delivery, error: unknown): Outcome {
    log.error('delivery failed', { delivery: delivery.seq, topic: delivery.topic, error });
    return later(clock.now(), 'error', backOff(delivery));
  }

  /** Records an outcome, however long the database is away: what was sent is not to be sent again. */
  async function record(delivery: Delivery, outcome: Outcome): Promise<void> {
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

  /** Another way to the same person; where there is none the coordinators are told, once a message. */
  async function tryElsewhere(tx: Tx, delivery: Delivery, outcome: Outcome): Promise<void> {
    if (delivery.topic === UNDELIVERED) return;
    const now = clock.now();
    const anybodyMayRead = house.subjects[delivery.topic]?.anybodyMayRead ?? false;
    // What was tried too often may have arrived: it goes no other way.
    if (outcome.kind === 'failed' && (await reroute(tx, delivery, anybodyMayRead, now))) return;
    const topic = { kind: UNDELIVERED, subject: String(delivery.seq) };
    const occurrence = `${UNDELIVERED}:${delivery.seq}`;
    await enqueue(tx, delivery.forumId, { topic, to: { purpose: 'coordinators' }, due: now, occurrence });
  }

  async function send(delivery: Delivery): Promise<Outcome> {
    const subject = house.subjects[delivery.topic];
    const adapter = house.adapters.find(one => one.platform === delivery.platform);
    if (!subject) return unknownTopic(delivery);
    if (!adapter) return later(clock.now(), 'platform not connected', 60_000, false);
    if (await hasLeft(store, delivery)) return { kind: 'suppressed', reason: 'the place has left the forum' };
    const sending = await lookOf(store, delivery, clock.now());
    if (!sending) return { kind: 'suppressed', reason: 'forum or member is gone' };
    const whole = await subject.view(sending, delivery.subject);
    if ('suppressed' in whole) return { kind: 'suppressed', reason: whole.suppressed };
    const made = sending.forum.settings.pictures === false ? inWords(whole) : whole;
    const view = subject.lasting ? made : withAddressee(delivery, sending, withLateness(sending, made));
    const above = subject.within?.(delivery.subject);
    const target = above ? await belowOf(delivery, above) : await targetOf(store, delivery);
    if (typeof target === 'string') return { kind: 'failed', reason: target };
    if (target.kind === 'suppressed' || target.kind === 'later') return target;
    const standing = subject.lasting ? await standingPost(store, delivery) : null;
    const hash = hashOf(view);
    if (standing?.hash === hash) return { kind: 'sent', post: null };
    const shown = subject.lasting ? await withFooter(store, delivery, sending, view, standing !== null) : view;
    const previous = standing?.ref ?? null;
    if (!(await begin(store, delivery, clock.now()))) return { kind: 'suppressed', reason: 'claimed by another' };
    const result = await adapter.send({ nonce: nonceOf(delivery), target, view: shown, previous });
    const invalid = result.kind === 'invalid' ? result.detail : result.kind === 'sent' ? result.invalid : undefined;
    if (invalid)
      log.error('a platform refused a message as it is made', {
        delivery: delivery.seq,
        topic: delivery.topic,
        platform: delivery.platform,
        inWords: result.kind === 'sent',
        problems: invalid,
      });
    return outcomeOf(delivery, result, subject.lasting ? hash : null, target, previous !== null);
  }

  /** A newer program, which runs beside this one or is being put in its place, may know it: so long it waits. */
  function unknownTopic({ due }: Delivery): Outcome {
    const now = clock.now();
    if (now.getTime() - due.getTime() > UNKNOWN_MS) return { kind: 'failed', reason: 'unknown topic' };
    return later(now, 'unknown topic', 60_000, false);
  }

  /** The thread of what stands above; where that is still on its way it is waited for, and where it is not, nothing is said. */
  async function belowOf(delivery: Delivery, above: Topic): Promise<Target | NotNow> {
    const spot = { ...delivery, topic: above.kind, subject: above.subject };
    const { workspace, channel, channelName } = delivery;
    const standing = await standingPost(store, spot);
    if (standing && channel)
      return { kind: 'thread', workspace, channel, name: channelName ?? channel, parent: standing.ref };
    if (await isOnItsWay(store, spot)) return later(clock.now(), 'what stands above is on its way', 2_000, false);
    return { kind: 'suppressed', reason: 'nothing stands above it' };
  }

  function outcomeOf(
    delivery: Delivery,
    result: SendResult,
    hash: string | null,
    target: Target,
    edits: boolean,
  ): Outcome {
    if (result.kind === 'sent') {
      const { channel } = delivery;
      if (target.kind === 'direct') return { kind: 'sent', post: null, ref: result.ref };
      return { kind: 'sent', post: hash && channel ? { channel, ref: result.ref, hash } : null };
    }
    // The platform asks us to wait, or is away: that is no fault of the message, however long it takes.
    if (result.kind === 'later') return { ...later(clock.now(), result.detail, result.afterMs, false), place: true };
    // To bring something up to date twice does no harm: it is tried until it lands.
    if (result.kind === 'unknown') return later(clock.now(), result.detail, backOff(delivery), !edits, !edits);
    // A server that lets us keep no calendar has the card all the same.
    if (target.kind === 'calendar') return { kind: 'suppressed', reason: result.detail };
    // What we made badly is not refused by the person to whom it was written.
    const refused = target.kind === 'direct' && result.kind !== 'invalid';
    return { kind: 'failed', reason: `${result.kind}: ${result.detail}`, refused };
  }
}

/** A message more than a quarter of an hour late says so, and why it matters when it was meant for. */
function withLateness({ m, now, due, zone, locale }: Sending, view: View): View {
  const late = now.getTime() - due.getTime();
  if (late <= LATE_MS) return view;
  const said = m.core.late({ by: formatDuration(late, locale), at: formatInstant(due, zone, locale) });
  return { ...view, blocks: [...view.blocks, note(said)] };
}

/** What was meant for one person and stands in a channel says for whom it is. */
function withAddressee({ channel, member }: Delivery, { m, toName }: Sending, view: View): View {
  if (channel === null || member === null) return view;
  return { ...view, blocks: [text(m.core.forPerson({ name: toName ?? m.core.somebody })), ...view.blocks] };
}

/** Stable for a delivery and what it brings up to date, within both platforms' 25 characters. */
const nonceOf = (delivery: Delivery): Outgoing['nonce'] => {
  const round = isEdit(delivery) ? `-${delivery.claim}` : '';
  return `${delivery.seq}${round}`.slice(0, 25);
};

const hashOf = (view: View): string =>
  createHash('sha256').update(JSON.stringify(view)).digest('base64url').slice(0, 22);

/** Posts in channels speak the forum's language; a direct message the person's. */
export async function lookOf(
  store: Store,
  delivery: Pick<Delivery, 'forumId' | 'channel' | 'member' | 'due'>,
  now: Date,
): Promise<Sending | null> {
  const { forums, members } = store.tables;
  const [forum] = await store.read.select().from(forums).where(eq(forums.id, delivery.forumId));
  if (!forum) return null;
  const [member] =
    delivery.member === null
      ? []
      : await store.read
          .select()
          .from(members)
          .where(and(eq(members.forumId, forum.id), eq(members.number, delivery.member)));
  if (delivery.member !== null && (!member || member.forgottenAt)) return null;
  const own = delivery.channel === null ? member : undefined;
  const locale = own?.locale ?? forum.locale;
  return {
    m: catalogue[locale],
    locale,
    zone: own?.zone ?? forum.zone,
    now,
    db: store.read,
    forumId: forum.id,
    forum,
    due: delivery.due,
    to: delivery.member,
    toName: member?.name ?? null,
  };
}
