import { AsyncLocalStorage } from 'node:async_hooks';

export const LOG_LEVELS = ['debug', 'info', 'warn', 'error'] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

/** Describes what happened, for operators: never a person's words, never a secret. */
export interface Log {
  debug(message: string, fields?: Fields): void;
  info(message: string, fields?: Fields): void;
  warn(message: string, fields?: Fields): void;
  error(message: string, fields?: Fields): void;
}

type Fields = Readonly<Record<string, unknown>>;

/**
 * Tokens of both platforms, what answers an interaction (Slack's `trigger_id` and `response_url`, the token in Discord's
 * callback addresses), signed addresses and database passwords, wherever they turn up.
 */
const SECRETS = new RegExp(
  [
    String.raw`xox[a-z]-[\w-]+|xapp-[\w-]+`,
    String.raw`[\w-]{23,28}\.[\w-]{6,7}\.[\w-]{27,}`,
    String.raw`aW50ZXJhY3Rpb246[\w-]+|(?<=\/(?:webhooks|interactions)\/\d+\/)[^/\s"]+`,
    String.raw`\b\d{4,}\.\d{4,}\.[0-9a-f]{16,}\b`,
    String.raw`https:\/\/hooks\.slack\.com\/[^\s"]+`,
    String.raw`wss?:\/\/[^\s"]+|https?:\/\/[^\s"]+\/(?:commands|actions|app|workflows)\/[^\s"]+`,
    String.raw`https:\/\/(?:cdn|media)\.discordapp\.(?:com|net)\/[^\s"]+`,
    String.raw`(?<=:\/\/[^:/\s]+:)[^@\s]+(?=@)`,
  ].join('|'),
  'g',
);

const redacted = (text: string): string => text.replace(SECRETS, '[redacted]');

/**
 * Cuts from an error what it may repeat of a person's words: a driver lists the values of a query, a parser
 * quotes what it could not read.
 */
export const unquoted = (message: string): string =>
  message
    .replace(/^(Failed query)[\s\S]*/, '$1')
    .replace(/["“][\s\S]*["”]/g, '"…"')
    .replace(/'(?![\w$.]{1,40}')[^']*'/g, "'…'")
    .slice(0, 300);

/** An error as fields: an unknown one keeps its stack, so that a bug can be found. */
function plain(value: unknown): unknown {
  if (!(value instanceof Error)) return value;
  const { code, constraint } = value as { code?: unknown; constraint?: unknown };
  return {
    name: value.name,
    message: unquoted(value.message),
    code,
    constraint,
    stack: value.stack
      ?.split('\n')
      .filter(line => /^\s+at /.test(line))
      .map(line => line.trim()),
    cause: value.cause && plain(value.cause),
  };
}

const around = new AsyncLocalStorage<Fields>();

/** Every line that is logged by `work`, however deep, carries these fields, and none of those around it. */
export const logging = <T>(fields: Fields, work: () => T): T => around.run(fields, work);

/** A log that writes one line a message, as JSON or for people; both without secrets. */
export function createLog(
  settings: { level: LogLevel; format: 'pretty' | 'json' },
  now: () => Date,
  write: (line: string) => void,
): Log {
  const least = LOG_LEVELS.indexOf(settings.level);
  const say =
    (level: LogLevel) =>
    (message: string, fields: Fields = {}) => {
      if (LOG_LEVELS.indexOf(level) < least) return;
      const values = Object.fromEntries(
        Object.entries({ ...around.getStore(), ...fields }).map(([key, value]) => [key, plain(value)]),
      );
      const at = now().toISOString();
      const line =
        settings.format === 'json'
          ? JSON.stringify({ at, level, message, ...values })
          : `${at} ${level.padEnd(5)} ${message}${Object.keys(values).length ? ` ${JSON.stringify(values)}` : ''}`;
      write(redacted(line));
    };
  return { debug: say('debug'), info: say('info'), warn: say('warn'), error: say('error') };
}
