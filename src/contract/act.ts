import type { Text } from '../language/text.ts';
import { PLATFORMS, type Platform } from '../storage/schema/platforms.ts';
import type { Form } from './form.ts';
import type { RefusalCode } from './refusal.ts';
import type { Suggestion } from './suggestion.ts';
import type { KeptContent, View } from './view.ts';

export { PLATFORMS, type Platform };

/** The workspace of an act in direct messages of a platform whose direct messages belong to none. */
export const DIRECT = 'direct';

/** Tells whether an act comes from direct messages of which nobody could tell the place. */
export const isNowhere = (place: Place): boolean => place.workspace === DIRECT;

/** Describes where an act comes from. `channel` is null in a direct message. */
export interface Place {
  readonly platform: Platform;
  /** The Discord server (`DIRECT` in a direct message), the Slack workspace (or enterprise), the console's name. */
  readonly workspace: string;
  /** Name of that server or workspace, where the platform tells. */
  readonly workspaceName?: string;
  /** The message whose button was pressed. */
  readonly message?: string;
  /** Instant at which that message was sent, of one that answers what the person wrote to the bot directly. */
  readonly answeredAt?: Date;
  /** Instant of the act, by the platform's own clock, which dates its messages as well. */
  readonly actedAt?: Date;
  readonly channel: string | null;
  /** Name of that channel, where the platform tells. */
  readonly channelName?: string;
  readonly thread?: string;
}

/** Describes who acts, as the platform knows them. */
export interface Identity {
  readonly account: string;
  /** The account's home: empty on Discord (accounts are global), the home workspace on Slack. */
  readonly home: string;
  readonly name: string;
  /** True: may manage the server or workspace. Only good for the first claim of a forum. */
  readonly admin: boolean;
  /**
   * For a person whom another one names: the reason why they cannot become a member by it. `unasked`: the platform was
   * not asked.
   */
  readonly outsider?: 'bot' | 'absent' | 'unasked';
  /** The platform's own language setting, where it offers Indonesian; a hint. */
  readonly locale?: string;
}

/** A file that was handed in. */
export interface FileRef {
  readonly name: string;
  readonly type: string;
  readonly size: number;
  /** Address that the platform gives out for a while; empty once it is kept. */
  readonly url: string;
  /** The platform's own name of it. */
  readonly id?: string;
  /** SHA-256 of the content, once it is kept. */
  readonly kept?: string;
}

/** A group of people that a place lets one mention: a role of Discord, a user group of Slack. */
export interface Role {
  readonly id: string;
  readonly name: string;
  /** False: the place notifies nobody whom the bot mentions by it. */
  readonly mentionable?: boolean;
}

/** An option's value as it arrived: typed by a person, or of the platform's own kind. */
export type Raw =
  | {
      readonly typed: string;
      /** For what stands already and is shown by a form: whether it has been shown. */
      readonly standing?: 'new' | 'shown';
    }
  | { readonly account: Identity; readonly also?: readonly Identity[] }
  | { readonly role: Role }
  | { readonly channel: { readonly id: string; readonly name: string } }
  | { readonly file: FileRef; readonly also?: readonly FileRef[] };

export type Given = Readonly<Record<string, Raw>>;

/** Describes what is asked for, in one of the shapes in which platforms deliver it. */
export type Ask =
  /** A line: `/activity log "…" kind:training`, the slash being optional. */
  | {
      readonly kind: 'typed';
      readonly line: string;
      /** Written to the bot as to somebody, perhaps without naming a command: see `spokenLine`. */
      readonly spoken?: true;
    }
  /** A slash command with options by their English names; with `edit` its form is shown, filled in with them. */
  | {
      readonly kind: 'chosen';
      readonly path: readonly string[];
      readonly given: Given;
      readonly edit?: true;
      /** For a line that the platform read: words that no option has taken yet. */
      readonly loose?: Loose | null;
    }
  /**
   * A button, a menu or a form: an invocation in wire form, or the `resume` of a form, with what was filled in.
   * Without `given`, a kept draft opens its form again. `unfinished`: one step of a long form, more is to come.
   * `showing`: the form alone is asked for, once more and whole, by a platform that shows these of its fields.
   */
  | {
      readonly kind: 'pressed';
      readonly invocation: string;
      readonly given?: Given;
      readonly unfinished?: true;
      readonly showing?: readonly string[];
    };

/**
 * Words that follow everything that is asked for; they may go on with the value before them (src/bot/loose-words.ts).
 */
export interface Loose {
  readonly words: readonly string[];
  /** The option that the word before them filled. */
  readonly after: string | null;
}

/** One act of one person. The key makes a repeated click or redelivered event the same act. */
export interface Act {
  readonly key: string;
  /** Begins the keys of all acts that come of one form, where it can be sent again with other words. */
  readonly form?: string;
  readonly place: Place;
  readonly who: Identity;
  readonly ask: Ask;
  /**
   * True: the adapter itself asks, to keep a page of this person up to date. It makes nobody a member, and counts as
   * nothing.
   */
  readonly unasked?: true;
  /** Reads a typed member as this platform writes it (a name, `<@U1|ani>`); null when it is none. */
  readonly memberOf: (typed: string) => Identity | null;
  /** Reads a typed channel as this platform writes it. */
  readonly channelOf: (typed: string) => { readonly id: string; readonly name: string } | null;
  /** Reads a typed path as a file, where the person is at the machine itself; null when there is none. */
  readonly fileOf?: (typed: string) => FileRef | null;
  /**
   * For direct messages that belong to no server: tells whether the person is still in a server of one of the forum's.
   */
  readonly isThere?: (workspace: string) => Promise<boolean>;
  /** Opens a file that was handed in with this act, at the platform itself. @throws where it does not give it. */
  readonly download?: (file: FileRef, signal: AbortSignal) => Promise<AsyncIterable<Uint8Array>>;
  /**
   * Reads a file of the person's own machine by its path, up to a size in bytes; null where it cannot be. Terminal
   * only.
   */
  readonly localFile?: (path: string, most: number) => Promise<Uint8Array | null>;
  /** Shows how far an act that takes seconds has come, until its answer; only the newest state matters. */
  readonly onProgress?: (state: View) => void;
  /** Returns what the bot is not allowed in a channel of the place, by the platform's own names of permissions. */
  readonly lacks?: (channel: string) => Promise<readonly string[]>;
}

/** Describes what the person who acted is shown. */
export type Answer =
  | { readonly kind: 'view'; readonly view: View }
  /** Options are missing: the form that asks for them, and the refusal for places without forms. */
  | { readonly kind: 'form'; readonly form: Form; readonly refused: Refused }
  | Refused
  /** A bug: the view names the reference under which it was logged. */
  | { readonly kind: 'failed'; readonly reference: string; readonly view: View };

export interface Refused {
  readonly kind: 'refused';
  readonly code: RefusalCode;
  readonly view: View;
  /** The option at fault, by its English name. */
  readonly option: string | null;
  /** Faults by option, by its English name: a form shows them beside its fields, all at once. */
  readonly errors: Readonly<Record<string, Text>>;
  /** All that is wrong, without title or buttons. */
  readonly message: Text;
  /** The form that shows again what was typed, which is kept: its `resume` is what the repair button carries. */
  readonly repair: Form | null;
  /** Label of the repair button, in the person's language. */
  readonly fixLabel: string;
}

/** Describes what must come first on platforms whose first answer is special (a form cannot follow a delay). */
export type First = 'form' | 'answer';

/** Describes what adapters may ask of the bot. */
export interface Bot {
  /** The content of a kept file that a view shows, part by part. */
  content(of: KeptContent): AsyncIterable<Uint8Array>;
  perform(act: Act): Promise<Answer>;
  suggest(act: Act, option: string, typed: string): Promise<readonly Suggestion[]>;
  /** Decides from the definition alone, without the database. */
  first(act: Act): First;
  /**
   * The bot was let into a server or workspace: what it says there, once, in the language of the place where that is
   * one of ours; null where a forum lives there already.
   */
  joined(place: Pick<Place, 'platform' | 'workspace'>, locale?: string): Promise<View | null>;
  /** The bot is in these servers or workspaces: what it was put out of before goes on. Gives whether any did. */
  present(platform: Platform, workspaces: readonly string[]): Promise<boolean>;
  /** The bot was put out of a server or workspace: nothing is sent there any more, and the record stays. */
  left(place: Pick<Place, 'platform' | 'workspace'>): Promise<void>;
}

/**
 * A platform that will not let us in until somebody has mended something: it is tried again after minutes and hours.
 */
export class GivenUp extends Error {}

/** Describes where a message stands on a platform: enough to edit it later. */
export type MessageRef = string;

/** Describes where a post is to stand. */
export type Target =
  /** The calendar of a server. */
  | { readonly kind: 'calendar'; readonly workspace: string }
  | { readonly kind: 'channel'; readonly workspace: string; readonly channel: string; readonly name: string }
  | { readonly kind: 'direct'; readonly workspace: string; readonly account: string; readonly name: string }
  | {
      readonly kind: 'thread';
      readonly workspace: string;
      readonly channel: string;
      readonly name: string;
      readonly parent: MessageRef;
    };

/** One message to send or to bring up to date. */
export interface Outgoing {
  /** Stable for this message, at most 25 characters: a repeat within minutes is recognised by it. */
  readonly nonce: string;
  readonly target: Target;
  readonly view: View;
  /** The message that is to be changed instead of a new one being sent. */
  readonly previous: MessageRef | null;
  /** The account that is addressed by name in a channel: it alone is mentioned. */
  readonly mention?: string | null;
  /** The role that an early warning is for: it alone is mentioned. */
  readonly role?: Pick<Role, 'id' | 'name'> | null;
  readonly silent?: boolean;
}

export type SendResult =
  /** `invalid`: it was not taken as it was made, and its words were sent instead; see the kind of that name. */
  | { readonly kind: 'sent'; readonly ref: MessageRef; readonly invalid?: string }
  /**
   * It is not there any more: the channel (or the person who is written to), or only the message that was to be edited.
   */
  | { readonly kind: 'gone'; readonly detail: string; readonly of?: 'channel' | 'message' }
  /** We may not (any more): in the channel (or to the person), or only this message. */
  | { readonly kind: 'forbidden'; readonly detail: string; readonly of?: 'channel' | 'message' }
  /**
   * The platform does not take the message as it is made: a bug of ours, and nobody's refusal. `detail` names the
   * places and rules, and repeats nothing that people wrote.
   */
  | { readonly kind: 'invalid'; readonly detail: string }
  /** Not now; ask again after so many milliseconds. `of` the platform: it cannot be reached at all. */
  | { readonly kind: 'later'; readonly afterMs: number; readonly detail: string; readonly of?: 'platform' }
  /** Our token is not taken, by the whole platform or in one workspace. */
  | { readonly kind: 'refused'; readonly detail: string; readonly of: 'platform' | 'workspace' }
  /** It may or may not have arrived. */
  | { readonly kind: 'unknown'; readonly detail: string };

/** Describes what the platform can hold, as data; views are fitted to it before they are sent. */
export interface Limits {
  readonly invocation: number;
  readonly controlRows: number;
  readonly controlsInRow: number;
  readonly label: number;
  readonly choices: number;
  readonly formFields: number;
  readonly formTitle: number;
  readonly text: number;
  readonly blocks: number;
}

export interface Health {
  readonly well: boolean;
  readonly detail: string;
}

/** A chat platform. Nothing is optional: differences are data. */
export interface Adapter {
  readonly platform: Platform;
  readonly limits: Limits;
  start(bot: Bot): Promise<void>;
  stop(): Promise<void>;
  send(post: Outgoing): Promise<SendResult>;
  health(): Health;
}
