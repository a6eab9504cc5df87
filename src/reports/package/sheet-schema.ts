import { type Cell, type Column, type ColumnKey, plainOf, type Sheet } from '../sheet.ts';
import type { SheetKey } from '../sheets.ts';
import { type Field, type FieldType, type ForeignKey, TABLE_SCHEMA, type TableSchema } from './descriptor.ts';

const TYPES: Readonly<Record<Column['type'], FieldType>> = {
  code: 'string',
  choice: 'string',
  text: 'string',
  date: 'date',
  number: 'number',
  money: 'number',
  percent: 'number',
  any: 'any',
};

/** Sheets whose rows have a code of their own. */
const CODED: readonly SheetKey[] = [
  ...(['goals', 'indicators', 'activities', 'decisions', 'polls'] as const),
  ...(['issues', 'money', 'agreements', 'actions', 'partners'] as const),
];

/** Columns that name a row of another sheet by its code. */
const REFERENCES: Readonly<Partial<Record<ColumnKey, SheetKey>>> = {
  goal: 'goals',
  indicator: 'indicators',
  activity: 'activities',
  decision: 'decisions',
  agreement: 'agreements',
  takesBack: 'money',
};

const fieldOf = ({ key, name, means, type, unit }: Column, isKey: boolean): Field => ({
  name,
  type: TYPES[type],
  description: means,
  ...(unit && { unit }),
  ...(isKey && key === 'code' && { constraints: { required: true } }),
});

const valuesOf = (sheet: Sheet, at: number): (string | number)[] =>
  sheet.rows.flatMap(row => plainOf(row[at] ?? (null as Cell)) ?? []);

/**
 * The Table Schemas of some sheets, by their keys. A reference stands where every row of it is met: a report of a time
 * may name what lies outside of it, and the page may name what is not public.
 */
export function schemasOf(sheets: ReadonlyMap<SheetKey, Sheet>): ReadonlyMap<SheetKey, TableSchema> {
  const codes = new Map<SheetKey, { readonly column: string; readonly values: ReadonlySet<string | number> }>();
  for (const key of CODED) {
    const sheet = sheets.get(key);
    const at = sheet?.columns.findIndex(column => column.key === 'code') ?? -1;
    if (sheet && at >= 0) codes.set(key, { column: sheet.columns[at]!.name, values: new Set(valuesOf(sheet, at)) });
  }
  const schemas = new Map<SheetKey, TableSchema>();
  for (const [key, sheet] of sheets) {
    const foreignKeys = sheet.columns.flatMap((column, at): ForeignKey[] => {
      const target = REFERENCES[column.key as ColumnKey];
      const its = target && codes.get(target);
      if (!its || !valuesOf(sheet, at).every(value => its.values.has(value))) return [];
      const resource = target === key ? {} : { resource: target };
      return [{ fields: [column.name], reference: { ...resource, fields: [its.column] } }];
    });
    const own = codes.get(key);
    schemas.set(key, {
      $schema: TABLE_SCHEMA,
      fields: sheet.columns.map(column => fieldOf(column, own !== undefined)),
      ...(own && { primaryKey: [own.column] }),
      ...(foreignKeys.length && { foreignKeys }),
    });
  }
  return schemas;
}

/** The schema of a sheet that stands for itself. */
export const schemaOf = ({ columns }: Pick<Sheet, 'columns'>): TableSchema => ({
  $schema: TABLE_SCHEMA,
  fields: columns.map(column => fieldOf(column, false)),
});
