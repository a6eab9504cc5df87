import { AsyncLocalStorage } from 'node:async_hooks';

/** A unit of work was used wrongly: always a bug of ours. */
export class MisuseError extends Error {
  override readonly name = 'MisuseError';
}

/** The lifetime of one unit of work on its connection; every statement passes through it. */
export class Scope<Connection = unknown> {
  readonly connection: Connection;
  /** Tables whose deleted and overwritten rows are to be unreadable in the files once this is committed. */
  readonly erased = new Set<string>();
  #state: 'open' | 'failed' | 'over' = 'open';
  #running = 0;

  constructor(connection: Connection) {
    this.connection = connection;
  }

  get open(): boolean {
    return this.#state !== 'over';
  }

  /** Whether a statement of it failed. */
  get failed(): boolean {
    return this.#state === 'failed';
  }

  /** Runs a statement that answers at once. */
  sync<T>(statement: () => T): T {
    this.#enter();
    try {
      return statement();
    } catch (error) {
      this.#state = 'failed';
      throw error;
    }
  }

  /** Runs a statement that answers later. */
  async async<T>(statement: () => Promise<T>): Promise<T> {
    this.#enter();
    this.#running++;
    try {
      return await statement();
    } catch (error) {
      if (this.#state === 'open') this.#state = 'failed';
      throw error;
    } finally {
      this.#running--;
    }
  }

  /** Just before COMMIT: everything was awaited, and no error was swallowed. */
  finish(): void {
    if (this.#state === 'failed') throw new MisuseError('an error was swallowed inside a unit of work');
    this.#state = 'over';
    if (this.#running) throw new MisuseError(`${this.#running} statements still run at commit: await them`);
  }

  abandon(): void {
    this.#state = 'over';
  }

  #enter(): void {
    if (this.#state === 'over') throw new MisuseError('this unit of work has ended: a query was not awaited inside it');
    // PostgreSQL's rule, kept on SQLite as well: after an error nothing more runs.
    if (this.#state === 'failed') throw new MisuseError('this unit of work has failed: let its first error through');
  }
}

const current = new AsyncLocalStorage<Scope>();

/** Runs `work` as the unit of work of `scope`. Awaits inside, since a query that `work` returns only begins then. */
export const runInScope = <T>(scope: Scope, work: () => Promise<T>): Promise<T> =>
  current.run(scope, async () => await work());

/**
 * The unit of work to which the running code belongs, ended or not. Asking the asynchronous context lets one handle
 * serve all units, so that what the handle has built once (names of columns, statements) is built once for all.
 * @throws MisuseError outside any unit of work.
 */
export function scopeInUse<Connection>(): Scope<Connection> {
  const scope = current.getStore();
  if (!scope) throw new MisuseError('this unit of work has ended, or its tx is used outside it');
  return scope as Scope<Connection>;
}

/** For whatever must not happen while a transaction is open: a chat call, `store.read`, another `store.write`. */
export function refuseInUnitOfWork(what: string): void {
  if (current.getStore()?.open) throw new MisuseError(`${what} inside a unit of work: use its tx`);
}
