import type { Json, JsonObject } from './json.ts';
import type { Overwrite } from './permissions.ts';

/** A person or bot. */
export interface User {
  readonly id: string;
  readonly username: string;
  readonly displayName: string;
  readonly bot: boolean;
  /** The language of this person's Discord client, as sent with every interaction. */
  locale: string;
  /** The person refuses direct messages from servers: sending answers 50007. */
  dmClosed: boolean;
  /** The bot and the person share no server: sending answers 50278. */
  noMutualGuild: boolean;
}

/** A role of a guild. */
export interface Role {
  readonly id: string;
  readonly name: string;
  permissions: bigint;
  readonly managed: boolean;
}

/** A user's place in a guild. */
export interface Member {
  readonly user: User;
  nick: string | null;
  roles: string[];
}

/** A server. */
export interface Guild {
  readonly id: string;
  readonly name: string;
  readonly locale: string;
  readonly ownerId: string;
  readonly roles: Map<string, Role>;
  readonly members: Map<string, Member>;
  /** False once the bot has been removed. */
  present: boolean;
  /** True during an outage of this guild. */
  unavailable: boolean;
}

/** A forum channel's tag. */
export interface ForumTag {
  readonly id: string;
  readonly name: string;
}

/** State that only a thread has. */
export interface ThreadState {
  archived: boolean;
  locked: boolean;
  autoArchiveMinutes: number;
  readonly ownerId: string;
  appliedTags: string[];
  readonly members: Set<string>;
}

/** Channel types of the API which the stand-in models. */
export const CHANNEL = { text: 0, dm: 1, announcement: 5, publicThread: 11, privateThread: 12, forum: 15 } as const;

/** A channel, direct message channel or thread. */
export interface Channel {
  readonly id: string;
  readonly type: number;
  readonly guildId: string | null;
  name: string;
  readonly parentId: string | null;
  overwrites: Overwrite[];
  /** The person at the other end of a direct message channel. */
  readonly recipient: User | null;
  readonly tags: ForumTag[];
  /** A forum which takes no post without a tag (40067). */
  readonly requireTag: boolean;
  readonly thread: ThreadState | null;
  lastMessageId: string | null;
  readonly pins: string[];
  deleted: boolean;
}

/** Recipients whom a message notifies. */
export interface Pings {
  everyone: boolean;
  users: string[];
  roles: string[];
}

/** An attachment as stored, with its bytes. */
export interface Attachment {
  readonly id: string;
  readonly filename: string;
  readonly description: string | null;
  readonly contentType: string;
  readonly bytes: Uint8Array;
}

/** Content of a message at one time. */
export interface MessageContent {
  content: string;
  embeds: JsonObject[];
  components: JsonObject[];
  attachments: Attachment[];
  flags: number;
  pings: Pings;
}

/** A message with all it has ever said. */
export interface Message extends MessageContent {
  readonly id: string;
  readonly channelId: string;
  readonly author: User;
  readonly timestamp: string;
  editedTimestamp: string | null;
  readonly type: number;
  readonly nonce: string | null;
  /** The message answered with Discord's reply, if any. */
  readonly replyTo: string | null;
  /** The only person who sees it, for an ephemeral message. */
  readonly ephemeralFor: string | null;
  readonly interactionId: string | null;
  readonly interactionName: string | null;
  /** The versions before each edit, oldest first. */
  readonly history: MessageContent[];
  deleted: boolean;
}

/** A scheduled event of a guild. */
export interface ScheduledEvent {
  readonly id: string;
  readonly guildId: string;
  fields: JsonObject;
  deleted: boolean;
}

/** A registered application command, as sent, with its id. */
export interface RegisteredCommand {
  readonly id: string;
  readonly guildId: string | null;
  readonly version: string;
  readonly json: JsonObject;
}

/** A file of a multipart request, named by its index in the payload's `attachments`. */
export interface Upload {
  readonly index: string;
  readonly filename: string;
  readonly contentType: string;
  readonly bytes: Uint8Array;
}

/** One request the bot made, with what it was answered. */
export interface RequestRecord {
  readonly method: string;
  readonly path: string;
  /** The pattern of the route, or null where there is none. */
  readonly route: string | null;
  readonly body: Json;
  status: number;
  answer: Json;
}
