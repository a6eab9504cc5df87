import { Ajv } from 'ajv';
import { parse } from 'csv-parse/sync';
import { hasSchema, schemaText } from './schemas.ts';

const name = { type: 'string', pattern: '^[a-z0-9._-]+$' };
const path = { type: 'string', pattern: '^(?!/|\\.|.*\\.\\./|.*\\\\)[^ ]+$' };
const names = { type: 'array', items: { type: 'string' }, minItems: 1, uniqueItems: true };
const TYPES = [
  ...['string', 'number', 'integer', 'boolean', 'object', 'array', 'list', 'datetime', 'date', 'time'],
  ...['year', 'yearmonth', 'duration', 'geopoint', 'geojson', 'any'],
];

/** Demands of the Data Package standard 2.0 on the parts that are written here (datapackage.org, read 2026). */
const PROFILE = {
  type: 'object',
  required: ['$schema', 'resources'],
  properties: {
    $schema: { const: 'https://datapackage.org/profiles/2.0/datapackage.json' },
    name,
    id: { type: 'string' },
    title: { type: 'string' },
    description: { type: 'string' },
    homepage: { type: 'string', pattern: '^https?://' },
    licenses: {
      type: 'array',
      minItems: 1,
      items: { anyOf: [{ required: ['name'] }, { required: ['path'] }], properties: { name: { type: 'string' } } },
    },
    sources: { type: 'array', minItems: 1, items: { required: ['title'] } },
    contributors: {
      type: 'array',
      minItems: 1,
      items: { properties: { roles: { type: 'array', items: { type: 'string' } } } },
    },
    resources: {
      type: 'array',
      minItems: 1,
      items: {
        type: 'object',
        required: ['name', 'path'],
        properties: {
          name,
          path,
          mediatype: { type: 'string', pattern: '^.+/.+$' },
          bytes: { type: 'integer', minimum: 0 },
          hash: { type: 'string', pattern: '^[^:]+:[a-fA-F0-9]+$' },
          schema: {
            type: 'object',
            required: ['fields'],
            properties: {
              fields: {
                type: 'array',
                minItems: 1,
                items: {
                  type: 'object',
                  required: ['name'],
                  properties: {
                    name: { type: 'string', minLength: 1 },
                    type: { enum: TYPES },
                    constraints: {
                      type: 'object',
                      additionalProperties: false,
                      properties: { required: { type: 'boolean' }, enum: { type: 'array', minItems: 1 } },
                    },
                  },
                },
              },
              primaryKey: names,
              foreignKeys: {
                type: 'array',
                minItems: 1,
                items: {
                  type: 'object',
                  required: ['fields', 'reference'],
                  properties: {
                    fields: names,
                    reference: {
                      type: 'object',
                      required: ['fields'],
                      properties: { resource: { type: 'string' }, fields: names },
                    },
                  },
                },
              },
            },
          },
        },
      },
    },
  },
};

interface Descriptor {
  readonly resources: readonly {
    readonly name: string;
    readonly path: string;
    readonly schema?: {
      readonly fields: readonly {
        readonly name: string;
        readonly type: string;
        readonly constraints?: { readonly required?: boolean; readonly enum?: readonly string[] };
      }[];
      readonly primaryKey?: readonly string[];
      readonly foreignKeys?: readonly {
        readonly fields: readonly string[];
        readonly reference: { readonly resource?: string; readonly fields: readonly string[] };
      }[];
    };
  }[];
}

const ajv = new Ajv({ allErrors: true, strict: false, validateFormats: false });
const isProfile = ajv.compile(PROFILE);
/** The profile that the standard publishes, whole: datapackage.org/profiles/2.0/datapackage.json. */
const PUBLISHED = 'datapackage.json';
const isPublished = hasSchema(PUBLISHED) ? ajv.compile(JSON.parse(schemaText(PUBLISHED)) as object) : null;

const isJson = (cell: string, is: (value: unknown) => boolean): boolean => {
  try {
    return is(JSON.parse(cell));
  } catch {
    return false;
  }
};

/** Lexical forms of the types, as Table Schema has them by default. */
const FORMS: Readonly<Record<string, (cell: string) => boolean>> = {
  string: () => true,
  any: () => true,
  number: cell => /^[+-]?\d+(\.\d+)?([eE][+-]?\d+)?$/.test(cell),
  integer: cell => /^[+-]?\d+$/.test(cell),
  boolean: cell => ['true', 'True', 'TRUE', '1', 'false', 'False', 'FALSE', '0'].includes(cell),
  date: cell => /^\d{4}-\d\d-\d\d$/.test(cell) && !Number.isNaN(Date.parse(cell)),
  datetime: cell => /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/.test(cell),
  object: cell => isJson(cell, value => typeof value === 'object' && value !== null && !Array.isArray(value)),
  array: cell => isJson(cell, Array.isArray),
};

/**
 * Holds a package against the standard: its description, and each table against its schema, row by row. Returns the
 * faults, and how many foreign keys there are. A resource whose file cannot be read is a fault.
 */
export async function faultsOfPackage(text: string, fileOf: (path: string) => Promise<string | null> | string | null) {
  const descriptor = JSON.parse(text) as Descriptor;
  const faults: string[] = isProfile(descriptor)
    ? []
    : isProfile.errors!.map(error => `${error.instancePath} ${error.message}`);
  if (isPublished && !isPublished(descriptor))
    faults.push(...isPublished.errors!.map(error => `published: ${error.instancePath} ${error.message}`));
  const tables = new Map<string, Record<string, string>[]>();
  const all = descriptor.resources.map(one => one.name);
  if (new Set(all).size < all.length) faults.push('two resources of one name');
  for (const { name: resource, path: file, schema } of descriptor.resources) {
    const content = await fileOf(file);
    if (content === null) faults.push(`${resource}: no file ${file}`);
    if (content === null || !schema) continue;
    const [head = [], ...rows] = parse(content, { bom: true }) as string[][];
    const fields = schema.fields.map(field => field.name);
    if (JSON.stringify(head) !== JSON.stringify(fields)) faults.push(`${resource}: ${head} is not ${fields}`);
    tables.set(
      resource,
      rows.map(row => Object.fromEntries(head.map((column, i) => [column, row[i] ?? '']))),
    );
    for (const [i, field] of schema.fields.entries())
      for (const cell of rows.map(row => row[i] ?? '')) {
        const { required, enum: values } = field.constraints ?? {};
        if (cell === '' ? required : !FORMS[field.type]!(cell)) faults.push(`${resource}.${field.name}: "${cell}"`);
        else if (cell !== '' && values && !values.includes(cell)) faults.push(`${resource}.${field.name}: ${cell}`);
      }
  }
  const tuple = (row: Record<string, string>, columns: readonly string[]): string =>
    JSON.stringify(columns.map(column => row[column]));
  let foreignKeys = 0;
  for (const { name: resource, schema } of descriptor.resources) {
    const rows = tables.get(resource) ?? [];
    const key = schema?.primaryKey;
    if (key && new Set(rows.map(row => tuple(row, key))).size < rows.length) faults.push(`${resource}: key twice`);
    for (const { fields, reference } of schema?.foreignKeys ?? []) {
      foreignKeys++;
      const target = tables.get(reference.resource ?? resource);
      if (!target) faults.push(`${resource}: no resource ${reference.resource}`);
      const there = new Set(target?.map(row => tuple(row, reference.fields)));
      for (const row of rows)
        if (fields.every(field => row[field] !== '') && !there.has(tuple(row, fields)))
          faults.push(`${resource}: ${tuple(row, fields)} is not in ${reference.resource ?? resource}`);
    }
  }
  return { faults: [...new Set(faults)], foreignKeys, resources: all };
}
