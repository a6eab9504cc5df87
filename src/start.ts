import { type Route, startWeb } from '../adapters/web/server.ts';
import { type Adapter, GivenUp } from './bot/act.ts';
import { FAIR_USE, type FairUse } from './bot/fair-use.ts';
import type { Painter } from './bot/painter.ts';
import { createPainter } from './charts/pool.ts';
import { systemClock, systemIds } from './clock.ts';
import { outboxState } from './delivery/outbox.ts';
import { createSender, PLATFORMS } from './delivery/sender.ts';
import { notePass } from './domain/cursors.ts';
import { createFigures } from './figures.ts';
import { botOn, type Ground, handlers } from './house.ts';
import { logging } from './log.ts';
import { isNewDay, retain } from './schedule/retention.ts';
import { runDue } from './schedule/run.ts';
import { everyMinute } from './schedule/tick.ts';
import type { Settings } from './settings.ts';
import { createSite, type Visit } from './site/site.ts';
import { subjects } from './views/subjects.ts';

/** Due messages are looked for this often; an act wakes the outbox at once. */
const PAUSE_MS = 1_000;
/** An outbox whose oldest message has waited this long is not well. */
const STALE_MS = 15 * 60_000;
/** A platform that cannot be reached is tried again, after longer and longer pauses. */
const RETRY_MS = [5_000, 30_000, 120_000, 600_000];
/** Everything together, the last half second of src/main.ts included, stays below ten seconds. */
const DRAIN_MS = 9_000;

export interface Platform {
  readonly adapter: Adapter;
  readonly routes?: Readonly<Record<string, Route>>;
}

/**
 * Runs the bot: every configured platform, what falls due, the outbox and the HTTP port. A platform that fails is
 * tried again and never stops the others. The painter is the one that the platforms were given.
 */
export async function startHouse(
  ground: Ground,
  settings: Settings,
  platforms: readonly Platform[],
  { painter = createPainter(ground.log), fairUse = FAIR_USE }: { painter?: Painter; fairUse?: FairUse } = {},
) {
  const { store, log } = ground;
  const figures = createFigures(store, systemClock.now);
  const inner = botOn(ground, systemClock, systemIds, {
    seen: act => figures.seen(inner.registry, act),
    fairUse,
  });
  const adapters = platforms.map(one => one.adapter);
  let stopping = false;
  const sender = createSender({
    store,
    clock: systemClock,
    log,
    subjects,
    adapters: adapters.map(figures.counted),
    stopped: () => stopping,
  });

  /** One pass at a time over some work; a wake during a pass makes another one. */
  const pump = (work: () => Promise<unknown>) => {
    let again = false;
    let working = false;
    let busy: Promise<void> = Promise.resolve();
    const wake = (): void => {
      again = true;
      if (working || stopping) return;
      working = true;
      // Not in the name of the act that woke it.
      busy = logging({}, async () => {
        while (again && !stopping) {
          again = false;
          await work();
        }
      })
        .catch(error => {
          figures.failed(error);
          log.error('pass failed', { error });
        })
        .finally(() => {
          working = false;
        });
    };
    return { wake, idle: () => busy };
  };
  // What waits for a platform that is not configured is looked at by none.
  const senders = PLATFORMS.filter(platform => adapters.some(one => one.platform === platform)).map(platform =>
    pump(async () => {
      // What one platform refuses may go to another.
      if (await sender.deliver(platform)) for (const one of senders) one.wake();
    }),
  );
  const due = pump(async () => {
    if (await runDue({ store, clock: systemClock, ids: systemIds, log, handlers }))
      for (const one of senders) one.wake();
  });
  const wake = (): void => {
    due.wake();
    for (const one of senders) one.wake();
  };

  const bot = {
    ...inner,
    async perform(act: Parameters<typeof inner.perform>[0]) {
      const answer = await inner.perform(act);
      wake();
      return answer;
    },
  };

  const running = new Set<Adapter>();
  const start = async (adapter: Adapter, attempt = 0): Promise<void> => {
    try {
      await adapter.start(bot);
      running.add(adapter);
      log.info('platform connected', { platform: adapter.platform });
      wake();
    } catch (error) {
      figures.metrics.notConnected(adapter.platform);
      log.error('platform did not connect', { platform: adapter.platform, error });
      if (error instanceof GivenUp) return;
      const pause = RETRY_MS[Math.min(attempt, RETRY_MS.length - 1)]!;
      if (!stopping) setTimeout(() => void (stopping || start(adapter, attempt + 1)), pause).unref();
    }
  };
  await Promise.all(adapters.map(adapter => start(adapter)));

  const health = async (): Promise<Record<string, string>> => {
    const ill: Record<string, string> = {};
    for (const adapter of adapters) {
      const state = running.has(adapter) ? adapter.health() : { well: false, detail: 'not connected' };
      if (!state.well) ill[adapter.platform] = state.detail;
    }
    try {
      const { oldest } = await soon(outboxState(store));
      if (oldest && Date.now() - oldest.getTime() > STALE_MS) ill.outbox = 'messages wait for more than 15 minutes';
    } catch {
      ill.database = 'does not answer';
    }
    return ill;
  };
  const metrics = () =>
    figures.text(Object.fromEntries(adapters.map(one => [one.platform, running.has(one) && one.health().well])));
  const routes = Object.assign({}, ...platforms.map(one => one.routes ?? {})) as Record<string, Route>;
  const { publicUrl } = settings;
  const answerTo = createSite({ store, painter, publicUrl });
  const site = (visit: Visit) => answerTo(visit, systemClock.now());
  const onError = (error: unknown) => log.error('http failed', { error });
  const web = await startWeb({ health, metrics, site, routes, publicUrl, onError }, settings.port).catch(error => {
    if (platforms.some(one => one.routes)) throw error;
    log.warn('http port is not available', { port: settings.port, error });
    return null;
  });
  if (web) log.info('http listening', { port: web.port });

  const timer = setInterval(wake, PAUSE_MS);
  const cron = everyMinute(
    async () => {
      await store.write(null, async tx => {
        await notePass(tx, systemClock.now());
      });
      await retain(store, systemClock.now(), await isNewDay(store, systemClock.now()));
      wake();
    },
    error => {
      figures.failed(error);
      log.error('tick failed', { error });
    },
  );
  wake();

  return {
    bot,
    port: web?.port ?? null,
    /** Stops taking acts in, answers what was begun, and closes; ten seconds at most. */
    async stop(): Promise<void> {
      stopping = true;
      clearInterval(timer);
      const drained = (async () => {
        await cron.stop();
        await Promise.all(
          adapters.map(adapter => adapter.stop().catch(error => log.warn('platform did not stop', { error }))),
        );
        await Promise.all([due, ...senders].map(one => one.idle()));
        await web?.stop();
        await painter.close();
        await store.close();
      })();
      await Promise.race([drained, new Promise(done => setTimeout(done, DRAIN_MS).unref())]);
      figures.stop();
    },
  };
}

/** What takes longer than this is no answer to somebody who asks how we are. */
const SOON_MS = 2_000;

/** An answer in time, or an error: the database may be waited for elsewhere, not here. */
async function soon<T>(work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, fail) => {
    timer = setTimeout(() => fail(new Error('no answer in time')), SOON_MS);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
