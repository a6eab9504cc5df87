import { randomBytes } from 'node:crypto';

/** Describes where the present instant comes from. Everything that needs to know the time is handed one. */
export interface Clock {
  now(): Date;
}

/** Describes where new opaque ids come from. */
export interface Ids {
  next(): string;
}

/** The real time. */
export const systemClock: Clock = { now: () => new Date() };

/** Milliseconds of a clock that nobody sets: for how long something takes or is believed, never for what the time is. */
export const steadyMs = (): number => performance.now();

/** Milliseconds of the wall clock, which also counts while the machine sleeps. */
export const wallMs = (): number => systemClock.now().getTime();

const ALPHABET = '0123456789abcdefghjkmnpqrstvwxyz';

/** Ids of 16 characters (Crockford's alphabet, lower case) that sort by the time they were made. */
export const systemIds: Ids = {
  next() {
    let time = wallMs();
    let head = '';
    for (let i = 0; i < 9; i++) {
      head = ALPHABET[time % 32] + head;
      time = Math.floor(time / 32);
    }
    let tail = '';
    for (const byte of randomOf(7)) tail += ALPHABET[byte % 32];
    return head + tail;
  },
};

/** Number of random bytes that are made at once: asking for some costs as much as asking for many. */
const POOL = 4_096;
let pool = Buffer.alloc(0);

/** Gives `n` random bytes, none of which is given twice. */
function randomOf(n: number): Buffer {
  if (pool.length < n) pool = randomBytes(POOL);
  const taken = pool.subarray(0, n);
  pool = pool.subarray(n);
  return taken;
}
