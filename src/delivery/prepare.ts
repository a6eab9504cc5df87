import type { Adapter, Outgoing, Target } from '../contract/act.ts';
import type { Clock } from '../contract/clock.ts';
import type { PostTypes } from '../contract/post-type.ts';
import { inWords } from '../contract/view.ts';
import { alertRoleAt } from '../domain/forums.ts';
import { oneAnswer } from '../storage/once.ts';
import type { Store } from '../storage/store.ts';
import { circumstancesOf } from './circumstances.ts';
import { contextIn, hashOf, nonceOf, withAddressee, withLateness, withNote } from './compose.ts';
import type { Delivery, Outcome } from './delivery.ts';
import { withFooter } from './footer.ts';
import { gatherAgain } from './gather.ts';
import { isEdit, type StandingPost } from './posts.ts';
import { hasLeft, isOnItsWay, mentionOf, targetOf } from './target.ts';
import { later, type NotNow } from './verdict.ts';

/** Time after which a topic that no program knows is given up, ms. */
const UNKNOWN_MS = 86_400_000;

/** A message as it is handed to a platform, and what is to be known of it afterwards. */
export interface Ready {
  readonly delivery: Delivery;
  readonly adapter: Pick<Adapter, 'send'>;
  readonly post: Outgoing;
  /** The same as it is made anew where somebody deleted it. */
  readonly anew: Outgoing;
  readonly standing: StandingPost | null;
  /** Hash of the view, if the message is to be kept up to date; null: it is not. */
  readonly hash: string | null;
  readonly isLast: boolean;
  readonly gathered: boolean;
}

interface Deps {
  readonly store: Store;
  readonly clock: Clock;
  readonly subjects: PostTypes;
  readonly adapters: readonly Pick<Adapter, 'platform' | 'send'>[];
}

/** Makes a message from the state of now; or finds that there is none to send. */
export const prepareMessage = (deps: Deps, delivery: Delivery): Promise<Ready | Outcome> =>
  oneAnswer(() => made(deps, delivery));

async function made({ store, clock, subjects, adapters }: Deps, delivery: Delivery): Promise<Ready | Outcome> {
  const subject = subjects[delivery.topic];
  const adapter = adapters.find(one => one.platform === delivery.platform);
  if (!subject) return unknownTopic(delivery, clock.now());
  if (!adapter) return later(clock.now(), 'platform not connected', 60_000, false);
  const known = await circumstancesOf(store.read, delivery);
  if (known && hasLeft(known, delivery, { isToldStill: subject.toThoseWhoLeft === true }))
    return { kind: 'suppressed', reason: 'the place has left the forum' };
  const render = known && contextIn(store, known, delivery, clock.now());
  if (!render) return { kind: 'suppressed', reason: 'forum or member is gone' };
  // Lines in a terminal are said, and no more to be answered there.
  const keeps = subject.keptCurrent || (subject.follows === true && delivery.platform !== 'console');
  const standing = keeps ? known.standing : null;
  if (keeps && !standing && isEdit(delivery)) return { kind: 'suppressed', reason: 'was edited for the last time' };
  const context = { ...render, standsSince: standing?.postedAt ?? null };
  const gathered = standing?.gathered === true;
  const told = gathered
    ? await gatherAgain(store, subjects, context, standing)
    : await subject.view(context, delivery.subject);
  if ('suppressed' in told) return { kind: 'suppressed', reason: told.suppressed };
  const isLast = 'last' in told;
  const whole = isLast ? told.last : told;
  const words = context.forum.settings.pictures === false ? inWords(whole) : whole;
  const view = subject.keptCurrent ? words : withAddressee(delivery, context, withLateness(context, words));
  const above = subject.threadOf?.(delivery.subject);
  const parent = subject.answers?.(delivery.subject);
  const place = above ? await belowOf(store, delivery, above, clock.now()) : await targetOf(store, delivery);
  const target =
    parent && typeof place !== 'string' && place.kind === 'channel'
      ? { ...place, kind: 'thread' as const, parent }
      : place;
  if (typeof target === 'string') return { kind: 'failed', reason: target };
  if (target.kind === 'suppressed' || target.kind === 'later') return target;
  const hash = keeps ? hashOf(view) : null;
  if (standing && standing.hash === hash) return { kind: 'sent', post: null };
  const shown = subject.keptCurrent ? await withFooter(store, delivery, context, view, standing !== null) : view;
  const mention = await mentionOf(store, delivery);
  const role = shown.isAlert ? alertRoleAt(context.forum.settings, delivery) : null;
  const post = { nonce: nonceOf(delivery), target, view: shown, previous: standing?.ref ?? null, mention, role };
  const anew = { ...post, previous: null, view: withNote(shown, context.m.core.remade) };
  return { delivery, adapter, post, anew, standing, hash, isLast, gathered };
}

/** A newer program, which runs beside this one or is being put in its place, may know it: so long it waits. */
function unknownTopic({ due }: Delivery, now: Date): Outcome {
  if (now.getTime() - due.getTime() > UNKNOWN_MS) return { kind: 'failed', reason: 'unknown topic' };
  return later(now, 'unknown topic', 60_000, false);
}

/** The thread of the post above; waits while that is on its way, and suppresses where it is not. */
async function belowOf(
  store: Store,
  delivery: Delivery,
  above: { kind: string; subject: string },
  now: Date,
): Promise<Target | NotNow> {
  const spot = { ...delivery, topic: above.kind, subject: above.subject };
  const { workspace, channel, channelName } = delivery;
  const standing = (await circumstancesOf(store.read, spot))?.standing;
  if (standing && channel)
    return { kind: 'thread', workspace, channel, name: channelName ?? channel, parent: standing.ref };
  if (await isOnItsWay(store, spot)) return later(now, 'what stands above is on its way', 2_000, false);
  return { kind: 'suppressed', reason: 'nothing stands above it' };
}
