import { type AnyColumn, and, asc, eq, inArray, like, type Table } from 'drizzle-orm';
import { isPending } from '../../storage/literal.ts';
import type { Tx } from '../../storage/store.ts';
import { activityByNumber, changeActivity } from '../activities.ts';
import { agreementByNumber, changeAgreement } from '../agreements/store.ts';
import { recordEvent } from '../audit.ts';
import { codeOf } from '../codes.ts';
import { changeGoal, goalByNumber } from '../goals.ts';
import { grouped } from '../grouped.ts';
import { entryByNumber, reverseEntry, statesOf } from '../money/ledger.ts';
import { changePartner, partnerByNumber } from '../partners.ts';
import type { Seat } from '../people.ts';
import { currentOf, keptOf } from '../persons.ts';
import { pieces } from '../pieces.ts';
import type { Thing } from '../thing.ts';
import { forgetEvents, type Import, type ImportRow, markUndone, rowsOfImport, UNDO_MS } from './store.ts';
import { type Deletable, PARTS, touchedSince, usedAmong } from './uses.ts';

export type UndoNo =
  | { readonly why: 'undone' }
  | { readonly why: 'undo_late' }
  /** Things that were changed or used since, by their codes. */
  | { readonly why: 'undo_changed'; readonly codes: readonly string[] };

/** Describes what was taken back, and who lost a seat by it with which partner. */
export interface Undone {
  readonly n: number;
  readonly left: readonly Left[];
}

/** Describes who left which partner. */
interface Left {
  readonly partner: number;
  readonly members: readonly number[];
}

/** Describes who takes an import back, and when. */
export interface Undoing {
  readonly by: { readonly member: number; readonly partner: number | null };
  readonly now: Date;
  /** The local date. */
  readonly today: string;
  /** Reason of opposite entries. */
  readonly reason: string;
}

const isDeletable = (thing: string): thing is Deletable => thing in PARTS;
const isReport = (row: ImportRow): boolean => typeof row.after.report === 'number';

/**
 * Takes an import back: what was new goes, what was changed is as it was; entries of money are taken back by opposite
 * ones. All of it or nothing. What anybody has changed or used since is named, and then nothing is taken back.
 */
export async function undoImport(tx: Tx, of: Import, how: Undoing): Promise<UndoNo | Undone> {
  if (of.undoneAt) return { why: 'undone' };
  if (how.now.getTime() - of.madeAt.getTime() > UNDO_MS) return { why: 'undo_late' };
  const rows = await rowsOfImport(tx, of);
  const codes = await inTheWay(tx, of, rows);
  if (codes.length) return { why: 'undo_changed', codes };
  const data = { import: of.number };
  // Written first, so that the audit's numbers go on growing.
  await recordEvent(tx, of.forumId, how.by.member, { kind: 'import.undone', thing: 'forum', number: 0, data }, how.now);
  const left: Left[] = [];
  const kept = await keptOf(tx, of.forumId);
  for (const row of rows)
    if (row.before !== null) {
      await restore(tx, of.forumId, row, how.now);
      left.push(...(await unseat(tx, of, row, kept)));
    }
  for (const [thing, some] of grouped(
    rows.filter(row => row.before === null),
    row => row.thing,
  ))
    left.push(...(await remove(tx, of.forumId, thing, some, how)));
  const gone = rows.filter(row => row.thing !== 'entry');
  await forgetEvents(
    tx,
    gone.map(row => row.event),
  );
  await markUndone(tx, of, how.by.member, how.now);
  return { n: rows.length, left };
}

/**
 * Takes away the seats that a row gave with a partner that stays, and tells which were there still. A person who was
 * merged into another since sits as that one; a seat that the other one had before stays.
 */
async function unseat(
  tx: Tx,
  of: Import,
  { thing, number, after }: ImportRow,
  kept: ReadonlyMap<number, number>,
): Promise<Left[]> {
  const given = thing === 'partner' ? ((after.seats ?? []) as { member: number }[]) : [];
  if (!given.length) return [];
  const { seats: s } = tx.tables;
  const members = [...new Set(given.map(({ member }) => currentOf(kept, member)))];
  const gone = await tx
    .delete(s)
    .where(and(eq(s.forumId, of.forumId), eq(s.partner, number), eq(s.since, of.madeAt), inArray(s.member, members)))
    .returning();
  return leftBy(gone);
}

/** Orders the people whose seats are gone by the partner of which they were. */
const leftBy = (gone: readonly Seat[]): Left[] =>
  [...grouped(gone, seat => seat.partner)].map(([partner, some]) => ({
    partner,
    members: some.map(one => one.member),
  }));

/** The codes of what was changed or used after the import. */
async function inTheWay(tx: Tx, { forumId }: Import, rows: readonly ImportRow[]): Promise<string[]> {
  const last = Math.max(0, ...rows.map(row => row.event));
  const found: string[] = [];
  const things = rows.filter(row => !isReport(row) && row.thing !== 'entry');
  for (const [thing, some] of grouped(things, row => row.thing)) {
    const numbers = some.map(row => row.number);
    const made = some.filter(row => row.before === null).map(row => row.number);
    // Seats that came with a new partner go with it; a seat given since is a change of the partner.
    const used = isDeletable(thing) ? await usedAmong(tx, forumId, thing, made, ['seats']) : [];
    const touched = await touchedSince(tx, forumId, thing, numbers, last);
    if (thing === 'framework') found.push(...(await assessedBy(tx, forumId, [...used])));
    else for (const number of new Set([...touched, ...used])) found.push(codeOf(thing as Thing, number));
  }
  const { reports: r } = tx.tables;
  for (const piece of pieces(rows.filter(isReport))) {
    const seqs = piece.map(row => row.after.report as number);
    const there = await tx
      .select({ seq: r.seq })
      .from(r)
      .where(and(inArray(r.seq, seqs), eq(r.inForce, true), eq(r.state, 'submitted')));
    const standing = new Set(there.map(one => one.seq));
    for (const row of piece) if (!standing.has(row.after.report as number)) found.push(codeOf('indicator', row.number));
  }
  return [...new Set(found)];
}

/** The codes of the assessments by some instruments, which have no codes of their own. */
async function assessedBy(tx: Tx, forumId: string, frameworks: readonly number[]): Promise<string[]> {
  if (!frameworks.length) return [];
  const { assessments: a } = tx.tables;
  const rows = await tx
    .select({ number: a.number })
    .from(a)
    .where(and(eq(a.forumId, forumId), inArray(a.framework, [...frameworks])))
    .orderBy(asc(a.number));
  return rows.map(({ number }) => codeOf('assessment', number));
}

/** Puts back what stood before. */
async function restore(tx: Tx, forumId: string, { thing, number, before, after }: ImportRow, now: Date): Promise<void> {
  const old = before as Record<string, never>;
  if (typeof after.report === 'number') {
    const { reports } = tx.tables;
    await tx.delete(reports).where(eq(reports.seq, after.report));
    await tx.update(reports).set({ inForce: true }).where(eq(reports.seq, old.report!));
  } else if (thing === 'partner') {
    if (Object.keys(old).length) await changePartner(tx, (await partnerByNumber(tx, forumId, number))!, old);
  } else if (thing === 'goal') await changeGoal(tx, (await goalByNumber(tx, forumId, number))!, old);
  else if (thing === 'agreement') await changeAgreement(tx, (await agreementByNumber(tx, forumId, number))!, old);
  else if (thing === 'activity') {
    const { partners, ...set } = old;
    await changeActivity(tx, (await activityByNumber(tx, forumId, number))!, set, now, partners);
  }
}

/** Planned kinds about new things, by the beginning of their subject. */
const PLANNED: Readonly<Partial<Record<string, readonly string[]>>> = {
  goal: ['goal_due'],
  activity: ['activity_tomorrow', 'activity_soon'],
  agreement: ['agreement_ends'],
  indicator: ['report_due', 'period'],
};

/** Takes out what was new, and tells who lost a seat by it. */
async function remove(
  tx: Tx,
  forumId: string,
  thing: string,
  rows: readonly ImportRow[],
  how: Undoing,
): Promise<readonly Left[]> {
  if (thing === 'entry') {
    await takeBack(tx, forumId, rows, how);
    return [];
  }
  const { reports: r, occurrences: o, seats: s } = tx.tables;
  for (const piece of pieces(rows.filter(isReport))) {
    const seqs = piece.map(row => row.after.report as number);
    await tx.delete(r).where(inArray(r.seq, seqs));
  }
  const made = rows.filter(row => !isReport(row));
  if (!isDeletable(thing) || !made.length) return [];
  // An activity that was over when it came in has nothing planned.
  const planned = made.filter(row => thing !== 'activity' || row.after.state === 'planned');
  for (const { number } of planned)
    for (const kind of PLANNED[thing] ?? [])
      await tx
        .delete(o)
        .where(and(eq(o.forumId, forumId), eq(o.kind, kind), like(o.subject, `${number}:%`), isPending(o.state)));
  const TABLES = {
    partner: 'partners',
    goal: 'goals',
    indicator: 'indicators',
    activity: 'activities',
    agreement: 'agreements',
    framework: 'frameworks',
  } as const;
  const left: Left[] = [];
  for (const piece of pieces(made)) {
    const numbers = piece.map(row => row.number);
    if (thing === 'partner') {
      const sitting = and(eq(s.forumId, forumId), inArray(s.partner, numbers));
      left.push(...leftBy(await tx.delete(s).where(sitting).returning()));
    }
    for (const part of PARTS[thing]) await deleteFrom(tx, tx.tables[part], forumId, thing, numbers);
    await deleteFrom(tx, tx.tables[TABLES[thing]], forumId, 'number', numbers);
  }
  return left;
}

async function deleteFrom(
  tx: Tx,
  of: Table,
  forumId: string,
  column: string,
  numbers: readonly number[],
): Promise<void> {
  const table = of as Table & Record<string, AnyColumn>;
  await tx.delete(of as never).where(and(eq(table.forumId!, forumId), inArray(table[column]!, [...numbers])));
}

/** Takes entries of money back by opposite ones; what was taken back already stays so. */
async function takeBack(tx: Tx, forumId: string, rows: readonly ImportRow[], how: Undoing): Promise<void> {
  for (const piece of pieces([...rows].reverse())) {
    const found = [];
    for (const row of piece) found.push((await entryByNumber(tx, forumId, row.number))!);
    const states = await statesOf(tx, forumId, found);
    for (const entry of found) {
      const state = states.get(entry.number);
      if (state === 'reversed') continue;
      const { member, partner } = how.by;
      const by = { recordedBy: member, recorderPartner: partner };
      const reversal = await reverseEntry(
        tx,
        entry,
        { reason: how.reason, date: how.today, by, counted: state === 'counted' },
        how.now,
      );
      const data = { by: codeOf('entry', reversal.number), reason: how.reason };
      await recordEvent(
        tx,
        forumId,
        member,
        { kind: 'entry.reversed', thing: 'entry', number: entry.number, data },
        how.now,
      );
    }
  }
}
