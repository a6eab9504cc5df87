import { areasOf } from '../domain/areas/area.ts';
import { LICENCES } from '../domain/open-data.ts';
import { AREA_SOURCE } from '../reports/package/descriptor.ts';
import { FLOWS } from '../reports/public/flows.ts';
import { BESIDE, JSON_TYPE } from '../reports/public/package.ts';
import { FILES } from '../reports/public/tables.ts';
import type { PageContext } from './page-context.ts';

/** Registers whose addresses the vocabulary takes for languages (Library of Congress) and media types (IANA). */
const LANGUAGES = 'http://id.loc.gov/vocabulary/iso639-1';
const MEDIA_TYPES = 'https://www.iana.org/assignments/media-types';

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
    'dct:language': { '@id': `${LANGUAGES}/${locale}` },
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
    'dcat:mediaType': { '@id': `${MEDIA_TYPES}/${mediatype}` },
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
    'dct:source': { '@id': AREA_SOURCE.path },
    'dcat:dataset': [...tables, ...flows, ...beside],
  };
  return `${JSON.stringify(catalogue, null, 2)}\n`;
}
