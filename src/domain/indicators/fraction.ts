/** An exact number: integers, the denominator positive, in lowest terms. */
export interface Fraction {
  readonly n: bigint;
  readonly d: bigint;
}

/** A number as it was typed (4.7 is exactly 47/10, not its nearest binary neighbour), or an exact one. */
export type Amount = number | Fraction;

const gcd = (a: bigint, b: bigint): bigint => (b === 0n ? a : gcd(b, a % b));

function reduced(n: bigint, d: bigint): Fraction {
  const sign = d < 0n ? -1n : 1n;
  const common = gcd(n < 0n ? -n : n, d * sign) || 1n;
  return { n: (sign * n) / common, d: (sign * d) / common };
}

/** The exact value of an amount. Throws a RangeError for NaN and the infinities. */
export function exact(amount: Amount): Fraction {
  if (typeof amount !== 'number') return amount;
  const digits = /^(-?\d+)(?:\.(\d+))?(?:e([+-]\d+))?$/.exec(String(amount));
  if (!digits) throw new RangeError(`not a finite number: ${amount}`);
  const [, whole = '0', decimals = '', exponent = '0'] = digits;
  const power = Number(exponent) - decimals.length;
  const n = BigInt(whole + decimals);
  return power < 0 ? reduced(n, 10n ** BigInt(-power)) : { n: n * 10n ** BigInt(power), d: 1n };
}

export const plus = (a: Fraction, b: Fraction): Fraction => reduced(a.n * b.d + b.n * a.d, a.d * b.d);
export const minus = (a: Fraction, b: Fraction): Fraction => reduced(a.n * b.d - b.n * a.d, a.d * b.d);
export const times = (a: Fraction, b: Fraction): Fraction => reduced(a.n * b.n, a.d * b.d);

/** The quotient; null where the divisor is zero. */
export const over = (a: Fraction, b: Fraction): Fraction | null => (b.n === 0n ? null : reduced(a.n * b.d, a.d * b.n));

/** Negative where `a` is less than `b`, positive where it is more, zero where they are equal. */
export function compare(a: Fraction, b: Fraction): number {
  const difference = a.n * b.d - b.n * a.d;
  return difference < 0n ? -1 : difference > 0n ? 1 : 0;
}

export const sum = (all: readonly Fraction[]): Fraction => all.reduce(plus, { n: 0n, d: 1n });

/** The value to a number of decimals, halves away from zero, as the number a person would write. */
export function rounded({ n, d }: Fraction, decimals: number): number {
  const scaled = (n < 0n ? -n : n) * 10n ** BigInt(decimals);
  const digits = (2n * scaled + d) / (2n * d);
  return digits === 0n ? 0 : Number(`${n < 0n ? '-' : ''}${digits}e-${decimals}`);
}
