import { eq } from 'drizzle-orm';
import { EVER } from '../domain/calendar.ts';
import { codeOf } from '../domain/codes.ts';
import { indicatorByNumber } from '../domain/indicators/store.ts';
import { satuDataText } from '../reports/satu-data.ts';
import { type ColumnKey, plainOf } from '../reports/sheet.ts';
import { SHEETS, type Sheet, type SheetKey, sheetOf } from '../reports/sheets.ts';
import { csvOf } from '../views/csv.ts';
import type { Look } from '../views/look.ts';
import type { Scene } from './scene.ts';

export const isFile = (name: string): name is SheetKey => (SHEETS as readonly string[]).includes(name);

/** A table of the page with all its rows, as a file for spreadsheets or for programs. */
export async function fileOf({ look, forum }: Scene, name: SheetKey, as: 'csv' | 'json'): Promise<string> {
  const sheet = await sheetOf(name, look, forum, EVER);
  const { head, rows } = name === 'positions' ? await publicPositions(look, sheet) : sheet;
  const plain = rows.map(row => row.map(plainOf));
  if (as === 'csv') return csvOf([head, ...plain]);
  return `${JSON.stringify(plain.map(row => Object.fromEntries(head.map((column, i) => [column, row[i] ?? null]))))}\n`;
}

/** A report tells the forum more than everybody: here a secret vote is its tally alone, and reasons stay in the forum. */
async function publicPositions({ db, forumId }: Look, sheet: Sheet): Promise<Pick<Sheet, 'head' | 'rows'>> {
  const { strategies: s } = db.tables;
  const all = await db.select({ number: s.number, rule: s.rule }).from(s).where(eq(s.forumId, forumId));
  const secret = new Set(all.filter(one => one.rule.secret).map(one => codeOf('strategy', one.number)));
  const at = (key: ColumnKey): number => sheet.columns.findIndex(column => column.key === key);
  const [decision, reason] = [at('decision'), at('reason')];
  const shown = <T>(row: readonly T[]): T[] => row.filter((_, i) => i !== reason);
  return {
    head: shown(sheet.head),
    rows: sheet.rows.filter(row => !secret.has(String(row[decision]))).map(shown),
  };
}

/** One indicator as statistical metadata; null where there is none. */
export async function metadataOf({ look, forum }: Scene, number: number): Promise<string | null> {
  const indicator = await indicatorByNumber(look.db, look.forumId, number);
  return indicator && satuDataText(look, forum, indicator);
}
