import { AsyncLocalStorage } from 'node:async_hooks';
import { getTableName } from 'drizzle-orm';
import { Answers } from './answers.ts';
import { prepared } from './prepared.ts';
import type { Tables } from './schema/index.ts';
import { answersOfUnit } from './scope.ts';
import type { Reader } from './store.ts';
import { type Select, together } from './together.ts';

const answering = new AsyncLocalStorage<Answers>();

/** Makes one answer of what is committed: what is asked `once` is read once for all its parts. */
export const oneAnswer = <T>(work: () => Promise<T>): Promise<T> => answering.run(new Answers(), work);

const answersNow = (): Answers | undefined => answersOfUnit() ?? answering.getStore();

const namesOf = (db: Reader, about: readonly (keyof Tables)[]): string[] =>
  about.map(name => getTableName(db.tables[name]));

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
    const answers = answersNow();
    if (!answers) return ask(db, ...values);
    const tables = namesOf(db, about);
    return answers.ask(ask, tables, JSON.stringify(values), () => ask(db, ...values));
  };
}

type Value = string | number | Date;

/** A question that is asked `once`, alone or together with others. */
export interface Question<Values extends readonly Value[], T> {
  (db: Reader, ...values: Values): Promise<T>;
  /** The tables that it is read from. */
  readonly about: readonly (keyof Tables)[];
  readonly query: (db: Reader, ...values: Values) => Select;
  readonly read: (rows: never) => T;
}

/** A question: its query, which always has the same text, and what is read from the rows. */
export function question<Values extends readonly Value[], Q extends Select, T>(
  about: readonly (keyof Tables)[],
  query: (db: Reader, ...values: Values) => Q,
  read: (rows: Awaited<Q>) => T,
): Question<Values, T> {
  const rows = prepared((db, values: Readonly<Record<string, Value>>) =>
    query(db, ...(Object.values(values) as unknown as Values)),
  );
  const ask = async (db: Reader, values: Values): Promise<T> =>
    read((await rows(db, Object.fromEntries(values.map((value, i) => [`v${i}`, value])))) as Awaited<Q>);
  const made: Question<Values, T> = Object.assign(
    (db: Reader, ...values: Values): Promise<T> => {
      const answers = answersNow();
      if (!answers) return ask(db, values);
      return answers.ask(made, namesOf(db, about), JSON.stringify(values), () => ask(db, values));
    },
    { about, query, read },
  );
  return made;
}

type ValuesOf<Q> = Q extends Question<infer Values, unknown> ? Values : never;

/**
 * Asks questions with one statement, before those come who ask one after the other; what is known already is not asked.
 * Each is handed its own values. Outside an answer, where nothing is kept, it asks nothing.
 */
// biome-ignore lint/suspicious/noExplicitAny: each question has values of its own.
export function askedTogether<Qs extends readonly Question<any, unknown>[]>(
  ...questions: Qs
): (db: Reader, ...values: { [K in keyof Qs]: ValuesOf<Qs[K]> }) => Promise<void> {
  const nameOf = (question: number, value: number): string => `v${question}_${value}`;
  const all = together((db, values: Record<string, Value>) =>
    questions.map((one, q) =>
      one.query(db, ...Array.from({ length: one.query.length - 1 }, (_, i) => values[nameOf(q, i)])),
    ),
  );
  return async (db, ...given) => {
    const answers = answersNow();
    if (!answers) return;
    const values = given as readonly (readonly Value[])[];
    let asked: ReturnType<typeof all> | undefined;
    const rows = () => {
      asked ??= all(db, Object.fromEntries(values.flatMap((own, q) => own.map((value, i) => [nameOf(q, i), value]))));
      return asked;
    };
    await Promise.all(
      questions.map((one, q) =>
        answers.ask(one, namesOf(db, one.about), JSON.stringify(values[q]), async () =>
          one.read((await rows())[q] as never),
        ),
      ),
    );
  };
}
