import type { Identity, Place } from '../contract/act.ts';
import type { Suggestion } from '../contract/suggestion.ts';
import type { Audience, Topic } from '../contract/topic.ts';
import type { View } from '../contract/view.ts';
import type { Actor } from '../domain/actor.ts';
import type { Change } from '../domain/audit.ts';
import type { Forum } from '../domain/forums.ts';
import type { Member } from '../domain/people.ts';
import type { Locale } from '../language/locale.ts';
import type { Messages } from '../language/messages.ts';
import type { Text } from '../language/text.ts';
import type { Order, ProductOf } from '../reports/product.ts';
import type { Planned } from '../schedule/occurrences.ts';
import type { Reader, Tx } from '../storage/store.ts';
import type { LostFile } from './hand-in.ts';
import type { Role } from './role.ts';

/** Describes what every action is handed; nothing is global. */
export interface ReadContext {
  /** The forum of the place; a refusal where there is none. */
  readonly forum: Forum;
  readonly forumId: string;
  /** The person who acts; a refusal where there is no forum. */
  readonly actor: Actor;
  readonly roles: ReadonlySet<Role>;
  readonly identity: Identity;
  readonly place: Place;
  /** The person's catalogue, and all of them, for reading what is typed in any language. */
  readonly m: Messages;
  readonly catalogues: readonly Messages[];
  readonly locale: Locale;
  readonly zone: string;
  /** The instant of the act; it does not move while the act runs. */
  readonly now: Date;
  readonly db: Reader;
  readonly hasForum: boolean;
  /** True: nothing says in which language a new forum is, so the person who starts one is asked. */
  readonly isLocaleOpen: boolean;
  /** Addresses of the feeds of alerts that the operator allows. */
  readonly alertFeeds: readonly string[];
  /** Returns what this person may do: everything, or one command or action by the words that were typed. */
  help(topic: string | null): View;
  memberByNumber(number: number): Promise<Member | null>;
  /** Returns what the bot is not allowed in a channel of this place. */
  lacks(channel: string): Promise<readonly string[]>;
  /** The address of one of our pages: whole where the installation knows how the public reaches it, else its path. */
  address(path: string): string;
  suggestMembers(typed: string): Promise<readonly Suggestion[]>;
  /**
   * Makes something large without holding up others; the actor sees how far it is. Null: they have called it off.
   * @throws MisuseError in an action that writes.
   */
  make<O extends Order>(order: O): Promise<ProductOf<O> | null>;
  /** Calls off what is made for the actor; gives whether anything was. */
  callOff(): boolean;
}

/** Describes what a mutation is handed besides: everything here commits with the act, or not at all. */
export interface WriteContext extends ReadContext {
  readonly tx: Tx;
  /** Files that were handed in with the act and could not be kept: the person is told, and should be asked again. */
  readonly lostFiles: readonly LostFile[];
  /** Adds something to the end of the answer. */
  tell(said: Text): void;
  newId(): string;
  /** Sets up a forum in this place with the actor as its coordinator; null where there is one. */
  found(forum: { name: string; locale: Locale; zone: string }): Promise<Forum | null>;
  /** Writes a line of the audit and gives its number; `unnamed` leaves the person out of it. */
  record(change: Change, how?: { unnamed?: boolean }): Promise<number>;
  /** Keeps neither when nor by whom this was done: no instant of the account, no answer that names anybody. */
  leaveNoTrace(): void;
  /**
   * Puts a message into the outbox. `occurrence` makes it once-only: the same one is taken once, no matter who asks;
   * left out, each call is a message of its own. `at` is when it is due, now unless told; what is `urgent` overtakes
   * all that is not.
   */
  post(topic: Topic, to: Audience, how?: { occurrence?: string; at?: Date; urgent?: boolean }): Promise<void>;
  /** Puts a message into the outbox of another forum, for its coordinators: how a place asks to join it. */
  askForum(forumId: string, topic: Topic): Promise<void>;
  /** Marks what stands about topics as out of date: it is rendered again where it stands. */
  stale(...topics: readonly Topic[]): Promise<void>;
  /** Marks what was written to some members about topics of one kind as out of date. */
  staleFor(kind: string, members: () => Promise<readonly number[]>): Promise<void>;
  /** Sends again what could not be delivered in the last thirty days; gives how many messages that is. */
  sendAgain(): Promise<number>;
  /** Plans what is to happen at an instant; the same key is planned once. */
  plan(...planned: readonly Planned[]): Promise<void>;
  /** Takes back what is planned about a subject. */
  unplan(kind: string, subject: string, reason: string): Promise<void>;
  /** Takes back all of a kind. */
  unplanAll(kind: string, reason: string): Promise<void>;
  /**
   * The member behind an account that somebody named; a new account becomes a member.
   * @throws Refusal `invalid_option` for a bot, and for an unknown account that is not in the place.
   */
  member(identity: Identity): Promise<Member>;
}
