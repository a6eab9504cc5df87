import { distance } from 'fastest-levenshtein';
import * as z from 'zod';
import { LOG_LEVELS } from '../contract/log.ts';
import { LOCALES, type Locale, readZone } from '../language/locale.ts';
import type { Messages } from '../language/messages.ts';
import { isAddress } from '../storage/address.ts';

type Words = Messages['cli'];

/** Minimum length of the newest state secret, in characters: it seals the tokens of all workspaces. */
const MIN_STATE_SECRET = 32;

/** The reason why a value is refused, by its key in the catalogues. */
const because = (why: keyof Words['wrong']): string => why;

/** The database where none is set. */
const DATABASE = 'file:./data/rembug.db';

const blank = (value: unknown): unknown => (value === '' ? undefined : value);
const text = z.preprocess(blank, z.string().optional());

/** Maximum number of feeds of alerts. */
const MAX_FEEDS = 20;

/** An https address; http only of this machine. */
function isFeedAddress(typed: string): boolean {
  if (!URL.canParse(typed)) return false;
  const { protocol, hostname, username, password } = new URL(typed);
  if (username || password) return false;
  return protocol === 'https:' || (protocol === 'http:' && ['localhost', '127.0.0.1', '[::1]'].includes(hostname));
}

const schema = z.object({
  DATABASE_URL: z.preprocess(
    blank,
    z
      .string()
      .regex(/^(file:.+|postgres(ql)?:\/\/.+)$/, { message: because('databaseUrl'), abort: true })
      .refine(isAddress, because('serverUrl'))
      .optional(),
  ),
  DISCORD_TOKEN: text,
  DISCORD_GUILD_ID: z.preprocess(
    blank,
    z
      .string()
      .regex(/^\d{5,25}$/, because('server'))
      .optional(),
  ),
  DISCORD_API_URL: z.preprocess(blank, z.url(because('address')).default('https://discord.com/api')),
  SLACK_BOT_TOKEN: z.preprocess(
    blank,
    z
      .string()
      .regex(/^xoxb-/, because('botToken'))
      .optional(),
  ),
  SLACK_APP_TOKEN: z.preprocess(
    blank,
    z
      .string()
      .regex(/^xapp-/, because('appToken'))
      .optional(),
  ),
  SLACK_SIGNING_SECRET: text,
  SLACK_CLIENT_ID: text,
  SLACK_CLIENT_SECRET: text,
  SLACK_STATE_SECRET: z.preprocess(
    blank,
    z
      .string()
      .refine(secrets => secrets.split(',')[0]!.trim().length >= MIN_STATE_SECRET, because('stateSecret'))
      .optional(),
  ),
  SLACK_API_URL: z.preprocess(
    blank,
    z
      .string()
      .regex(/^https?:\/\/.+\/api\/$/, because('apiUrl'))
      .optional(),
  ),
  PORT: z.preprocess(
    blank,
    z.coerce
      .number(because('number'))
      .int(because('port'))
      .min(0, because('port'))
      .max(65_535, because('port'))
      .default(3000),
  ),
  HOST: z.preprocess(
    blank,
    z
      .string()
      .regex(/^[\w.:-]+$/, because('host'))
      .optional(),
  ),
  METRICS_ADDRESS: z
    .string()
    .regex(/^(|(\[[0-9a-f:]+\]|[^\s:[\]]+):\d{1,5})$/i, because('hostPort'))
    .refine(typed => Number(typed.split(':').at(-1)) <= 65_535, because('hostPort'))
    .default('127.0.0.1:9464')
    .transform(typed => {
      const [, host, port] = /^\[?(.*?)\]?:(\d+)$/.exec(typed) ?? [];
      return host === undefined ? null : { host, port: Number(port) };
    }),
  METRICS_TOKEN: text,
  FILE_LIMIT_MB: z.preprocess(
    blank,
    z.coerce
      .number(because('number'))
      .int(because('fileLimit'))
      .min(1, because('fileLimit'))
      .max(10, because('fileLimit'))
      .default(10),
  ),
  ALERT_FEEDS: z
    .string()
    .default('')
    .transform(typed => [...new Set(typed.split(/[\s,]+/).filter(Boolean))])
    .refine(feeds => feeds.length <= MAX_FEEDS && feeds.every(isFeedAddress), because('feeds')),
  PUBLIC_URL: z.preprocess(blank, z.url(because('address')).optional()),
  REMBUG_LOCALE: z.preprocess(blank, z.enum(LOCALES, because('locale')).optional()),
  REMBUG_TIMEZONE: z.preprocess(
    blank,
    z
      .string()
      .default('Asia/Jakarta')
      .transform((typed, ctx) => {
        const zone = readZone(typed);
        if (!zone) ctx.addIssue({ code: 'custom', message: because('zone') });
        return zone ?? typed;
      }),
  ),
  LOG_LEVEL: z.preprocess(blank, z.enum(LOG_LEVELS, because('level')).default('info')),
  LOG_FORMAT: z.preprocess(blank, z.enum(['pretty', 'json'], because('format')).optional()),
});

/** Settings that need others beside them. */
function loneSettings(env: Readonly<Record<string, string | undefined>>): (keyof Words['needs'])[] {
  const oauth = [env.SLACK_CLIENT_ID, env.SLACK_CLIENT_SECRET, env.SLACK_STATE_SECRET];
  const transport = env.SLACK_APP_TOKEN || env.SLACK_SIGNING_SECRET;
  const faults: (keyof Words['needs'])[] = [];
  if (oauth.some(Boolean) && !oauth.every(Boolean)) faults.push('oauth');
  if (env.SLACK_BOT_TOKEN && !transport) faults.push('transport');
  if (transport && !env.SLACK_BOT_TOKEN && !oauth.every(Boolean)) faults.push('token');
  return faults;
}

/** Every name that is read. */
const NAMES = Object.keys(schema.shape);
/** Maximum number of letters by which a misspelt name differs from one of ours; others are other programs'. */
const SLIPS = 2;
/** Names begin so where they are ours: short ones such as PORT have too many neighbours in an environment. */
const OURS = /^(database|discord|slack|public|rembug|log|alert)_/i;

/** Names that look like one of ours and are none, with the one that is meant. */
export function misspelt(
  environment: Readonly<Record<string, string | undefined>>,
): { readonly name: string; readonly meant: string }[] {
  return Object.keys(environment)
    .filter(name => OURS.test(name) && !NAMES.includes(name))
    .flatMap(name => {
      const typed = name.toUpperCase();
      const [meant] = NAMES.filter(one => distance(one, typed) <= SLIPS).sort(
        (a, b) => distance(a, typed) - distance(b, typed),
      );
      return meant ? [{ name, meant }] : [];
    });
}

/** Describes what the installation was told. */
export interface Settings {
  readonly databaseUrl: string;
  /** True: nothing says which database, so it is the one that people work in, unless a verb has one of its own. */
  readonly isDatabaseOpen: boolean;
  readonly discord: { readonly token: string; readonly guildId: string | undefined; readonly apiUrl: string } | null;
  readonly slack: Slack | null;
  readonly port: number;
  /** Address of the port; undefined: all addresses of this machine. */
  readonly host: string | undefined;
  /** Address of the figures; null: none. */
  readonly metricsAddress: { readonly host: string; readonly port: number } | null;
  /** Token that opens the figures on the public port too. */
  readonly metricsToken: string | undefined;
  readonly publicUrl: string | undefined;
  /** Maximum size of a file that is handed in, MiB. */
  readonly fileLimitMib: number;
  /** Addresses of the feeds of alerts that may be watched. */
  readonly alertFeeds: readonly string[];
  readonly locale: Locale;
  /** True: nothing says in which language a new forum is, and Indonesian is only likely. */
  readonly isLocaleOpen: boolean;
  readonly zone: string;
  readonly logLevel: (typeof LOG_LEVELS)[number];
  readonly logFormat: 'pretty' | 'json' | undefined;
}

export interface Slack {
  readonly botToken: string | undefined;
  readonly appToken: string | undefined;
  readonly signingSecret: string | undefined;
  readonly oauth: { readonly clientId: string; readonly clientSecret: string; readonly stateSecret: string } | null;
  readonly apiUrl: string | undefined;
}

/** Tells whether nothing that people do can reach us: workspaces may install the app, and nobody is answered. */
export const isDeaf = ({ appToken, signingSecret }: Slack): boolean => !appToken && !signingSecret;

/** Every fault of the environment at once, one line each; the program ends with 78 (EX_CONFIG). */
export class SettingsFault extends Error {
  override readonly name = 'SettingsFault';
  readonly faults: (words: Words) => readonly string[];

  constructor(faults: (words: Words) => readonly string[]) {
    super('wrong settings');
    this.faults = faults;
  }
}

/**
 * Reads the settings from an environment; an empty value is an absent one.
 * @throws SettingsFault naming every fault; values are never repeated, since some are secrets.
 */
export function readSettings(environment: Readonly<Record<string, string | undefined>>): Settings {
  const read = schema.safeParse(environment);
  const wrong = read.error?.issues ?? [];
  const lone = loneSettings(environment);
  if (!read.success || lone.length)
    throw new SettingsFault(words => [
      ...wrong.map(({ path, message }) => `${path.join('.')} ${words.wrong[message as keyof Words['wrong']]}`),
      ...lone.map(one => words.needs[one]),
    ]);
  const env = read.data;
  const { SLACK_CLIENT_ID: clientId, SLACK_CLIENT_SECRET: clientSecret, SLACK_STATE_SECRET: stateSecret } = env;
  const oauth = clientId && clientSecret && stateSecret ? { clientId, clientSecret, stateSecret } : null;
  return {
    databaseUrl: env.DATABASE_URL ?? DATABASE,
    isDatabaseOpen: env.DATABASE_URL === undefined,
    discord: env.DISCORD_TOKEN
      ? { token: env.DISCORD_TOKEN, guildId: env.DISCORD_GUILD_ID, apiUrl: env.DISCORD_API_URL }
      : null,
    slack:
      env.SLACK_BOT_TOKEN || oauth
        ? {
            botToken: env.SLACK_BOT_TOKEN,
            appToken: env.SLACK_APP_TOKEN,
            signingSecret: env.SLACK_SIGNING_SECRET,
            oauth,
            apiUrl: env.SLACK_API_URL,
          }
        : null,
    port: env.PORT,
    host: env.HOST,
    metricsAddress: env.METRICS_ADDRESS,
    metricsToken: env.METRICS_TOKEN,
    publicUrl: env.PUBLIC_URL,
    fileLimitMib: env.FILE_LIMIT_MB,
    alertFeeds: env.ALERT_FEEDS,
    locale: env.REMBUG_LOCALE ?? 'id',
    isLocaleOpen: env.REMBUG_LOCALE === undefined,
    zone: env.REMBUG_TIMEZONE,
    logLevel: env.LOG_LEVEL,
    logFormat: env.LOG_FORMAT,
  };
}
