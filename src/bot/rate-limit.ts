import type { Act } from '../contract/act.ts';
import { Refusal } from '../contract/refusal.ts';
import { hourEnds, joinsThisHour } from '../domain/joins.ts';
import { formatWait } from '../language/dates.ts';
import type { Locale } from '../language/locale.ts';
import type { Messages } from '../language/messages.ts';
import { type Allowance, createRateCounter } from '../runtime/rate-counter.ts';
import type { Reader } from '../storage/store.ts';
import type { Known } from './known.ts';

/**
 * Limits of one person, one forum and one person's typing. By hand nobody comes near: a person has sixty acts at
 * once and one a second after that; a forum in which a thousand vote within a minute does not notice.
 */
export interface RateLimits {
  readonly person: Allowance;
  readonly forum: Allowance;
  /** Suggestions while typing: some six letters a second. */
  readonly typing: Allowance;
  /** Refused acts whose input is kept for later: each is a row. */
  readonly kept: Allowance;
  /** Accounts that become members of one forum in an hour by the clock. */
  readonly joinsAnHour: number;
}

export const RATE_LIMITS: RateLimits = {
  person: { burst: 60, perSecond: 1 },
  forum: { burst: 1_200, perSecond: 20 },
  typing: { burst: 60, perSecond: 10 },
  kept: { burst: 10, perSecond: 1 / 6 },
  joinsAnHour: 1_000,
};

/** Nobody is in anybody's way in the terminal, which is its operator's own, with a clock that may stand still. */
const isFree = ({ place, unasked }: Act): boolean => place.platform === 'console' || unasked === true;

const accountIn = ({ place, who }: Act): string => `${place.platform}:${who.home}:${who.account}`;

export type RateLimiter = ReturnType<typeof createRateLimiter>;

/** Judges acts by fair use; what is too much is refused with the time to wait. Nothing is written for it. */
export function createRateLimiter(limits: RateLimits) {
  const persons = createRateCounter(limits.person);
  const forums = createRateCounter(limits.forum);
  const typing = createRateCounter(limits.typing);
  const kept = createRateCounter(limits.kept);

  const refuse = (why: 'person' | 'forum', act: Act, locale: Locale, wait: number, now: Date): never => {
    const keepsAll = kept.take(accountIn(act), 1, now) === 0;
    const said = (m: Messages) => [...m.core.limit[why]({ wait: formatWait(wait, locale) })];
    throw new Refusal('limit', m => (keepsAll ? [...said(m), ...m.core.limit.kept] : said(m)), { keepsAll });
  };

  return {
    /**
     * Counts an act of `weight` against its person and its forum. A coordinator is not held back by a forum that others
     * have flooded: somebody has to mend it.
     * @throws Refusal `limit`.
     */
    consume(act: Act, { forum, actor, locale }: Known, weight: number, now: Date): void {
      if (isFree(act)) return;
      const mine = persons.take(accountIn(act), weight, now);
      if (mine) refuse('person', act, locale, mine, now);
      if (actor?.coordinator) return;
      const { platform, workspace } = act.place;
      const ours = forums.take(forum?.id ?? `${platform}:${workspace}`, weight, now);
      if (ours) refuse('forum', act, locale, ours, now);
    },
    /** Tells whether suggestions may be looked up; there is nobody to say no to. */
    suggests: (act: Act, now: Date): boolean => isFree(act) || typing.take(accountIn(act), 1, now) === 0,
    /**
     * Lets a new account into a forum, unless a crowd has come in this hour: that is read from the database, so it
     * holds for all processes together.
     * @throws Refusal `limit`.
     */
    async admit(db: Reader, act: Act, forumId: string, locale: Locale, now: Date): Promise<void> {
      if (isFree(act)) return;
      if ((await joinsThisHour(db, forumId, now)) < limits.joinsAnHour) return;
      const wait = hourEnds(now).getTime() - now.getTime();
      throw new Refusal('limit', m => m.core.limit.joins({ wait: formatWait(wait, locale) }));
    },
  };
}
