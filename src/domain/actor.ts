import type { Tables } from '../storage/schema/index.ts';

/** The person who acts, as far as the forum's rules care. */
export interface Actor {
  readonly member: number;
  readonly name: string;
  readonly coordinator: boolean;
  /** The partner the person sits for, and as what. */
  readonly seat: {
    readonly partner: number;
    readonly name: string;
    readonly role: Tables['seats']['$inferSelect']['role'];
  } | null;
}
