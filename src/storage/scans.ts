import type Database from 'better-sqlite3';
import { shareTurn } from '../runtime/event-loop.ts';
import { type Known, ordered, rowReader, type Select } from './rows.ts';
import type { Reader } from './store.ts';

/** Describes what every statement passes through; `written` as `tableWritten` says. */
export type Guard = <T>(statement: () => T, written?: string | null) => T;

/** Lends a connection on which rows are read in several turns. */
export interface Lender {
  lend(): Database.Database;
  takeBack?(connection: Database.Database): void;
}

/** Hands rows over on PostgreSQL: its driver reads them as they arrive, and others have their turn meanwhile. */
export const each: Reader['each'] = async (query, take) => {
  for (const row of await query) {
    take(row);
    await shareTurn();
  }
};

/** Reads row after row of SQLite, so that no turn lasts as long as the statement. */
export function eachRow(scans: Lender, guard: Guard): Reader['each'] {
  return async <Row>(query: Select, take: (row: Row) => void) => {
    const { sql, params } = query.toSQL();
    const { config, joinsNotNullableMap } = query as unknown as Known;
    const read = rowReader(ordered(config.fields), joinsNotNullableMap);
    const begin = (): IterableIterator<unknown[]> =>
      connection
        .prepare(sql)
        .raw()
        .iterate(...params) as IterableIterator<unknown[]>;
    const connection = guard(() => scans.lend());
    let rows: IterableIterator<unknown[]> | undefined;
    try {
      rows = guard(begin);
      for (let next = step(rows, guard); !next.done; next = step(rows, guard)) {
        take(read(next.value) as Row);
        await shareTurn();
      }
    } finally {
      rows?.return?.();
      scans.takeBack?.(connection);
    }
  };
}

const step = (rows: IterableIterator<unknown[]>, guard: Guard): IteratorResult<unknown[]> => guard(() => rows.next());

/** Maximum number of connections kept for those who read in several turns; more are closed after use. */
const MAXIMUM_KEPT = 2;

/**
 * Connections for those who read in several turns. As long as one of them reads, its connection sees the record as it was,
 * and what others ask meanwhile must see what was committed last.
 */
export function lender(open: () => Database.Database): Required<Lender> & { close(): void } {
  const kept: Database.Database[] = [];
  let maximum = MAXIMUM_KEPT;
  return {
    lend: () => kept.pop() ?? open(),
    takeBack(connection) {
      if (kept.length < maximum) kept.push(connection);
      else connection.close();
    },
    close() {
      maximum = 0;
      for (const connection of kept.splice(0)) connection.close();
    },
  };
}
