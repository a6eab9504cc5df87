import type { Forum } from '../../domain/forums.ts';
import { fileName } from '../csv.ts';
import type { WholeReport } from '../report.ts';
import type { Sheet } from '../sheet.ts';
import type { SheetKey } from '../sheets.ts';
import { packageOf, type Resource, tableResource } from './descriptor.ts';
import { schemaOf, schemasOf } from './sheet-schema.ts';

/** Files of the archive besides its tables, with what they are. */
export const VOTES_FILE = 'votes.popolo.json';
export const SATU_DATA_FILE = 'satu-data.csv';

/**
 * Describes the archive of a report: its tables with commas and decimal points, and what stands beside them. Those for
 * spreadsheets, with semicolons, are the same once more.
 */
export function reportPackage(
  { context: { m }, title, sheets, area }: WholeReport,
  forum: Forum,
  book: readonly Sheet[],
  page: string | null,
): string {
  const w = m.report.package;
  const schemas = schemasOf(sheets);
  const keyBy = new Map<Sheet, SheetKey>([...sheets].map(([key, sheet]) => [sheet, key]));
  const tables = book.map((sheet): Resource => {
    const key = keyBy.get(sheet);
    return tableResource({
      name: key ?? fileName(sheet.name),
      path: `${m.report.folders.comma}/${fileName(sheet.name)}.csv`,
      title: sheet.name,
      description: sheet.about,
      schema: (key && schemas.get(key)) ?? schemaOf(sheet),
    });
  });
  // A path alone, or a page that is not open, leads nobody anywhere.
  const homepage = forum.settings.public && page?.startsWith('http') ? page : null;
  const beside: Resource[] = [
    { name: 'votes', path: VOTES_FILE, mediatype: 'application/json', title: w.votes },
    { name: 'satu-data', path: SATU_DATA_FILE, mediatype: 'text/csv', title: w.satuData },
  ];
  return packageOf(forum, area ? tables : [...tables, ...beside], { title, description: w.report, homepage });
}
