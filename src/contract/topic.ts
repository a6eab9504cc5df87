import type { Purpose } from '../domain/forums.ts';
import type { Place } from './act.ts';

/** Describes what a message is about. Its text is made when it is sent, from the state at that moment. */
export interface Topic {
  readonly kind: string;
  /** A number or key within the forum. */
  readonly subject: string;
}

/** Recipients of a message: the forum's channels of a purpose (one a place), one channel, or a person directly. */
export type Audience =
  | { readonly purpose: Purpose }
  | { readonly member: number }
  /** The calendars of the forum's places, where a platform has one. */
  | { readonly calendars: true }
  | {
      readonly channel: {
        readonly platform: Place['platform'];
        readonly workspace: string;
        readonly id: string;
        readonly name: string;
      };
    };

/** The topic of a forum's panel: one a forum, in as many channels as it is posted in. */
export const PANEL = { kind: 'panel', subject: 'forum' } as const;
