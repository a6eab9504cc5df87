import { and, eq, gte, isNull, lte, ne } from 'drizzle-orm';
import { type EntryData, recordEntries } from '../domain/money/ledger.ts';
import { closedMonths, monthOf } from '../domain/money/months.ts';
import { nameKey } from '../domain/near.ts';
import { MONEY_WORDS } from '../language/synonyms.ts';
import { DIRECTIONS } from '../storage/schema/money.ts';
import { textOf } from './grid.ts';
import { Judge } from './judge.ts';
import { Known } from './known.ts';
import { knownPartners } from './partners.ts';
import type { ImportContext, KindOfImport } from './plan.ts';
import { type Row, wordsFor } from './row.ts';

export type MoneyWrite = EntryData;

/** Builds the key by which two lines of a ledger are the same. */
const keyOf = (one: Pick<EntryData, 'direction' | 'amount' | 'date' | 'purpose' | 'partner'>): string =>
  `${one.direction}|${one.amount}|${one.date}|${nameKey(one.purpose)}|${one.partner ?? ''}`;

/** Counts how many lines of each kind the ledger has within the days of a file; none of those that were taken back. */
async function standing({ db, forumId }: ImportContext, dates: readonly string[]): Promise<Map<string, number>> {
  const found = new Map<string, number>();
  const [from, to] = [dates.at(0), dates.at(-1)];
  if (from === undefined || to === undefined) return found;
  const { entries: e } = db.tables;
  const rows = await db
    .select()
    .from(e)
    .where(and(eq(e.forumId, forumId), isNull(e.reverses), gte(e.date, from), lte(e.date, to)));
  const reversals = await db
    .select({ of: e.reverses })
    .from(e)
    .where(and(eq(e.forumId, forumId), ne(e.amount, 0)));
  const reversed = new Set(reversals.map(one => one.of));
  for (const one of rows) if (!reversed.has(one.number)) found.set(keyOf(one), (found.get(keyOf(one)) ?? 0) + 1);
  return found;
}

/** Direction and amount, of one column each, or of a column for what came in and one for what went out. */
function amountIn(
  row: Row,
  directions: ReturnType<typeof wordsFor<'in' | 'out'>>,
): Pick<EntryData, 'direction' | 'amount'> | undefined {
  const [came, went] = [row.money('in'), row.money('out')];
  if (came && went) return row.fault('out', m => m.imports.why.bothFlows);
  const split = came
    ? ({ direction: 'in', amount: came } as const)
    : went
      ? ({ direction: 'out', amount: went } as const)
      : undefined;
  if (split) return split.amount > 0 ? split : row.fault(split.direction, m => m.imports.why.notPositive);
  if (row.at('amount') === null) return row.faults.length ? undefined : row.need('in', undefined);
  const direction = row.need(
    'direction',
    row.choice('direction', directions, m => m.finance.directionChoices),
  );
  const amount = row.need('amount', row.money('amount'));
  if (direction === undefined || amount === undefined) return undefined;
  return amount > 0 ? { direction, amount } : row.fault('amount', m => m.imports.why.notPositive);
}

/** The codes of entries that other rows of the file take back, so that neither counts. */
const takenBack = (rows: readonly Row[]): ReadonlySet<string> =>
  new Set(rows.map(row => textOf(row.cell('takesBack')).trim()).filter(Boolean));

export const money: KindOfImport<MoneyWrite> = {
  needed: [['date'], ['purpose'], ['amount', 'in', 'out']],
  numbers: ['amount', 'in', 'out'],
  dates: ['date'],
  async plan(services, rows) {
    const { db, forumId, catalogues, today, maxEntry, categories } = services;
    const partners = await knownPartners(db, forumId);
    const { activities: a } = db.tables;
    const all = await db
      .select({ number: a.number, title: a.title })
      .from(a)
      .where(and(eq(a.forumId, forumId), ne(a.state, 'undone')));
    const activities = new Known('activity', all, one => one.title);
    const closed = await closedMonths(db, forumId);
    const directions = wordsFor(DIRECTIONS, catalogues, m => m.finance.directionChoices, MONEY_WORDS);
    const counted = new Set(catalogues.map(m => nameKey(m.core.yes)));
    const back = takenBack(rows);
    const judge = new Judge<MoneyWrite>();
    const read: { row: Row; label: string; entry: MoneyWrite }[] = [];
    for (const row of rows) {
      const purpose = row.need('purpose', row.line('purpose', 200));
      const isBack = row.cell('takesBack') !== null || back.has(textOf(row.cell('code')).trim());
      if (isBack) {
        judge.same(row, purpose ?? '', m => m.imports.why.takenBack);
        continue;
      }
      const date = row.need('date', row.date('date'));
      const amount = amountIn(row, directions);
      const partner = one(row, 'partner', partners, (m, name) => m.imports.why.unknownPartner({ name }));
      const activity = one(row, 'activity', activities, (m, name) => m.imports.why.unknownActivity({ name }));
      const category = row.line('category', 30) ?? null;
      if (category && categories.length && !categories.some(known => nameKey(known) === nameKey(category)))
        row.fault('category', m => m.imports.why.noChoice({ typed: category, choices: categories.join(', ') }));
      if (date !== undefined && date > today) row.fault('date', m => m.imports.why.future);
      if (date !== undefined && closed.has(monthOf(date)))
        row.fault('date', m => m.finance.monthIsClosed({ month: monthOf(date) }));
      if (amount && amount.amount > maxEntry) row.fault('amount', m => m.imports.why.tooMuch);
      const label = [date, purpose].filter(Boolean).join(' ');
      if (judge.wrong(row, label) || !amount || purpose === undefined || date === undefined) continue;
      const state = row.cell('counted');
      if (state !== null && !counted.has(nameKey(textOf(state)))) {
        judge.doubtful(row, label, 'counted', m => m.imports.why.notCounted);
        continue;
      }
      read.push({ row, label, entry: { ...amount, purpose, date, partner, activity, category } });
    }
    const dates = [...new Set(read.map(({ entry }) => entry.date))].sort();
    const there = await standing(services, dates);
    for (const { row, label, entry } of read) {
      const left = there.get(keyOf(entry)) ?? 0;
      // Two lines may well be alike, such as two fares of one day: as many as the ledger has are the same.
      if (left > 0) {
        there.set(keyOf(entry), left - 1);
        judge.same(row, label);
      } else if (services.approveAbove !== undefined && entry.amount > services.approveAbove)
        judge.make(row, label, entry, m => m.imports.why.waits);
      else judge.make(row, label, entry);
    }
    return judge.rows.sort((x, y) => x.row - y.row);
  },
  async apply({ tx, forumId, now, by, approveAbove }, rows) {
    const made = await recordEntries(
      tx,
      forumId,
      rows.map(({ write }) => ({
        ...write!,
        needsApproval: approveAbove !== undefined && write!.amount > approveAbove,
        recordedBy: by.member,
        recorderPartner: by.partner,
      })),
      now,
    );
    return made.map(({ number }) => ({
      thing: 'entry' as const,
      number,
      before: null,
      after: {},
      event: { kind: 'entry.recorded', data: {} },
    }));
  },
};

/** The one thing that a cell names; a fault where it is not known. */
function one<T extends { readonly number: number }>(
  row: Row,
  field: string,
  known: Known<T>,
  say: (
    m: ImportContext['catalogues'][number],
    name: string,
  ) => ReturnType<ImportContext['catalogues'][number]['imports']['why']['unknownPartner']>,
): number | null {
  const name = row.named(field);
  if (name === null) return null;
  const found = known.meant(name);
  if (!found) row.fault(field, m => say(m, name));
  return found?.number ?? null;
}
