/** Describes what has been asked while one answer is made. */
export class Answers {
  readonly #known = new Map<object, Map<string, Promise<unknown>>>();
  readonly #questionsAbout = new Map<string, Set<object>>();

  /** The answer to a question, asked of the database the first time. `about`: the tables it is read from. */
  ask<T>(question: object, about: readonly string[], values: string, ask: () => Promise<T>): Promise<T> {
    const known = this.#known.get(question) ?? new Map<string, Promise<unknown>>();
    this.#known.set(question, known);
    for (const table of about)
      this.#questionsAbout.set(table, (this.#questionsAbout.get(table) ?? new Set()).add(question));
    const answer = (known.get(values) as Promise<T> | undefined) ?? ask();
    known.set(values, answer);
    return answer;
  }

  /** A table was written to: what was read from it is asked again. Null: any of them. */
  written(table: string | null): void {
    if (table === null) this.#known.clear();
    else for (const question of this.#questionsAbout.get(table) ?? []) this.#known.delete(question);
  }
}

/** The table that a statement writes to; undefined: it only reads; null: it cannot be told. */
export function tableWritten(sql: string): string | null | undefined {
  if (sql.startsWith('select ') || sql.startsWith('(select ')) return undefined;
  return /^(?:insert into|update|delete from) "(\w+)"/.exec(sql)?.[1] ?? null;
}
