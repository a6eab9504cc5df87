import { createHash } from 'node:crypto';
import { and, eq } from 'drizzle-orm';
import type { Adapter, Outgoing, SendResult, Target } from '../bot/act.ts';
import { inWords, note, text, type View } from '../bot/view.ts';
import type { Clock } from '../clock.ts';
import { formatDuration, formatInstant } from '../language/dates.ts';
import { catalogue } from '../language/messages.ts';
import type { Log } from '../log.ts';
import type { Store } from '../storage/store.ts';
import { begin, claim, giveBack } from './claims.ts';
import { reroute } from './fallback.ts';
import { withFooter } from './footer.ts';
import { type Delivery, enqueue, type Outcome, settle } from './outbox.ts';
import { accountToWriteTo, CALENDAR, MAX_REFUSALS } from './stops.ts';
import type { Sending, Subjects } from './subjects.ts';

const BATCH = 200;
export const PLATFORMS = ['console', 'discord', 'slack'] as const;
/** The topic that tells of a message which could not be delivered. */
export const UNDELIVERED = 'undelivered';
/** Later than this is worth a word. */
const LATE_MS = 15 * 60_000;
/** Tries are put off by 2, 4, 8 … seconds, an hour at most, and a little more, so that not all come back at once. */
const backOff = ({ seq, tries }: Delivery): number => Math.min(3_600_000, 1_000 * 2 ** tries) * (1 + (seq % 16) / 64);

type NotNow = Extract<Outcome, { kind: 'suppressed' | 'later' }>;
type Topic = { readonly kind: string; readonly subject: string };

/** Puts a delivery off; a try that was no fault of the recipient's does not count. */
const later = (now: Date, reason: string, afterMs: number, counts = true, doubtful = false): NotNow => ({
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
  async function deliverOn(platform: Delivery['platform']): Promise<number> {
    let settled = 0;
    while (!house.stopped()) {
      const due = await claim(store, clock.now(), BATCH, platform);
      if (!due.length) return settled;
      await Promise.all([...groups(due).values()].map(group => inTurn(group)));
      settled += due.length;
    }
    return settled;
  }

  /** Messages to one channel keep their order. */
  async function inTurn(group: readonly Delivery[]): Promise<void> {
    for (const [n, claimed] of group.entries()) {
      if (house.stopped()) {
        await giveBack(store, group.slice(n));
        return;
      }
      const delivery = { ...claimed };
      const outcome = await send(delivery).catch((error: unknown): Outcome => {
        log.error('delivery failed', { delivery: delivery.seq, topic: delivery.topic, error });
        return later(clock.now(), 'error', backOff(delivery));
      });
      const mine = await settle(store, delivery, outcome, clock.now());
      if (mine && outcome.kind === 'failed' && delivery.topic !== UNDELIVERED) await tryElsewhere(delivery);
    }
  }

  /** Another way to the same person; where there is none the coordinators are told, once a message. */
  async function tryElsewhere(delivery: Delivery): Promise<void> {
    const now = clock.now();
    const topic = { kind: UNDELIVERED, subject: String(delivery.seq) };
    const occurrence = `${UNDELIVERED}:${delivery.seq}`;
    const anybodyMayRead = house.subjects[delivery.topic]?.anybodyMayRead ?? false;
    await store.write(null, async tx => {
      if (await reroute(tx, delivery, anybodyMayRead, now)) return;
      await enqueue(tx, delivery.forumId, { topic, to: { purpose: 'coordinators' }, due: now, occurrence });
    });
  }

  async function send(delivery: Delivery): Promise<Outcome> {
    const subject = house.subjects[delivery.topic];
    const adapter = house.adapters.find(one => one.platform === delivery.platform);
    if (!subject) return { kind: 'failed', reason: 'unknown topic' };
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
    return outcomeOf(delivery, result, subject.lasting ? hash : null, target, previous !== null);
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
    isEdit: boolean,
  ): Outcome {
    if (result.kind === 'sent') {
      const { channel } = delivery;
      if (target.kind === 'direct') return { kind: 'sent', post: null, ref: result.ref };
      return { kind: 'sent', post: hash && channel ? { channel, ref: result.ref, hash } : null };
    }
    // The platform asks us to wait, or is away: that is no fault of the message, however long it takes.
    if (result.kind === 'later') return later(clock.now(), result.detail, result.afterMs, false);
    // To bring something up to date twice does no harm: it is tried until it lands.
    if (result.kind === 'unknown') return later(clock.now(), result.detail, backOff(delivery), !isEdit, !isEdit);
    // A server that lets us keep no calendar has the card all the same.
    if (target.kind === 'calendar') return { kind: 'suppressed', reason: result.detail };
    const refused = target.kind === 'direct';
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

/** Deliveries by where they go. */
function groups(due: readonly Delivery[]): Map<string, Delivery[]> {
  const found = new Map<string, Delivery[]>();
  for (const one of due) {
    // The terminal is one stream: what is sent there keeps its order as a whole.
    const place = `${one.platform}:${one.workspace}:${one.channel ?? `~${one.member}`}`;
    const key = one.platform === 'console' ? one.platform : place;
    found.set(key, [...(found.get(key) ?? []), one]);
  }
  return found;
}

/** Stable for a delivery and what it brings up to date, within both platforms' 25 characters. */
const nonceOf = (delivery: Delivery): Outgoing['nonce'] => {
  const round = delivery.occurrence.startsWith('edit:') ? `-${delivery.claim}` : '';
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

/** Where a delivery goes; else why it goes nowhere. A direct message goes to the person's account on its platform. */
async function targetOf(store: Store, delivery: Delivery): Promise<Target | string> {
  const { forumId, platform, workspace, channel, channelName, member } = delivery;
  if (channel === CALENDAR) return { kind: 'calendar', workspace };
  if (channel !== null) return { kind: 'channel', workspace, channel, name: channelName ?? channel };
  const others = PLATFORMS.filter(one => one !== platform);
  const found = member === null ? null : await accountToWriteTo(store.read, forumId, member, others);
  if (!found) return 'nowhere to send it';
  if (found.refusals >= MAX_REFUSALS) return 'refused direct messages three times';
  return { kind: 'direct', workspace: found.workspace, account: found.account, name: found.name };
}

async function standingPost(store: Store, delivery: Delivery) {
  const { posts } = store.tables;
  if (delivery.channel === null) return null;
  const [row] = await store.read
    .select()
    .from(posts)
    .where(
      and(
        eq(posts.forumId, delivery.forumId),
        eq(posts.topic, delivery.topic),
        eq(posts.subject, delivery.subject),
        eq(posts.platform, delivery.platform),
        eq(posts.workspace, delivery.workspace),
        eq(posts.channel, delivery.channel),
      ),
    );
  return row ?? null;
}

/** Whether a post of the same topic waits to be sent to the same channel. */
async function isOnItsWay(store: Store, spot: Delivery): Promise<boolean> {
  const { deliveries: d } = store.tables;
  const about = and(eq(d.forumId, spot.forumId), eq(d.topic, spot.topic), eq(d.subject, spot.subject));
  const there = and(eq(d.platform, spot.platform), eq(d.workspace, spot.workspace), eq(d.channel, spot.channel ?? ''));
  const [row] = await store.read
    .select({ seq: d.seq })
    .from(d)
    .where(and(about, there, eq(d.state, 'pending')))
    .limit(1);
  return row !== undefined;
}

/** Whether a channel is in a server or workspace that is not the forum's any more. */
async function hasLeft(store: Store, { forumId, platform, workspace, channel }: Delivery): Promise<boolean> {
  if (channel === null) return false;
  const { places: p } = store.tables;
  const [row] = await store.read
    .select({ forumId: p.forumId, leftAt: p.leftAt })
    .from(p)
    .where(and(eq(p.platform, platform), eq(p.workspace, workspace)));
  return row !== undefined && (row.leftAt !== null || row.forumId !== forumId);
}
