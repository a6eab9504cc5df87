import type { RenderContext } from '../contract/render-context.ts';
import type { Span } from '../domain/calendar.ts';
import type { Forum } from '../domain/forums.ts';
import { csvArchive } from './csv.ts';
import { reportsInOfDue } from './due.ts';
import { hxlText } from './hxl.ts';
import { iatiText } from './iati/iati.ts';
import { popoloText } from './package/popolo.ts';
import { reportPackage, SATU_DATA_FILE, VOTES_FILE } from './package/report-package.ts';
import { printOf } from './print.ts';
import { bookOf, forumAtEnd, forumContext, reportOf } from './report.ts';
import { satuDataCsv } from './satu-data-csv.ts';
import { signedFile } from './signed/file.ts';
import type { Figures } from './summary.ts';
import { xlsxOf } from './xlsx.ts';

export type Format = 'xlsx' | 'csv' | 'html' | 'iati' | 'hxl' | 'print' | 'docx';

export interface ReportFile {
  readonly name: string;
  /** MIME type. */
  readonly type: string;
  readonly bytes: Uint8Array;
  /** The key figures of the time, and how many reports are in of those due; a file of IATI has results alone. */
  readonly figures: (Figures & { readonly reports: { readonly made: number; readonly due: number } }) | null;
  /** The names of its subjects, where there are sheets. */
  readonly sheets: readonly string[];
}

export interface ReportOptions {
  /** The address of the forum's public page; null: it is not known. */
  readonly page?: string | null;
  /** Hears how many of its sheets are read. */
  readonly onProgress?: (done: number, of: number) => void;
}

/**
 * The report of a time as one file. The same record, time and format give the same bytes, whoever asks; where the time
 * ends ahead, indicators stand as they do today, and so on another day perhaps otherwise. */
export async function reportFile(
  context: RenderContext,
  forum: Forum,
  span: Span,
  format: Format,
  { page = null, onProgress = () => undefined }: ReportOptions = {},
): Promise<ReportFile> {
  const name = `rembug-${span.from}-${span.to}`;
  if (format === 'iati') {
    const bytes = Buffer.from(await iatiText(context, forum, span, page));
    return { name: `${name}-iati.xml`, type: 'application/xml', bytes, figures: null, sheets: [] };
  }
  if (format === 'hxl') {
    const bytes = Buffer.from(await hxlText(forumContext(context, forum), span));
    return { name: `${name}-hxl.csv`, type: 'text/csv', bytes, figures: null, sheets: [] };
  }
  const report = await reportOf(context, forum, span, onProgress);
  const sheets = report.sheets.map(sheet => sheet.name);
  const figures = { ...report.figures, reports: await reportsInOfDue(context, span) };
  if (format === 'print' || format === 'docx') {
    onProgress(sheets.length, sheets.length + 1);
    const { type, ending, bytes } = await signedFile(report, forum, format);
    return { name: `${name}${ending}`, type, bytes, figures, sheets };
  }
  if (format === 'html')
    return { name: `${name}.html`, type: 'text/html', bytes: Buffer.from(printOf(report)), figures, sheets };
  if (format === 'csv') {
    const book = bookOf(report);
    const then = await forumAtEnd(report.look, forum, span);
    const bytes = await csvArchive(report.look.m.report.folders, book, [
      ['datapackage.json', [reportPackage(report, then, book, page)]],
      [VOTES_FILE, [await popoloText(report.look, then, span)]],
      [SATU_DATA_FILE, [await satuDataCsv(report.look, then, span)]],
    ]);
    return { name: `${name}-csv.zip`, type: 'application/zip', bytes, figures, sheets };
  }
  const type = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
  return { name: `${name}.xlsx`, type, bytes: await xlsxOf(bookOf(report), report.look.locale), figures, sheets };
}
