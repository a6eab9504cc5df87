import type { Act, Identity, Place } from '../contract/act.ts';
import type { View } from '../contract/view.ts';
import { type Forum, type NamedPlace, renamePlace } from '../domain/forums.ts';
import { knownAt } from '../domain/known.ts';
import { type Account, addMember, type Member, memberOfAccount, seeAccount } from '../domain/people.ts';
import { cleanLine, cutAt } from '../language/clean.ts';
import { type Locale, localeOfTag } from '../language/locale.ts';
import { StorageFault } from '../storage/faults.ts';
import type { Reader, Store } from '../storage/store.ts';
import type { Known } from './known.ts';
import type { RateLimiter } from './rate-limit.ts';

export interface Defaults {
  readonly locale: Locale;
  readonly zone: string;
  readonly publicUrl?: string | undefined;
  readonly isLocaleOpen?: boolean;
  /** Maximum size of a file that is handed in, MiB. */
  readonly fileLimitMib?: number;
  /** Addresses of the feeds of alerts that may be watched. */
  readonly alertFeeds?: readonly string[];
}

/** Maximum size of a file, MiB, where none is set. */
const FILE_LIMIT_MIB = 10;

/** Maximum size of a file that is handed in, MiB. */
export const limitOf = ({ fileLimitMib = FILE_LIMIT_MIB }: Pick<Defaults, 'fileLimitMib'>): number => fileLimitMib;

/** An identity as an account, its name cleaned. */
export const accountOf = (place: Place, who: Identity): Account => ({
  platform: place.platform,
  home: who.home,
  account: who.account,
  name: cutAt(cleanLine(who.name), 80) || who.account,
  workspace: place.workspace,
});

/** A place with its name, cleaned; its id where the platform told none. */
export const placeNamed = ({ platform, workspace, workspaceName = '' }: Place): NamedPlace => ({
  platform,
  workspace,
  name: cutAt(cleanLine(workspaceName), 100) || workspace,
});

/** Interval at which a person who only reads is noted as seen, ms. */
const SEEN_MS = 86_400_000;

/**
 * Identifies who acts and makes a new account a member of the place's forum, in a unit of work of its own; so is noted
 * that an account is still there which was not seen today.
 */
export async function welcome(
  store: Store,
  act: Act,
  limiter: RateLimiter,
  defaults: Defaults,
  now: Date,
): Promise<Known> {
  const known = await identify(store.read, act, defaults);
  const { forum, seen } = known;
  if (!forum || act.unasked) return known;
  const place = placeNamed(act.place);
  const isRenamed = act.place.workspaceName !== undefined && place.name !== known.placeName;
  if (seen && known.member?.arrived && !isRenamed && now.getTime() - seen.at.getTime() < SEEN_MS) return known;
  const account = accountOf(act.place, act.who);
  try {
    await store.write(forum.id, async tx => {
      if (isRenamed) await renamePlace(tx, place);
      const member = await memberOfAccount(tx, forum.id, account);
      if (member) return seeAccount(tx, member, account, now);
      await limiter.admit(tx, act, forum.id, localeOf(act, null, forum, defaults), now);
      await addMember(tx, forum.id, account, now);
    });
  } catch (error) {
    // A member may read on, although nothing can be written just now.
    if (!seen || !(error instanceof StorageFault)) throw error;
  }
  return seen ? known : identify(store.read, act, defaults);
}

/** The person's own language, else the forum's, else the platform's hint, else the installation's. */
function localeOf({ who }: Act, member: Member | null, forum: Forum | null, defaults: Defaults): Locale {
  return member?.locale ?? forum?.locale ?? hintOf(who) ?? defaults.locale;
}

/** The language that a platform's own setting says, where it is one of ours. */
export const hintOf = ({ locale }: Pick<Identity, 'locale'>): Locale | null => localeOfTag(locale);

/** Person whom no forum knows. */
export const NOBODY = { forum: null, placeName: null, member: null, actor: null, seen: null, answer: null };

/** Returns who acts, in which language and zone: the person's own, else the forum's, else the installation's. */
export async function identify(db: Reader, act: Act, defaults: Defaults): Promise<Known> {
  const found = await knownAt(db, act.place, accountOf(act.place, act.who), act.key);
  const { forum, placeName, member, actor, seen, answer } = found ?? NOBODY;
  return {
    forum,
    placeName,
    member,
    actor,
    seen,
    answer: answer as View | null,
    locale: localeOf(act, member, forum, defaults),
    zone: member?.zone ?? forum?.zone ?? defaults.zone,
    publicUrl: defaults.publicUrl,
    isLocaleOpen: defaults.isLocaleOpen ?? false,
    alertFeeds: defaults.alertFeeds ?? [],
  };
}
