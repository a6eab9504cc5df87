import { areasOf } from '../../domain/areas/area.ts';
import type { Forum } from '../../domain/forums.ts';
import { LICENCES } from '../../domain/open-data.ts';

/** Types of the Table Schema that Rembug writes. */
export type FieldType = 'string' | 'number' | 'integer' | 'boolean' | 'date' | 'datetime' | 'object' | 'array' | 'any';

/** A column as the Table Schema describes it; `unit` is a property of our own, as the standard allows. */
export interface Field {
  readonly name: string;
  readonly type: FieldType;
  readonly title?: string;
  readonly description?: string;
  readonly unit?: string;
  readonly constraints?: { readonly required?: true; readonly enum?: readonly string[] };
}

export interface ForeignKey {
  readonly fields: readonly string[];
  /** `resource` is left out where a table refers to itself. */
  readonly reference: { readonly resource?: string; readonly fields: readonly string[] };
}

export interface TableSchema {
  readonly $schema: string;
  readonly fields: readonly Field[];
  readonly primaryKey?: readonly string[];
  readonly foreignKeys?: readonly ForeignKey[];
}

/** A file of a package. */
export interface Resource {
  readonly name: string;
  readonly path: string;
  readonly mediatype: string;
  readonly type?: 'table';
  readonly $schema?: string;
  readonly title?: string;
  readonly description?: string;
  readonly format?: string;
  readonly encoding?: 'utf-8';
  readonly dialect?: { readonly $schema: string; readonly delimiter: string };
  readonly schema?: TableSchema;
  readonly bytes?: number;
  readonly hash?: string;
}

/** Source of the codes of areas, and the terms of those who publish them. */
export const AREA_SOURCE = {
  title: 'Kode wilayah administrasi Indonesia (idn-area-data, Open Database License 1.0)',
  path: 'https://github.com/fityannugroho/idn-area-data',
} as const;

const PROFILES = 'https://datapackage.org/profiles/2.0';
export const TABLE_SCHEMA = `${PROFILES}/tableschema.json`;

/** A name as the standard wants it: small letters, digits, hyphens. */
export const packageName = (words: string): string =>
  words
    .normalize('NFD')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '') || 'rembug';

/** A table in CSV as a resource of a package. */
export const tableResource = (
  one: Pick<Resource, 'name' | 'path' | 'title' | 'description'> & { readonly schema: TableSchema },
): Resource => ({
  ...one,
  $schema: `${PROFILES}/dataresource.json`,
  type: 'table',
  format: 'csv',
  mediatype: 'text/csv',
  encoding: 'utf-8',
  dialect: { $schema: `${PROFILES}/tabledialect.json`, delimiter: ',' },
});

/**
 * The description of a package of files: Data Package 2.0 (datapackage.org). The licence is the one that the forum
 * chose, else none is named. Areas bring their source along.
 */
export function packageOf(
  forum: Pick<Forum, 'name' | 'settings'>,
  resources: readonly Resource[],
  { title, description, homepage = null }: { title: string; description: string; homepage?: string | null },
): string {
  const { licence, area, organisation } = forum.settings;
  const chosen = licence && LICENCES[licence];
  const own = { title: forum.name, ...(homepage && { path: homepage }) };
  const descriptor = {
    $schema: `${PROFILES}/datapackage.json`,
    name: packageName(`rembug-${forum.name}`),
    ...{ title, description },
    ...(homepage && { id: homepage, homepage }),
    ...(chosen && { licenses: [{ name: chosen.spdx, path: chosen.address, title: chosen.title }] }),
    contributors: [{ ...own, roles: ['publisher'], ...(organisation && { organization: organisation }) }],
    sources: [own, AREA_SOURCE],
    ...(area && { spatial: areasOf(area) }),
    resources,
  };
  return `${JSON.stringify(descriptor, null, 2)}\n`;
}
