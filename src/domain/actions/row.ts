import type { Tables } from '../../storage/schema/index.ts';

export type Action = Tables['actions']['$inferSelect'];
export type ActionOrigin = NonNullable<Action['origin']>;

/** Describes what an action comes from. */
export interface Origin {
  readonly origin: ActionOrigin;
  readonly originNumber: number;
}
