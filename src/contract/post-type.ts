import type { Forum } from '../domain/forums.ts';
import type { Text } from '../language/text.ts';
import type { MessageRef } from './act.ts';
import type { RenderContext } from './render-context.ts';
import type { View } from './view.ts';

/** Describes what a message is made from: whose eyes, which state, and when it was meant to be said. */
export interface SendContext extends RenderContext {
  readonly forum: Forum;
  readonly due: Date;
  /** The member who is written to; null for a channel. */
  readonly to: number | null;
  readonly toName: string | null;
  /** Instant since which the message stands that is brought up to date; null: it is said for the first time. */
  readonly standsSince: Date | null;
}

/** The last state of a message: it is not brought up to date again. */
export interface Last {
  readonly last: View;
}

/** Reason for sending nothing: it was answered already, or the thing is gone. No try is spent. */
export interface Suppressed {
  readonly suppressed: string;
}

/**
 * One kind of message: its view, made from the state at the moment of sending. `lasting` posts stay in their
 * channel and are kept up to date.
 */
export interface PostType {
  readonly keptCurrent: boolean;
  /** True if what was written to a person is brought up to date too, until its last state. */
  readonly follows?: true;
  /** A direct message that cannot be delivered may stand in the forum's channel instead. */
  readonly isPublic?: boolean;
  /** True: it says what became of other messages, so those before it are recorded first. */
  readonly tellsOfMessages?: true;
  /** True: it still goes to a place that has left the forum, since it tells of that. */
  readonly toThoseWhoLeft?: true;
  view(context: SendContext, subject: string): Promise<View | Suppressed | Last>;
  /**
   * Says it in one line among others, where many wait for the same channel; null: it needs a card of its own. Once it
   * stands (`standsSince`) the line is brought up to date, and null takes it out.
   */
  line?(context: SendContext, subject: string): Promise<Text | null>;
  /** Names the post below which it stands: a comment below its issue. */
  threadOf?(subject: string): { readonly kind: string; readonly subject: string };
  /** Names the message of people below which it stands. A courtesy: where we may not write there, nobody misses it. */
  answers?(subject: string): MessageRef;
}

export type PostTypes = Readonly<Record<string, PostType>>;
