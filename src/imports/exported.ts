import { codeOf } from '../domain/codes.ts';
import { grouped } from '../domain/grouped.ts';
import type { Thing } from '../domain/thing.ts';
import { catalogue } from '../language/messages.ts';
import type { Cell, Grid } from './grid.ts';
import type { ImportKind } from './plan.ts';

/** A row of one table of an export, as its JSON holds it. */
type Stored = Readonly<Record<string, unknown>>;
/** Gives the rows of a table of an export; none where it has no such table. */
export type Tables = (name: string) => readonly Stored[];

type ExportedKind = Exclude<ImportKind, 'kobo'>;
type Cells = Readonly<Record<string, unknown>>;

const cellOf = (value: unknown): Cell => {
  if (value === null || value === undefined) return null;
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
    ? value
    : JSON.stringify(value);
};

/** Amounts stand in minor units in the record, and in rupiah in a file. */
const rupiah = (minor: unknown): string =>
  `${Math.trunc(Number(minor) / 100)}.${String(Math.abs(Number(minor) % 100)).padStart(2, '0')}`;

const pairs = (counts: unknown): string | null => {
  const told = Object.entries((counts ?? {}) as Record<string, unknown>).filter(([, n]) => n !== null);
  return told.length ? told.map(([key, n]) => `${key}=${String(n)}`).join('; ') : null;
};

/** The targets of single periods, as the last of an indicator's versions that names one has it. */
const targetsOf = (versions: readonly Stored[], { number }: Stored): string | null => {
  const own = versions.filter(one => one.indicator === number).sort((a, b) => Number(a.version) - Number(b.version));
  return pairs(Object.assign({}, ...own.map(one => (one.set as Stored).periodTargets ?? {})));
};

/** Names behind the numbers by which the tables of an export refer to each other; each table is gone through once. */
class Names {
  readonly #tables: Tables;
  readonly #names = new Map<string, ReadonlyMap<unknown, unknown>>();
  readonly #joined = new Map<string, ReadonlyMap<unknown, readonly Stored[]>>();

  constructor(tables: Tables) {
    this.#tables = tables;
  }

  of(table: string, number: unknown): unknown {
    let names = this.#names.get(table);
    if (!names) {
      names = new Map(this.#tables(table).map(one => [one.number, one.name ?? one.title ?? null]));
      this.#names.set(table, names);
    }
    return names.get(number) ?? null;
  }

  /** The partners that a table joins to a thing, by name, as one cell holds them. */
  partnersOf(table: string, column: string, { number }: Stored): string | null {
    let joined = this.#joined.get(table);
    if (!joined) {
      joined = grouped(this.#tables(table), one => one[column]);
      this.#joined.set(table, joined);
    }
    return (joined.get(number) ?? []).map(one => this.of('partners', one.partner)).join('; ') || null;
  }
}

const code = (thing: Thing, number: unknown): string => codeOf(thing, Number(number));
const when = <T>(is: boolean, value: T): T | null => (is ? value : null);

/** Rows of each kind: fields of the import, by the columns of the export. */
const TOLD: { readonly [K in ExportedKind]: (tables: Tables, names: Names) => Cells[] } = {
  partners: tables => tables('partners').filter(one => one.archivedAt === null && one.candidateSince === null),
  goals: tables => [...tables('goals')],
  indicators: (tables, names) =>
    tables('indicators')
      .filter(one => one.retiredAt === null)
      .map(one => ({
        ...one,
        goal: names.of('goals', one.goal),
        partners: names.partnersOf('indicatorPartners', 'indicator', one),
        source: one.baselineSource,
        periodTargets: targetsOf(tables('indicatorVersions'), one),
      })),
  values: (tables, names) =>
    tables('reports')
      .filter(one => one.inForce === true)
      .map(one => ({
        ...one,
        name: names.of('indicators', one.indicator),
        indicator: null,
        partner: when(one.partner !== 0, names.of('partners', one.partner)),
        parts: pairs(one.parts),
        state: one.kind === 'no_data' ? 'no_data' : one.state,
      })),
  activities: (tables, names) =>
    tables('activities')
      .filter(one => one.state !== 'undone')
      .map(one => ({
        ...one,
        code: code('activity', one.number),
        goal: names.of('goals', one.goal),
        partners: names.partnersOf('activityPartners', 'activity', one),
        groups: pairs(one.groups),
        women: null,
        reason: one.cancelReason,
      })),
  agreements: (tables, names) =>
    tables('agreements').map(one => ({ ...one, partners: names.partnersOf('agreementParties', 'agreement', one) })),
  money: (tables, names) => {
    const approved = new Set(
      tables('ledgerLines')
        .filter(one => one.step === 'approved')
        .map(one => one.entry),
    );
    const { yes, no } = catalogue.en.core;
    return tables('entries').map(one => ({
      ...one,
      code: code('entry', one.number),
      amount: rupiah(one.amount),
      partner: names.of('partners', one.partner),
      activity: names.of('activities', one.activity),
      takesBack: when(one.reverses !== null, code('entry', one.reverses)),
      counted: one.needsApproval === true && !approved.has(one.number) ? no : yes,
    }));
  },
};

/**
 * The table of one kind out of an export of another record: what it refers to by numbers is told by name, so that it
 * finds its own in the forum that takes it in.
 */
export function gridOfExport(kind: ExportedKind, tables: Tables): Grid {
  const headings = catalogue.en.imports.headings[kind] as Readonly<Record<string, readonly string[]>>;
  const fields = Object.keys(headings);
  const rows = TOLD[kind](tables, new Names(tables));
  return {
    sheet: null,
    writing: 'point',
    rows: [fields.map(field => headings[field]![0]!), ...rows.map(row => fields.map(field => cellOf(row[field])))],
  };
}
