import type { Locale } from './locale.ts';

/** A number in the digits it was written with, not yet squeezed into a binary one. `power` of ten scales it. */
export interface Decimal {
  readonly negative: boolean;
  readonly whole: string;
  readonly fraction: string;
  readonly power: number;
}

/** No number that people write is longer; what is need not be looked at. */
const LONGEST = 60;

/** Words behind a number, as powers of ten. */
const COMMON = { k: 3, rb: 3, ribu: 3, jt: 6, juta: 6, miliar: 9, milyar: 9 };

/** `m` is a thousand million in Indonesian (miliar) and a million in English. */
const SCALES: Readonly<Record<Locale, ReadonlyMap<string, number>>> = {
  id: new Map(Object.entries({ ...COMMON, m: 9 })),
  en: new Map(Object.entries({ ...COMMON, thousand: 3, m: 6, mn: 6, million: 6, bn: 9, billion: 9 })),
};

/**
 * The numbers that a text may mean: none, one, or two where it is doubtful. `Rp` in front and `,-` behind are heard
 * and ignored. Groups of three may be separated by spaces or apostrophes too. The rules for `.` and `,`:
 * - both stand: the last is the decimal sign, in either language (`12.345,67`, `12,345.67`);
 * - one kind, more than once: thousands (`1.234.567`);
 * - once, not before exactly three digits behind one to three (`1.5`, `1234,567`, `0.125`): decimal;
 * - once, before exactly three digits, the language's thousands sign: thousands (`1.234` in Indonesian);
 * - once, before exactly three digits, the language's decimal sign: doubtful, decimal first (`1,234` in Indonesian).
 */
export function readDecimals(typed: string, locale: Locale): readonly Decimal[] {
  const text = typed.trim();
  if (text.length > LONGEST) return [];
  const bare = text
    .replace(/\s+/g, ' ')
    .replace(/^([-−]?) ?(?:rp\.?|idr) ?/i, '$1')
    .replace(/[.,]-{1,2}$/, '');
  const parts = /^([-−]?) ?(\d(?:[\d.,' ]*\d)?) ?([a-z]+)?$/i.exec(bare);
  const power = parts?.[3] ? SCALES[locale].get(parts[3].toLowerCase()) : 0;
  if (!parts || power === undefined) return [];
  return split(parts[2]!, locale).map(([whole, fraction]) => ({ negative: parts[1] !== '', whole, fraction, power }));
}

type Digits = readonly [whole: string, fraction: string];

/** Digits with separators, as whole digits and decimals. */
function split(digits: string, locale: Locale): readonly Digits[] {
  const spaced = /^([1-9]\d{0,2}(?:([ '])\d{3})(?:\2\d{3})*)(?:[.,](\d+))?$/.exec(digits);
  if (spaced) return [[spaced[1]!.replace(/\D/g, ''), spaced[3] ?? '']];
  if (/[ ']/.test(digits)) return [];
  const dots = digits.split('.').length - 1;
  const commas = digits.split(',').length - 1;
  if (dots + commas === 0) return [[digits, '']];
  const last = digits.lastIndexOf('.') > digits.lastIndexOf(',') ? '.' : ',';
  if (dots && commas) return grouped(digits, last === '.' ? ',' : '.', last);
  if (dots + commas > 1) return grouped(digits, last, '');
  const [whole = '', fraction = ''] = digits.split(last);
  if (!/^[1-9]\d{0,2}[.,]\d{3}$/.test(digits)) return [[whole, fraction]];
  const thousands: Digits = [whole + fraction, ''];
  return last === (locale === 'id' ? '.' : ',') ? [thousands] : [[whole, fraction], thousands];
}

/** Whole digits in groups of three, and decimals behind the decimal sign, if any. */
function grouped(digits: string, thousands: string, decimal: string): readonly Digits[] {
  const [whole = '', fraction = '', ...more] = decimal ? digits.split(decimal) : [digits];
  const groups = whole.split(thousands);
  const well = /^[1-9]\d{0,2}$/.test(groups[0]!) && groups.slice(1).every(group => /^\d{3}$/.test(group));
  return well && more.length === 0 && /^\d*$/.test(fraction) ? [[groups.join(''), fraction]] : [];
}

/** The nearest number; never a negative zero. */
export const numberOf = ({ negative, whole, fraction, power }: Decimal): number =>
  Number(`${negative ? '-' : ''}${whole}.${fraction || 0}e${power}`) + 0;

/** Hundredths, exactly; null where it has more decimals, or is beyond safe integers. */
export function minorOf({ negative, whole, fraction, power }: Decimal): number | null {
  const decimals = fraction.replace(/0+$/, '');
  const shift = power + 2 - decimals.length;
  if (shift < 0) return null;
  const minor = Number(BigInt(whole + decimals) * 10n ** BigInt(shift)) * (negative ? -1 : 1) + 0;
  return Number.isSafeInteger(minor) ? minor : null;
}
