type Row = readonly (string | number | null)[];

/** A formula after a separator, a tab or a line end of the text; a number there, as in a pair of coordinates, is none. */
const INSIDE = /([;,\t\r\n][\s\p{Cc}\ufeff"]*)(?=[=+\-@＝＋－＠])(?![+-]?\d+([.,]\d+)?\s*([;,\t\r\n]|$))/gu;

/**
 * Puts an apostrophe before what a spreadsheet would run as a formula, at once or after leaving out blanks; a plain
 * number is left alone. Signs of full width count as signs. Where a spreadsheet separates lists by another sign than
 * the file, its quotes do not hold: so a formula within a text is disarmed as well.
 */
const safe = (cell: string): string => {
  const begins =
    /^(?:[\s\p{Cc}\ufeff]*[=+\-@＝＋－＠]|[\t\r\n])/u.test(cell) && !/^-?\d+([.,]\d+)?(e[+-]\d+)?$/.test(cell);
  return `${begins ? "'" : ''}${cell.replace(INSIDE, "$1'")}`;
};

/** Takes back what `safe` put before signs, so that a text of our own files is read as it was written. */
export const restoredCell = (cell: string): string =>
  cell
    .replace(/^'(?=[\s\p{Cc}\ufeff]*[=+\-@＝＋－＠]|[\t\r\n])/u, '')
    .replace(/([;,\t\r\n][\s\p{Cc}\ufeff"]*)'(?=[=+\-@＝＋－＠])/gu, '$1');

/** Quoted where a reader could take part of it for more than text: separators, quotes, line ends, blanks at an end. */
const quoted = (cell: string): string => (/["\r\n,;]|^\s|\s$/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell);

/** Rows as lines of CSV (RFC 4180), without the mark that stands before the first; formulas are disarmed. */
export const csvLines = (rows: readonly Row[], separator: ',' | ';' = ','): string =>
  rows
    .map(row => row.map(cell => (cell === null ? '' : quoted(safe(String(cell))))).join(separator))
    .map(line => `${line}\r\n`)
    .join('');

/** The byte order mark by which spreadsheets know UTF-8. */
export const CSV_MARK = '\ufeff';

/** Rows as a CSV file. */
export const csvOf = (rows: readonly Row[], separator: ',' | ';' = ','): string => CSV_MARK + csvLines(rows, separator);
