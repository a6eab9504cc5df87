import { and, eq } from 'drizzle-orm';
import type { Platform, SendResult, Target } from '../contract/act.ts';
import type { Clock } from '../contract/clock.ts';
import type { Log } from '../contract/log.ts';
import { type Ailment, ailments } from '../domain/ailments.ts';
import type { Store } from '../storage/store.ts';
import type { Delivery } from './delivery.ts';
import { type Course, isOfOurTime, next, type Place, type Sign, toldBy } from './health.ts';
import { isEdit } from './posts.ts';

/** Interval at which the findings of other processes are read, ms. */
const REFRESH_MS = 5_000;
/** Time without an answer of its own after which a lane is forgotten, ms. */
const FORGET_MS = 3_600_000;

type Spot = Pick<Delivery, 'platform' | 'workspace' | 'channel' | 'member' | 'forumId' | 'occurrence' | 'startedAt'>;

/** The reason for which a message waits, and until when. */
export interface Hold {
  readonly of: 'platform' | 'workspace' | 'channel' | 'lane';
  readonly state: Course['state'];
  readonly detail: string;
  readonly until: Date;
}

const keyOf = ({ platform, workspace, channel }: Place): string => `${platform}:${workspace}:${channel}`;
/** Platforms count edits by themselves: what puts one off puts no message off. */
const laneOf = (spot: Spot): string => {
  const { platform, workspace, channel, member, forumId } = spot;
  return `${platform}:${workspace}:${channel ?? `${forumId}~${member}`}${isEdit(spot) ? ' edit' : ''}`;
};

/**
 * Decides what is well. It hears of every result of sending, and says what is to wait: a platform that does not answer
 * or refuses our token, a workspace that refuses it, a channel that is closed or gone, one channel or person whose
 * messages get no answer. What concerns more than one lane is kept in the database, where every process, the health
 * page and `doctor` find it.
 */
export class Watch {
  readonly #store: Store;
  readonly #clock: Clock;
  readonly #log: Log;
  #rows = new Map<string, Ailment>();
  readonly #lanes = new Map<string, Course>();
  readonly #answered = new Map<Platform, Date>();
  #read = Number.NEGATIVE_INFINITY;

  constructor({ store, clock, log }: { readonly store: Store; readonly clock: Clock; readonly log: Log }) {
    this.#store = store;
    this.#clock = clock;
    this.#log = log;
  }

  /** Learns what other processes have found out; at once, where somebody may just have mended a place. */
  async refresh({ atOnce = false } = {}): Promise<void> {
    if (!atOnce && performance.now() - this.#read < REFRESH_MS) return;
    const rows = await ailments(this.#store.read);
    this.#read = performance.now();
    this.#rows = new Map(rows.map(row => [keyOf(row), row]));
    const old = this.#clock.now().getTime() - FORGET_MS;
    for (const [lane, { until }] of this.#lanes) if (until.getTime() < old) this.#lanes.delete(lane);
  }

  /** Returns what is not well on one platform as a whole; null: all is. */
  platform(platform: Platform): Ailment | null {
    return this.#rows.get(keyOf({ platform, workspace: '', channel: '' })) ?? null;
  }

  /** Returns the reason for which nothing is sent on a platform now; null: it may be tried. */
  rests(platform: Platform): Hold | null {
    const row = this.platform(platform);
    return row && this.#holds('platform', row);
  }

  /** Returns the reason for which a message waits, or cannot be delivered now; null: it may be tried. */
  hold(spot: Spot): Hold | null {
    const { platform, workspace, channel } = spot;
    const inPlace = (at: string) => this.#rows.get(keyOf({ platform, workspace, channel: at }));
    const lane = this.#lanes.get(laneOf(spot));
    return (
      this.rests(platform) ??
      this.#holds('workspace', inPlace('')) ??
      (channel === null ? null : this.#holds('channel', inPlace(channel))) ??
      this.#holds('lane', lane)
    );
  }

  #holds(of: Hold['of'], course: Course | undefined): Hold | null {
    const now = this.#clock.now();
    if (!course || course.until <= now || !isOfOurTime(course, now)) return null;
    const { state, detail, until } = course;
    return { of, state, detail, until };
  }

  /** Tells whether the platform has answered since an instant: then what got no answer has itself to blame. */
  hasAnsweredSince(platform: Platform, since: Date | null): boolean {
    const last = this.#lastAnswer(platform);
    return since !== null && last !== null && last >= since;
  }

  /**
   * Returns the instant at which a platform answered last. Null: never yet, or in our future, after a clock was set
   * back.
   */
  #lastAnswer(platform: Platform): Date | null {
    const last = this.#answered.get(platform);
    return last !== undefined && last <= this.#clock.now() ? last : null;
  }

  /** Takes in what came of a message. Gives until when its place is to be left alone; null: it need not be. */
  async hear(spot: Spot, target: Target, result: SendResult): Promise<Hold | null> {
    const now = this.#clock.now();
    const { platform, workspace } = spot;
    const { of, sign, answered } = toldBy(result, target);
    // A message that got no answer while others did has itself to blame, and tells nothing of its place.
    if (!answered && of === 'lane' && this.hasAnsweredSince(platform, spot.startedAt)) return null;
    const all = { platform, workspace: '', channel: '' };
    if (answered) {
      this.#answered.set(platform, now);
      if (of !== 'platform') await this.#becomes(all, { state: 'well', detail: '' }, now);
      if (of !== 'workspace' && of !== 'platform')
        await this.#becomes({ ...all, workspace }, { state: 'well', detail: '' }, now);
    }
    const lane = laneOf(spot);
    if (of === 'platform') await this.#becomes(all, sign, now);
    else if (of === 'workspace') await this.#becomes({ ...all, workspace }, sign, now);
    else {
      const course = next(this.#lanes.get(lane) ?? null, of === 'lane' ? sign : { state: 'well', detail: '' }, now);
      if (course) this.#lanes.set(lane, course);
      else this.#lanes.delete(lane);
      if (of === 'channel' && 'channel' in target)
        await this.#becomes({ platform, workspace, channel: target.channel }, sign, now);
      if (!answered && this.#isAlone(platform, lane)) await this.#becomes(all, sign, now);
    }
    return this.hold(spot);
  }

  /** Tells whether nothing on a platform gets an answer: at least two lanes, and nobody heard from it in between. */
  #isAlone(platform: Platform, lane: string): boolean {
    const known = this.platform(platform);
    if (known?.state === 'ill') return true;
    const last = this.#lastAnswer(platform)?.getTime() ?? Number.NEGATIVE_INFINITY;
    return [...this.#lanes].some(
      ([other, course]) =>
        other !== lane && other.startsWith(`${platform}:`) && course.state === 'ill' && course.since.getTime() >= last,
    );
  }

  async #becomes(place: Place, sign: Sign, now: Date): Promise<void> {
    const key = keyOf(place);
    const before = this.#rows.get(key) ?? null;
    const course = next(before, sign, now);
    if (course === before || (!course && !before)) return;
    if (course) this.#rows.set(key, { ...place, ...course });
    else this.#rows.delete(key);
    if (course?.state !== before?.state) {
      const said = { ...place, from: before?.state ?? 'well', to: course?.state ?? 'well', detail: sign.detail };
      if (course) this.#log.warn('not well', said);
      else this.#log.info('well again', said);
    }
    const { health: h } = this.#store.tables;
    await this.#store
      .write(null, async tx => {
        if (course)
          await tx
            .insert(h)
            .values({ ...place, ...course })
            .onConflictDoUpdate({ target: [h.platform, h.workspace, h.channel], set: course });
        else
          await tx
            .delete(h)
            .where(and(eq(h.platform, place.platform), eq(h.workspace, place.workspace), eq(h.channel, place.channel)));
      })
      // Knowledge of this process is enough to go on; others find out for themselves.
      .catch(error => this.#log.warn('health was not noted', { ...place, error }));
  }
}
