import { type HealthReport, type Listening, type Route, startMetrics, startWeb } from '../../adapters/web/server.ts';
import { createPainter } from '../charts/pool.ts';
import type { Platform } from '../contract/act.ts';
import type { Clock } from '../contract/clock.ts';
import type { Visit } from '../contract/page.ts';
import type { Painter } from '../contract/painter.ts';
import { outboxState } from '../delivery/waiting.ts';
import { type Ailment, ailments } from '../domain/ailments.ts';
import { refusedSince } from '../domain/facts.ts';
import { createMaker, type Maker } from '../reports/maker.ts';
import { inBackground } from '../runtime/event-loop.ts';
import { keepUp } from '../schedule/maintenance.ts';
import { createSite } from '../site/site.ts';
import { StorageFault } from '../storage/faults.ts';
import type { Services } from './app.ts';
import { createFigures } from './collect-metrics.ts';
import type { Settings } from './settings.ts';
import { answerInTime } from './timeout.ts';
import { watchFeeds } from './watch-feeds.ts';

/** Maximum age of the oldest message in a healthy outbox, ms. */
const STALE_MS = 15 * 60_000;

/** Time for which a message that was refused as it is made is named, ms. */
const REFUSED_MS = 86_400_000;

/** Says what is wrong with a platform as a whole, and since when. */
const toldOf = ({ state, detail, since }: Pick<Ailment, 'state' | 'detail' | 'since'>): string =>
  `${state === 'refused' ? 'refuses the token' : 'does not answer'} since ${since.toISOString()}: ${detail}`;

/** Counts how many workspaces and channels are not well, by state; anybody may read this, so no place is named. */
function counted(found: readonly Ailment[]): Record<string, string> {
  const n = (isIt: (one: Ailment) => boolean): number => found.filter(isIt).length;
  const workspaces = n(one => one.workspace !== '' && one.channel === '');
  const channels = n(one => one.channel !== '');
  return {
    ...(workspaces && { workspaces: `${workspaces} refuse us` }),
    ...(channels && { channels: `${channels} closed or gone: rembug doctor names them` }),
  };
}

/** Describes what stands behind the HTTP port. */
export interface HttpDeps {
  readonly clock: Clock;
  readonly figures: ReturnType<typeof createFigures>;
  readonly painter: Painter;
  readonly maker: Maker;
  /** Returns what is not well with each platform that runs here; null: all is. */
  readonly standing: () => Readonly<Record<string, string | null>>;
  readonly routes: Readonly<Record<string, Route>>;
}

/**
 * Opens the HTTP port: health, the public page, figures for requests that bear their token, and what a platform is
 * answered there. Null where the port is taken and nothing needs it. @throws what the port says where a platform needs
 * it.
 */
export async function serve(
  { store, log }: Services,
  { port, host, publicUrl, metricsToken }: Settings,
  { clock, figures, painter, maker, standing, routes }: HttpDeps,
): Promise<Listening | null> {
  const health = async (): Promise<HealthReport> => {
    const ill: Record<string, string> = {};
    let noted: Record<string, string> = {};
    for (const [platform, fault] of Object.entries(standing())) if (fault !== null) ill[platform] = fault;
    try {
      const found = await answerInTime(ailments(store.read));
      for (const { platform, ...one } of found)
        if (!one.workspace && platform in standing()) ill[platform] ??= toldOf(one);
      const since = new Date(clock.now().getTime() - REFUSED_MS);
      const refused = await answerInTime(refusedSince(store, since));
      const messages = refused.map(one => `${one.platform} refused "${one.topic}" as it is made`).join('; ');
      noted = { ...counted(found), ...(messages && { messages }) };
      const { oldest } = await answerInTime(outboxState(store, Object.keys(standing()) as Platform[]));
      if (oldest && clock.now().getTime() - oldest.getTime() > STALE_MS)
        ill.outbox = 'messages wait for more than 15 minutes';
    } catch {
      ill.database = 'does not answer';
      return { failing: ill, noted };
    }
    try {
      await answerInTime(figures.trySaving());
    } catch (error) {
      const isLocked = error instanceof StorageFault && error.code === 'locked';
      ill.database = isLocked ? 'is locked by another program' : 'cannot be written';
    }
    return { failing: ill, noted };
  };
  const metrics = toldBy(figures, standing);
  const answerTo = createSite({ store, painter, maker, publicUrl });
  const site = (visit: Visit) => inBackground(() => answerTo(visit, clock.now()));
  const onError = (error: unknown) => log.error('http failed', { error });
  try {
    const web = await startWeb({ health, metrics, metricsToken, site, routes, publicUrl, onError }, port, host);
    log.info('http listening', { port: web.port });
    return web;
  } catch (error) {
    if (Object.keys(routes).length) throw error;
    log.warn('http port is not available', { port, error });
    return null;
  }
}

/** The figures of this process as Prometheus text. */
const toldBy =
  ({ text }: HttpDeps['figures'], standing: HttpDeps['standing']) =>
  (): Promise<string> =>
    text(Object.fromEntries(Object.entries(standing()).map(([platform, fault]) => [platform, fault === null])));

/** Opens the address where figures are told, if there is one. That it is taken is no reason not to run. */
export async function serveMetrics(
  { log }: Services,
  { metricsAddress }: Settings,
  { figures, standing }: Pick<HttpDeps, 'figures' | 'standing'>,
): Promise<Listening | null> {
  if (!metricsAddress) return null;
  try {
    const onError = (error: unknown) => log.error('http failed', { error });
    const opened = await startMetrics(toldBy(figures, standing), metricsAddress, onError);
    log.info('metrics listening', { host: metricsAddress.host, port: opened.port });
    return opened;
  } catch (error) {
    log.warn('the address for metrics is not available', { ...metricsAddress, error });
    return null;
  }
}

/**
 * Runs beside a conversation in the terminal: the HTTP port, so that the forum's page can be looked at, and the
 * upkeep, which goes by the `real` clock wherever the conversation's one stands. Gives the
 * address by which this machine reaches the pages, and how it ends.
 */
export async function serveBeside(
  services: Services,
  settings: Settings,
  { clock, real }: { readonly clock: Clock; readonly real: Clock },
): Promise<{ readonly address: string | null; stop(): Promise<void> }> {
  const painter = createPainter(services.log);
  const maker = createMaker(services.store, services.log);
  const figures = createFigures(services.store, () => clock.now());
  const web = await serve(services, settings, {
    clock,
    figures,
    painter,
    maker,
    standing: () => ({ console: null }),
    routes: {},
  });
  const watch = watchFeeds(services, settings, real);
  const cron = keepUp(services, real, figures.failed, () => watch.wake());
  watch.wake();
  return {
    address: web && `http://${isEverywhere(settings.host) ? 'localhost' : hostIn(settings.host)}:${web.port}`,
    async stop() {
      await cron.stop();
      await watch.stop();
      await web?.stop();
      await painter.close();
      await maker.close();
      figures.stop();
    },
  };
}

const isEverywhere = (host: string | undefined): host is undefined => !host || host === '0.0.0.0' || host === '::';

/** A host as it stands in an address: that of the sixth version in brackets. */
const hostIn = (host: string): string => (host.includes(':') ? `[${host}]` : host);
