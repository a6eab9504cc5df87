import type { Tables } from '../../storage/schema/index.ts';
import { codeOf } from '../codes.ts';

export type Action = Tables['actions']['$inferSelect'];
export type ActionOrigin = NonNullable<Action['origin']>;

/** Describes what an action comes from. */
export interface Origin {
  readonly origin: ActionOrigin;
  readonly originNumber: number;
}

/** Origin of an action as it is typed and stands in buttons, in any language. */
export const typedOrigin = (origin: Exclude<ActionOrigin, 'talk'>, number: number): string =>
  origin === 'warning' ? `warning-${number}` : codeOf(origin, number);
