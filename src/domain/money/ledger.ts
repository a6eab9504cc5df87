import { and, asc, desc, eq, gte, inArray, isNotNull, lte } from 'drizzle-orm';
import type { Reader, Tx } from '../../storage/store.ts';
import { fold } from '../../storage/words.ts';
import { addDays, dateIn, instantAt } from '../calendar.ts';
import { codeOf, nextNumber, nextNumbers, PREFIX } from '../codes.ts';
import { rowByNumber } from '../numbered.ts';
import { newestPage, type Page } from '../page.ts';
import { inserts } from '../pieces.ts';
import { holdsWords, type Source, shortestFirst } from '../source.ts';
import { approves } from './approvals.ts';
import { appendLine, appendLines, type Entry, type LedgerLine } from './chain.ts';

export type { Entry } from './chain.ts';

/**
 * Counted: part of the balance. Waiting: for a second person, also to take back what was approved. Reversed: taken back by another entry, or the one that
 * takes back what nobody approved: neither of the two waits for anybody.
 */
export type EntryState = 'counted' | 'waiting' | 'reversed';

/** Describes what people tell about money that came in or went out; the amount in minor units. */
export type EntryData = Pick<Entry, 'direction' | 'amount' | 'purpose' | 'partner' | 'activity' | 'date' | 'category'>;

type Recorder = Pick<Entry, 'recordedBy' | 'recorderPartner' | 'needsApproval'>;

/** The forum's ledger, the newest first. */
export const entrySource: Source<Entry> = {
  thing: 'entry',
  prefix: PREFIX.entry,
  code: row => codeOf('entry', row.number),
  label: row => row.purpose,
  byNumber: ({ db, forumId }, number) => entryByNumber(db, forumId, number),
  async named({ db, forumId }, typed, limit, whole) {
    const { entries } = db.tables;
    return db
      .select()
      .from(entries)
      .where(and(eq(entries.forumId, forumId), holdsWords(entries.folded, typed)))
      .orderBy(...shortestFirst(entries.folded, whole), desc(entries.number))
      .limit(limit);
  },
};

export const entryByNumber = (db: Reader, forumId: string, number: number): Promise<Entry | null> =>
  rowByNumber(db, db.tables.entries, forumId, number);

async function append(tx: Tx, forumId: string, values: Omit<Entry, 'forumId' | 'number' | 'folded'>): Promise<Entry> {
  const number = await nextNumber(tx, forumId, 'entry');
  const [entry] = await tx
    .insert(tx.tables.entries)
    .values({ ...values, forumId, number, folded: fold(values.purpose) })
    .returning();
  await appendLine(tx, entry!, 'recorded', values.recordedBy, values.recordedAt);
  return entry!;
}

/** Writes an entry into the ledger, for good. */
export const recordEntry = (tx: Tx, forumId: string, data: EntryData & Recorder, now: Date): Promise<Entry> =>
  append(tx, forumId, { ...data, reverses: null, reason: null, recordedAt: now });

/** Writes many entries into the ledger, for good; they get numbers in the order in which they are given. */
export async function recordEntries(
  tx: Tx,
  forumId: string,
  all: readonly (EntryData & Recorder)[],
  now: Date,
): Promise<Entry[]> {
  const [one] = all;
  if (!one) return [];
  const first = await nextNumbers(tx, forumId, 'entry', all.length);
  const made: Entry[] = [];
  const numbered = all.map((one, i) => ({ ...one, number: first + i }));
  for (const piece of inserts(numbered)) {
    const rows = piece.map(data => ({
      ...data,
      forumId,
      folded: fold(data.purpose),
      reverses: null,
      reason: null,
      recordedAt: now,
    }));
    made.push(...(await tx.insert(tx.tables.entries).values(rows).returning()));
  }
  made.sort((x, y) => x.number - y.number);
  await appendLines(tx, made, 'recorded', one.recordedBy, now);
  return made;
}

/**
 * Takes an entry back by one with the opposite amount. What takes back an entry that was approved needs the same; what
 * takes back one that nobody approved counts as little as that one did. The caller has asked `mayReverse`; the database keeps it once-only.
 */
export const reverseEntry = (
  tx: Tx,
  entry: Entry,
  how: { reason: string; date: string; by: Pick<Recorder, 'recordedBy' | 'recorderPartner'>; counted: boolean },
  now: Date,
): Promise<Entry> =>
  append(tx, entry.forumId, {
    direction: entry.direction,
    amount: -entry.amount,
    purpose: entry.purpose,
    partner: entry.partner,
    activity: entry.activity,
    category: entry.category,
    date: how.date,
    reverses: entry.number,
    reason: how.reason,
    needsApproval: entry.needsApproval || !how.counted,
    ...how.by,
    recordedAt: now,
  });

/** Approves an entry; the caller has asked `mayApprove`. */
export const approveEntry = (tx: Tx, entry: Entry, member: number, now: Date): Promise<void> =>
  appendLine(tx, entry, 'approved', member, now);

/** Describes what is known of an entry's approval and of what takes it back. */
interface Known {
  readonly isApproved: boolean;
  /** The entry that takes it back, and whether that was approved. */
  readonly reversal: { readonly needsApproval: boolean; readonly isApproved: boolean } | null;
  /** For a reversal: true if the entry that it takes back was approved, so that it needs approval as well. */
  readonly ofApproved: boolean;
}

function stateOf({ needsApproval, reverses }: Entry, known: Known): EntryState {
  const { isApproved, reversal, ofApproved } = known;
  // Until somebody approves that an approved entry is taken back, it counts as before.
  const waitsToBeReversed = reversal?.needsApproval && !reversal.isApproved && isApproved;
  if (reversal && !waitsToBeReversed) return 'reversed';
  if (!needsApproval || isApproved) return 'counted';
  return reverses === null || ofApproved ? 'waiting' : 'reversed';
}

/** Returns what became of an entry: its state, who approved it, and what takes it back. */
export async function fateOf(
  db: Reader,
  entry: Entry,
): Promise<{ state: EntryState; approval: LedgerLine | null; reversal: Entry | null }> {
  const { entries, ledgerLines: l } = db.tables;
  const { forumId, number } = entry;
  const [reversal = null] = await db
    .select()
    .from(entries)
    .where(and(eq(entries.forumId, forumId), eq(entries.reverses, number)));
  const [approval = null] = await db
    .select()
    .from(l)
    .where(and(eq(l.forumId, forumId), eq(l.entry, number), approves(db.tables)));
  return { state: (await statesOf(db, forumId, [entry])).get(number)!, approval, reversal };
}

/** The states of some entries, by number. */
export async function statesOf(
  db: Reader,
  forumId: string,
  rows: readonly Entry[],
): Promise<ReadonlyMap<number, EntryState>> {
  const { entries: e, ledgerLines: l } = db.tables;
  const numbers = rows.map(row => row.number);
  if (!numbers.length) return new Map();
  const reversals = await db
    .select({ number: e.number, of: e.reverses, needsApproval: e.needsApproval })
    .from(e)
    .where(and(eq(e.forumId, forumId), isNotNull(e.reverses), inArray(e.reverses, numbers)));
  const related = [...reversals.map(row => row.number), ...rows.flatMap(row => row.reverses ?? [])];
  const approvals = await db
    .select({ of: l.entry })
    .from(l)
    .where(and(eq(l.forumId, forumId), approves(db.tables), inArray(l.entry, [...numbers, ...related])));
  const approved = new Set(approvals.map(row => row.of));
  return new Map(
    rows.map(row => {
      const reversal = reversals.find(one => one.of === row.number);
      const known = {
        isApproved: approved.has(row.number),
        reversal: reversal
          ? { needsApproval: reversal.needsApproval, isApproved: approved.has(reversal.number) }
          : null,
        ofApproved: row.reverses !== null && approved.has(row.reverses),
      };
      return [row.number, stateOf(row, known)];
    }),
  );
}

/** One page of the ledger, the newest entry first, and whether there is more. */
export async function listEntries(
  db: Reader,
  forumId: string,
  { before }: { before?: Pick<Entry, 'number'> | undefined },
  limit: number,
): Promise<Page<Entry>> {
  const { entries } = db.tables;
  const where = eq(entries.forumId, forumId);
  return newestPage(db, entries, where, before?.number, limit);
}

/** Tells whether an entry was written down after the end of the time in which it is dated. */
export const isLate = ({ recordedAt }: Pick<Entry, 'recordedAt'>, to: string, zone: string): boolean =>
  dateIn(recordedAt, zone) > to;

/** The entries dated in a span but written down after its last day; none where it has no end. */
export async function lateEntries(
  db: Reader,
  { id, zone }: { readonly id: string; readonly zone: string },
  { from, to }: { readonly from?: string | undefined; readonly to?: string | undefined },
): Promise<Entry[]> {
  if (to === undefined) return [];
  const { entries } = db.tables;
  return db
    .select()
    .from(entries)
    .where(
      and(
        eq(entries.forumId, id),
        from === undefined ? undefined : gte(entries.date, from),
        lte(entries.date, to),
        gte(entries.recordedAt, instantAt(addDays(to, 1), '00:00', zone)),
      ),
    )
    .orderBy(asc(entries.number));
}
