import { REST, type RESTOptions } from 'discord.js';

/**
 * Maximum time for which a message that Discord puts off waits here, ms; for longer it waits in the outbox, where it
 * keeps nobody and survives a restart. Answers to people, and what connects, wait here however long it takes.
 */
const WAIT_MS = 5_000;
type Limit = Parameters<Extract<NonNullable<RESTOptions['rejectOnRateLimit']>, (...args: never) => unknown>>[0];
const isPutOff = ({ route, retryAfter, sublimitTimeout }: Limit): boolean => {
  const waitMs = Math.max(retryAfter, sublimitTimeout);
  // A 429 that names no seconds would be repeated by the SDK at once, and again and again.
  if (!(waitMs > 0)) return true;
  return /^\/(channels|guilds|users)\//.test(route) && waitMs > WAIT_MS;
};

/** Time for which discord.js remembers the limits of a route, ms: a late answer has a route of its own. */
const ROUTES_KEPT_MS = 10 * 60_000;
/** Maximum of routes of answers whose limits are remembered; some 2 kB each. */
const ANSWERED = 500;

/** Options of REST for all that the bot does in its own name: 50 calls a second, as Discord allows one bot. */
export const restOptions = (apiUrl: string) => ({
  api: apiUrl,
  rejectOnRateLimit: isPutOff,
  handlerSweepInterval: ROUTES_KEPT_MS,
});

/**
 * A REST client for the answers of interactions, which Discord does not count to the bot's 50 calls a second
 * (docs.discord.com/developers/interactions/receiving-and-responding#endpoints): they wait neither for each other nor for
 * what the bot sends. `Answers` bounds how many are on their way; the limits of each interaction's token, and a 429 of
 * any kind, hold here as everywhere.
 */
export const answersRestOf = (apiUrl: string): REST =>
  new REST({ ...restOptions(apiUrl), globalRequestsPerSecond: Number.POSITIVE_INFINITY });

/** Lets the client of answers forget the routes of those that are sent: it keeps each for a while, and a flood has thousands. */
export function forgetAnswered({ handlers }: Pick<REST, 'handlers'>, most = ANSWERED): void {
  if (handlers.size > most) handlers.sweep(handler => handler.inactive);
}
