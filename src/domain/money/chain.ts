import { createHash } from 'node:crypto';
import { and, asc, desc, eq } from 'drizzle-orm';
import type { Tables } from '../../storage/schema/index.ts';
import type { Reader, Tx } from '../../storage/store.ts';
import { nextNumber, nextNumbers } from '../codes.ts';
import { inserts } from '../pieces.ts';

export type Entry = Tables['entries']['$inferSelect'];
export type LedgerLine = Tables['ledgerLines']['$inferSelect'];

/** Hash before the first line of every forum. */
const BEGINNING = '';

/** Everything that an entry says, in a fixed order: whatever is changed afterwards changes the hash. */
const contentOf = (entry: Entry): readonly unknown[] => [
  entry.forumId,
  entry.number,
  entry.direction,
  entry.amount,
  entry.purpose,
  entry.partner,
  entry.activity,
  entry.date,
  entry.reverses,
  entry.reason,
  entry.needsApproval,
  entry.recordedBy,
  entry.recorderPartner,
  entry.recordedAt.toISOString(),
  // Entries of before there were categories keep their hashes.
  ...(entry.category === null ? [] : [entry.category]),
];

const hashOf = (previous: string, line: Omit<LedgerLine, 'hash'>, entry: Entry): string =>
  createHash('sha256')
    .update(JSON.stringify([previous, line.position, line.step, line.member, line.at.toISOString(), contentOf(entry)]))
    .digest('hex');

/** Adds a step to the chain; the unit of work of the forum keeps the order. */
export async function appendLine(
  tx: Tx,
  entry: Entry,
  step: LedgerLine['step'],
  member: number,
  at: Date,
): Promise<void> {
  const { ledgerLines } = tx.tables;
  const { forumId } = entry;
  const position = await nextNumber(tx, forumId, 'ledger_line');
  const last = await headOf(tx, forumId);
  const line = { forumId, position, step, entry: entry.number, member, at };
  await tx.insert(ledgerLines).values({ ...line, hash: hashOf(last?.hash ?? BEGINNING, line, entry) });
}

/** Adds a step of many entries to the chain, in their order. */
export async function appendLines(
  tx: Tx,
  entries: readonly Entry[],
  step: LedgerLine['step'],
  member: number,
  at: Date,
): Promise<void> {
  const [one] = entries;
  if (!one) return;
  const { forumId } = one;
  const first = await nextNumbers(tx, forumId, 'ledger_line', entries.length);
  let previous = (await headOf(tx, forumId))?.hash ?? BEGINNING;
  const lines = entries.map((entry, i): LedgerLine => {
    const line = { forumId, position: first + i, step, entry: entry.number, member, at };
    previous = hashOf(previous, line, entry);
    return { ...line, hash: previous };
  });
  for (const piece of inserts(lines)) await tx.insert(tx.tables.ledgerLines).values([...piece]);
}

/** The last line of a forum's ledger: its hash covers every line before it. Null: there is none yet. */
export async function headOf(db: Reader, forumId: string): Promise<LedgerLine | null> {
  const { ledgerLines: l } = db.tables;
  const [row] = await db.select().from(l).where(eq(l.forumId, forumId)).orderBy(desc(l.position)).limit(1);
  return row ?? null;
}

/**
 * Goes through a forum's ledger and gives the first place where the record is not what was written: a line that is
 * missing, or whose hash does not fit, or an entry or line too many. Null: everything is as it was written.
 */
export async function brokenAt(db: Reader, forumId: string): Promise<number | null> {
  const { counters, entries, ledgerLines } = db.tables;
  const rows = await db
    .select({ line: ledgerLines, entry: entries })
    .from(ledgerLines)
    .innerJoin(entries, and(eq(entries.forumId, ledgerLines.forumId), eq(entries.number, ledgerLines.entry)))
    .where(eq(ledgerLines.forumId, forumId))
    .orderBy(asc(ledgerLines.position));
  let previous = BEGINNING;
  for (const [i, { line, entry }] of rows.entries()) {
    if (line.position !== i + 1 || line.hash !== hashOf(previous, line, entry)) return i + 1;
    previous = line.hash;
  }
  const recorded = new Set(rows.filter(({ line }) => line.step === 'recorded').map(({ line }) => line.entry));
  const all = await db.select({ number: entries.number }).from(entries).where(eq(entries.forumId, forumId));
  const [written] = await db
    .select({ last: counters.last })
    .from(counters)
    .where(and(eq(counters.forumId, forumId), eq(counters.thing, 'ledger_line')));
  const complete = all.every(entry => recorded.has(entry.number)) && (written?.last ?? 0) === rows.length;
  return complete ? null : rows.length + 1;
}
