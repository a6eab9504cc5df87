import { and, asc, desc, eq, isNotNull, isNull, type SQL } from 'drizzle-orm';
import { question } from '../storage/once.ts';
import type { Tables } from '../storage/schema/index.ts';
import type { Reader, Tx } from '../storage/store.ts';
import { fold, wordsOf } from '../storage/words.ts';
import { codeOf, nextNumber, PREFIX } from './codes.ts';
import { earlierThan, restored } from './earlier.ts';
import { rowByNumber } from './numbered.ts';
import type { Member, SeatRole } from './people.ts';
import { holdsWords, type Source, shortestFirst } from './source.ts';

export type Partner = Tables['partners']['$inferSelect'];
export type Sector = NonNullable<Partner['sector']>;
type PartnerData = Pick<Partner, 'name' | 'sector' | 'contact' | 'focus' | 'influence' | 'interest'> &
  Partial<Pick<Partner, 'area'>>;

/** Takes part now: neither archived nor only invited. */
const takesPart = (partners: Tables['partners']) => and(isNull(partners.archivedAt), isNull(partners.candidateSince));

/** Took part and does no more; one that only declined an invitation never did. */
const isArchived = (partners: Tables['partners']) =>
  and(isNotNull(partners.archivedAt), isNull(partners.candidateSince));

/** The partners that take part, by name; by code those too that did. A partner that was only invited is neither. */
export const partnerSource: Source<Partner> = {
  thing: 'partner',
  prefix: PREFIX.partner,
  code: row => codeOf('partner', row.number),
  label: row => row.name,
  async byNumber({ db, forumId }, number) {
    const found = await partnerByNumber(db, forumId, number);
    return found?.candidateSince ? null : found;
  },
  async named({ db, forumId, actor }, typed, limit, whole) {
    const found = await withWords(db, forumId, typed, takesPart(db.tables.partners), 200, whole);
    const own = (row: Partner): number => (row.number === actor.seat?.partner ? 0 : 1);
    return found.sort((a, b) => own(a) - own(b)).slice(0, limit);
  },
};

/** Partners of one kind whose names hold all typed words, by name. */
async function withWords(
  db: Reader,
  forumId: string,
  typed: string,
  which: SQL | undefined,
  limit: number,
  whole?: boolean,
) {
  const { partners } = db.tables;
  return db
    .select()
    .from(partners)
    .where(and(eq(partners.forumId, forumId), which, holdsWords(partners.folded, typed)))
    .orderBy(...shortestFirst(partners.folded, whole), asc(partners.folded), asc(partners.number))
    .limit(limit);
}

export const partnerByNumber = (db: Reader, forumId: string, number: number): Promise<Partner | null> =>
  rowByNumber(db, db.tables.partners, forumId, number);

/** The partners of these numbers, archived ones too. */
export async function partnersByNumbers(db: Reader, forumId: string, numbers: readonly number[]): Promise<Partner[]> {
  const wanted = new Set(numbers);
  return (await everyPartner(db, forumId)).filter(one => wanted.has(one.number));
}

/** The partner that takes part under exactly this name. */
async function partnerNamed(db: Reader, forumId: string, name: string): Promise<Partner | null> {
  const { partners } = db.tables;
  const [row] = await db
    .select()
    .from(partners)
    .where(and(eq(partners.forumId, forumId), eq(partners.folded, fold(name)), isNull(partners.archivedAt)));
  return row ?? null;
}

/** The partner that once took part under exactly this name and was archived, the last one first. */
export async function archivedNamed(db: Reader, forumId: string, name: string): Promise<Partner | null> {
  const { partners } = db.tables;
  const [row] = await db
    .select()
    .from(partners)
    .where(and(eq(partners.forumId, forumId), eq(partners.folded, fold(name)), isArchived(partners)))
    .orderBy(desc(partners.number))
    .limit(1);
  return row ?? null;
}

/** All partners there ever were, archived and invited ones too, in the order in which they came. */
export const everyPartner = question(
  ['partners'],
  (db, forumId: string) => {
    const { partners } = db.tables;
    return db.select().from(partners).where(eq(partners.forumId, forumId)).orderBy(asc(partners.number));
  },
  (rows): readonly Partner[] => rows,
);

/** All partners that take part, or those of one sector. */
export async function listPartners(db: Reader, forumId: string, sector?: Sector): Promise<Partner[]> {
  const all = await everyPartner(db, forumId);
  return all.filter(one => !one.archivedAt && !one.candidateSince && (!sector || one.sector === sector));
}

/** The names of all partners there ever were, by number. */
export async function namesOf(db: Reader, forumId: string): Promise<ReadonlyMap<number, string>> {
  return new Map((await everyPartner(db, forumId)).map(row => [row.number, row.name]));
}

/** The names that all partners bore until an instant, by number: a report of what is over tells the names of its time. */
export async function namesBefore(db: Reader, forumId: string, until: Date): Promise<ReadonlyMap<number, string>> {
  const names = new Map(await namesOf(db, forumId));
  for (const [number, { name }] of await earlierThan(db, forumId, 'partner', until))
    if (typeof name === 'string') names.set(number, name);
  return names;
}

/** All that took part at an instant or had done so, as they were then, by number. */
export async function partnersBefore(db: Reader, forumId: string, until: Date): Promise<Partner[]> {
  const { partners: p } = db.tables;
  const rows = await db.select().from(p).where(eq(p.forumId, forumId)).orderBy(asc(p.number));
  const earlier = await earlierThan(db, forumId, 'partner', until);
  return rows.flatMap(row => {
    const was = restored(row, earlier, ['candidateSince', 'archivedAt']);
    if (was.candidateSince) return [];
    return [was.archivedAt && was.archivedAt >= until ? { ...was, archivedAt: null } : was];
  });
}

/** The partners that were invited and have not answered yet. */
export async function listCandidates(db: Reader, forumId: string): Promise<Partner[]> {
  const { partners } = db.tables;
  return db
    .select()
    .from(partners)
    .where(and(eq(partners.forumId, forumId), isNull(partners.archivedAt), isNotNull(partners.candidateSince)))
    .orderBy(asc(partners.number));
}

/** Finds partners like `partnerSource`, candidates as well if named by code: for what is about the partner itself. */
export const anyPartnerSource: Source<Partner> = {
  ...partnerSource,
  byNumber: ({ db, forumId }, number) => partnerByNumber(db, forumId, number),
};

/** Candidate partners, by code or name. */
export const candidateSource: Source<Partner> = {
  ...partnerSource,
  async byNumber(reach, number) {
    const found = await partnerByNumber(reach.db, reach.forumId, number);
    return found?.candidateSince && !found.archivedAt ? found : null;
  },
  async named({ db, forumId }, typed, limit) {
    const words = wordsOf(typed);
    const all = await listCandidates(db, forumId);
    return all.filter(one => words.every(word => one.folded.includes(word))).slice(0, limit);
  },
};

/** Partners that took part and were archived, by code or name. */
export const archivedSource: Source<Partner> = {
  ...partnerSource,
  async byNumber(reach, number) {
    const found = await partnerByNumber(reach.db, reach.forumId, number);
    return found?.archivedAt && !found.candidateSince ? found : null;
  },
  named: ({ db, forumId }, typed, limit, whole) =>
    withWords(db, forumId, typed, isArchived(db.tables.partners), limit, whole),
};

/** A candidate takes part from now on. */
export async function acceptCandidate(tx: Tx, partner: Partner): Promise<Partner> {
  const { partners } = tx.tables;
  const [row] = await tx
    .update(partners)
    .set({ candidateSince: null })
    .where(and(eq(partners.forumId, partner.forumId), eq(partners.number, partner.number)))
    .returning();
  return row!;
}

/** Adds a partner, or a candidate; null where one of that name takes part or is invited already. */
export async function addPartner(
  tx: Tx,
  forumId: string,
  data: PartnerData,
  now: Date,
  { candidate = false } = {},
): Promise<Partner | null> {
  if (await partnerNamed(tx, forumId, data.name)) return null;
  const number = await nextNumber(tx, forumId, 'partner');
  const [row] = await tx
    .insert(tx.tables.partners)
    .values({
      ...data,
      forumId,
      number,
      folded: fold(data.name),
      candidateSince: candidate ? now : null,
      createdAt: now,
      archivedAt: null,
    })
    .returning();
  return row!;
}

/** Changes a partner's data; null where the new name is another's. */
export async function changePartner(tx: Tx, partner: Partner, set: Partial<PartnerData>): Promise<Partner | null> {
  const { partners } = tx.tables;
  if (set.name !== undefined) {
    const other = await partnerNamed(tx, partner.forumId, set.name);
    if (other && other.number !== partner.number) return null;
  }
  const [row] = await tx
    .update(partners)
    .set({ ...set, ...(set.name !== undefined && { folded: fold(set.name) }) })
    .where(and(eq(partners.forumId, partner.forumId), eq(partners.number, partner.number)))
    .returning();
  return row!;
}

/** Archives a partner: its records stay, its seats are vacated. */
export async function archivePartner(tx: Tx, partner: Partner, now: Date): Promise<void> {
  const { partners, seats, seatRequests: r } = tx.tables;
  const same = and(eq(partners.forumId, partner.forumId), eq(partners.number, partner.number));
  await tx.update(partners).set({ archivedAt: now }).where(same);
  await tx.delete(r).where(and(eq(r.forumId, partner.forumId), eq(r.partner, partner.number)));
  await tx.delete(seats).where(and(eq(seats.forumId, partner.forumId), eq(seats.partner, partner.number)));
}

/** An archived partner takes part again, without the seats it had; null where another bears its name now. */
export async function restorePartner(tx: Tx, partner: Partner): Promise<Partner | null> {
  if (await partnerNamed(tx, partner.forumId, partner.name)) return null;
  const { partners } = tx.tables;
  const [row] = await tx
    .update(partners)
    .set({ archivedAt: null })
    .where(and(eq(partners.forumId, partner.forumId), eq(partners.number, partner.number)))
    .returning();
  return row!;
}

/** Returns who sits for a partner, or for each partner of the forum. */
export async function seatsOf(
  db: Reader,
  forumId: string,
  partner?: number,
): Promise<{ partner: number; role: SeatRole; member: number; name: string }[]> {
  const { seats, members } = db.tables;
  return db
    .select({ partner: seats.partner, role: seats.role, member: seats.member, name: members.name })
    .from(seats)
    .innerJoin(members, and(eq(members.forumId, seats.forumId), eq(members.number, seats.member)))
    .where(and(eq(seats.forumId, forumId), partner === undefined ? undefined : eq(seats.partner, partner)))
    .orderBy(asc(seats.partner), asc(seats.since), asc(seats.member));
}

/** Takes a member out of their seat. */
export async function vacate(tx: Tx, { forumId, number }: Member): Promise<void> {
  const { seats } = tx.tables;
  await tx.delete(seats).where(and(eq(seats.forumId, forumId), eq(seats.member, number)));
}

/** Returns who speaks for a partner: its representative, else its alternate. */
export async function speakerOf(db: Reader, forumId: string, partner: number): Promise<number | null> {
  const seats = await seatsOf(db, forumId, partner);
  const by = (role: SeatRole) => seats.find(one => one.role === role)?.member;
  return by('representative') ?? by('alternate') ?? null;
}

/**
 * Seats a member for a partner. A person sits for one partner at a time; the person who held the role of representative
 * or alternate before becomes one of the partner's members.
 */
export async function seat(tx: Tx, member: Member, partner: Partner, role: SeatRole, now: Date): Promise<void> {
  const { seats, seatRequests } = tx.tables;
  const asked = and(eq(seatRequests.forumId, partner.forumId), eq(seatRequests.member, member.number));
  await tx.delete(seatRequests).where(asked);
  if (role !== 'member')
    await tx
      .update(seats)
      .set({ role: 'member' })
      .where(and(eq(seats.forumId, partner.forumId), eq(seats.partner, partner.number), eq(seats.role, role)));
  await tx
    .insert(seats)
    .values({ forumId: partner.forumId, member: member.number, partner: partner.number, role, since: now })
    .onConflictDoUpdate({ target: [seats.forumId, seats.member], set: { partner: partner.number, role, since: now } });
}
