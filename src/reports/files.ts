import type { RenderContext } from '../contract/render-context.ts';
import type { Area } from '../domain/areas/area.ts';
import type { Span } from '../domain/calendar.ts';
import type { Forum } from '../domain/forums.ts';
import type { Part } from './archive.ts';
import { csvArchive } from './csv.ts';
import { reportsInOfDue } from './due.ts';
import { hxlCsv, hxlSheet } from './hxl/table.ts';
import { whoWhatWhere } from './hxl/who-what-where.ts';
import { iatiPieces } from './iati/iati.ts';
import { popoloText } from './package/popolo.ts';
import { reportPackage, SATU_DATA_FILE, VOTES_FILE } from './package/report-package.ts';
import { printOf } from './print.ts';
import { bookOf, forumAtEnd, forumContext, reportOf } from './report.ts';
import { satuDataCsv } from './satu-data-csv.ts';
import { signedFile } from './signed/file.ts';
import type { Figures } from './summary.ts';
import { xlsxOf } from './xlsx.ts';

const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

export type Format = 'xlsx' | 'csv' | 'html' | 'iati' | 'hxl' | 'print' | 'docx';

export interface ReportFile {
  readonly name: string;
  /** MIME type. */
  readonly type: string;
  readonly bytes: Uint8Array;
  /** The same once more in another form, where there is one. */
  readonly other?: Pick<ReportFile, 'name' | 'type' | 'bytes'>;
  /** The key figures of the time, and how many reports are in of those due; a file of IATI has results alone. */
  readonly figures: (Figures & { readonly reports: { readonly made: number; readonly due: number } | null }) | null;
  /** The names of its subjects, where there are sheets. */
  readonly sheets: readonly string[];
}

export interface ReportOptions {
  /** The address of the forum's public page; null: it is not known. */
  readonly page?: string | null;
  /** Area outside which nothing is told; not for IATI, nor for the report that people sign. */
  readonly area?: Area;
  /** Hears how many of its sheets are read. */
  readonly onProgress?: (done: number, of: number) => void;
}

/**
 * The report of a time as one file. The same record, time and format give the same bytes, no matter who asks; where the
 * time ends ahead, indicators stand as they do today, and so on another day perhaps otherwise.
 */
export async function reportFile(
  context: RenderContext,
  forum: Forum,
  span: Span,
  format: Format,
  { page = null, area, onProgress = () => undefined }: ReportOptions = {},
): Promise<ReportFile> {
  const name = ['rembug', span.from, span.to, ...(area ? [area.code] : [])].join('-');
  if (format === 'iati') {
    const bytes = Buffer.concat((await iatiPieces(context, forum, span, page)).map(piece => Buffer.from(piece)));
    return { name: `${name}-iati.xml`, type: 'application/xml', bytes, figures: null, sheets: [] };
  }
  if (format === 'hxl') {
    const table = await whoWhatWhere(forumContext(context, forum), span, area);
    const book = await xlsxOf([hxlSheet(table)], forum.locale);
    const other = { name: `${name}-hxl.xlsx`, type: XLSX, bytes: book };
    const bytes = Buffer.from([...hxlCsv(table)].join(''));
    return { name: `${name}-hxl.csv`, type: 'text/csv', bytes, other, figures: null, sheets: [] };
  }
  const report = await reportOf(context, forum, span, onProgress, area);
  const sheets = [...report.sheets.values()].map(sheet => sheet.name);
  const figures = { ...report.figures, reports: area ? null : await reportsInOfDue(context, span) };
  if (format === 'print' || format === 'docx') {
    onProgress(sheets.length, sheets.length + 1);
    const { type, ending, bytes } = await signedFile(report, forum, format);
    return { name: `${name}${ending}`, type, bytes, figures, sheets };
  }
  if (format === 'html')
    return { name: `${name}.html`, type: 'text/html', bytes: Buffer.from(printOf(report)), figures, sheets };
  if (format === 'csv') {
    const book = bookOf(report);
    const then = await forumAtEnd(report.context, forum, span);
    const described: Part = ['datapackage.json', [reportPackage(report, then, book, page)]];
    const beside: Part[] = [
      [VOTES_FILE, [await popoloText(report.context, then, span)]],
      [SATU_DATA_FILE, [await satuDataCsv(report.context, then, span)]],
    ];
    const bytes = await csvArchive(report.context.m.report.folders, book, area ? [described] : [described, ...beside]);
    return { name: `${name}-csv.zip`, type: 'application/zip', bytes, figures, sheets };
  }
  return {
    name: `${name}.xlsx`,
    type: XLSX,
    bytes: await xlsxOf(bookOf(report), report.context.locale),
    figures,
    sheets,
  };
}
