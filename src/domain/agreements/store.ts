import { and, asc, eq, inArray, isNotNull, isNull, lte } from 'drizzle-orm';
import { question } from '../../storage/once.ts';
import type { Reader, Tx } from '../../storage/store.ts';
import { fold } from '../../storage/words.ts';
import { codeOf, nextNumber, PREFIX } from '../codes.ts';
import { rowByNumber, rowsNamed } from '../numbered.ts';
import { newestPage, type Page } from '../page.ts';
import type { Source } from '../source.ts';
import { settleConfirmed } from './confirming.ts';
import type { Agreement } from './row.ts';

/** The forum's agreements; those in force come first. */
export const agreementSource: Source<Agreement> = {
  thing: 'agreement',
  prefix: PREFIX.agreement,
  code: row => codeOf('agreement', row.number),
  label: row => row.title,
  byNumber: ({ db, forumId }, number) => agreementByNumber(db, forumId, number),
  named: ({ db, forumId }, typed, limit, whole) =>
    rowsNamed(db, db.tables.agreements, forumId, { typed, whole, limit }, row => row.endedAt !== null),
};

export const agreementByNumber = (db: Reader, forumId: string, number: number): Promise<Agreement | null> =>
  rowByNumber(db, db.tables.agreements, forumId, number);

/** Records an agreement between partners. */
export async function recordAgreement(
  tx: Tx,
  forumId: string,
  data: Pick<Agreement, 'title' | 'kind' | 'purpose' | 'signed' | 'expires' | 'link' | 'createdBy'> & {
    readonly file?: string | null;
  },
  parties: readonly number[],
  /** The party for which the person who records it confirms it at once; null: none. */
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

/** Adds parties to an agreement; one that is a party already stays so once. A formal one awaits what they say. */
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
  return newestPage(db, a, where, before?.number, limit);
}

/** Agreements in force whose end is not after a local date. */
export const endingBy = question(
  ['agreements'],
  (db, forumId: string, date: string) => {
    const { agreements: a } = db.tables;
    return db
      .select()
      .from(a)
      .where(and(eq(a.forumId, forumId), isNull(a.endedAt), isNotNull(a.expires), lte(a.expires, date)))
      .orderBy(asc(a.expires), asc(a.number));
  },
  (rows): readonly Agreement[] => rows,
);
