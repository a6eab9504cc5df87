import type { Tables } from '../storage/schema/index.ts';

/** The person who acts, as far as the forum's rules care. */
export interface Actor {
  readonly member: number;
  /** The person's numbers: their own, and those of accounts that share its rights. */
  readonly numbers: readonly number[];
  readonly name: string;
  readonly coordinator: boolean;
  /** The partner the person sits for, and as what. */
  readonly seat: {
    readonly partner: number;
    readonly name: string;
    readonly role: Tables['seats']['$inferSelect']['role'];
  } | null;
}

/** Tells whether a member is the actor: by their own number, or by one that was merged into it. */
export const isSelf = (actor: Pick<Actor, 'numbers'>, member: number | null): boolean =>
  member !== null && actor.numbers.includes(member);
