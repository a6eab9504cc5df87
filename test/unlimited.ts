import type { RateLimits } from '../src/bot/rate-limit.ts';

const FREE = { burst: 1_000_000, perSecond: 1_000_000 };

/** For tests and measurements in which few people do far more than people do. */
export const UNLIMITED: RateLimits = { person: FREE, forum: FREE, typing: FREE, kept: FREE, joinsAnHour: 1_000_000 };
