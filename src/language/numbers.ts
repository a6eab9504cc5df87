import { INTL, type Locale } from './locale.ts';

/** Minor units to the rupiah. */
const MINOR = 100;

/** Prints a number, at most six decimals; `plain` leaves the thousands ungrouped. */
export function formatNumber(n: number, locale: Locale, { plain = false, decimals = 6 } = {}): string {
  return new Intl.NumberFormat(INTL[locale], { maximumFractionDigits: decimals, useGrouping: !plain }).format(n);
}

/** Prints an amount in minor units as rupiah: `Rp 1.250.000`; the sen only where there are any. */
export function formatMoney(minor: number, locale: Locale): string {
  const sen = minor % MINOR !== 0;
  const digits = new Intl.NumberFormat(INTL[locale], {
    minimumFractionDigits: sen ? 2 : 0,
    maximumFractionDigits: 2,
  }).format(Math.abs(minor) / MINOR);
  return `${minor < 0 ? '−' : ''}Rp ${digits}`;
}

/** Prints a share in per cent, rounded half up in integers: 8/12 is `66,7%`. Nothing of nothing is `–`. */
export function formatPercent(numerator: number, denominator: number, locale: Locale, decimals = 1): string {
  if (denominator === 0) return '–';
  const scale = 10 ** decimals;
  const scaled = Math.floor((numerator * 100 * scale * 2 + denominator) / (denominator * 2));
  return `${new Intl.NumberFormat(INTL[locale], { minimumFractionDigits: decimals, maximumFractionDigits: decimals }).format(scaled / scale)}%`;
}

/** A number that was read, or why it was not. `readings` are the two numbers it may mean. */
export type NumberReading =
  | { readonly value: number }
  | { readonly why: 'not_a_number' }
  | { readonly why: 'doubtful'; readonly readings: readonly [number, number] };

const NOT_A_NUMBER = { why: 'not_a_number' } as const;

/** Words behind a number; `m` is a thousand million in Indonesian (miliar) and a million in English. */
const SCALES: Readonly<Record<Locale, Readonly<Record<string, number>>>> = {
  id: { rb: 1e3, ribu: 1e3, k: 1e3, jt: 1e6, juta: 1e6, m: 1e9, miliar: 1e9, milyar: 1e9 },
  en: {
    k: 1e3,
    thousand: 1e3,
    m: 1e6,
    mn: 1e6,
    million: 1e6,
    jt: 1e6,
    juta: 1e6,
    rb: 1e3,
    ribu: 1e3,
    bn: 1e9,
    billion: 1e9,
  },
};

/**
 * Reads a number as people write it: `1.234,5` in Indonesian, `1,234.5` in English, with `rb`, `jt`, `k`, `m`.
 * Where both separators stand, the last is the decimal one, in either language. A single one of the other language's
 * thousands before exactly three digits (`1,234` in Indonesian) may mean two numbers, and is doubtful.
 */
export function readNumber(typed: string, locale: Locale): NumberReading {
  const parts = /^([-−])?\s*([\d.,\s' ]+?)\s*([a-z]+)?$/i.exec(typed.trim().replace(/^([-−]?)\s*rp\.?\s*/i, '$1'));
  if (!parts) return NOT_A_NUMBER;
  const [, sign, digits = '', word] = parts;
  const scale = word ? SCALES[locale][word.toLowerCase()] : 1;
  if (scale === undefined) return NOT_A_NUMBER;
  const compact = digits.replace(/[\s' ]/g, '');
  const readings = readDigits(compact, locale).map(n => normal(n * scale * (sign ? -1 : 1)));
  if (!readings.length || readings.some(n => !Number.isFinite(n))) return NOT_A_NUMBER;
  return readings.length === 1 ? { value: readings[0]! } : { why: 'doubtful', readings: [readings[0]!, readings[1]!] };
}

/** Scaling by a power of ten must not leave binary dust, nor a negative zero. */
const normal = (n: number): number => Number(n.toPrecision(15)) + 0;

/** The numbers that digits with separators may mean: none, one or two. */
function readDigits(digits: string, locale: Locale): number[] {
  const [thousands, decimal] = locale === 'id' ? ['.', ','] : [',', '.'];
  const dots = digits.split('.').length - 1;
  const commas = digits.split(',').length - 1;
  if (!/\d/.test(digits)) return [];
  if (!dots && !commas) return [Number(digits)];
  if (dots && commas) {
    const last = digits.lastIndexOf('.') > digits.lastIndexOf(',') ? '.' : ',';
    return grouped(digits, last === '.' ? ',' : '.', last);
  }
  const used = dots ? '.' : ',';
  if (dots + commas > 1) return grouped(digits, used, used === '.' ? ',' : '.');
  const threeBehind = /^[1-9]\d{0,2}[.,]\d{3}$/.test(digits);
  if (used === thousands) return threeBehind ? grouped(digits, thousands, decimal) : decimals(digits, used);
  const asDecimal = decimals(digits, used);
  return threeBehind && used === decimal && locale === 'id' ? [...asDecimal, ...grouped(digits, used, '')] : asDecimal;
}

/** Whole digits in groups of three, and decimals behind the decimal sign. */
function grouped(digits: string, thousands: string, decimal: string): number[] {
  const [whole = '', fraction, ...more] = decimal ? digits.split(decimal) : [digits];
  const groups = whole.split(thousands);
  const well = /^\d{1,3}$/.test(groups[0]!) && groups.slice(1).every(group => /^\d{3}$/.test(group));
  if (!well || more.length || (fraction !== undefined && !/^\d+$/.test(fraction))) return [];
  return [Number(`${groups.join('')}.${fraction ?? 0}`)];
}

const decimals = (digits: string, sign: string): number[] => {
  const [whole = '', fraction = ''] = digits.split(sign);
  return fraction === '' || whole === '' ? [] : [Number(`${whole}.${fraction}`)];
};

/** Reads an amount of rupiah into minor units; more than two decimals, or beyond safe integers, is none. */
export function readMoney(typed: string, locale: Locale): NumberReading {
  const reading = readNumber(typed, locale);
  const minor = (n: number): number => Math.round(n * MINOR);
  if ('value' in reading) {
    const exact = normal(minor(reading.value) / MINOR) === normal(reading.value);
    return exact && Number.isSafeInteger(minor(reading.value)) ? { value: minor(reading.value) } : NOT_A_NUMBER;
  }
  if (reading.why === 'doubtful')
    return { ...reading, readings: [minor(reading.readings[0]), minor(reading.readings[1])] };
  return reading;
}
