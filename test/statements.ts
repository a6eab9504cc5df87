import { setImmediate } from 'node:timers/promises';
import Database from 'better-sqlite3';
import pg from 'pg';

/** Statements that were asked of the drivers while something was done. */
export interface Asked {
  /** Number of runs by statement. The values that a list holds make no other statement of it. */
  readonly statements: ReadonlyMap<string, number>;
  /** Number of all, the beginnings and ends of transactions included. */
  readonly n: number;
  /** Number of waits for PostgreSQL: what is sent while an answer is under way costs no way of its own. */
  readonly trips: number;
}

/** Runs work and counts what the drivers were asked meanwhile. */
export async function statementsOf(work: () => Promise<unknown>): Promise<Asked> {
  const probe = new Database(':memory:');
  const statement = Object.getPrototypeOf(probe.prepare('select 1'));
  probe.close();
  const seen = new Map<string, number>();
  let n = 0;
  let trips = 0;
  const note = (source: string): void => {
    const bare = source.replace(/\$\d+/g, '?').replace(/\?(, \?)+/g, '?');
    seen.set(bare, (seen.get(bare) ?? 0) + 1);
    n++;
  };
  const ends = ['all', 'get', 'run', 'iterate'].map(name => {
    const real = statement[name];
    statement[name] = function (this: Database.Statement, ...values: unknown[]) {
      note(this.source);
      return real.apply(this, values);
    };
    return () => {
      statement[name] = real;
    };
  });
  const { exec } = Database.prototype;
  Database.prototype.exec = function (this: Database.Database, source: string) {
    note(source);
    return exec.call(this, source);
  };
  const { query } = pg.Client.prototype;
  const flying = new WeakMap<pg.Client, number>();
  pg.Client.prototype.query = function (this: pg.Client, ...given: [string | { text: string }]) {
    note(typeof given[0] === 'string' ? given[0] : given[0].text);
    const others = flying.get(this) ?? 0;
    if (!others) trips++;
    flying.set(this, others + 1);
    // An answer is held back for a moment: what follows without waiting for it is then sent first, as on a real line.
    const held = async (): Promise<void> => {
      for (let turn = 0; turn < 3; turn++) await setImmediate();
      flying.set(this, flying.get(this)! - 1);
    };
    return (query.apply(this, given as never) as unknown as Promise<unknown>).finally(held);
  } as typeof query;
  try {
    await work();
  } finally {
    for (const end of ends) end();
    Database.prototype.exec = exec;
    pg.Client.prototype.query = query;
  }
  return { statements: seen, n, trips };
}
