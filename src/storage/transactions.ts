import { AsyncResource } from 'node:async_hooks';
import type Database from 'better-sqlite3';
import { faultOf } from './faults.ts';
import { runInScope, Scope } from './scope.ts';

/** Maximum number of units of work in one transaction. */
const MAXIMUM_UNITS = 32;
/** Maximum time for which a unit that is done waits while others join it, ms. */
const JOINING_MS = 20;

/** A unit of work that waits for its turn, and its caller. */
interface Waiting {
  work(): Promise<unknown>;
  /** The asynchronous context of its caller, in which the work is done. */
  readonly caller: AsyncResource;
  done(result: unknown): void;
  failed(error: unknown): void;
}

/**
 * Units of work of an SQLite connection. Those that wait while another is done join its transaction, so that the disk is
 * waited for once for all of them; each is told only after that. One that fails takes back what it did, and nothing else.
 * `committed` hears of the tables to be erased.
 */
export function transactions(
  writer: Database.Database,
  begin: () => Promise<void>,
  committed: (erased: ReadonlySet<string>) => void,
) {
  const waiting: Waiting[] = [];

  /** Does one unit; the first of a transaction is alone in it. @throws its error, once what it did is taken back */
  async function unit(one: Waiting, scope: Scope, isFirst: boolean): Promise<unknown> {
    if (!isFirst) writer.exec('SAVEPOINT unit');
    try {
      const result = await one.caller.runInAsyncScope(runInScope, undefined, scope, one.work);
      scope.finish();
      if (!isFirst) writer.exec('RELEASE unit');
      return result;
    } catch (error) {
      scope.abandon();
      // A full disk may have ended the transaction already.
      if (writer.inTransaction) writer.exec(isFirst ? 'ROLLBACK' : 'ROLLBACK TO unit; RELEASE unit');
      throw faultOf(error);
    }
  }

  return {
    /** Puts a unit in the line; its promise is kept once it is durable. */
    add<T>(work: () => Promise<T>): Promise<T> {
      return new Promise<T>((done, failed) => {
        // `AsyncResource.bind` says the same, at the price of several statements: it defines properties of what it makes.
        const caller = new AsyncResource('UnitOfWork');
        waiting.push({ work, caller, done: done as (result: unknown) => void, failed });
      });
    },

    /** Does the units that wait, as one transaction as far as they come in time. */
    async run(): Promise<void> {
      const erased = new Set<string>();
      const told: (() => void)[] = [];
      const joined: Waiting[] = [];
      let until = Number.POSITIVE_INFINITY;
      const next = (): Waiting | undefined =>
        !joined.length || (joined.length < MAXIMUM_UNITS && performance.now() < until) ? waiting.shift() : undefined;
      for (let one = next(); one; one = next()) {
        const scope = new Scope(writer);
        try {
          if (!joined.length) {
            await begin();
            until = performance.now() + JOINING_MS;
          }
          const result = await unit(one, scope, !joined.length);
          const { done } = one;
          told.push(() => done(result));
          joined.push(one);
          for (const name of scope.erased) erased.add(name);
        } catch (error) {
          one.failed(error);
          if (writer.inTransaction) continue;
          // Units that joined it have lost their changes.
          for (const other of joined) other.failed(error);
          return;
        }
      }
      if (!joined.length) return;
      try {
        writer.exec('COMMIT');
      } catch (error) {
        for (const one of joined) one.failed(faultOf(error));
        if (writer.inTransaction) writer.exec('ROLLBACK');
        return;
      }
      committed(erased);
      for (const tell of told) tell();
    },
  };
}
