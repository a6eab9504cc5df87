import { type Logger, LogLevel, webApi } from '@slack/bolt';
import { type Log, unquoted } from '../../src/contract/log.ts';

/** Timeout of a call to Slack, ms: a later answer is taken as lost. */
const TIMEOUT_MS = 10_000;

/**
 * Configures calls to Slack: none waits for ever, none is repeated behind our back (a repeated post would be a second
 * message), and one that is too many is refused instead of holding up all others. Pacing is the outbox's.
 */
export const clientOptions = (apiUrl: string | undefined, log: Log): webApi.WebClientOptions => ({
  ...(apiUrl && { slackApiUrl: apiUrl }),
  timeout: TIMEOUT_MS,
  rejectRateLimitedCalls: true,
  retryConfig: { retries: 0 },
  allowAbsoluteUrls: false,
  logger: slackLog(log),
});

/** A client with a workspace's token. */
export const clientOf = (token: string, options: webApi.WebClientOptions): webApi.WebClient =>
  new webApi.WebClient(token, options);

/** Slack's SDKs write to our log; what they say in detail would repeat whole payloads, so it is left out. */
export function slackLog(log: Log): Logger {
  const said = (words: unknown[]): string =>
    unquoted(words.map(one => (one instanceof Error ? one.message : String(one))).join(' '));
  return {
    debug() {},
    info() {},
    warn: (...words) => log.info('slack sdk', { said: said(words) }),
    error: (...words) => log.warn('slack sdk', { said: said(words) }),
    setLevel() {},
    getLevel: () => LogLevel.WARN,
    setName() {},
  };
}
