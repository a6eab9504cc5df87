import { AsyncLocalStorage } from 'node:async_hooks';
import { getTableName } from 'drizzle-orm';
import { Answers } from './answers.ts';
import type { Tables } from './schema/index.ts';
import { answersOfUnit } from './scope.ts';
import type { Reader } from './store.ts';

const answering = new AsyncLocalStorage<Answers>();

/** Makes one answer of what is committed: what is asked `once` is read once for all its parts. */
export const oneAnswer = <T>(work: () => Promise<T>): Promise<T> => answering.run(new Answers(), work);

/**
 * A question that several parts of one answer ask: the database is asked once in a unit of work, as long as that does not
 * write to the tables in question, and once while one answer is made. Elsewhere it is asked each time. What comes is
 * shared, and must not be changed.
 */
export function once<Values extends readonly (string | number | null | undefined)[], T>(
  about: readonly (keyof Tables)[],
  ask: (db: Reader, ...values: Values) => Promise<T>,
): (db: Reader, ...values: Values) => Promise<T> {
  return (db, ...values) => {
    const answers = answersOfUnit() ?? answering.getStore();
    if (!answers) return ask(db, ...values);
    const tables = about.map(name => getTableName(db.tables[name]));
    return answers.ask(ask, tables, JSON.stringify(values), () => ask(db, ...values));
  };
}
