import { Counter, Gauge, Histogram, Registry } from 'prom-client';
import type { Connections } from '../storage/store.ts';

/** One act that was answered: where, which command, how it ended, and how long it took. */
export interface Counted {
  readonly platform: string;
  /** The action's command and name in English, such as `issue raise`; `none` where it was not even recognised. */
  readonly command: string;
  /** `view`, `form`, `failed`, or the code of the refusal. */
  readonly result: string;
  readonly seconds: number;
}

/** Number of platforms, workspaces or channels in one state other than well. */
export interface Unwell {
  readonly platform: string;
  readonly of: string;
  readonly state: string;
  readonly n: number;
}

/** Describes what is measured at the moment it is asked for; null: the database did not answer. */
export interface Present {
  readonly outbox: { readonly depth: number; readonly oldestSeconds: number } | null;
  readonly dueOldestSeconds: number | null;
  readonly unwell: readonly Unwell[] | null;
  readonly connections: readonly Connections[];
  readonly up: Readonly<Record<string, boolean>>;
  /** Number of acts that wait for their turn. */
  readonly actsWaiting: number;
  readonly eventLoopLagSeconds: number;
  readonly memory: { readonly rss: number; readonly heapUsed: number };
}

/** Figures that the bot counts about itself, as Prometheus text. No label holds anything about a person or a forum. */
export interface Metrics {
  act(act: Counted): void;
  /** A message was handed to a platform, and what came of it. */
  sent(platform: string, result: string): void;
  /** A platform did not let us in. */
  notConnected(platform: string): void;
  /** The database failed, by the code of the fault; `other` for what has none. */
  databaseError(code: string): void;
  text(present: Present): Promise<string>;
}

const SECONDS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 3];

/** Counters of this process, from its start; docs/operate.md says what each means. */
export function createMetrics(): Metrics {
  const registry = new Registry();
  const registers = [registry];
  const counter = <T extends string>(name: string, help: string, ...labelNames: T[]) =>
    new Counter({ name, help, labelNames, registers });
  const gauge = <T extends string>(name: string, help: string, ...labelNames: T[]) =>
    new Gauge({ name, help, labelNames, registers });

  const acts = counter('rembug_acts_total', 'Acts by command and result', 'platform', 'command', 'result');
  const seconds = new Histogram({
    name: 'rembug_act_seconds',
    help: 'Time from an act to its answer, by root command',
    labelNames: ['command'] as const,
    buckets: SECONDS,
    registers,
  });
  const sends = counter('rembug_sends_total', 'Messages handed to a platform, by result', 'platform', 'result');
  const unconnected = counter('rembug_connect_errors_total', 'Failed tries to connect to a platform', 'platform');
  const database = counter('rembug_database_errors_total', 'Failures of the database, by kind', 'code');
  const databaseUp = gauge('rembug_database_up', '1 while the database answers');
  const depth = gauge('rembug_outbox_depth', 'Messages that wait to be sent, those of later included');
  const oldest = gauge('rembug_outbox_oldest_seconds', 'How long the oldest message that is due has waited');
  const due = gauge('rembug_due_oldest_seconds', 'How late the earliest thing that fell due and was not done yet is');
  const unwell = gauge(
    'rembug_unwell',
    'Platforms, workspaces and channels that are not well',
    'platform',
    'of',
    'state',
  );
  const up = gauge('rembug_up', '1 while a platform is connected', 'platform');
  const connections = gauge('rembug_database_connections', 'Database connections', 'pool', 'state');
  const waiting = gauge('rembug_acts_waiting', 'Acts that wait for their turn');
  const lag = gauge('rembug_event_loop_lag_p99_seconds', 'Event-loop lag, 99th percentile since the last reading');
  const rss = gauge('process_resident_memory_bytes', 'Memory held by the process');
  const heap = gauge('nodejs_heap_size_used_bytes', 'Heap in use');

  return {
    act({ platform, command, result, seconds: took }) {
      acts.inc({ platform, command, result });
      seconds.observe({ command: command.split(' ')[0]! }, took);
    },
    sent: (platform, result) => sends.inc({ platform, result }),
    notConnected: platform => unconnected.inc({ platform }),
    databaseError: code => database.inc({ code }),
    async text(present) {
      databaseUp.set(present.outbox ? 1 : 0);
      if (present.outbox) {
        depth.set(present.outbox.depth);
        oldest.set(present.outbox.oldestSeconds);
      }
      if (present.dueOldestSeconds !== null) due.set(present.dueOldestSeconds);
      if (present.unwell) {
        unwell.reset();
        for (const { platform, of, state, n } of present.unwell) unwell.set({ platform, of, state }, n);
      }
      for (const [platform, well] of Object.entries(present.up)) up.set({ platform }, well ? 1 : 0);
      for (const { pool, ...states } of present.connections)
        for (const [state, n] of Object.entries(states)) connections.set({ pool, state }, n);
      waiting.set(present.actsWaiting);
      lag.set(present.eventLoopLagSeconds);
      rss.set(present.memory.rss);
      heap.set(present.memory.heapUsed);
      return registry.metrics();
    },
  };
}
