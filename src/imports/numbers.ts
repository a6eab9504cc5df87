import { type Locale, WRITING } from '../language/locale.ts';
import { readDecimal } from '../language/numbers.ts';
import { type Cell, isBlank, type NumberWriting } from './grid.ts';

const SHAPES: Readonly<Record<NumberWriting, RegExp>> = {
  comma: /^[-−+]?(?:\d{1,3}(?:\.\d{3})+|\d+)(?:,\d+)?$/,
  point: /^[-−+]?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?$/,
};

/** Strips an amount of the currency's sign, blanks, `,-` behind it, and brackets of what is negative. */
function bare(text: string): string {
  const plain = text
    .trim()
    .replace(/^([-−]?)\s*(?:rp\.?|idr)\s*/i, '$1')
    .replace(/[.,]-{1,2}$/, '')
    .replace(/[\s\u00a0\u202f']/g, '');
  const bracketed = /^\((.+)\)$/.exec(plain);
  return bracketed ? `-${bracketed[1]}` : plain;
}

const fits = (text: string, writing: NumberWriting): boolean => SHAPES[writing].test(text);

/**
 * Finds how a column writes its numbers, by all of its cells together: the writing that fits the most of them. Where
 * both do, each sign stands before exactly three digits: then it separates thousands, since nobody writes a column of
 * decimals so. Where even that says nothing the forum's language decides. Null: no cell has a sign.
 */
export function numberWriting(cells: Iterable<Cell>, locale: Locale): NumberWriting | null {
  const counts = { comma: 0, point: 0 };
  const signs = new Set<string>();
  for (const cell of cells) {
    if (typeof cell !== 'string' || isBlank(cell)) continue;
    const text = bare(cell);
    if (!/[.,]/.test(text)) continue;
    signs.add(/[.,]/.exec(text)![0]);
    for (const writing of ['comma', 'point'] as const) if (fits(text, writing)) counts[writing]++;
  }
  if (!signs.size) return null;
  if (counts.comma !== counts.point) return counts.comma > counts.point ? 'comma' : 'point';
  if (signs.size > 1 || !counts.comma) return WRITING[locale] === 'id' ? 'comma' : 'point';
  return signs.has('.') ? 'comma' : 'point';
}

/** Maximum number of decimals that are kept. */
const DECIMALS = 6;

/**
 * A cell as exact decimal text, by its column's writing. Words behind a number (`1,5 juta`) are heard as they are where
 * people type them. Null: no number, or one with more decimals than are kept.
 */
export function decimalIn(cell: Cell, writing: NumberWriting | null, locale: Locale): string | null {
  if (typeof cell === 'number') {
    if (!Number.isFinite(cell)) return null;
    // A workbook's number for 0.1 + 0.2 is no more exact than fifteen digits.
    const text = Number(cell.toPrecision(15)).toFixed(DECIMALS);
    return tidy(text);
  }
  if (typeof cell !== 'string') return null;
  const text = bare(cell).replace('−', '-').replace(/^\+/, '');
  const way = writing ?? (WRITING[locale] === 'id' ? 'comma' : 'point');
  if (fits(text, way)) {
    const [group, decimal] = way === 'comma' ? ['.', ','] : [',', '.'];
    const plain = text.replaceAll(group!, '').replace(decimal!, '.');
    return (plain.split('.')[1]?.length ?? 0) > DECIMALS ? null : tidy(plain);
  }
  if (!/[a-z]/i.test(text)) return null;
  const read = readDecimal(cell, way === 'comma' ? 'id' : 'en');
  return 'value' in read ? read.value : null;
}

/** Decimal text without what says nothing: `007.50` is `7.5`. */
function tidy(text: string): string {
  const negative = text.startsWith('-');
  const [whole = '', fraction = ''] = text.replace('-', '').split('.');
  const digits = whole.replace(/^0+(?=\d)/, '') || '0';
  const rest = fraction.replace(/0+$/, '');
  const plain = rest ? `${digits}.${rest}` : digits;
  return negative && plain !== '0' ? `-${plain}` : plain;
}

/** A number as the writing shows it, for the sentence that says which was found. */
export const exampleOf = (writing: NumberWriting): string => (writing === 'comma' ? '1.234,5' : '1,234.5');

/** An amount of rupiah in minor units; null: it has more than two decimals, or is beyond what is exact. */
export function minorIn(decimal: string): number | null {
  const [whole = '', fraction = ''] = decimal.split('.');
  if (fraction.length > 2) return null;
  const minor = Number(`${whole}${fraction.padEnd(2, '0')}`);
  return Number.isSafeInteger(minor) ? minor : null;
}
