import { z } from 'zod';
import { LOCALES, readZone } from './language/locale.ts';
import { LOG_LEVELS } from './log.ts';

const blank = (value: unknown): unknown => (value === '' ? undefined : value);
const text = z.preprocess(blank, z.string().optional());

const schema = z.object({
  DATABASE_URL: z.preprocess(
    blank,
    z
      .string()
      .regex(/^(file:.+|postgres(ql)?:\/\/.+)$/, 'must be file:PATH, file::memory: or postgres://…')
      .default('file:./data/rembug.db'),
  ),
  DISCORD_TOKEN: text,
  DISCORD_GUILD_ID: z.preprocess(
    blank,
    z
      .string()
      .regex(/^\d{5,25}$/, 'must be the number of a server')
      .optional(),
  ),
  DISCORD_API_URL: z.preprocess(blank, z.url('must be a web address').default('https://discord.com/api')),
  SLACK_BOT_TOKEN: z.preprocess(
    blank,
    z
      .string()
      .regex(/^xoxb-/, 'must begin with xoxb-')
      .optional(),
  ),
  SLACK_APP_TOKEN: z.preprocess(
    blank,
    z
      .string()
      .regex(/^xapp-/, 'must begin with xapp-')
      .optional(),
  ),
  SLACK_SIGNING_SECRET: text,
  SLACK_CLIENT_ID: text,
  SLACK_CLIENT_SECRET: text,
  SLACK_STATE_SECRET: text,
  SLACK_API_URL: z.preprocess(
    blank,
    z
      .string()
      .regex(/^https?:\/\/.+\/api\/$/, 'must end in /api/')
      .optional(),
  ),
  PORT: z.preprocess(blank, z.coerce.number('must be a number').int().min(0).max(65_535).default(3000)),
  PUBLIC_URL: z.preprocess(blank, z.url('must be a web address').optional()),
  REMBUG_LOCALE: z.preprocess(blank, z.enum(LOCALES, 'must be id or en').default('id')),
  REMBUG_TIMEZONE: z.preprocess(
    blank,
    z
      .string()
      .default('Asia/Jakarta')
      .transform((typed, ctx) => {
        const zone = readZone(typed);
        if (!zone) ctx.addIssue({ code: 'custom', message: 'is no time zone, such as Asia/Makassar' });
        return zone ?? typed;
      }),
  ),
  LOG_LEVEL: z.preprocess(blank, z.enum(LOG_LEVELS, `must be one of ${LOG_LEVELS.join(', ')}`).default('info')),
  LOG_FORMAT: z.preprocess(blank, z.enum(['pretty', 'json'], 'must be pretty or json').optional()),
});

/** Settings that need others beside them. */
function loneSettings(env: Readonly<Record<string, string | undefined>>): string[] {
  const oauth = [env.SLACK_CLIENT_ID, env.SLACK_CLIENT_SECRET, env.SLACK_STATE_SECRET];
  const transport = env.SLACK_APP_TOKEN || env.SLACK_SIGNING_SECRET;
  return [
    oauth.some(Boolean) && !oauth.every(Boolean)
      ? 'SLACK_CLIENT_ID needs SLACK_CLIENT_SECRET and SLACK_STATE_SECRET beside it'
      : '',
    env.SLACK_BOT_TOKEN && !transport
      ? 'SLACK_BOT_TOKEN needs SLACK_APP_TOKEN (Socket Mode) or SLACK_SIGNING_SECRET (HTTP) beside it'
      : '',
    transport && !env.SLACK_BOT_TOKEN && !oauth.every(Boolean)
      ? 'SLACK_BOT_TOKEN is missing: the other Slack settings need it, or the three OAuth settings'
      : '',
  ].filter(Boolean);
}

/** What the installation was told. */
export interface Settings {
  readonly databaseUrl: string;
  readonly discord: { readonly token: string; readonly guildId: string | undefined; readonly apiUrl: string } | null;
  readonly slack: Slack | null;
  readonly port: number;
  readonly publicUrl: string | undefined;
  readonly locale: 'id' | 'en';
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

/** What is said of a Slack that can tell us nothing: workspaces may install the app, and nobody is answered. */
export const DEAF =
  'nothing that people do can reach Rembug: set SLACK_APP_TOKEN (Socket Mode) or SLACK_SIGNING_SECRET (HTTP)';

export const isDeaf = ({ appToken, signingSecret }: Slack): boolean => !appToken && !signingSecret;

/** Every fault of the environment at once, one line each; the program ends with 78 (EX_CONFIG). */
export class SettingsFault extends Error {
  override readonly name = 'SettingsFault';
  readonly faults: readonly string[];
  constructor(faults: readonly string[]) {
    super(faults.join('\n'));
    this.faults = faults;
  }
}

/**
 * Reads the settings from an environment; an empty value is an absent one.
 * @throws SettingsFault naming every fault; values are never repeated, since some are secrets.
 */
export function readSettings(environment: Readonly<Record<string, string | undefined>>): Settings {
  const read = schema.safeParse(environment);
  const wrong = read.error?.issues.map(issue => `${issue.path.join('.')} ${issue.message}`) ?? [];
  const faults = [...wrong, ...loneSettings(environment)];
  if (!read.success || faults.length) throw new SettingsFault(faults);
  const env = read.data;
  const { SLACK_CLIENT_ID: clientId, SLACK_CLIENT_SECRET: clientSecret, SLACK_STATE_SECRET: stateSecret } = env;
  const oauth = clientId && clientSecret && stateSecret ? { clientId, clientSecret, stateSecret } : null;
  return {
    databaseUrl: env.DATABASE_URL,
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
    publicUrl: env.PUBLIC_URL,
    locale: env.REMBUG_LOCALE,
    zone: env.REMBUG_TIMEZONE,
    logLevel: env.LOG_LEVEL,
    logFormat: env.LOG_FORMAT,
  };
}
