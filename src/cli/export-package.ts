import type { Table } from 'drizzle-orm';
import type { Forum } from '../domain/forums.ts';
import type { Messages } from '../language/messages.ts';
import {
  type Field,
  type FieldType,
  packageName,
  packageOf,
  type Resource,
  TABLE_SCHEMA,
  type TableSchema,
  tableResource,
} from '../reports/package/descriptor.ts';
import { type ColumnFacts, factsOf, type TableFacts } from '../storage/relations.ts';
import type { Store } from '../storage/store.ts';

type Row = Readonly<Record<string, unknown>>;

/** A table that was written, with no more of its rows than references from and to them need. */
interface Written {
  readonly name: string;
  readonly fields: readonly Field[];
  readonly key: readonly string[];
  readonly table: Table | null;
  readonly references: TableFacts['references'];
  readonly rows: readonly Row[];
}

const TYPES: Readonly<Record<Exclude<ColumnFacts['kind'], 'json'>, FieldType>> = {
  text: 'string',
  integer: 'integer',
  number: 'number',
  boolean: 'boolean',
  instant: 'datetime',
};

/** JSON may be a list, a record or anything. */
function jsonType(name: string, rows: readonly Row[]): FieldType {
  const values = rows.map(row => row[name]).filter(value => value !== null && value !== undefined);
  if (values.length && values.every(Array.isArray)) return 'array';
  return values.every(value => typeof value === 'object' && !Array.isArray(value)) ? 'object' : 'any';
}

const tupleOf = (row: Row, columns: readonly string[]): string => JSON.stringify(columns.map(column => row[column]));

/** Gathers the tables of an export, and describes them as a Data Package. */
export class ExportPackage {
  readonly #store: Pick<Store, 'dialect'>;
  readonly #tables: Written[] = [];

  constructor(store: Pick<Store, 'dialect'>) {
    this.#store = store;
  }

  /** Takes a table as it was written; `head` are its columns in their order. */
  add(name: string, table: Table | null, head: readonly string[], rows: readonly Row[]): void {
    const facts = table && factsOf(this.#store, table);
    const known = new Map(facts?.columns.map(column => [column.name, column]));
    const key = facts?.key.filter(one => one !== 'forumId') ?? [];
    const references = facts?.references ?? [];
    const linked = [...new Set([...key, ...references.flatMap(one => one.columns)])].filter(one => head.includes(one));
    this.#tables.push({
      ...{ name, table, references },
      key: key.every(one => head.includes(one)) ? key : [],
      fields: head.map(one => fieldOf(one, known.get(one) ?? null, rows, key.includes(one))),
      rows: linked.length ? rows.map(row => Object.fromEntries(linked.map(one => [one, row[one]]))) : [],
    });
  }

  /** The description of the package, with the files that were handed in by their hashes and sizes. */
  text(
    forum: Forum,
    { report }: Messages,
    files: readonly { readonly hash: string; readonly bytes: number }[],
  ): string {
    const w = report.package;
    const tables = this.#tables.map(one =>
      tableResource({
        name: packageName(one.name),
        path: `${one.name}.csv`,
        title: one.name,
        schema: this.#schemaOf(one),
      }),
    );
    const kept = files.map(
      ({ hash, bytes }): Resource => ({
        name: `file-${hash}`,
        path: `files/${hash}`,
        mediatype: 'application/octet-stream',
        bytes,
        hash: `sha256:${hash}`,
      }),
    );
    const title = w.export({ forum: forum.name });
    return packageOf(forum, [...tables, ...kept], { title, description: w.exportAbout });
  }

  #schemaOf(written: Written): TableSchema {
    const { fields, key } = written;
    const foreignKeys = this.#referencesOf(written);
    return {
      $schema: TABLE_SCHEMA,
      fields,
      ...(key.length && { primaryKey: key }),
      ...(foreignKeys.length && { foreignKeys }),
    };
  }

  /** The references whose every row is met: what is private stays out of an export, and what refers to it does not. */
  #referencesOf({ fields: own, rows, references, name }: Written) {
    const head = own.map(one => one.name);
    return references.flatMap(({ columns, table, foreign }) => {
      const target = this.#tables.find(one => one.table === table);
      const pairs = columns
        .map((column, i) => [column, foreign[i]!] as const)
        .filter(([column]) => column !== 'forumId');
      const [fields, theirs] = [pairs.map(([column]) => column), pairs.map(([, column]) => column)];
      if (!target || !fields.length) return [];
      if (!fields.every(one => head.includes(one)) || !theirs.every(one => target.key.includes(one))) return [];
      const there = new Set(target.rows.map(row => tupleOf(row, theirs)));
      const given = rows.filter(row => fields.every(field => row[field] !== null && row[field] !== undefined));
      if (!given.every(row => there.has(tupleOf(row, fields)))) return [];
      const resource = target.name === name ? {} : { resource: packageName(target.name) };
      return [{ fields, reference: { ...resource, fields: theirs } }];
    });
  }
}

function fieldOf(name: string, column: ColumnFacts | null, rows: readonly Row[], isKey: boolean): Field {
  const type = !column ? 'any' : column.kind === 'json' ? jsonType(name, rows) : TYPES[column.kind];
  // An empty text is an empty cell.
  const required = isKey || (column?.required === true && column.kind !== 'text');
  const constraints = {
    ...(required && { required: true as const }),
    ...(column?.values?.length && { enum: column.values }),
  };
  return { name, type, ...(Object.keys(constraints).length && { constraints }) };
}
