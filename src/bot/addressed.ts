import { and, eq, isNotNull } from 'drizzle-orm';
import type { Act } from '../contract/act.ts';
import { Refusal } from '../contract/refusal.ts';
import { memberByNumber } from '../domain/people.ts';
import type { Reader } from '../storage/store.ts';
import type { Known } from './known.ts';

/**
 * A message that was written to one person, and stands in a channel since their direct messages are closed, is theirs
 * alone: nobody else answers it.
 * @throws Refusal `forbidden` for anybody else who presses its buttons.
 */
export async function addressed(db: Reader, { place, ask }: Act, { forum, member }: Known): Promise<void> {
  if (ask.kind !== 'pressed' || !forum || place.channel === null || place.message === undefined) return;
  const { deliveries: d } = db.tables;
  const [row] = await db
    .select({ member: d.member })
    .from(d)
    .where(and(eq(d.platform, place.platform), eq(d.ref, place.message), eq(d.forumId, forum.id), isNotNull(d.member)))
    .limit(1);
  if (!row || row.member === null || row.member === member?.number) return;
  const meant = await memberByNumber(db, forum.id, row.member);
  throw new Refusal('forbidden', m => m.core.notForYou({ name: meant?.name ?? m.core.somebody }));
}
