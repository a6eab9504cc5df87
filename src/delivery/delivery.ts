import type { Tables } from '../storage/schema/index.ts';
import type { CurrentPost } from './current-post.ts';

export type Delivery = Tables['deliveries']['$inferSelect'];

/** Written beside a message that was sent again since nobody knew whether it had arrived. */
export const DOUBTFUL = 'sent again: the first try may have arrived';

/** Describes what became of a delivery that was claimed. */
export type Outcome =
  | {
      readonly kind: 'sent';
      readonly post: CurrentPost | null;
      /** Reference of a message to a person. */
      readonly ref?: string;
    }
  | { readonly kind: 'suppressed'; readonly reason: string }
  | { readonly kind: 'missed'; readonly reason: string }
  /** `refused`: the platform will not take a direct message to this person. */
  | { readonly kind: 'failed'; readonly reason: string; readonly refused?: boolean }
  | {
      readonly kind: 'later';
      readonly at: Date;
      readonly reason: string;
      readonly counts: boolean;
      readonly doubtful?: boolean;
      /** The platform puts off the place, and with it what else goes there. */
      readonly place?: boolean;
    };
