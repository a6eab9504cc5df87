import type { RenderContext } from '../../contract/render-context.ts';
import type { Forum } from '../../domain/forums.ts';
import { packageOf, type Resource, tableResource } from '../package/descriptor.ts';
import { schemaOf, schemasOf } from '../package/sheet-schema.ts';
import type { Sheet } from '../sheets.ts';
import { FLOWS, flowSheet } from './flows.ts';
import { FILES, publicSheet } from './tables.ts';

export const JSON_TYPE = 'application/json';

/** Files of the page besides its tables, by their names in addresses. */
export const BESIDE = [
  { name: 'popolo', path: 'popolo.json', mediatype: JSON_TYPE, about: 'votes' },
  { name: 'satu-data', path: 'satu-data.csv', mediatype: 'text/csv', about: 'satuData' },
  { name: 'iati', path: 'iati.xml', mediatype: 'application/xml', about: 'iati' },
] as const;

/** All tables of the page as a Data Package: each with its columns, their types and units, and how they are linked. */
export async function dataPackage(context: RenderContext, forum: Forum, homepage: string | null): Promise<string> {
  const w = context.m.report.package;
  const sheets = new Map<(typeof FILES)[number], Sheet>();
  for (const key of FILES) sheets.set(key, await publicSheet(context, forum, key));
  const schemas = schemasOf(sheets);
  const tables = [...sheets].map(
    ([key, sheet]): Resource =>
      tableResource({
        name: key,
        path: `${key}.csv`,
        title: sheet.name,
        description: sheet.about,
        schema: schemas.get(key)!,
      }),
  );
  const flows = FLOWS.map(
    (key): Resource =>
      tableResource({ name: key, path: `${key}.csv`, title: w.flows[key], schema: schemaOf(flowSheet(context, key)) }),
  );
  const beside = BESIDE.map(({ about, ...one }): Resource => ({ ...one, title: w[about] }));
  return packageOf(forum, [...tables, ...flows, ...beside], {
    title: w.page({ forum: forum.name }),
    description: w.pageAbout,
    homepage,
  });
}
