/** A cell that a spreadsheet would run as a formula gets an apostrophe before it; a plain number is left alone. */
const safe = (cell: string): string =>
  /^[=+\-@\t\r＝＋－＠]/.test(cell) && !/^-?\d+([.,]\d+)?$/.test(cell) ? `'${cell}` : cell;

/** Rows as CSV (RFC 4180) with a byte order mark, so that spreadsheets read it as UTF-8; formulas are disarmed. */
export const csvOf = (rows: readonly (readonly (string | number | null)[])[], separator: ',' | ';' = ','): string =>
  `\ufeff${rows
    .map(row =>
      row
        .map(cell => (cell === null ? '' : safe(String(cell))))
        .map(cell => (/["\r\n,;]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell))
        .join(separator),
    )
    .join('\r\n')}\r\n`;
