/** One suggestion of autocomplete. */
export interface Suggestion {
  readonly value: string;
  readonly label: string;
}
