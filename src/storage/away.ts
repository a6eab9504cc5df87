import { setTimeout as pause } from 'node:timers/promises';
import { driverCode, faultOf, StorageFault } from './faults.ts';

/**
 * The server, or the line to it, failed, and nothing was done: the work may be run again. A server that restarts or is
 * failed over is back within seconds; so long is waited, and then the cause is thrown.
 */
export class Away extends Error {
  override readonly name = 'Away';
  constructor(cause: unknown) {
    super('the database was away', { cause });
  }
}

/** Nobody who acts is left waiting for longer than this. */
export const PATIENCE_MS = 8_000;

/** PostgreSQL's and the system's codes: shut down, starting, too many connections, no line. */
const AWAY = /^(08...|57P0[123]|53300|ECONN\w+|EPIPE|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH|EAI_AGAIN)$/;
/** Serialization failure and deadlock: the transaction did nothing and may be run again. */
const COLLIDED = /^(40001|40P01)$/;
const COLLISIONS = 6;

export const isAway = (error: unknown): boolean => error instanceof Away || AWAY.test(driverCode(error) ?? '');

/** Runs work that does all or nothing, again where the database was away or two collided; pauses grow, none is equal. */
export async function patiently<T>(work: () => Promise<T>): Promise<T> {
  const until = performance.now() + PATIENCE_MS;
  for (let n = 0, collisions = 0; ; n++) {
    try {
      return await work();
    } catch (error) {
      const collided = COLLIDED.test(driverCode(error) ?? '') && ++collisions < COLLISIONS;
      if (!collided && !(error instanceof Away && performance.now() < until))
        throw error instanceof Away
          ? new StorageFault('unreachable', 'the database is away', error.cause)
          : faultOf(error);
      await pause(Math.min(1_000, 10 * 2 ** n) * (0.5 + Math.random()));
    }
  }
}
