import { type Locale, WRITING } from './locale.ts';

/** A number in the digits it was written with, not yet squeezed into a binary one. `power` of ten scales it. */
export interface Decimal {
  readonly negative: boolean;
  readonly whole: string;
  readonly fraction: string;
  readonly power: number;
}

/** Maximum length of what is looked at; no number that people write is longer. */
const LONGEST = 60;

/** Words behind a number, of both languages, as powers of ten. `m` is not among them: see `readDecimals`. */
const SCALES: ReadonlyMap<string, number> = new Map(
  Object.entries({
    k: 3,
    rb: 3,
    ribu: 3,
    thousand: 3,
    jt: 6,
    juta: 6,
    mn: 6,
    million: 6,
    miliar: 9,
    milyar: 9,
    bn: 9,
    billion: 9,
    t: 12,
    triliun: 12,
    trilyun: 12,
    trillion: 12,
    kuadriliun: 15,
    quadrillion: 15,
  }),
);

/** `M` is miliar to Indonesian readers and million to English ones. */
const M_POWERS: Readonly<Record<Locale, readonly number[]>> = { id: [9, 6], en: [6, 9] };

/**
 * The numbers that a text may mean: none, one, or several where it is doubtful. `Rp` in front and `,-` behind are heard
 * and ignored. Groups of three may be separated by spaces or apostrophes too. The rules for `.` and `,`:
 * - both stand: the last is the decimal sign, in either language (`12.345,67`, `12,345.67`);
 * - one kind, more than once: thousands (`1.234.567`);
 * - once, not before exactly three digits behind one to three (`1.5`, `1234,567`, `0.125`): decimal;
 * - once, before exactly three digits, the language's thousands sign: thousands (`1.234` in Indonesian);
 * - once, before exactly three digits, the language's decimal sign: doubtful, decimal first (`1,234` in Indonesian).
 *
 * Before `M` the language of the reader decides nothing: a decimal comma says miliar (`2,5 M`), a decimal point behind
 * commas says million (`1,250.5 M`), and any other `M` is doubtful (`5 M`, `2.5 M`, `1.500 M`).
 */
export function readDecimals(typed: string, locale: Locale): readonly Decimal[] {
  const text = typed.trim();
  if (text.length > LONGEST) return [];
  const bare = text
    .replace(/\s+/g, ' ')
    .replace(/^([-−]?) ?(?:rp\.?|idr) ?/i, '$1')
    .replace(/[.,]-{1,2}$/, '');
  const parts = /^([-−]?) ?(\d(?:[\d.,' ]*\d)?) ?([a-z]+)?$/i.exec(bare);
  if (!parts) return [];
  const [, sign = '', digits = '', word = ''] = parts;
  const scaled = scaledDigits(digits, word.toLowerCase(), locale);
  return scaled.map(([whole, fraction, power]) => ({ negative: sign !== '', whole, fraction, power }));
}

type Digits = readonly [whole: string, fraction: string];
type Scaled = readonly [...Digits, power: number];

function scaledDigits(digits: string, word: string, locale: Locale): readonly Scaled[] {
  if (word === 'm') return beforeM(digits, locale);
  const power = word === '' ? 0 : SCALES.get(word);
  return power === undefined ? [] : split(digits, locale).map(read => [...read, power]);
}

function beforeM(digits: string, locale: Locale): readonly Scaled[] {
  if (/^[\d.]+,\d+$/.test(digits))
    return split(digits, 'id')
      .slice(0, 1)
      .map(read => [...read, 9]);
  if (/^[\d,]+,[\d,]*\.\d+$/.test(digits)) return split(digits, 'en').map(read => [...read, 6]);
  const all = M_POWERS[locale].flatMap(power => split(digits, 'en').map((read): Scaled => [...read, power]));
  // 1500 million and 1.5 miliar are one number.
  const different = new Map(
    all.map(([whole, fraction, power]) => [shifted(whole, fraction, power), [whole, fraction, power] as const]),
  );
  return [...different.values()];
}

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
  return last === (WRITING[locale] === 'id' ? '.' : ',') ? [thousands] : [[whole, fraction], thousands];
}

/** Whole digits in groups of three, and decimals behind the decimal sign, if any. */
function grouped(digits: string, thousands: string, decimal: string): readonly Digits[] {
  const [whole = '', fraction = '', ...more] = decimal ? digits.split(decimal) : [digits];
  const groups = whole.split(thousands);
  const well = /^[1-9]\d{0,2}$/.test(groups[0]!) && groups.slice(1).every(group => /^\d{3}$/.test(group));
  return well && more.length === 0 && /^\d*$/.test(fraction) ? [[groups.join(''), fraction]] : [];
}

/** Digits with their point moved by a power of ten, as plain decimal text: no zeros in front or at the end. */
function shifted(whole: string, fraction: string, power: number): string {
  const digits = whole + fraction.padEnd(power, '0');
  const point = whole.length + power;
  const front = digits.slice(0, point).replace(/^0+(?=\d)/, '');
  const behind = digits.slice(point).replace(/0+$/, '');
  return behind ? `${front}.${behind}` : front;
}

/** The nearest number; never a negative zero. */
export const numberOf = ({ negative, whole, fraction, power }: Decimal): number =>
  Number(`${negative ? '-' : ''}${whole}.${fraction || 0}e${power}`) + 0;

/** Maximum number of decimals of a value that are kept. */
const KEPT_DECIMALS = 6;

/** Exact decimal text (`-1250.5`), rounded half up in its size to six decimals; never a negative zero. */
export function decimalOf({ negative, whole, fraction, power }: Decimal): string {
  const [front = '0', behind = ''] = shifted(whole, fraction, power).split('.');
  const kept = BigInt(front + behind.slice(0, KEPT_DECIMALS).padEnd(KEPT_DECIMALS, '0'));
  const digits = String(kept + (behind[KEPT_DECIMALS]! >= '5' ? 1n : 0n)).padStart(KEPT_DECIMALS + 1, '0');
  const text = shifted(digits.slice(0, -KEPT_DECIMALS), digits.slice(-KEPT_DECIMALS), 0);
  return negative && text !== '0' ? `-${text}` : text;
}

/** Hundredths, exactly; null where it has more decimals, or is beyond safe integers. */
export function minorOf({ negative, whole, fraction, power }: Decimal): number | null {
  const decimals = fraction.replace(/0+$/, '');
  const shift = power + 2 - decimals.length;
  if (shift < 0) return null;
  const minor = Number(BigInt(whole + decimals) * 10n ** BigInt(shift)) * (negative ? -1 : 1) + 0;
  return Number.isSafeInteger(minor) ? minor : null;
}
