import { monitorEventLoopDelay } from 'node:perf_hooks';
import type { Seen } from '../bot/deps.ts';
import type { Registry } from '../bot/registry.ts';
import type { Adapter, Platform } from '../contract/act.ts';
import { outboxState } from '../delivery/waiting.ts';
import { type Ailment, ailments } from '../domain/ailments.ts';
import { rememberFact } from '../domain/facts.ts';
import { nextOccurrence } from '../schedule/occurrences.ts';
import { faultOf, StorageFault } from '../storage/faults.ts';
import type { Store } from '../storage/store.ts';
import { createMetrics, type Unwell } from './metrics.ts';
import { answerInTime } from './timeout.ts';

/** Counts how many platforms, workspaces and channels are not well, by state. */
function unwell(found: readonly Ailment[]): Unwell[] {
  const counts = new Map<string, Unwell>();
  for (const { platform, workspace, channel, state } of found) {
    const of = channel ? 'channel' : workspace ? 'workspace' : 'platform';
    const key = `${platform} ${of} ${state}`;
    counts.set(key, { platform, of, state, n: (counts.get(key)?.n ?? 0) + 1 });
  }
  return [...counts.values()];
}

/** Gathers the figures of a running bot: what it counts, and how things stand when they are asked for. */
export function createFigures(store: Store, now: () => Date) {
  const metrics = createMetrics();
  const lag = monitorEventLoopDelay();
  lag.enable();
  const age = (since: Date | null): number => (since ? Math.max(0, (now().getTime() - since.getTime()) / 1_000) : 0);

  /** Something could not be saved, and it is not known that it can be again. */
  let unsaved = false;

  /** Counts a failure that was the database's; others are counted where they show. */
  const failed = (error: unknown): void => {
    const fault = faultOf(error);
    if (!(fault instanceof StorageFault)) return;
    metrics.databaseError(fault.code);
    unsaved ||= fault.code === 'full' || fault.code === 'readonly' || fault.code === 'locked';
  };

  let waiting = (): number => 0;
  return {
    metrics,
    /** Sets the source of the number of waiting acts. */
    queueIs(length: () => number): void {
      waiting = length;
    },
    failed,
    /**
     * Tries to save something after a failure to save, until that is possible again: reading goes on where a disk is
     * full or read-only, or another program holds the lock. @throws what the database says.
     */
    async trySaving(): Promise<void> {
      if (!unsaved) return;
      await rememberFact(store, 'saved-at', now().toISOString());
      unsaved = false;
    },
    seen(registry: Registry, { platform, action, answer, seconds, error }: Seen): void {
      const command = action ? `${registry.commandOf(action).name} ${action.countedAs ?? action.name}`.trim() : 'none';
      metrics.act({ platform, command, result: answer.kind === 'refused' ? answer.code : answer.kind, seconds });
      if (error) failed(error);
    },
    /** The same way to send, each result counted. */
    counted: (adapter: Adapter): Pick<Adapter, 'platform' | 'send'> => ({
      platform: adapter.platform,
      async send(post) {
        const result = await adapter.send(post).catch((error: unknown) => {
          metrics.sent(adapter.platform, 'error');
          throw error;
        });
        metrics.sent(adapter.platform, result.kind);
        return result;
      },
    }),
    /**
     * Prometheus text, `up` by each platform that runs here; while the database is away what it would tell stays as it
     * was, and `rembug_database_up` is 0.
     */
    async text(up: Readonly<Record<string, boolean>>): Promise<string> {
      const eventLoopLagSeconds = lag.percentile(99) / 1e9;
      lag.reset();
      const stored = await answerInTime(
        Promise.all([outboxState(store, Object.keys(up) as Platform[]), nextOccurrence(store), ailments(store.read)]),
      ).catch((error: unknown) => {
        failed(error);
        return null;
      });
      return metrics.text({
        outbox: stored && { depth: stored[0].depth, oldestSeconds: age(stored[0].oldest) },
        dueOldestSeconds: stored && age(stored[1]),
        connections: store.connections(),
        unwell: stored && unwell(stored[2]),
        up,
        actsWaiting: waiting(),
        eventLoopLagSeconds,
        memory: process.memoryUsage(),
      });
    },
    stop: () => void lag.disable(),
  };
}
