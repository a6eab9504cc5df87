import { randomBytes } from 'node:crypto';

/** Where the present instant comes from. Everything that needs to know the time is handed one. */
export interface Clock {
  now(): Date;
}

/** Where new opaque ids come from. */
export interface Ids {
  next(): string;
}

/** The real time. */
export const systemClock: Clock = { now: () => new Date() };

const ALPHABET = '0123456789abcdefghjkmnpqrstvwxyz';

/** Ids of 16 characters (Crockford's alphabet, lower case) that sort by the time they were made. */
export const systemIds: Ids = {
  next() {
    let time = Date.now();
    let head = '';
    for (let i = 0; i < 9; i++) {
      head = ALPHABET[time % 32] + head;
      time = Math.floor(time / 32);
    }
    return head + Array.from(randomBytes(7), byte => ALPHABET[byte % 32]).join('');
  },
};
