import { csvArchive } from './csv.ts';
import { printOf } from './print.ts';
import { bookOf, type WholeReport } from './report.ts';
import { xlsxOf } from './xlsx.ts';

export type Format = 'xlsx' | 'csv' | 'html';

export interface ReportFile {
  readonly name: string;
  /** MIME type. */
  readonly type: string;
  readonly bytes: Uint8Array;
}

/** A report as one file. The same report gives the same bytes. */
export async function fileOf(report: WholeReport, format: Format): Promise<ReportFile> {
  const name = `rembug-${report.span.from}-${report.span.to}`;
  if (format === 'html') return { name: `${name}.html`, type: 'text/html', bytes: Buffer.from(printOf(report)) };
  if (format === 'csv')
    return { name: `${name}-csv.zip`, type: 'application/zip', bytes: await csvArchive(bookOf(report)) };
  return {
    name: `${name}.xlsx`,
    type: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
    bytes: await xlsxOf(bookOf(report), report.look.locale),
  };
}
