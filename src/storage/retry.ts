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

/**
 * Timeout of new tries for one act, ms, which includes its wait for others of the same forum. A running try may finish.
 */
export const RETRY_TIMEOUT_MS = 8_000;

/** PostgreSQL's and the system's codes: shut down, starting, too many connections, no line. */
const AWAY = /^(08...|57P0[123]|53300|ECONN\w+|EPIPE|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH|EAI_AGAIN)$/;
/** Serialization failure and deadlock: the transaction did nothing and may be run again. */
const COLLIDED = /^(40001|40P01)$/;
const COLLISIONS = 6;

/** Tells the driver's errors without a code: the line closed, or no answer came in time. Bad values have other types. */
function isUnanswered(error: unknown): boolean {
  let root = error;
  while (root instanceof Error && root.cause instanceof Error) root = root.cause;
  return root instanceof Error && root.constructor === Error && driverCode(error) === null;
}

/** Tells whether an error of the driver, on a line or about to open one, says that the server was not reached. */
export const isAway = (error: unknown): boolean =>
  error instanceof Away || AWAY.test(driverCode(error) ?? '') || isUnanswered(error);

/** Runs work again where the database was away or two collided; one for each database, since it knows how that is. */
export class RetryBudget {
  /** True if the last try found nobody. */
  #away = false;

  /** Deadline of a request that begins now, on the steady clock, ms. */
  deadline(): number {
    return performance.now() + RETRY_TIMEOUT_MS;
  }

  /**
   * Runs work that does all or nothing, with pauses that grow and of which none is equal. After the deadline nothing is
   * tried again, and work that waited for its turn until then is not begun while the database is away.
   * @throws StorageFault `unreachable` where it stayed away.
   */
  async run<T>(work: () => Promise<T>, until = this.deadline()): Promise<T> {
    if (this.#away && performance.now() >= until) throw unreachable(null);
    for (let n = 0, collisions = 0; ; n++) {
      try {
        const result = await work();
        this.#away = false;
        return result;
      } catch (error) {
        this.#away = error instanceof Away;
        const collided = COLLIDED.test(driverCode(error) ?? '') && ++collisions < COLLISIONS;
        if (!collided && !(error instanceof Away && performance.now() < until))
          throw error instanceof Away ? unreachable(error.cause) : faultOf(error);
        await pause(Math.min(1_000, 10 * 2 ** n) * (0.5 + Math.random()));
      }
    }
  }
}

const unreachable = (cause: unknown) => new StorageFault('unreachable', 'the database is away', cause);
