import { areasOf } from '../domain/areas/area.ts';
import { LICENCES } from '../domain/open-data.ts';
import { AREA_SOURCE, packageOf, type Resource, tableResource } from '../reports/package/descriptor.ts';
import { schemaOf, schemasOf } from '../reports/package/sheet-schema.ts';
import type { Sheet } from '../reports/sheets.ts';
import { FILES, publicSheet } from './files.ts';
import { FLOWS, flowSheet } from './flows.ts';
import type { PageContext } from './page-context.ts';

const JSON_TYPE = 'application/json';

/** Files of the page besides its tables, by their names in addresses. */
const BESIDE = [
  { name: 'popolo', path: 'popolo.json', mediatype: JSON_TYPE, about: 'votes' },
  { name: 'satu-data', path: 'satu-data.csv', mediatype: 'text/csv', about: 'satuData' },
  { name: 'iati', path: 'iati.xml', mediatype: 'application/xml', about: 'iati' },
] as const;

/** All tables of the page as a Data Package: each with its columns, their types and units, and how they are linked. */
export async function dataPackage(pageContext: PageContext): Promise<string> {
  const { render: context, forum, links } = pageContext;
  const w = context.m.report.package;
  const sheets = new Map<(typeof FILES)[number], Sheet>();
  for (const key of FILES) sheets.set(key, await publicSheet(pageContext, key));
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
    homepage: links.base,
  });
}

/**
 * Describes the page's data as a catalogue of the Data Catalog Vocabulary (W3C, DCAT 3) in JSON-LD, as portals harvest
 * it.
 */
export function dataCatalogue({ render: { m, locale }, forum, links }: PageContext): string {
  const w = m.report.package;
  const base = links.base ?? `/f/${forum.id}`;
  const licence = forum.settings.licence && LICENCES[forum.settings.licence].address;
  const publisher = { '@type': 'foaf:Agent', 'foaf:name': forum.name, 'foaf:homepage': { '@id': base } };
  const shared = {
    'dct:publisher': publisher,
    'dct:language': locale,
    ...(licence && { 'dct:license': { '@id': licence } }),
    'dct:spatial': areasOf(forum.settings.area ?? null).map(({ code, name }) => ({
      '@type': 'dct:Location',
      'dct:identifier': code,
      'skos:prefLabel': name,
    })),
  };
  const distribution = (path: string, mediatype: string) => ({
    '@type': 'dcat:Distribution',
    'dcat:accessURL': { '@id': `${base}/${path}` },
    'dcat:downloadURL': { '@id': `${base}/${path}` },
    'dcat:mediaType': mediatype,
    ...(licence && { 'dct:license': { '@id': licence } }),
  });
  const dataset = (name: string, title: string, about: string, distributions: readonly unknown[]) => ({
    '@id': `${base}#${name}`,
    '@type': 'dcat:Dataset',
    'dct:identifier': `rembug:${forum.id}:${name}`,
    'dct:title': title,
    'dct:description': about,
    ...shared,
    'dcat:distribution': distributions,
  });
  const both = (name: string) => [distribution(`${name}.csv`, 'text/csv'), distribution(`${name}.json`, JSON_TYPE)];
  const tables = FILES.map(key => {
    const { name, about } = m.report.sheets[key];
    return dataset(key, name, about, both(key));
  });
  const flows = FLOWS.map(key => dataset(key, w.flows[key], w.flows[key], both(key)));
  const beside = BESIDE.map(one =>
    dataset(one.name, w[one.about], w[one.about], [distribution(one.path, one.mediatype)]),
  );
  const catalogue = {
    '@context': {
      dcat: 'http://www.w3.org/ns/dcat#',
      dct: 'http://purl.org/dc/terms/',
      foaf: 'http://xmlns.com/foaf/0.1/',
      skos: 'http://www.w3.org/2004/02/skos/core#',
    },
    '@id': base,
    '@type': 'dcat:Catalog',
    'dct:title': w.page({ forum: forum.name }),
    'dct:description': w.pageAbout,
    ...shared,
    'dct:source': AREA_SOURCE.path,
    'dcat:dataset': [...tables, ...flows, ...beside],
  };
  return `${JSON.stringify(catalogue, null, 2)}\n`;
}
