import { codeIn } from '../domain/codes.ts';
import { type Grid, isBlank, textOf } from './grid.ts';
import { headingKey } from './headings.ts';

const CODES = new Set(['kode', 'code']);
const NAMES = new Set(['judul', 'title', 'nama', 'name']);
/**
 * Maximum number of rows in which a heading is looked for: a report's sheets have it in the first one, what people make
 * near it.
 */
const MAXIMUM_HEAD = 10;

/**
 * The codes that a workbook explains itself, with the names behind them: in the workbook of a report a goal is named by
 * its code, which in another forum means something else.
 */
export function aliasesIn(grids: readonly Grid[]): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  if (grids.length < 2) return found;
  for (const { rows } of grids)
    for (const [head, row] of rows.slice(0, MAXIMUM_HEAD).entries()) {
      const at = (words: ReadonlySet<string>): number => row.findIndex(cell => words.has(headingKey(textOf(cell))));
      const [code, name] = [at(CODES), at(NAMES)];
      if (code < 0 || name < 0) continue;
      for (const one of rows.slice(head + 1)) {
        const typed = textOf(one[code]).trim();
        if (codeIn(typed, '')?.hyphen && !isBlank(one[name])) found.set(typed.toUpperCase(), textOf(one[name]).trim());
      }
      break;
    }
  return found;
}
