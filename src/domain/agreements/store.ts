import { and, asc, count, desc, eq, inArray, isNotNull, isNull, lt, lte, max } from 'drizzle-orm';
import type { Tables } from '../../storage/schema/index.ts';
import type { Reader, Tx } from '../../storage/store.ts';
import { fold } from '../../storage/words.ts';
import { codeOf, nextNumber, PREFIX } from '../codes.ts';
import { counted, type Page, pageOf } from '../page.ts';
import { holdsWords, type Source, shortestFirst } from '../source.ts';
import { settleConfirmed } from './confirming.ts';
import type { Agreement } from './row.ts';

export type Commitment = Tables['commitments']['$inferSelect'];

/** The forum's agreements; those in force come first. */
export const agreementSource: Source<Agreement> = {
  thing: 'agreement',
  prefix: PREFIX.agreement,
  code: row => codeOf('agreement', row.number),
  label: row => row.title,
  byNumber: ({ db, forumId }, number) => agreementByNumber(db, forumId, number),
  async named({ db, forumId }, typed, limit, whole) {
    const { agreements: a } = db.tables;
    const found = await db
      .select()
      .from(a)
      .where(and(eq(a.forumId, forumId), holdsWords(a.folded, typed)))
      .orderBy(...shortestFirst(a.folded, whole), desc(a.number))
      .limit(200);
    return found.sort((x, y) => Number(x.endedAt !== null) - Number(y.endedAt !== null)).slice(0, limit);
  },
};

export async function agreementByNumber(db: Reader, forumId: string, number: number): Promise<Agreement | null> {
  const { agreements: a } = db.tables;
  const [row] = await db
    .select()
    .from(a)
    .where(and(eq(a.forumId, forumId), eq(a.number, number)));
  return row ?? null;
}

/** Records an agreement between partners. */
export async function recordAgreement(
  tx: Tx,
  forumId: string,
  data: Pick<Agreement, 'title' | 'kind' | 'purpose' | 'signed' | 'expires' | 'link' | 'createdBy'> & {
    readonly file?: string | null;
  },
  parties: readonly number[],
  /** The party for which whoever records it confirms it at once; null: none. */
  confirming: number | null,
  now: Date,
): Promise<Agreement> {
  const number = await nextNumber(tx, forumId, 'agreement');
  const [row] = await tx
    .insert(tx.tables.agreements)
    .values({
      ...data,
      forumId,
      number,
      folded: fold(data.title),
      endedAt: null,
      endReason: null,
      confirmedAt: null,
      createdAt: now,
    })
    .returning();
  const by = (partner: number) =>
    partner === confirming
      ? { confirmedAt: now, confirmedBy: data.createdBy }
      : { confirmedAt: null, confirmedBy: null };
  if (parties.length)
    await tx
      .insert(tx.tables.agreementParties)
      .values(parties.map(partner => ({ forumId, agreement: number, partner, ...by(partner) })));
  return settleConfirmed(tx, row!, now);
}

/** Adds parties to an agreement; whoever is one already stays so once. A formal one awaits what they say. */
export async function addParties(
  tx: Tx,
  agreement: Agreement,
  partners: readonly number[],
  now: Date,
): Promise<Agreement> {
  if (!partners.length) return agreement;
  const { forumId, number } = agreement;
  await tx
    .insert(tx.tables.agreementParties)
    .values(partners.map(partner => ({ forumId, agreement: number, partner, confirmedAt: null, confirmedBy: null })))
    .onConflictDoNothing();
  return settleConfirmed(tx, agreement, now);
}

/** Changes what an agreement says, sets a new end, or ends it with its reason. */
export async function changeAgreement(
  tx: Tx,
  agreement: Agreement,
  set: Partial<Pick<Agreement, 'title' | 'purpose' | 'signed' | 'link' | 'file' | 'expires' | 'endedAt' | 'endReason'>>,
): Promise<Agreement> {
  const { agreements: a } = tx.tables;
  const [row] = await tx
    .update(a)
    .set({ ...set, ...(set.title !== undefined && { folded: fold(set.title) }) })
    .where(and(eq(a.forumId, agreement.forumId), eq(a.number, agreement.number)))
    .returning();
  return row!;
}

/** The parties of agreements, by agreement number. */
export async function partiesOf(
  db: Reader,
  forumId: string,
  numbers: readonly number[],
): Promise<ReadonlyMap<number, { number: number; name: string }[]>> {
  const { agreementParties: of, partners } = db.tables;
  const found = new Map<number, { number: number; name: string }[]>();
  if (!numbers.length) return found;
  const rows = await db
    .select({ agreement: of.agreement, number: partners.number, name: partners.name })
    .from(of)
    .innerJoin(partners, and(eq(partners.forumId, of.forumId), eq(partners.number, of.partner)))
    .where(and(eq(of.forumId, forumId), inArray(of.agreement, [...numbers])))
    .orderBy(asc(partners.folded));
  for (const { agreement, ...partner } of rows) found.set(agreement, [...(found.get(agreement) ?? []), partner]);
  return found;
}

/** One page of agreements, the newest first, and whether there are more. */
export async function listAgreements(
  db: Reader,
  forumId: string,
  { before }: { before?: Pick<Agreement, 'number'> | undefined },
  limit: number,
): Promise<Page<Agreement>> {
  const { agreements: a } = db.tables;
  const where = eq(a.forumId, forumId);
  const rows = await db
    .select()
    .from(a)
    .where(and(where, before?.number === undefined ? undefined : lt(a.number, before?.number)))
    .orderBy(desc(a.number))
    .limit(limit + 1);
  return pageOf(rows, limit, async () => {
    const [row] = await db.select(counted(a.number, before?.number)).from(a).where(where);
    return row!;
  });
}

/** Agreements in force whose end is not after a local date. */
export async function endingBy(db: Reader, forumId: string, date: string): Promise<Agreement[]> {
  const { agreements: a } = db.tables;
  return db
    .select()
    .from(a)
    .where(and(eq(a.forumId, forumId), isNull(a.endedAt), isNotNull(a.expires), lte(a.expires, date)))
    .orderBy(asc(a.expires), asc(a.number));
}

/** Adds what a party has promised. */
export async function addCommitment(
  tx: Tx,
  agreement: Agreement,
  data: Pick<Commitment, 'partner' | 'what' | 'due' | 'amount'>,
  now: Date,
): Promise<Commitment> {
  const { commitments: c } = tx.tables;
  const { forumId, number } = agreement;
  const [last] = await tx
    .select({ item: max(c.item) })
    .from(c)
    .where(and(eq(c.forumId, forumId), eq(c.agreement, number)));
  const item = (last?.item ?? 0) + 1;
  const open = { doneOn: null, doneBy: null, note: null };
  const [row] = await tx
    .insert(c)
    .values({ ...data, ...open, forumId, agreement: number, item, createdAt: now })
    .returning();
  return row!;
}

export async function commitmentOf(
  db: Reader,
  forumId: string,
  agreement: number,
  item: number,
): Promise<Commitment | null> {
  const { commitments: c } = db.tables;
  const [row] = await db
    .select()
    .from(c)
    .where(and(eq(c.forumId, forumId), eq(c.agreement, agreement), eq(c.item, item)));
  return row ?? null;
}

export async function commitmentsOf(db: Reader, forumId: string, agreement: number): Promise<Commitment[]> {
  const { commitments: c } = db.tables;
  return db
    .select()
    .from(c)
    .where(and(eq(c.forumId, forumId), eq(c.agreement, agreement)))
    .orderBy(asc(c.item));
}

/** How many promises agreements hold, and how many of them were kept, by agreement number. */
export async function promisesOf(
  db: Reader,
  forumId: string,
  numbers: readonly number[],
): Promise<ReadonlyMap<number, { all: number; kept: number }>> {
  const { commitments: c } = db.tables;
  if (!numbers.length) return new Map();
  const rows = await db
    .select({ agreement: c.agreement, all: count(), kept: count(c.doneOn) })
    .from(c)
    .where(and(eq(c.forumId, forumId), inArray(c.agreement, [...numbers])))
    .groupBy(c.agreement);
  return new Map(rows.map(({ agreement, all, kept }) => [agreement, { all, kept }]));
}

/** Marks a commitment as kept on a local date; false where it was already. */
export async function keepCommitment(
  tx: Tx,
  { forumId, agreement, item }: Commitment,
  done: { doneOn: string; doneBy: number; note: string | null },
): Promise<boolean> {
  const { commitments: c } = tx.tables;
  const rows = await tx
    .update(c)
    .set(done)
    .where(and(eq(c.forumId, forumId), eq(c.agreement, agreement), eq(c.item, item), isNull(c.doneOn)))
    .returning({ item: c.item });
  return rows.length > 0;
}

/**
 * Commitments of agreements in force that were due before a local date and are not kept; of partners that were archived
 * nothing is awaited.
 */
export async function lateCommitments(db: Reader, forumId: string, today: string): Promise<Commitment[]> {
  const { agreements: a, commitments: c, partners: p } = db.tables;
  const rows = await db
    .select({ commitment: c })
    .from(c)
    .innerJoin(a, and(eq(a.forumId, c.forumId), eq(a.number, c.agreement)))
    .innerJoin(p, and(eq(p.forumId, c.forumId), eq(p.number, c.partner)))
    .where(and(eq(c.forumId, forumId), isNull(c.doneOn), lt(c.due, today), isNull(a.endedAt), isNull(p.archivedAt)))
    .orderBy(asc(c.due), asc(c.agreement), asc(c.item));
  return rows.map(row => row.commitment);
}
