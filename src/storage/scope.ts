import { AsyncLocalStorage } from 'node:async_hooks';
import { Answers } from './answers.ts';

/** A unit of work was used wrongly: always a bug of ours. */
export class MisuseError extends Error {
  override readonly name = 'MisuseError';
}

/** Maximum of statements on their way of which nobody waits for the answer. */
const MAXIMUM_SENT = 32;

/** The lifetime of one unit of work on its connection; every statement passes through it. */
export class Scope<Connection = unknown> {
  readonly connection: Connection;
  /** Tables whose deleted and overwritten rows are to be unreadable in the files once this is committed. */
  readonly erased = new Set<string>();
  /** Answers of what was asked `once` in it. */
  readonly answers = new Answers();
  #state: 'open' | 'failed' | 'over' = 'open';
  #running = 0;
  /** Statements that were sent and of which nobody waits for the answer. */
  readonly #sent = new Set<Promise<void>>();
  /** The error of the first of them that failed. */
  #failure: { readonly error: unknown } | null = null;

  constructor(connection: Connection) {
    this.connection = connection;
  }

  get open(): boolean {
    return this.#state !== 'over';
  }

  /** Tells whether a statement of it failed. */
  get failed(): boolean {
    return this.#state === 'failed' || this.#failure !== null;
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
      // Statements after a failed one fail as well: the first one says why.
      throw this.#failure ? this.#failure.error : error;
    } finally {
      this.#running--;
    }
  }

  /**
   * Sends a statement that tells nothing, without waiting for its answer. Where it fails, the next statement or
   * `sent()` throws its error. Waits only while many are on their way.
   */
  async send(statement: () => Promise<unknown>): Promise<void> {
    this.#enter();
    while (this.#sent.size >= MAXIMUM_SENT) await Promise.race(this.#sent);
    const answer = statement()
      .then(
        () => undefined,
        error => {
          if (this.#state === 'open') this.#state = 'failed';
          this.#failure ??= { error };
        },
      )
      .finally(() => this.#sent.delete(answer));
    this.#sent.add(answer);
  }

  /** Waits until everything that was sent is answered. @throws the error of the first that failed. */
  async sent(): Promise<void> {
    await Promise.all(this.#sent);
    if (this.#failure) throw this.#failure.error;
  }

  /** Ends the unit just before COMMIT: everything was awaited, and no error was swallowed. */
  finish(): void {
    if (this.#failure) throw this.#failure.error;
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
    if (this.#failure) throw this.#failure.error;
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

/** Returns what was asked `once` in the unit of work that is open; undefined outside any. */
export function answersOfUnit(): Answers | undefined {
  const scope = current.getStore();
  return scope?.open ? scope.answers : undefined;
}

/** Refuses whatever must not happen while a transaction is open: a chat call, `store.read`, another `store.write`. */
export function refuseInUnitOfWork(what: string): void {
  if (current.getStore()?.open) throw new MisuseError(`${what} inside a unit of work: use its tx`);
}
