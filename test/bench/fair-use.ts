import { createRateLimiter, RATE_LIMITS } from '../../src/bot/rate-limit.ts';
import type { Act } from '../../src/contract/act.ts';
import { type Measured, measure } from './measure.ts';

const PERSONS = 40_000;
const BATCH = 1_000;

/**
 * Measures a thousand acts that are judged by fair use, with nearly as many persons remembered as there is room for.
 */
export async function fairUse(): Promise<Measured> {
  const fair = createRateLimiter(RATE_LIMITS);
  const known = {
    forum: null,
    placeName: null,
    member: null,
    actor: null,
    seen: null,
    answer: null,
    locale: 'id',
    zone: 'Asia/Jakarta',
  } as const;
  const act = (n: number): Act => ({
    key: `${n}`,
    place: { platform: 'discord', workspace: `${n % 1_000}`, channel: null },
    who: { account: `${n % PERSONS}`, home: '', name: '', admin: false },
    ask: { kind: 'typed', line: '' },
    memberOf: () => null,
    channelOf: () => null,
  });
  let n = 0;
  return measure(200, () => {
    for (let i = 0; i < BATCH; i++) fair.consume(act(n), known, 1, new Date(1e12 + 1_000 * n++));
  });
}
