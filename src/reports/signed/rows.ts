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
    const { locale } = this.#report.look;
    return rows.map(row => {
      const cell = (wanted: ColumnKey): Cell => row[at.get(wanted) ?? -1] ?? null;
      return { cell, text: wanted => shownOf(cell(wanted), locale) };
    });
  }

  /** The heading of a column of any sheet. */
  heading(key: ColumnKey): string {
    return this.#report.look.m.report.columns[key].name;
  }

  column(key: ColumnKey, kind: ColumnKind): TableColumn {
    return { name: this.heading(key), kind };
  }

  /** A table of at most `MAXIMUM_ROWS` rows, which says where there are more; of none a sentence. */
  table(columns: readonly TableColumn[], rows: readonly (readonly string[])[], total?: readonly string[]): Part[] {
    const { m, locale } = this.#report.look;
    if (!rows.length) return [{ kind: 'text', text: m.report.nothing, style: 'note' }];
    const last = rows.slice(-MAXIMUM_ROWS);
    const [shown, all] = [last, rows].map(some => formatNumber(some.length, locale));
    return [
      { kind: 'table', columns, rows: total ? [...last, total] : last, ...(total && { total: true }) },
      ...(last.length < rows.length
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
