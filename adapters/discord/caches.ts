import { type Client, type DMChannel, Options } from 'discord.js';

/** Maximum number of persons whose names are known where somebody types a mention into a form; some 300 bytes each. */
const PERSONS = 10_000;
/** Maximum number of direct messages that stay open, to be written to without being opened again. */
const DIRECTS = 1_000;

const isUs = (one: { readonly id: string; readonly client: Client }): boolean => one.id === one.client.user?.id;

/**
 * Limits what discord.js remembers beyond servers, channels and roles. Each interaction brings its member and message
 * along, and the bot looks neither up: kept, they would grow by some 3 kB a message, up to 200 of them a channel.
 */
export const makeCache = Options.cacheWithLimits({
  MessageManager: 0,
  ReactionManager: 0,
  ThreadMemberManager: 0,
  GuildEmojiManager: 0,
  GuildStickerManager: 0,
  GuildScheduledEventManager: 0,
  StageInstanceManager: 0,
  GuildMemberManager: { maxSize: 0, keepOverLimit: isUs },
  UserManager: { maxSize: PERSONS, keepOverLimit: isUs },
});

/** Channels of direct messages by client, in the order in which they were last written to. */
const opened = new WeakMap<Client, Set<string>>();

/** Lets a client forget the direct messages that were written to longest ago: it keeps each for ever by itself. */
export function forgetDirects({ client, id }: Pick<DMChannel, 'client' | 'id'>, most = DIRECTS): void {
  const open = opened.get(client) ?? new Set();
  opened.set(client, open);
  open.delete(id);
  open.add(id);
  const [oldest] = open;
  if (open.size <= most || oldest === undefined) return;
  open.delete(oldest);
  client.channels.cache.delete(oldest);
}
