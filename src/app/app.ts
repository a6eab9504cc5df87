import { MovableClock } from '../../adapters/console/clock.ts';
import type { ConsoleDeps } from '../../adapters/console/deps.ts';
import { ConsoleAdapter } from '../../adapters/console/index.ts';
import { Session } from '../../adapters/console/session.ts';
import type { Paint } from '../../adapters/console/text.ts';
import { commands } from '../../commands/index.ts';
import { withTimeout } from '../adapter-kit/timeout.ts';
import { QUEUE_LIMITS } from '../bot/act-queue.ts';
import type { BotDeps } from '../bot/deps.ts';
import type { Defaults } from '../bot/identify.ts';
import { createBot } from '../bot/perform.ts';
import { RATE_LIMITS } from '../bot/rate-limit.ts';
import { createRegistry, type Registry } from '../bot/registry.ts';
import { type Clock, type Ids, systemClock, systemIds } from '../contract/clock.ts';
import type { Log } from '../contract/log.ts';
import { currentViews } from '../delivery/current-views.ts';
import { createSender } from '../delivery/sender.ts';
import { nextDue } from '../delivery/waiting.ts';
import { notePass } from '../domain/cursors.ts';
import { forumAt, isOnPlatforms } from '../domain/forums.ts';
import { memberOfAccount } from '../domain/people.ts';
import { catalogue } from '../language/messages.ts';
import { createMaker } from '../reports/maker.ts';
import { minutesHandlers } from '../reports/minutes.ts';
import { actionHandlers } from '../schedule/actions.ts';
import { agreementHandlers } from '../schedule/agreements.ts';
import { assessmentHandlers } from '../schedule/assessments.ts';
import { dayHandlers } from '../schedule/days.ts';
import { deadlineHandlers } from '../schedule/deadlines.ts';
import { digestHandlers } from '../schedule/digests.ts';
import { engagementHandlers } from '../schedule/engagement.ts';
import { fillHandlers } from '../schedule/fills.ts';
import { nextOccurrence } from '../schedule/occurrences.ts';
import { pollHandlers } from '../schedule/polls.ts';
import { reportHandlers } from '../schedule/reports.ts';
import { restatingHandlers } from '../schedule/restating.ts';
import { type Backoff, type Handlers, runDue } from '../schedule/run.ts';
import { seatHandlers } from '../schedule/seats.ts';
import { seriesHandlers } from '../schedule/series.ts';
import { voteHandlers } from '../schedule/votes.ts';
import { warningHandlers } from '../schedule/warnings.ts';
import type { Store } from '../storage/store.ts';
import { postTypes } from '../views/post-types.ts';

/** Everything that can fall due, by kind. */
export const handlers: Handlers = {
  ...voteHandlers,
  ...pollHandlers,
  ...assessmentHandlers,
  ...reportHandlers,
  ...agreementHandlers,
  ...actionHandlers,
  ...minutesHandlers,
  ...deadlineHandlers,
  ...warningHandlers,
  ...engagementHandlers,
  ...seatHandlers,
  ...seriesHandlers,
  ...digestHandlers,
  ...dayHandlers,
  ...restatingHandlers,
  ...fillHandlers,
};

const earliest = (a: Date | null, b: Date | null): Date | null => (a && b ? (a < b ? a : b) : (a ?? b));

/** Describes what both ways of running the bot share. */
export interface Services {
  readonly store: Store;
  readonly log: Log;
  readonly defaults: Defaults;
}

/** The bot on a clock: registry, pipeline and commands, without any platform. */
export const createAppBot = (
  services: Services,
  clock: Clock,
  ids: Ids,
  {
    seen = () => {},
    fairUse = RATE_LIMITS,
    queueLimits = QUEUE_LIMITS,
    maker = createMaker(services.store, services.log),
  }: Partial<Pick<BotDeps, 'seen' | 'fairUse' | 'queueLimits' | 'maker'>> = {},
) => createBot({ ...services, clock, ids, commands, seen, fairUse, queueLimits, maker });

/** All commands, for what needs no forum: registering them with a platform. */
export const registryOf = (): Registry => createRegistry(commands, [catalogue.id, catalogue.en]);

/** Interval at which a delivery that goes on is looked at, ms. */
const LOOK_MS = 500;

/** The console's name as a place: the forum of this database that one talks to in the terminal. */
export const CONSOLE = 'local';

/**
 * A conversation in the terminal on a database. Its clock starts at `start` (null: runs with the real time) and
 * `:skip` moves it, running all that falls due in order, each at its own instant.
 */
export function openConsole(
  services: Services,
  options: {
    actor: string;
    start: Date | null;
    workspace?: string;
    paint?: Paint;
    width?: () => number;
    ids?: Ids;
    clock?: Clock;
  },
) {
  const { store, log, defaults } = services;
  const ids = options.ids ?? systemIds;
  const clock = new MovableClock(options.start, options.clock ?? systemClock);
  const adapter = new ConsoleAdapter();
  const bot = createAppBot(services, clock, ids);
  const workspace = options.workspace ?? CONSOLE;
  const sender = createSender({ store, clock, log, subjects: postTypes, adapters: [adapter] });
  /** Delivers what is due. Where the database takes no outcome, nobody is kept waiting until it does. */
  const deliver = async (): Promise<void> => {
    const isDone = sender.deliver().then(() => true);
    while (!(await withTimeout(LOOK_MS, isDone, false))) if (sender.unrecorded() > 0) return;
  };
  const settle = async (): Promise<void> => {
    await runDue({ store, clock, ids, log, handlers });
    await deliver();
  };
  const backoff: Backoff = new Map();
  const next = async (): Promise<Date | null> => earliest(await nextDue(store), await nextOccurrence(store));
  const deps: ConsoleDeps = {
    bot,
    adapter,
    ids,
    clock,
    settle,
    async look() {
      try {
        await runDue({ store, clock, ids, log, handlers, backoff: backoff });
        await deliver();
      } catch (error) {
        log.error('pass failed', { error });
      }
    },
    mayMove: async () => !(await isOnPlatforms(store.read)),
    async skip(ms) {
      const end = new Date(clock.now().getTime() + ms);
      await settle();
      let stuck = 0;
      for (let at = await next(); at && at <= end && stuck < 3; at = await next()) {
        // Work that cannot be done stays due; it is tried again later, not for ever at the same instant.
        stuck = at <= clock.now() ? stuck + 1 : 0;
        clock.moveTo(at);
        await settle();
      }
      clock.moveTo(end);
      await settle();
      await store.write(null, tx => notePass(tx, end));
    },
    standing: () => currentViews(store, postTypes, { platform: 'console', workspace }, clock.now()),
    async reader(account) {
      const forum = await forumAt(store.read, { platform: 'console', workspace });
      const member = forum && (await memberOfAccount(store.read, forum.id, { platform: 'console', home: '', account }));
      const locale = member?.locale ?? forum?.locale ?? defaults.locale;
      return { m: catalogue[locale], locale, zone: member?.zone ?? forum?.zone ?? defaults.zone };
    },
  };
  const { actor, paint, width } = options;
  const session = new Session(deps, { actor, workspace, ...(paint && { paint }), ...(width && { width }) });
  return { session, bot, clock, adapter };
}
