import * as z from 'zod';
import { type Kind, typedOf } from '../../src/bot/kinds.ts';
import { Refusal } from '../../src/contract/refusal.ts';
import { printShare, type Quorum, readShare, type Share } from '../../src/domain/strategies/threshold.ts';
import { readDuration } from '../../src/language/dates.ts';

/** A kind that reads a line into a value which only `read` can make. */
const readBy = <T>(
  read: (typed: string) => T | null,
  print: (value: T) => string,
  accepts: Kind<T>['accepts'],
  allowed: (value: unknown) => boolean,
): Kind<T> => ({
  input: 'line',
  allowed: () => z.custom<T>(allowed),
  print,
  accepts,
  async read(raw, r) {
    const typed = typedOf(raw);
    const value = read(typed);
    if (value !== null) return value;
    throw new Refusal('invalid_option', m =>
      m.core.invalidOption({ option: r.option, typed, accepts: accepts(m, r.ctx) }),
    );
  },
});

const isObject = (value: unknown): boolean => typeof value === 'object';

/** A share of the votes. */
export const threshold = (): Kind<Share> => readBy(readShare, printShare, m => m.strategy.acceptsShare, isObject);

/** A share of the electorate, or a plain number of voters. */
export const quorum = (): Kind<Quorum> =>
  readBy<Quorum>(
    typed => (/^\d{1,6}$/.test(typed.trim()) && Number(typed) > 0 ? { count: Number(typed) } : readShare(typed)),
    value => ('count' in value ? String(value.count) : printShare(value)),
    m => m.strategy.acceptsQuorum,
    isObject,
  );

const MINUTE_MS = 60_000;
/** Maximum that a forum may ask a vote to stay open for, ms: a longer one would stand in the way of any decision. */
const LONGEST_MS = 30 * 86_400_000;

/** A duration in whole minutes, as ms. */
export const duration = (): Kind<number> =>
  readBy<number>(
    typed => {
      const ms = readDuration(typed);
      return ms !== null && ms >= MINUTE_MS && ms <= LONGEST_MS ? ms : null;
    },
    ms => `${ms / MINUTE_MS}m`,
    m => m.strategy.acceptsDuration,
    value => typeof value === 'number',
  );
