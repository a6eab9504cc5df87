import { and, desc, eq, isNull } from 'drizzle-orm';
import { type Act, DIRECT } from '../contract/act.ts';
import { chatCall } from '../contract/chat-call.ts';
import { Refusal } from '../contract/refusal.ts';
import type { Reader } from '../storage/store.ts';
import { sameName } from '../storage/words.ts';
import { typedOf } from './kinds.ts';
import type { Registry } from './registry.ts';
import { resolveNow } from './resolve.ts';

/** The action by which a person says which forum is meant in direct messages that belong to no place. */
export const CHOOSE_FORUM = 'mq';

/** A forum that knows the account, with one of its places. */
interface Candidate {
  readonly forumId: string;
  readonly name: string;
  readonly workspace: string;
  /** The place in which the account was last seen. */
  readonly seen: string;
  /** Instant at which the person chose this forum. */
  readonly chosenAt: Date | null;
}

/**
 * Finds the place of an act in a direct message that belongs to no server. A button is the word of one forum: of the one
 * that wrote the message, or of the one that was meant when its answer was given; where it cannot be told which, nothing
 * is done in another. What is typed belongs to the one forum that knows the account, else to the one that was chosen.
 * @throws Refusal `conflict` with the forums to choose from; `closed` for a button of nobody knows which forum;
 * `forbidden` for a person who has left the forum's servers: their account is known, and no more.
 */
export async function placed(db: Reader, registry: Registry, act: Act): Promise<Act> {
  const { place } = act;
  if (place.workspace !== DIRECT) return act;
  const known = await forumsOf(db, act);
  if (!known.length) return act;
  const meant = isChoice(registry, act) ? chosenNow(registry, act, known) : await meantBy(db, act, known);
  const there = known.filter(one => one.forumId === meant);
  const [nearest] = there.sort((a, b) => Number(b.workspace === b.seen) - Number(a.workspace === a.seen));
  if (!nearest) return act;
  chatCall();
  for (const { workspace } of there)
    if ((await act.isThere?.(workspace)) ?? true) return { ...act, place: { ...place, workspace } };
  throw new Refusal('forbidden', m => m.core.leftServer);
}

/** The forums that know the account, the one in which it was seen last before the others. */
function forumsOf(db: Reader, { place, who }: Act): Promise<Candidate[]> {
  const { accounts: a, forums: f, places: p } = db.tables;
  return db
    .select({ forumId: p.forumId, name: f.name, workspace: p.workspace, seen: a.workspace, chosenAt: a.directAt })
    .from(a)
    .innerJoin(p, and(eq(p.forumId, a.forumId), eq(p.platform, a.platform), isNull(p.leftAt)))
    .innerJoin(f, eq(f.id, a.forumId))
    .where(and(eq(a.platform, place.platform), eq(a.home, who.home), eq(a.account, who.account)))
    .orderBy(desc(a.lastSeenAt));
}

const forumsIn = (known: readonly Candidate[]): string[] => [...new Set(known.map(one => one.forumId))];

/** The forum that is meant by what was pressed or typed. @throws Refusal as `placed`. */
async function meantBy(db: Reader, act: Act, known: readonly Candidate[]): Promise<string> {
  const { message, answeredAt } = act.place;
  const wrote = await forumThatWrote(db, act);
  const all = forumsIn(known);
  const [only] = all.length === 1 ? all : [];
  if (wrote) {
    if (all.includes(wrote)) return wrote;
    throw new Refusal('closed', m => m.core.whoseMessage);
  }
  if (only !== undefined) return only;
  const last = known.find(one => one.chosenAt !== null);
  if (message !== undefined) {
    // An answer was given for the forum that was meant then; a choice of the same instant or later may have changed it.
    if (last?.chosenAt && answeredAt && last.chosenAt < answeredAt) return last.forumId;
    throw new Refusal('closed', m => m.core.whoseMessage);
  }
  if (last) return last.forumId;
  throw whichForum(known);
}

/** Tells whether the act says which forum is meant. */
function isChoice(registry: Registry, { ask }: Act): boolean {
  try {
    return resolveNow(registry, ask).action.id === CHOOSE_FORUM;
  } catch {
    return false;
  }
}

/** The forum that is named, by its id in a menu or as it is called. @throws Refusal where none is. */
function chosenNow(registry: Registry, { ask }: Act, known: readonly Candidate[]): string {
  const raw = resolveNow(registry, ask).given.forum;
  const typed = raw ? typedOf(raw) : '';
  const found = known.filter(one => one.forumId === typed || sameName(one.name, typed));
  const [only, ...others] = forumsIn(found);
  if (only === undefined || others.length) throw whichForum(known);
  return only;
}

/** Maximum number of choices in a menu of both platforms. */
const MAXIMUM_CHOICES = 25;

/** Asks which forum is meant; one answers it once. */
function whichForum(known: readonly Candidate[]): Refusal {
  const choices = [...new Map(known.map(one => [one.forumId, one.name]))].slice(0, MAXIMUM_CHOICES);
  return new Refusal('conflict', m => m.core.whichForum, {
    menu: {
      action: CHOOSE_FORUM,
      fills: 'forum',
      choices: choices.map(([value, label]) => ({ value, label })),
    },
  });
}

async function forumThatWrote(db: Reader, { place: { platform, message } }: Act): Promise<string | null> {
  if (message === undefined) return null;
  const { deliveries: d } = db.tables;
  const [row] = await db
    .select({ forumId: d.forumId })
    .from(d)
    .where(and(eq(d.platform, platform), eq(d.ref, message)))
    .limit(1);
  return row?.forumId ?? null;
}
