/** One measured thing: how many a second, and the middle and the 99th percentile of one, in milliseconds. */
export interface Measured {
  readonly perSecond: number;
  readonly median: number;
  readonly p99: number;
}

/** Runs `one` so many times, after a tenth as many to warm up. */
export async function measure(times: number, one: (i: number) => Promise<unknown> | unknown): Promise<Measured> {
  for (let i = 0; i < times / 10; i++) await one(-1 - i);
  const took: number[] = [];
  const begin = process.hrtime.bigint();
  for (let i = 0; i < times; i++) {
    const since = process.hrtime.bigint();
    await one(i);
    took.push(Number(process.hrtime.bigint() - since) / 1e6);
  }
  const whole = Number(process.hrtime.bigint() - begin) / 1e9;
  took.sort((a, b) => a - b);
  return { perSecond: times / whole, median: took[Math.floor(times / 2)]!, p99: took[Math.floor(times * 0.99)]! };
}

/** The middle one of some figures; they stay as they are. */
export const middle = (all: readonly number[]): number => [...all].sort((a, b) => a - b)[Math.floor(all.length / 2)]!;

export const ratio = (value: number, floor: number): string =>
  `${(value / floor).toFixed(value / floor < 1 ? 2 : value / floor < 10 ? 1 : 0)}×`;
export const ms = (value: number): string => `${value.toFixed(value < 1 ? 3 : 1)} ms`;
