import { DiscordAdapter } from '../../adapters/discord/index.ts';
import type { PictureTimeouts } from '../../src/adapter-kit/pictures.ts';
import { registryOf } from '../../src/app/app.ts';
import { readSettings } from '../../src/app/settings.ts';
import { startApp } from '../../src/app/start.ts';
import { QUEUE_LIMITS, type QueueLimits } from '../../src/bot/act-queue.ts';
import { RATE_LIMITS, type RateLimits } from '../../src/bot/rate-limit.ts';
import { single } from '../../src/cluster/single.ts';
import { createLog, type Log } from '../../src/contract/log.ts';
import type { Painter } from '../../src/contract/painter.ts';
import type { Maker } from '../../src/reports/maker.ts';
import { PATIENT, patientFirstWord, patientPainter } from '../charts/patient.ts';
import { newSqliteStore } from '../migrated.ts';
import { Discord } from '../wire/discord/discord.ts';
import { handed, START } from '../world.ts';

interface Options extends NonNullable<Parameters<typeof Discord.start>[0]> {
  readonly paint?: (log: Log) => Painter;
  readonly pictureTimeouts?: PictureTimeouts;
  readonly fairUse?: RateLimits;
  readonly queueLimits?: QueueLimits;
  readonly maker?: Maker;
  /** The bot's clock shows this first. */
  readonly start?: Date;
}

/** Time after which an act that is held is put off, ms. */
const PUT_OFF_MS = 20;

/** The whole bot with the real discord.js client, logged in to a Discord on the loopback. */
export async function aDiscordApp({
  paint = patientPainter as (log: Log) => Painter,
  pictureTimeouts = PATIENT,
  fairUse = RATE_LIMITS,
  queueLimits = QUEUE_LIMITS,
  start = START,
  maker,
  ...options
}: Options = {}) {
  const given = handed(start);
  const discord = await Discord.start({ now: () => given.clock.now().getTime(), ...options });
  const store = await newSqliteStore();
  const logged: string[] = [];
  const log = createLog(
    { level: 'warn', format: 'json' },
    () => new Date(0),
    line => logged.push(line),
  );
  let hash: string | null = null;
  const registered = {
    load: async () => hash,
    save: async (value: string) => {
      hash = value;
    },
  };
  const painter = paint(log);
  const firstWord = patientFirstWord();
  const adapter = new DiscordAdapter({
    token: discord.token,
    guildId: undefined,
    apiUrl: discord.api,
    registry: registryOf(),
    log,
    painter,
    pictureTimeouts: pictureTimeouts,
    firstWord,
    registered,
    sharing: single(),
  });
  const ana = discord.addUser('Ana');
  const budi = discord.addUser('Budi');
  const guild = discord.addGuild({ name: 'Forum', members: [ana, budi] });
  const channel = discord.addChannel({ guild, name: 'umum' });
  const news = discord.addChannel({ guild, name: 'kabar' });
  const settings = readSettings({ PORT: '0', METRICS_ADDRESS: '' });
  const services = { store, log, defaults: { locale: 'id', zone: 'Asia/Jakarta' } } as const;
  const app = await startApp(services, settings, [{ adapter }], {
    ...given,
    painter,
    fairUse,
    queueLimits,
    ...(maker && { maker }),
  });
  await discord.connected();
  return {
    /** Clock of the bot. */
    clock: given.clock,
    discord,
    store,
    logged,
    guild,
    channel,
    news,
    ana,
    budi,
    adapter,
    /**
     * Puts off at once what is asked for from now on and is not done at once, until the function that it returns is
     * called: what is put off can open no form, and edits the message it was pressed on.
     */
    putOff(): () => void {
      Object.assign(firstWord, { quick: PUT_OFF_MS, form: PUT_OFF_MS });
      return () => void Object.assign(firstWord, patientFirstWord());
    },
    /** Types as Ana, who manages the server; resolves with the answer. */
    say: (name: string, subcommand: string, options: Record<string, unknown> = {}) =>
      discord
        .slash({ channel, user: ana, name, subcommand, options: options as never, permissions: ['ManageGuild'] })
        .answered(),
    async [Symbol.asyncDispose]() {
      await app.stop();
      await discord.stop();
    },
  };
}
