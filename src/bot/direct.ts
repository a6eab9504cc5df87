import { and, desc, eq, isNull } from 'drizzle-orm';
import { type Act, DIRECT } from '../contract/act.ts';
import { chatCall } from '../contract/chat-call.ts';
import { Refusal } from '../contract/refusal.ts';
import type { Reader } from '../storage/store.ts';

/**
 * Finds the place of an act in a direct message that belongs to no server: the forum that wrote the message whose button
 * was pressed, else the one in which the person was seen last. Only forums that know the account are looked at. A message
 * is the word of one forum: where it cannot be told which, nothing is done in another.
 * @throws Refusal `closed`; `forbidden` for whoever has left the forum's servers: their account is known, and no more.
 */
export async function placed(db: Reader, act: Act): Promise<Act> {
  const { place, who } = act;
  if (place.workspace !== DIRECT) return act;
  const { accounts: a, places: p } = db.tables;
  const known = await db
    .select({ forumId: p.forumId, workspace: p.workspace, seen: a.workspace })
    .from(a)
    .innerJoin(p, and(eq(p.forumId, a.forumId), eq(p.platform, a.platform), isNull(p.leftAt)))
    .where(and(eq(a.platform, place.platform), eq(a.home, who.home), eq(a.account, who.account)))
    .orderBy(desc(a.lastSeenAt));
  const wrote = await forumThatWrote(db, act);
  const candidates = wrote ? known.filter(one => one.forumId === wrote) : known;
  const told = place.message === undefined || new Set(candidates.map(one => one.forumId)).size === 1;
  if (known.length && !told) throw new Refusal('closed', m => m.core.whoseMessage);
  const nearest = candidates.find(one => one.workspace === one.seen) ?? candidates[0];
  if (!nearest) return act;
  chatCall();
  const others = candidates.filter(one => one.forumId === nearest.forumId && one !== nearest);
  for (const { workspace } of [nearest, ...others])
    if ((await act.isThere?.(workspace)) ?? true) return { ...act, place: { ...place, workspace } };
  throw new Refusal('forbidden', m => m.core.leftServer);
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
