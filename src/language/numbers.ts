import { numberFormat } from './formatters.ts';
import { INTL, type Locale } from './locale.ts';
import { type Decimal, decimalOf, minorOf, numberOf, readDecimals } from './written-numbers.ts';

/** Number of minor units in a rupiah. */
const MINOR = 100n;

const DECIMAL_SIGN: Readonly<Record<Locale, string>> = { id: ',', en: '.' };

/** Matches what readers of the other language take for thousands: one to three digits, the sign, three digits. */
const LOOKS_GROUPED: Readonly<Record<Locale, RegExp>> = { id: /^-?[1-9]\d{0,2},\d{3}$/, en: /^-?[1-9]\d{0,2}\.\d{3}$/ };

/**
 * Prints a number or exact decimal text, at most six decimals; `plain` leaves the thousands ungrouped. What would read
 * as doubtful gets a zero more (`1,2340`), so `readNumber` reads back whatever is printed.
 */
export function formatNumber(n: number | string, locale: Locale, { plain = false, decimals = 6 } = {}): string {
  const options = { maximumFractionDigits: decimals, useGrouping: !plain, signDisplay: 'negative' } as const;
  const printed = numberFormat(INTL[locale], options).format(n as Intl.StringNumericLiteral);
  return LOOKS_GROUPED[locale].test(printed) ? `${printed}0` : printed;
}

/** Writes a number as an option's value that reads the same in either language: `1234.5`, `1.2340`. */
export const numberAsTyped = (n: number | string): string => formatNumber(n, 'en', { plain: true, decimals: 20 });

/** Prints an amount in minor units as rupiah: `Rp 1.250.000`; the sen only where there are any. */
export function formatMoney(minor: number | bigint, locale: Locale): string {
  const amount = BigInt(minor) < 0n ? -BigInt(minor) : BigInt(minor);
  const sen = amount % MINOR;
  const rupiah = numberFormat(INTL[locale]).format(amount / MINOR);
  return `${minor < 0 ? '−' : ''}Rp ${rupiah}${sen ? `${DECIMAL_SIGN[locale]}${String(sen).padStart(2, '0')}` : ''}`;
}

/**
 * Prints a share of two whole numbers in per cent, rounded half up in integers: 8/12 is `66,7%`. Nothing of nothing
 * is `–`.
 */
export function formatPercent(
  numerator: number | bigint,
  denominator: number | bigint,
  locale: Locale,
  decimals = 1,
): string {
  if (BigInt(denominator) === 0n) return '–';
  const sign = denominator < 0 ? -1n : 1n;
  const whole = BigInt(denominator) * sign;
  const twice = BigInt(numerator) * sign * 200n * 10n ** BigInt(decimals) + whole;
  const rest = ((twice % (2n * whole)) + 2n * whole) % (2n * whole);
  const scaled = (twice - rest) / (2n * whole);
  const digits = String(scaled < 0n ? -scaled : scaled).padStart(decimals + 1, '0');
  const units = numberFormat(INTL[locale]).format(BigInt(digits.slice(0, digits.length - decimals)));
  const fraction = decimals ? DECIMAL_SIGN[locale] + digits.slice(-decimals) : '';
  return `${scaled < 0n ? '-' : ''}${units}${fraction}%`;
}

/** A value that was read, or why it was not. `readings` are the two or more values that a text may mean. */
export type ReadingOf<T> =
  | { readonly value: T }
  | { readonly why: 'not_a_number' }
  | { readonly why: 'doubtful'; readonly readings: readonly T[] };
export type NumberReading = ReadingOf<number>;

/** Returns what the readings come to, once those that cannot be meant are left out. */
function reading<T>(decimals: readonly Decimal[], as: (decimal: Decimal) => T | null): ReadingOf<T> {
  const values = decimals.map(as).filter(n => n !== null);
  const [first] = values;
  if (first === undefined) return { why: 'not_a_number' };
  return values.length === 1 ? { value: first } : { why: 'doubtful', readings: values };
}

/**
 * Reads a number as people write it: `1.234,5` in Indonesian, `1,234.5` in English, with `rb`, `jt`, `k`, `triliun`.
 * A single decimal sign before exactly three digits (`1,234` in Indonesian, `1.234` in English) may be the other
 * language's thousands, and is doubtful; so is most `M`. `readDecimals` has the rules.
 */
export const readNumber = (typed: string, locale: Locale): NumberReading =>
  reading(readDecimals(typed, locale), numberOf);

/** Reads like `readNumber`, into exact decimal text of six decimals at most. */
export const readDecimal = (typed: string, locale: Locale): ReadingOf<string> =>
  reading(readDecimals(typed, locale), decimalOf);

/** Reads a whole number within safe integers. `1,234` has one whole reading, so there is nothing to doubt. */
export const readWhole = (typed: string, locale: Locale): NumberReading =>
  reading(readDecimals(typed, locale), decimal => {
    const value = numberOf(decimal);
    return Number.isSafeInteger(value) ? value : null;
  });

/**
 * Reads an amount of rupiah into minor units, exactly. More than two decimals, or beyond safe integers, is no amount:
 * so `Rp 1,234` can only be thousands, whereas `1,234 jt` is doubtful. `rupiah` behind it is heard and ignored.
 */
export const readMoney = (typed: string, locale: Locale): NumberReading =>
  reading(readDecimals(typed.trimEnd().replace(/rupiah$/i, ''), locale), minorOf);
