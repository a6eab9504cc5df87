import { clean, cleanLine } from '../language/clean.ts';
import type { Locale } from '../language/locale.ts';
import type { Messages } from '../language/messages.ts';
import type { Text } from '../language/text.ts';
import { type DateWriting, dateIn, dateWriting } from './dates.ts';
import { type Cell, isBlank, letters, type NumberWriting, textOf } from './grid.ts';
import { headingKey, type Table } from './headings.ts';
import { decimalIn, minorIn, numberWriting } from './numbers.ts';
import type { Reason } from './reason.ts';

/** The words of a choice in every language, as they are compared. */
export type Words<V extends string> = ReadonlyMap<string, V>;

/** All by which the values of a choice are called: their labels, their names, and what else people say. */
export function wordsFor<V extends string>(
  values: readonly V[],
  catalogues: readonly Messages[],
  labels: (m: Messages) => Readonly<Record<V, string>>,
  synonyms?: Readonly<Partial<Record<V, readonly string[]>>>,
): Words<V> {
  const found = new Map<string, V>();
  const add = (word: string, value: V): void => {
    if (!found.has(headingKey(word))) found.set(headingKey(word), value);
  };
  for (const value of values) {
    add(value, value);
    for (const m of catalogues) add(labels(m)[value], value);
  }
  for (const value of values) for (const word of synonyms?.[value] ?? []) add(word, value);
  return found;
}

/** Describes how the columns of numbers and dates are written, by field. */
export interface Writings {
  readonly numbers: ReadonlyMap<string, NumberWriting>;
  readonly dates: ReadonlyMap<string, DateWriting>;
}

function* columnOf({ grid, head, columns }: Table, field: string): Generator<Cell> {
  const at = columns.get(field);
  if (at === undefined) return;
  for (const row of grid.rows.slice(head + 1)) yield row[at] ?? null;
}

/** Decides each column's writing from the whole column. */
export function writingsOf(
  table: Table,
  {
    numbers,
    dates,
    writing: always,
  }: {
    readonly numbers: readonly string[];
    readonly dates: readonly string[];
    readonly writing?: NumberWriting | undefined;
  },
  locale: Locale,
): Writings {
  const found = { numbers: new Map<string, NumberWriting>(), dates: new Map<string, DateWriting>() };
  for (const field of numbers) {
    const writing = always ?? numberWriting(columnOf(table, field), locale);
    if (writing) found.numbers.set(field, writing);
  }
  for (const field of dates) {
    const writing = dateWriting(columnOf(table, field));
    if (writing) found.dates.set(field, writing);
  }
  return found;
}

/** Describes what reading a row needs to know besides its table. */
export interface HowToRead {
  readonly locale: Locale;
  readonly now: Date;
  /** Names behind codes that the file explains itself. */
  readonly aliases: ReadonlyMap<string, string>;
}

/** One row below the headings. Reading collects what is wrong, so that all of it is said at once. */
export class Row {
  /** Its number in the file, the first being 1. */
  readonly number: number;
  readonly faults: Reason[] = [];
  readonly #table: Table;
  readonly #cells: readonly Cell[];
  readonly #writings: Writings;
  readonly #how: HowToRead;

  constructor(table: Table, at: number, writings: Writings, how: HowToRead) {
    this.#table = table;
    this.#cells = table.grid.rows[at] ?? [];
    this.#writings = writings;
    this.#how = how;
    this.number = at + 1;
  }

  cell(field: string): Cell {
    const at = this.#table.columns.get(field);
    const cell = at === undefined ? null : (this.#cells[at] ?? null);
    return isBlank(cell) ? null : cell;
  }

  /** A cell that names something of the record; a code that the file explains itself stands for its name. */
  named(field: string): string | null {
    const cell = this.cell(field);
    if (cell === null) return null;
    const typed = textOf(cell).trim();
    return this.#how.aliases.get(typed.toUpperCase()) ?? typed;
  }

  /** The name of the cell of a field (`C7`); null: the file has no such column. */
  at(field: string): string | null {
    const at = this.#table.columns.get(field);
    return at === undefined ? null : `${letters(at)}${this.number}`;
  }

  get isBlank(): boolean {
    return this.#cells.every(isBlank);
  }

  /** A row that sums up the others. */
  get isTotal(): boolean {
    const texts = this.#cells.flatMap(cell => (typeof cell === 'string' ? [cell.trim()] : []));
    const words = texts.filter(text => /\p{L}/u.test(text.replace(/^rp\b/i, '')));
    return words.length > 0 && words.length <= 2 && /^(sub|grand )?\s*(total|jumlah)\b/i.test(words[0]!);
  }

  fault(field: string, say: (m: Messages) => Text): undefined {
    this.faults.push({ cell: this.at(field), say });
    return undefined;
  }

  /** Text on one line; undefined: the cell is blank. */
  line(field: string, max: number): string | undefined {
    const text = cleanLine(textOf(this.cell(field)));
    return this.#short(field, text, max);
  }

  /** Text of several lines. */
  text(field: string, max: number): string | undefined {
    const text = clean(textOf(this.cell(field))).trim();
    return this.#short(field, text, max);
  }

  #short(field: string, text: string, max: number): string | undefined {
    if (!text) return undefined;
    if (text.length > max) return this.fault(field, m => m.imports.why.tooLong({ max }));
    return text;
  }

  /** Returns a needed value; says so where it is missing. */
  need<T>(field: string, value: T | undefined): T | undefined {
    const said = this.faults.some(one => one.cell !== null && one.cell === this.at(field));
    if (value === undefined && !said)
      this.fault(field, m => m.imports.why.missing({ field: m.imports.fields[field as never] }));
    return value;
  }

  date(field: string): string | undefined {
    const cell = this.cell(field);
    if (cell === null) return undefined;
    const date = dateIn(cell, this.#writings.dates.get(field) ?? null, this.#how.now);
    return date ?? this.fault(field, m => m.imports.why.noDate({ typed: textOf(cell) }));
  }

  /** Exact decimal text. */
  decimal(field: string): string | undefined {
    const cell = this.cell(field);
    if (cell === null) return undefined;
    const found = decimalIn(cell, this.#writings.numbers.get(field) ?? null, this.#how.locale);
    if (found === null || Math.abs(Number(found)) > 1e15)
      return this.fault(field, m => m.imports.why.noNumber({ typed: textOf(cell) }));
    return found;
  }

  whole(field: string): number | undefined {
    const found = this.decimal(field);
    if (found === undefined) return undefined;
    const n = Number(found);
    if (!Number.isInteger(n) || n < 0 || n > 1_000_000_000)
      return this.fault(field, m => m.imports.why.notWhole({ typed: textOf(this.cell(field)) }));
    return n;
  }

  /** An amount in minor units. */
  money(field: string): number | undefined {
    const found = this.decimal(field);
    if (found === undefined) return undefined;
    return minorIn(found) ?? this.fault(field, m => m.imports.why.noNumber({ typed: textOf(this.cell(field)) }));
  }

  choice<V extends string>(
    field: string,
    words: Words<V>,
    labels: (m: Messages) => Readonly<Record<V, string>>,
  ): V | undefined {
    const cell = this.cell(field);
    if (cell === null) return undefined;
    const found = words.get(headingKey(textOf(cell)));
    const choices = (m: Messages): string => [...new Set(words.values())].map(value => labels(m)[value]).join(', ');
    return found ?? this.fault(field, m => m.imports.why.noChoice({ typed: textOf(cell), choices: choices(m) }));
  }
}

/** The rows below the headings that hold something. */
export function* rowsOf(table: Table, writings: Writings, how: HowToRead): Generator<Row> {
  for (let at = table.head + 1; at < table.grid.rows.length; at++) {
    const row = new Row(table, at, writings, how);
    if (!row.isBlank && !row.isTotal) yield row;
  }
}
