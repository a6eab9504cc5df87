import { isObject, type Json, type JsonObject, objectOf, objectsOf, textOf } from '../discord/json.ts';
import { EffectReader, readingOf } from './effects.ts';
import { SlackError } from './errors.ts';
import { timestamp } from './ids.ts';
import { withIds } from './input-state.ts';
import { checkMessageBlocks } from './limits/surfaces.ts';
import type { Channel, Message, MessageContent, StoredFile, Team, User } from './model.ts';
import { checkSlackFiles } from './slack-files.ts';
import type { World } from './world.ts';

/** Differences between the ways to say something. */
interface Rules {
  /** Way in which the text is parsed when `parse` is left out. */
  readonly parse: string;
  /** The longest text, in UTF-16 units. */
  readonly longest: number;
  /** True: a longer text is cut off, as posts are. False: it is refused (`msg_too_long`), as updates are. */
  readonly cuts: boolean;
}

/** A new message. https://docs.slack.dev/reference/methods/chat.postMessage */
export const POSTING: Rules = { parse: '', longest: 40_000, cuts: true };
/** A changed message: stricter, and by default parsed like typed text. */
export const UPDATING: Rules = { parse: 'client', longest: 4_000, cuts: false };

/** Makes what a message says, once it has passed every limit. Arguments may be JSON in strings, as forms carry them. */
export function compose(world: World, team: Team, args: JsonObject, rules: Rules, files: StoredFile[] = []) {
  const blocks = listOf(args.blocks, 'invalid_blocks_format');
  const attachments = listOf(args.attachments, 'invalid_attachments');
  if (attachments.length > 100) throw new SlackError('too_many_attachments');
  checkMessageBlocks(blocks);
  checkSlackFiles(world, team, blocks);
  for (const attachment of objectsOf(attachments)) checkMessageBlocks(attachment.blocks ?? []);
  const text = textIn(world, textOf(args.text), rules);
  if (text === '' && blocks.length === 0 && attachments.length === 0 && files.length === 0) {
    throw new SlackError('no_text');
  }
  const reader = new EffectReader(world.names(team.id));
  const linkNames = ['true', '1'].includes(String(args.link_names));
  const reading = readingOf(textOf(args.parse) || rules.parse, linkNames);
  if (blocks.length > 0) reader.notice(text, reading);
  else reader.text(text, reading);
  reader.blocks(blocks);
  for (const attachment of objectsOf(attachments)) {
    reader.blocks(attachment.blocks);
    for (const key of ['text', 'pretext', 'title', 'fallback']) reader.text(textOf(attachment[key]), 'everything');
  }
  const content: MessageContent = {
    text,
    blocks: withIds(blocks),
    attachments: objectsOf(attachments),
    files,
    metadata: metadataOf(args.metadata),
    effects: reader.effects,
  };
  return content;
}

/** Stores a new message. Everything the app's bot says is noted with its effects. */
export function post(
  world: World,
  who: { readonly team: Team; readonly channel: Channel; readonly author: User; readonly ephemeralFor?: User },
  content: MessageContent,
  args: JsonObject = {},
): Message {
  const message: Message = {
    ...content,
    ts: timestamp(),
    teamId: who.team.id,
    channelId: who.channel.id,
    author: who.author,
    threadTs: textOf(args.thread_ts) || null,
    broadcast: String(args.reply_broadcast) === 'true',
    ephemeralFor: who.ephemeralFor?.id ?? null,
    history: [],
    deleted: false,
  };
  world.messages.push(message);
  if (who.author.isBot) world.said.push(content.effects);
  world.changed.fire();
  return message;
}

/** Replaces what a message says and keeps the version before. */
export function edit(world: World, message: Message, content: MessageContent): void {
  const { text, blocks, attachments, files, metadata, effects } = message;
  message.history.push({ text, blocks, attachments, files, metadata, effects });
  Object.assign(message, { ...content, files: content.files.length > 0 ? content.files : files });
  if (message.author.isBot) world.said.push(content.effects);
  touch(world, message);
}

/** Marks a message deleted. */
export function remove(world: World, message: Message): void {
  message.deleted = true;
  touch(world, message);
}

/** Shows the change to everybody who pressed something on this message. */
function touch(world: World, message: Message): void {
  for (const exchange of world.exchanges) if (exchange.parts.sourceMessage === message) exchange.touched = true;
  world.changed.fire();
}

/** A list among a method's arguments, as it is or as JSON. */
function listOf(value: Json | undefined, otherwise: string): Json[] {
  if (value === undefined || value === null || value === '') return [];
  const parsed = jsonOf(value);
  if (!Array.isArray(parsed)) throw new SlackError(otherwise);
  return parsed;
}

/** An argument that may have come as JSON in a string; what is no JSON reads as undefined. */
export function jsonOf(value: Json | undefined): Json | undefined {
  if (typeof value !== 'string') return value;
  try {
    return JSON.parse(value) as Json;
  } catch {
    return undefined;
  }
}

function textIn(world: World, text: string, { longest, cuts }: Rules): string {
  // An update counts its bytes. https://docs.slack.dev/reference/methods/chat.update
  if ((cuts ? text.length : Buffer.byteLength(text)) <= longest) return text;
  if (!cuts) throw new SlackError('msg_too_long');
  world.fail(`a text of ${text.length} characters was cut off at ${longest}`);
  return text.slice(0, longest);
}

function metadataOf(value: Json | undefined): JsonObject | null {
  if (value === undefined || value === null || value === '') return null;
  const metadata = objectOf(jsonOf(value));
  if (textOf(metadata.event_type) === '' || !isObject(metadata.event_payload)) {
    throw new SlackError('invalid_metadata_format');
  }
  return metadata;
}
