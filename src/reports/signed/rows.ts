import { formatNumber } from '../../language/numbers.ts';
import type { WholeReport } from '../report.ts';
import { type Cell, type ColumnKey, type Sheet, shownOf } from '../sheet.ts';
import type { SheetKey } from '../sheets.ts';
import type { ColumnKind, Part, TableColumn } from './parts.ts';

/** One row of a sheet: its cells by the keys of their columns, as they are and as people read them. */
export interface SheetRow {
  cell(key: ColumnKey): Cell;
  text(key: ColumnKey): string;
}

/** A column of a printed table: its heading, and what stands in it of each thing. */
export interface ShownColumn<Thing> extends TableColumn {
  text(thing: Thing): string;
}

/** Maximum number of rows of a printed table, the latest ones. */
const MAXIMUM_ROWS = 500;

/** Reads the sheets of a report row by row, so that paper says the same as every other form of it. */
export class ReportRows {
  readonly #report: WholeReport;

  constructor(report: WholeReport) {
    this.#report = report;
  }

  sheet(key: SheetKey): Sheet {
    return this.#report.sheets.get(key)!;
  }

  of(key: SheetKey): SheetRow[] {
    const { columns, rows } = this.sheet(key);
    const at = new Map(columns.map((column, i) => [column.key, i]));
    const { locale } = this.#report.context;
    return rows.map(row => {
      const cell = (wanted: ColumnKey): Cell => row[at.get(wanted) ?? -1] ?? null;
      return { cell, text: wanted => shownOf(cell(wanted), locale) };
    });
  }

  /** The heading of a column of any sheet. */
  heading(key: ColumnKey): string {
    return this.#report.context.m.report.columns[key].name;
  }

  /** A column that is headed as one of a sheet; its cell stands in it, unless it is told what else. */
  column(key: ColumnKey, kind: ColumnKind, text = (row: SheetRow): string => row.text(key)): ShownColumn<SheetRow> {
    return { name: this.heading(key), kind, text };
  }

  /** A table of at most `MAXIMUM_ROWS` things, a row each, which says where there are more; of none a sentence. */
  table<Thing>(columns: readonly ShownColumn<Thing>[], things: readonly Thing[], total?: readonly string[]): Part[] {
    const { m, locale } = this.#report.context;
    if (!things.length) return [{ kind: 'text', text: m.report.nothing, style: 'note' }];
    const last = things.slice(-MAXIMUM_ROWS);
    const [shown, all] = [last, things].map(some => formatNumber(some.length, locale));
    const rows = last.map(thing => columns.map(column => column.text(thing)));
    return [
      {
        kind: 'table',
        columns: columns.map(({ name, kind }) => ({ name, kind })),
        rows: total ? [...rows, total] : rows,
        ...(total && { total: true }),
      },
      ...(last.length < things.length
        ? [{ kind: 'text', text: m.report.signed.rowsLeft({ shown: shown!, total: all! }), style: 'note' } as const]
        : []),
    ];
  }
}

/** The lines that say something, one below the other. */
export const lines = (...all: readonly (string | null | false)[]): string => all.filter(Boolean).join('\n');

/** The facts that say something. */
export const factsOf = (rows: readonly (readonly [string, string | null])[]): [string, string][] =>
  rows.flatMap(([label, value]) => (value ? [[label, value]] : []));
