type Given<T> = { [K in keyof T]?: NonNullable<T[K]> };

/** Drops options that were left out; each key keeps its type, so a column that is not there does not compile. */
export const given = <T extends object>(values: T): Given<T> =>
  Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as Given<T>;
