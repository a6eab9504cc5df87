import { registryOf, type Services } from '../app/app.ts';
import { isDeaf, type Settings } from '../app/settings.ts';
import type { Platform } from '../app/start.ts';
import { createPainter } from '../charts/pool.ts';
import { leased } from '../cluster/leased.ts';
import { single } from '../cluster/single.ts';
import { type Clock, systemClock, systemIds } from '../contract/clock.ts';
import type { Painter } from '../contract/painter.ts';
import { factOf, forgetFact, rememberFact } from '../domain/facts.ts';
import { catalogue } from '../language/messages.ts';
import { keepHeapSmall } from '../runtime/heap.ts';
import { holdDatabase } from '../storage/lock.ts';
import type { Store } from '../storage/store.ts';
import { converse } from './converse.ts';
import { lastReload } from './reload.ts';
import { defineVerb, openServices, type Verb } from './verb.ts';

/** Time in which work ends, ms: the system waits ten seconds. The rest is done after the next start. */
const DRAIN_MS = 9_500;
/** Timeout of what a start that failed has left open, ms: the reason is told meanwhile. */
const FAILED_MS = 1_000;

/**
 * Runs until SIGTERM or SIGINT; with no chat platform, until the conversation in the terminal ends, if that comes
 * first.
 */
export const startVerb = defineVerb({
  options: {},
  takes: {},
  async run(verb) {
    const { settings, log } = verb;
    if (!settings.discord && !settings.slack) {
      if (!process.stdin.isTTY) log.warn('no platform is set: DISCORD_TOKEN, or SLACK_BOT_TOKEN with SLACK_APP_TOKEN');
      return conversation(verb);
    }
    keepHeapSmall();
    const hold = holdDatabase(settings.databaseUrl);
    try {
      // Heard from the beginning: also while a platform is slow to connect.
      const ended = untilTold(log);
      if (settings.slack && isDeaf(settings.slack)) log.warn(`slack: ${catalogue.en.cli.doctor.deaf}`);
      const { startApp: startHouse } = await import('../app/start.ts');
      const reload = reloads(verb, ended);
      for (let now: Settings | null = settings; now; ) {
        const told = reload.next();
        const at: Verb = { ...verb, settings: now };
        const on = await openServices(at);
        await reload.watch(on.store);
        const painter = createPainter(log);
        const deps = await startHouse(on, now, await configured(at, on.store, painter), {
          clock: systemClock,
          ids: systemIds,
          painter,
          ended: told.then(() => undefined),
        });
        now = await told;
        // Guards against a platform's client that never closes: a supervisor starts the bot anew.
        const late = now && setTimeout(() => process.exit(1), DRAIN_MS);
        await deps.stop();
        if (late) clearTimeout(late);
      }
      // Nothing is left to do; what the platforms' clients may have left open is not waited for. The lock goes with us.
      return process.exit(0);
    } catch (error) {
      // Guards against what was begun by then, such as a client that tries again and again: a supervisor starts the bot anew.
      setTimeout(() => process.exit(), FAILED_MS).unref();
      throw error;
    } finally {
      hold.release();
    }
  },
});

/** Interval at which a request in the database is looked for, ms. */
const LOOK_MS = 2_000;

/**
 * Hears SIGHUP and `rembug reload`, by which a service takes new settings. `next` gives those of the next one that can be used, of the
 * database that is held; null: the program is told to end.
 */
function reloads(
  { settings, log, reread }: Verb,
  ended: Promise<void>,
): { next(): Promise<Settings | null>; watch(store: Store): Promise<void> } {
  let told = (): void => undefined;
  // One that comes while another is under way is next.
  let waiting: Settings | null = null;
  /** @throws why the settings as they are now cannot be taken. */
  const taken = (): Settings => {
    const found = { ...reread(), databaseUrl: settings.databaseUrl };
    if (!found.discord && !found.slack) throw new Error('no platform is set');
    if (found.databaseUrl === 'file::memory:') throw new Error('a database in memory would be lost');
    return found;
  };
  const hear = (): void => {
    try {
      waiting = taken();
      log.info('reload: the settings are taken anew');
      told();
    } catch (error) {
      log.error('reload: the settings of before stay', { error });
    }
  };
  // A terminal that is closed sends the same.
  if (!process.stdin.isTTY) process.on('SIGHUP', hear);
  let timer: NodeJS.Timeout | undefined;
  return {
    /** Looks for requests in a database from now on, until the settings are taken anew. */
    async watch(store) {
      let heard = await lastReload(store);
      const look = async (): Promise<void> => {
        // A database that is away asks for nothing.
        const last = await lastReload(store).catch(() => heard);
        if (last === heard) return;
        heard = last;
        hear();
      };
      clearInterval(timer);
      timer = setInterval(() => void look(), LOOK_MS);
    },
    async next() {
      const heard = new Promise<void>(done => {
        told = done;
      });
      const isEnd = await Promise.race([
        ended.then(() => true),
        (waiting ? Promise.resolve() : heard).then(() => false),
      ]);
      clearInterval(timer);
      const found = waiting;
      waiting = null;
      return isEnd ? null : found;
    },
  };
}

/** Resolves when the program is told to end; where that hangs it ends all the same. */
function untilTold(log: Verb['log']): Promise<void> {
  const ended = new Promise<void>(done => {
    for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => done());
  });
  // Guards against a failure inside a platform's library, outside any call of ours: it ends one event, not the bot.
  process.on('uncaughtException', error => log.error('failure outside an act', { error }));
  void ended.then(() => setTimeout(() => process.exit(0), DRAIN_MS).unref());
  return ended;
}

/** The conversation in the terminal as the running bot, with the HTTP port beside it. */
export async function conversation(verb: Verb, given: Parameters<typeof converse>[1] = {}): Promise<number> {
  const { settings, log } = verb;
  const hold = holdDatabase(settings.databaseUrl);
  try {
    const ended = untilTold(log);
    const { serveBeside } = await import('../app/http.ts');
    const begin = (on: Services, clock: Clock) => serveBeside(on, settings, { clock, real: systemClock });
    return await converse(verb, given, { ended, begin });
  } finally {
    hold.release();
  }
}

/**
 * The chat platforms that the settings name; each is loaded only when it is wanted. Discord's client comes first: the one
 * whose `undici` is loaded first serves the whole process, and Slack's cannot send the files of Discord's.
 */
async function configured({ settings, log }: Verb, store: Services['store'], painter: Painter): Promise<Platform[]> {
  const platforms: Platform[] = [];
  const registry = registryOf();
  if (settings.discord) {
    const { DiscordAdapter } = await import('../../adapters/discord/index.ts');
    const sharing = store.dialect === 'sqlite' ? single() : leased({ store, log, holder: systemIds.next() });
    const registered = {
      load: () => factOf(store, 'discord-commands'),
      save: (hash: string) => rememberFact(store, 'discord-commands', hash),
    };
    platforms.push({
      adapter: new DiscordAdapter({ ...settings.discord, registry, log, painter, registered, sharing }),
    });
  }
  if (settings.slack) {
    const { SlackAdapter } = await import('../../adapters/slack/index.ts');
    const vault = {
      load: (name: string) => factOf(store, name),
      save: (name: string, value: string) => rememberFact(store, name, value),
      remove: (name: string) => forgetFact(store, name),
    };
    const { publicUrl } = settings;
    const adapter = new SlackAdapter({ ...settings.slack, publicUrl, registry, log, painter, vault });
    platforms.push({ adapter, routes: adapter.routes });
  }
  return platforms;
}
