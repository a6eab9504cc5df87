/** Some rows of a long list, and whether more follow. */
export interface Page<Row> {
  readonly rows: Row[];
  readonly more: boolean;
}

/** A page of so many rows; one row more was asked for, as that tells whether more follow. */
export const pageOf = <Row>(rows: readonly Row[], size: number): Page<Row> => ({
  rows: rows.slice(0, size),
  more: rows.length > size,
});
