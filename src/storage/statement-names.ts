import pg from 'pg';

/** Codes of PostgreSQL: there is no such statement; there is one of that name already. */
const FORGOTTEN = new Set(['26000', '42P05']);
/** Error of a plan whose result changed with the schema. */
const OUTDATED = { code: '0A000', words: 'cached plan must not change' };

/** The server's own error behind one of drizzle's. */
function refusedBy(error: unknown): pg.DatabaseError | null {
  for (let e = error; e instanceof Error; e = e.cause) if (e instanceof pg.DatabaseError) return e;
  return null;
}

type Named = { readonly name?: string | undefined };

/**
 * Tracks which connections know prepared statements by name. Behind a pooler a connection may lead to another one
 * of the server's, which knows none, or knows them before we told it: then that connection goes on without names.
 */
export class StatementNames {
  readonly #without = new WeakSet<object>();

  /** A statement as a connection is to be asked it. */
  asked<Q extends Named>(connection: object, query: Q): Q {
    return query.name !== undefined && this.#without.has(connection) ? { ...query, name: undefined } : query;
  }

  /** Tells whether a statement failed by its name alone: nothing was done, and it may be asked again without one. */
  failedBy(connection: object, error: unknown): boolean {
    const refused = refusedBy(error);
    if (!refused) return false;
    const { code = '', message } = refused;
    const isOutdated = code === OUTDATED.code && message.includes(OUTDATED.words);
    if (!FORGOTTEN.has(code) && !isOutdated) return false;
    this.#without.add(connection);
    return true;
  }
}
