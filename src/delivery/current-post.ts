/** A message that stands and may be edited later. */
export interface CurrentPost {
  /** As `standsIn` says. */
  readonly channel: string;
  readonly ref: string;
  readonly hash: string;
  /** It takes the place of one that somebody deleted. */
  readonly remade?: boolean;
  /** It is not edited again. */
  readonly isLast?: boolean;
  /** It is a line of a message that says several things. */
  readonly gathered?: boolean;
}
