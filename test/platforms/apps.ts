import { DiscordAdapter } from '../../adapters/discord/index.ts';
import { SlackAdapter } from '../../adapters/slack/index.ts';
import { registryOf } from '../../src/app/app.ts';
import { readSettings } from '../../src/app/settings.ts';
import { startApp } from '../../src/app/start.ts';
import type { RateLimits } from '../../src/bot/rate-limit.ts';
import { single } from '../../src/cluster/single.ts';
import { createLog, type LogLevel } from '../../src/contract/log.ts';
import type { Store } from '../../src/storage/store.ts';
import { PATIENT, PATIENT_MS, patientFirstWord, patientPainter } from '../charts/patient.ts';
import { newSqliteStore } from '../migrated.ts';
import { Discord } from '../wire/discord/discord.ts';
import { Slack } from '../wire/slack/slack.ts';
import { handed } from '../world.ts';

interface Options {
  readonly level?: LogLevel;
  /** Left out: one in memory. */
  readonly store?: Store;
  /** Left out: the limits of everybody. */
  readonly fairUse?: RateLimits;
  readonly defaults?: { readonly fileLimitMib?: number; readonly publicUrl?: string };
  /** The name of Slack's workspace. */
  readonly team?: string;
}

/** One bot with the real discord.js and the real Bolt, connected to a Discord and a Slack on the loopback at once. */
export async function bothPlatforms({ level = 'warn', store: opened, fairUse, defaults, team }: Options = {}) {
  const given = handed();
  const discord = await Discord.start({ now: () => given.clock.now().getTime() });
  const slack = await Slack.start({ ...(team && { team }) });
  const store = opened ?? (await newSqliteStore());
  // The bot closes its store when it ends; the record outlives it here.
  const kept = { ...store, close: async () => {} };
  const logged: string[] = [];
  const log = createLog(
    { level, format: 'json' },
    () => new Date(0),
    line => logged.push(line),
  );
  const registry = registryOf();
  const vault = new Map<string, string>();
  const keep = {
    load: async (name = 'hash') => vault.get(name) ?? null,
    save: async (name: string, value = name) => void vault.set(name, value),
    remove: async (name: string) => void vault.delete(name),
  };
  let painter = patientPainter(log);
  const begin = async () => {
    const onDiscord = new DiscordAdapter({
      token: discord.token,
      guildId: undefined,
      apiUrl: discord.api,
      registry,
      log,
      painter,
      pictureTimeouts: PATIENT,
      firstWord: patientFirstWord(),
      registered: keep,
      sharing: single(),
    });
    const onSlack = new SlackAdapter({
      botToken: slack.team.token,
      appToken: slack.appToken,
      signingSecret: undefined,
      oauth: null,
      publicUrl: undefined,
      apiUrl: slack.api,
      registry,
      log,
      painter,
      pictureTimeouts: PATIENT,
      formTimeoutMs: PATIENT_MS,
      replyTimeoutMs: PATIENT_MS,
      vault: keep,
    });
    return await startApp(
      { store: kept, log, defaults: { locale: 'id', zone: 'Asia/Jakarta', ...defaults } },
      readSettings({ PORT: '0', METRICS_ADDRESS: '' }),
      [{ adapter: onDiscord }, { adapter: onSlack, routes: onSlack.routes }],
      { ...given, painter, ...(fairUse && { fairUse }) },
    );
  };
  let app = await begin();
  await discord.connected();
  await slack.connected();
  return {
    /** Clock of the bot. */
    clock: given.clock,
    discord,
    slack,
    store,
    logged,
    /** The port of HTTP. */
    get port() {
      return app.port;
    },
    /** Ends the bot, lets time pass while it is away, and starts it anew on the same record. */
    async away(ms: number) {
      await app.stop();
      given.clock.skip(ms);
      painter = patientPainter(log);
      app = await begin();
      await discord.connected();
      await slack.connected();
    },
    async [Symbol.asyncDispose]() {
      await app.stop();
      await store.close();
      await slack.stop();
      await discord.stop();
    },
  };
}
