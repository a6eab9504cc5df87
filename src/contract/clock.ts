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
    return head + Array.from(randomBytes(7), byte => ALPHABET[byte % 32]).join('');
  },
};
