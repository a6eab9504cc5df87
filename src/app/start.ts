import type { Route } from '../../adapters/web/server.ts';
import { QUEUE_LIMITS, type QueueLimits } from '../bot/act-queue.ts';
import { RATE_LIMITS, type RateLimits } from '../bot/rate-limit.ts';
import { createPainter } from '../charts/pool.ts';
import { type Adapter, GivenUp } from '../contract/act.ts';
import type { Clock, Ids } from '../contract/clock.ts';
import { logging } from '../contract/log.ts';
import type { Painter } from '../contract/painter.ts';
import { presentOf } from '../delivery/claims.ts';
import { createSender, PLATFORMS } from '../delivery/sender.ts';
import { Watch } from '../delivery/watch.ts';
import { createMaker, type Maker } from '../reports/maker.ts';
import { inBackground } from '../runtime/event-loop.ts';
import { keepUp } from '../schedule/maintenance.ts';
import { type Backoff, runDue } from '../schedule/run.ts';
import { postTypes } from '../views/post-types.ts';
import { createAppBot, handlers, type Services } from './app.ts';
import { createFigures } from './collect-metrics.ts';
import { serve, serveMetrics } from './http.ts';
import type { Settings } from './settings.ts';
import { watchFeeds } from './watch-feeds.ts';

/** Interval at which due messages are looked for, ms; an act wakes the outbox at once. */
const PAUSE_MS = 1_000;
/** A platform that cannot be reached is tried again, after longer and longer pauses. */
const RETRY_MS = [5_000, 30_000, 120_000, 600_000];

/** One that does not take our token is tried again after these: somebody has to mend it, and may do so on its side. */
const GIVEN_UP_MS = [300_000, 1_800_000, 7_200_000];

export interface Platform {
  readonly adapter: Adapter;
  readonly routes?: Readonly<Record<string, Route>>;
}

export interface StartOptions {
  readonly clock: Clock;
  readonly ids: Ids;
  readonly painter?: Painter;
  readonly maker?: Maker;
  readonly fairUse?: RateLimits;
  readonly queueLimits?: QueueLimits;
  /** Resolves when the program is told to end: then no platform is waited for any longer. */
  readonly ended?: Promise<void>;
}

/**
 * Runs the bot: every configured platform, what falls due, the outbox and the HTTP port. A platform that fails is
 * tried again and never stops the others; what does not need it runs meanwhile. The painter is the one that the
 * platforms were given.
 */
export async function startApp(
  services: Services,
  settings: Settings,
  platforms: readonly Platform[],
  {
    clock,
    ids,
    painter = createPainter(services.log),
    maker = createMaker(services.store, services.log),
    fairUse = RATE_LIMITS,
    queueLimits = QUEUE_LIMITS,
    ended = new Promise(() => {}),
  }: StartOptions,
) {
  const { store, log } = services;
  const figures = createFigures(store, () => clock.now());
  const inner = createAppBot(services, clock, ids, {
    maker,
    seen: act => figures.seen(inner.registry, act),
    fairUse,
    queueLimits,
  });
  figures.queueIs(inner.waiting);
  const adapters = platforms.map(one => one.adapter);
  let stopping = false;
  const stopped = () => stopping;
  const sender = createSender({
    store,
    clock,
    log,
    subjects: postTypes,
    adapters: adapters.map(figures.counted),
    watch: new Watch({ store, clock, log }),
    ...(store.dialect === 'postgres' && { present: () => presentOf(store.read) }),
    stopped,
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
      // Not in the name of the act that woke it, and behind acts that want the same turn.
      busy = logging({}, () =>
        inBackground(async () => {
          while (again && !stopping) {
            again = false;
            await work();
          }
        }),
      )
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
  const running = new Set<Adapter>();
  // Messages for a platform that is not configured, or not yet connected, are looked at by none.
  const senders = PLATFORMS.filter(platform => adapters.some(one => one.platform === platform)).map(platform =>
    pump(async () => {
      if (![...running].some(one => one.platform === platform)) return;
      // Messages that one platform refuses may go to another.
      if (await sender.deliver(platform)) for (const one of senders) one.wake();
    }),
  );
  const backoff: Backoff = new Map();
  const due = pump(async () => {
    if (await runDue({ store, clock, ids, log, handlers, stopped, backoff: backoff }))
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

  const start = async (adapter: Adapter, attempt = 0): Promise<void> => {
    try {
      await adapter.start(bot);
      if (stopping) return await adapter.stop();
      running.add(adapter);
      log.info('platform connected', { platform: adapter.platform });
      wake();
    } catch (error) {
      figures.metrics.notConnected(adapter.platform);
      log.error('platform did not connect', { platform: adapter.platform, error });
      const pauses = error instanceof GivenUp ? GIVEN_UP_MS : RETRY_MS;
      const pause = pauses[Math.min(attempt, pauses.length - 1)]!;
      if (!stopping) setTimeout(() => void (stopping || start(adapter, attempt + 1)), pause).unref();
    }
  };
  /** Returns what is not well with each platform; null: all is. */
  const standing = () =>
    Object.fromEntries(
      adapters.map(adapter => {
        const { well, detail } = running.has(adapter) ? adapter.health() : { well: false, detail: 'not connected' };
        return [adapter.platform, well ? null : detail];
      }),
    );
  const routes = Object.assign({}, ...platforms.map(one => one.routes ?? {})) as Record<string, Route>;
  const web = await serve(services, settings, { clock, figures, painter, maker, standing, routes });
  const told = platforms.length ? await serveMetrics(services, settings, { figures, standing }) : null;

  const timer = setInterval(wake, PAUSE_MS);
  const watch = watchFeeds(services, settings, clock, wake);
  const cron = keepUp(services, clock, figures.failed, () => {
    wake();
    watch.wake();
  });
  watch.wake();
  wake();
  await Promise.race([Promise.all(adapters.map(adapter => start(adapter))), ended]);

  return {
    bot,
    port: web?.port ?? null,
    metricsPort: told?.port ?? null,
    /** Stops taking acts in, answers what was begun, and closes, however long that takes: src/main.ts bounds it. */
    async stop(): Promise<void> {
      stopping = true;
      clearInterval(timer);
      await cron.stop();
      await watch.stop();
      // People who wait for a report are told; work that takes minutes is not waited for.
      await maker.close();
      await Promise.all(
        adapters.map(adapter => adapter.stop().catch(error => log.warn('platform did not stop', { error }))),
      );
      await Promise.all([due, ...senders].map(one => one.idle()));
      await web?.stop();
      await told?.stop();
      await painter.close();
      await store.close();
      figures.stop();
    },
  };
}
