import { and, eq, isNull } from 'drizzle-orm';
import type { Reader } from '../storage/store.ts';
import type { Forum, PlaceKey } from './forums.ts';
import type { Account, Actor, Member } from './people.ts';

/** The forum of a place, and who an account is in it; null members: the forum does not know the account. */
export interface KnownAt {
  readonly forum: Forum;
  /** What the place was called when it was last heard of. */
  readonly placeName: string;
  readonly member: Member | null;
  readonly actor: Actor | null;
  /** When the account was last seen. */
  readonly seenAt: Date | null;
}

/**
 * Finds the forum of a place with its settings, the member behind an account and the member's seat, in one statement:
 * every act asks it, and asks it again inside its unit of work.
 * @returns null where no forum lives in the place.
 */
export async function knownAt(
  db: Reader,
  place: PlaceKey,
  account: Pick<Account, 'platform' | 'home' | 'account'>,
): Promise<KnownAt | null> {
  const { places, forums, accounts: a, members: m, seats: s } = db.tables;
  const [row] = await db
    .select({
      forum: forums,
      placeName: places.name,
      member: m,
      partner: s.partner,
      role: s.role,
      seenAt: a.lastSeenAt,
    })
    .from(places)
    .innerJoin(forums, eq(forums.id, places.forumId))
    .leftJoin(
      a,
      and(
        eq(a.forumId, places.forumId),
        eq(a.platform, account.platform),
        eq(a.home, account.home),
        eq(a.account, account.account),
      ),
    )
    .leftJoin(m, and(eq(m.forumId, a.forumId), eq(m.number, a.member)))
    .leftJoin(s, and(eq(s.forumId, m.forumId), eq(s.member, m.number)))
    .where(and(eq(places.platform, place.platform), eq(places.workspace, place.workspace), isNull(places.leftAt)));
  if (!row) return null;
  const { forum, placeName, member, partner, role, seenAt } = row;
  const seat = partner === null || role === null ? null : { partner, role };
  const actor = member && { member: member.number, name: member.name, coordinator: member.coordinator, seat };
  return { forum, placeName, member, actor, seenAt };
}
