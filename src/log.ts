export const LOG_LEVELS = ['debug', 'info', 'warn', 'error'] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

/** What happened, for operators: never a person's words, never a secret. */
export interface Log {
  debug(message: string, fields?: Fields): void;
  info(message: string, fields?: Fields): void;
  warn(message: string, fields?: Fields): void;
  error(message: string, fields?: Fields): void;
}

type Fields = Readonly<Record<string, unknown>>;

/** Tokens of both platforms, signed addresses and database passwords, wherever they turn up. */
const SECRETS =
  /xox[a-z]-[\w-]+|xapp-[\w-]+|[\w-]{23,28}\.[\w-]{6,7}\.[\w-]{27,}|wss:\/\/\S+|(?<=:\/\/[^:/\s]+:)[^@\s]+(?=@)|https:\/\/hooks\.slack\.com\/\S+/g;

const redacted = (text: string): string => text.replace(SECRETS, '[redacted]');

/** An error as fields: an unknown one keeps its stack, so that a bug can be found. */
function plain(value: unknown): unknown {
  if (value instanceof Error)
    return {
      name: value.name,
      message: value.message,
      code: (value as { code?: unknown }).code,
      stack: value.stack,
      cause: value.cause && plain(value.cause),
    };
  return value;
}

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
      const values = Object.fromEntries(Object.entries(fields).map(([key, value]) => [key, plain(value)]));
      const at = now().toISOString();
      const line =
        settings.format === 'json'
          ? JSON.stringify({ at, level, message, ...values })
          : `${at} ${level.padEnd(5)} ${message}${Object.keys(values).length ? ` ${JSON.stringify(values)}` : ''}`;
      write(redacted(line));
    };
  return { debug: say('debug'), info: say('info'), warn: say('warn'), error: say('error') };
}
