import { and, eq, isNull } from 'drizzle-orm';
import { prepared } from '../storage/prepared.ts';
import type { Reader } from '../storage/store.ts';
import type { Actor } from './actor.ts';
import type { Forum, PlaceKey } from './forums.ts';
import type { Account, Member, SeenAccount } from './people.ts';
import { numbersOf, sharesRights } from './persons.ts';

/** The forum of a place, and who an account is in it; null: the forum does not know the account. */
export interface KnownAt {
  readonly forum: Forum;
  /** Name of the place when it was last heard of. */
  readonly placeName: string;
  readonly member: Member | null;
  readonly actor: Actor | null;
  /** Account as the forum has noted it. */
  readonly seen: SeenAccount | null;
  /** The answer that an act was given the first time, if there was one. */
  readonly answer: unknown;
}

/**
 * Finds the forum of a place with its settings, the member behind an account, the member's seat and what an act was
 * answered before, in one statement (two of a person whose accounts were merged): every act asks it, and asks it again
 * inside its unit of work.
 * @returns null where no forum lives in the place.
 */
export async function knownAt(
  db: Reader,
  place: PlaceKey,
  account: Pick<Account, 'platform' | 'home' | 'account'>,
  act: string,
): Promise<KnownAt | null> {
  const { platform, workspace } = place;
  const [row] = await knownRows(db, { platform, workspace, home: account.home, account: account.account, act });
  if (!row) return null;
  const { forum, placeName, member, partner, role, partnerName, sharesRights, seen, answer } = row;
  const seat = partner === null || role === null || partnerName === null ? null : { partner, role, name: partnerName };
  const numbers = member && (sharesRights ? await numbersOf(db, member) : [member.number]);
  const actor = member && {
    member: member.number,
    numbers: numbers!,
    name: member.name,
    coordinator: member.coordinator,
    seat,
  };
  return { forum, placeName, member, actor, seen, answer };
}

type At = PlaceKey & Pick<Account, 'home' | 'account'> & { readonly act: string };

const knownRows = prepared((db, { platform, workspace, home, account, act }: At) => {
  const { places, forums, accounts: a, members: m, seats: s, partners: p, acts } = db.tables;
  return db
    .select({
      forum: forums,
      placeName: places.name,
      member: m,
      partner: s.partner,
      role: s.role,
      partnerName: p.name,
      sharesRights: sharesRights(db, m),
      seen: { name: a.name, workspace: a.workspace, at: a.lastSeenAt, refusals: a.refusals },
      answer: acts.answer,
    })
    .from(places)
    .innerJoin(forums, eq(forums.id, places.forumId))
    .leftJoin(a, and(eq(a.forumId, places.forumId), eq(a.platform, platform), eq(a.home, home), eq(a.account, account)))
    .leftJoin(m, and(eq(m.forumId, a.forumId), eq(m.number, a.member)))
    .leftJoin(s, and(eq(s.forumId, m.forumId), eq(s.member, m.number)))
    .leftJoin(p, and(eq(p.forumId, s.forumId), eq(p.number, s.partner)))
    .leftJoin(acts, and(eq(acts.forumId, places.forumId), eq(acts.key, act)))
    .where(and(eq(places.platform, platform), eq(places.workspace, workspace), isNull(places.leftAt)));
});
