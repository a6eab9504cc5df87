import { INTL, type Locale } from './locale.ts';
import { type Decimal, minorOf, numberOf, readDecimals } from './written-numbers.ts';

/** Minor units to the rupiah. */
const MINOR = 100;

const DECIMAL_SIGN: Readonly<Record<Locale, string>> = { id: ',', en: '.' };

/** What readers of the other language would take for thousands: one to three digits, the decimal sign, three digits. */
const LOOKS_GROUPED: Readonly<Record<Locale, RegExp>> = { id: /^-?[1-9]\d{0,2},\d{3}$/, en: /^-?[1-9]\d{0,2}\.\d{3}$/ };

/**
 * Prints a number, at most six decimals; `plain` leaves the thousands ungrouped. What would read as doubtful gets a
 * zero more (`1,2340`), so `readNumber` reads back whatever is printed.
 */
export function formatNumber(n: number, locale: Locale, { plain = false, decimals = 6 } = {}): string {
  const options = { maximumFractionDigits: decimals, useGrouping: !plain, signDisplay: 'negative' } as const;
  const printed = new Intl.NumberFormat(INTL[locale], options).format(n);
  return LOOKS_GROUPED[locale].test(printed) ? `${printed}0` : printed;
}

/** Writes a number as an option's value that reads the same in either language: `1234.5`, `1.2340`. */
export const numberAsTyped = (n: number): string => formatNumber(n, 'en', { plain: true, decimals: 20 });

/** Prints an amount in minor units as rupiah: `Rp 1.250.000`; the sen only where there are any. */
export function formatMoney(minor: number, locale: Locale): string {
  const sen = Math.abs(minor) % MINOR;
  const rupiah = new Intl.NumberFormat(INTL[locale]).format((Math.abs(minor) - sen) / MINOR);
  return `${minor < 0 ? '−' : ''}Rp ${rupiah}${sen ? `${DECIMAL_SIGN[locale]}${String(sen).padStart(2, '0')}` : ''}`;
}

/**
 * Prints a share of two whole numbers in per cent, rounded half up in integers: 8/12 is `66,7%`. Nothing of nothing
 * is `–`.
 */
export function formatPercent(numerator: number, denominator: number, locale: Locale, decimals = 1): string {
  if (denominator === 0) return '–';
  const sign = denominator < 0 ? -1n : 1n;
  const whole = BigInt(denominator) * sign;
  const twice = BigInt(numerator) * sign * 200n * 10n ** BigInt(decimals) + whole;
  const rest = ((twice % (2n * whole)) + 2n * whole) % (2n * whole);
  const scaled = (twice - rest) / (2n * whole);
  const digits = String(scaled < 0n ? -scaled : scaled).padStart(decimals + 1, '0');
  const units = new Intl.NumberFormat(INTL[locale]).format(BigInt(digits.slice(0, digits.length - decimals)));
  const fraction = decimals ? DECIMAL_SIGN[locale] + digits.slice(-decimals) : '';
  return `${scaled < 0n ? '-' : ''}${units}${fraction}%`;
}

/** A number that was read, or why it was not. `readings` are the two numbers it may mean. */
export type NumberReading =
  | { readonly value: number }
  | { readonly why: 'not_a_number' }
  | { readonly why: 'doubtful'; readonly readings: readonly [number, number] };

/** What the readings come to, once those that cannot be meant are left out. */
function reading(decimals: readonly Decimal[], as: (decimal: Decimal) => number | null): NumberReading {
  const [first, second] = decimals.map(as).filter(n => n !== null);
  if (first === undefined) return { why: 'not_a_number' };
  return second === undefined ? { value: first } : { why: 'doubtful', readings: [first, second] };
}

/**
 * Reads a number as people write it: `1.234,5` in Indonesian, `1,234.5` in English, with `rb`, `jt`, `k`, `m`.
 * A single decimal sign before exactly three digits (`1,234` in Indonesian, `1.234` in English) may be the other
 * language's thousands, and is doubtful; `readDecimals` has the rules.
 */
export const readNumber = (typed: string, locale: Locale): NumberReading =>
  reading(readDecimals(typed, locale), numberOf);

/** Reads a whole number within safe integers. `1,234` has one whole reading, so there is nothing to doubt. */
export const readWhole = (typed: string, locale: Locale): NumberReading =>
  reading(readDecimals(typed, locale), decimal => {
    const value = numberOf(decimal);
    return Number.isSafeInteger(value) ? value : null;
  });

/**
 * Reads an amount of rupiah into minor units, exactly. More than two decimals, or beyond safe integers, is no amount:
 * so `Rp 1,234` can only be thousands, whereas `1,234 jt` is doubtful.
 */
export const readMoney = (typed: string, locale: Locale): NumberReading =>
  reading(readDecimals(typed, locale), minorOf);
