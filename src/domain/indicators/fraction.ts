/** An exact number: integers, the denominator positive, in lowest terms. */
export interface Fraction {
  readonly n: bigint;
  readonly d: bigint;
}

/** A decimal as it was typed or stored (4.7 is exactly 47/10, not its nearest binary neighbour), or an exact number. */
export type Amount = number | string | Fraction;

export const ZERO: Fraction = { n: 0n, d: 1n };

const gcd = (a: bigint, b: bigint): bigint => (b === 0n ? a : gcd(b, a % b));

function reduced(n: bigint, d: bigint): Fraction {
  if (d === 1n) return { n, d };
  const sign = d < 0n ? -1n : 1n;
  const common = gcd(n < 0n ? -n : n, d * sign) || 1n;
  return { n: (sign * n) / common, d: (sign * d) / common };
}

/** The exact value of an amount. Throws a RangeError for NaN, the infinities, and text that is no decimal. */
export function exact(amount: Amount): Fraction {
  if (typeof amount === 'object') return amount;
  // Most are whole numbers, and there may be a hundred thousand of them.
  if (typeof amount === 'number' ? Number.isSafeInteger(amount) : /^-?\d+$/.test(amount))
    return { n: BigInt(amount), d: 1n };
  const digits = /^(-?\d+)(?:\.(\d+))?(?:e([+-]?\d+))?$/i.exec(String(amount));
  if (!digits) throw new RangeError(`not a finite number: ${amount}`);
  const [, whole = '0', decimals = '', exponent = '0'] = digits;
  const power = Number(exponent) - decimals.length;
  const n = BigInt(whole + decimals);
  return power < 0 ? reduced(n, 10n ** BigInt(-power)) : { n: n * 10n ** BigInt(power), d: 1n };
}

export const plus = (a: Fraction, b: Fraction): Fraction =>
  a.d === b.d ? reduced(a.n + b.n, a.d) : reduced(a.n * b.d + b.n * a.d, a.d * b.d);
export const minus = (a: Fraction, b: Fraction): Fraction => plus(a, { n: -b.n, d: b.d });
export const times = (a: Fraction, b: Fraction): Fraction => reduced(a.n * b.n, a.d * b.d);

/** The quotient; null where the divisor is zero. */
export const over = (a: Fraction, b: Fraction): Fraction | null => (b.n === 0n ? null : reduced(a.n * b.d, a.d * b.n));

/** Negative where `a` is less than `b`, positive where it is more, zero where they are equal. */
export function compare(a: Fraction, b: Fraction): number {
  const difference = a.n * b.d - b.n * a.d;
  return difference < 0n ? -1 : difference > 0n ? 1 : 0;
}

export const sum = (all: readonly Fraction[]): Fraction => all.reduce(plus, ZERO);

/** Rounds to a number of decimals, halves away from zero, and writes it as plain digits: `-0.5`, `1200`. */
export function decimalOf(amount: Amount, decimals: number): string {
  const { n, d } = exact(amount);
  const scaled = (n < 0n ? -n : n) * 10n ** BigInt(decimals);
  const digits = String((2n * scaled + d) / (2n * d)).padStart(decimals + 1, '0');
  const whole = digits.slice(0, digits.length - decimals);
  const fraction = digits.slice(digits.length - decimals).replace(/0+$/, '');
  const text = fraction ? `${whole}.${fraction}` : whole;
  return n < 0n && /[1-9]/.test(text) ? `-${text}` : text;
}

/** The value to a number of decimals, halves away from zero, as the number a person would write. */
export const rounded = (value: Fraction, decimals: number): number => Number(decimalOf(value, decimals));
