/** A message that stands and may be edited later. */
export interface CurrentPost {
  /** Channel in which it stands, as `standsIn` says. */
  readonly channel: string;
  readonly ref: string;
  readonly hash: string;
  /** True: it takes the place of one that somebody deleted. */
  readonly remade?: boolean;
  /** True: it is not edited again. */
  readonly isLast?: boolean;
  /** True: it is a line of a message that says several things. */
  readonly gathered?: boolean;
}
