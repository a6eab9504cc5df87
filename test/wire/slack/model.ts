import type { Json, JsonObject } from '../discord/json.ts';
import type { Effects } from './effects.ts';
import type { Exchange } from './exchange.ts';

/** A person or an app's bot. `teamId` is the workspace at home, also where a person is a stranger. */
export interface User {
  readonly id: string;
  readonly teamId: string;
  readonly name: string;
  realName: string;
  readonly isBot: boolean;
  isAdmin: boolean;
  isOwner: boolean;
  isRestricted: boolean;
  isUltraRestricted: boolean;
  deleted: boolean;
  locale: string;
  timeZone: string;
}

/** A workspace and what the app holds there. */
export interface Team {
  readonly id: string;
  readonly name: string;
  readonly domain: string;
  readonly bot: User;
  readonly botId: string;
  /** The bot token as last given out. */
  token: string;
  /** False: nobody can send the app direct messages, nor it to them (`messages_tab_disabled`). */
  messagesTab: boolean;
  installed: boolean;
}

/** A channel, private channel or direct messages with the app. */
export interface Channel {
  readonly id: string;
  readonly teamId: string;
  name: string;
  readonly kind: 'public' | 'private' | 'im';
  readonly members: Set<string>;
  /** The person at the other end of direct messages. */
  readonly person: User | null;
  archived: boolean;
  /** Workspaces with which it is shared through Slack Connect. */
  readonly sharedWith: Set<string>;
}

/** Content of a message at one time. */
export interface MessageContent {
  text: string;
  blocks: JsonObject[];
  attachments: JsonObject[];
  files: StoredFile[];
  metadata: JsonObject | null;
  effects: Effects;
}

/** A message with all it has ever said; `history.length` counts its edits. */
export interface Message extends MessageContent {
  readonly ts: string;
  readonly teamId: string;
  readonly channelId: string;
  readonly author: User;
  readonly threadTs: string | null;
  /** A thread's answer that is shown in the channel too. */
  readonly broadcast: boolean;
  /** The only person who sees it. */
  readonly ephemeralFor: string | null;
  /** The versions before each edit, oldest first. */
  readonly history: MessageContent[];
  deleted: boolean;
}

/** A modal or Home tab. */
export interface View {
  readonly id: string;
  readonly teamId: string;
  readonly type: 'modal' | 'home';
  readonly user: User;
  /** Blocks as they were sent, with generated block_ids. */
  json: JsonObject;
  /** State of the inputs: block_id, action_id, state. */
  state: Record<string, JsonObject>;
  hash: string;
  readonly rootId: string;
  readonly previousId: string | null;
  /** Content before each update, oldest first. */
  readonly history: JsonObject[];
  open: boolean;
  effects: Effects;
}

/** A file in Slack; `bytes` are null until they have been uploaded. */
export interface StoredFile {
  readonly id: string;
  readonly teamId: string;
  readonly owner: User;
  readonly name: string;
  title: string;
  readonly mimetype: string;
  readonly altText: string | null;
  bytes: Uint8Array | null;
  readonly length: number;
  readonly created: number;
  /**
   * Number of times that it is still found unread after its upload; until then it has no type and no message may show
   * it.
   */
  unread: number;
  /** The channels in which it was shared. */
  readonly shared: string[];
}

/** A token and what it may do; `scopes` null: everything. */
export interface Token {
  readonly value: string;
  readonly team: Team | null;
  readonly scopes: ReadonlySet<string> | null;
  state: 'good' | 'revoked' | 'inactive' | 'expired';
}

/** Right of the app to open a modal, once and for a short time. */
export interface Trigger {
  readonly exchange: Exchange;
  readonly bornAt: number;
  state: 'fresh' | 'used' | 'expired';
}

/** An address for at most five answers to one act. */
export interface ResponseUrl {
  readonly exchange: Exchange;
  uses: number;
  expired: boolean;
}

/** A person's yes to an installation, to be changed into a token. */
export interface Grant {
  readonly team: Team;
  readonly user: User;
  readonly scopes: readonly string[];
  readonly redirectUri: string | null;
  used: boolean;
}

/** One call the app made, with what it was answered. */
export interface CallRecord {
  /** 'chat.postMessage'; 'response_url' and 'upload' for what is no method. */
  readonly method: string;
  readonly args: JsonObject;
  readonly team: Team | null;
  status: number;
  answer: Json;
  /** Time of its answer, by `performance.now()`; null while it is held. */
  answeredAt: number | null;
}
