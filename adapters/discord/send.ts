import { setTimeout as pause } from 'node:timers/promises';
import {
  type APIContainerComponent,
  type APITextDisplayComponent,
  ChannelType,
  type Client,
  DiscordAPIError,
  type DMChannel,
  HTTPError,
  type Message,
  MessageFlags,
  RateLimitError,
  roleMention,
  userMention,
} from 'discord.js';
import { bounded, neverArrived } from '../../src/adapter-kit/network-errors.ts';
import {
  NO_PICTURES,
  PICTURE_TIMEOUTS,
  type Pictures,
  type PictureTimeouts,
  picturesOf,
} from '../../src/adapter-kit/pictures.ts';
import { withTimeout } from '../../src/adapter-kit/timeout.ts';
import type { Registry } from '../../src/bot/registry.ts';
import type { Outgoing, SendResult } from '../../src/contract/act.ts';
import type { Painter } from '../../src/contract/painter.ts';
import { cutAt } from '../../src/language/clean.ts';
import { plain } from '../../src/language/text.ts';
import { type Attachment, attachedTo } from './attachments.ts';
import { forgetDirects } from './caches.ts';
import { type LinkOf, NO_LINKS } from './command-links.ts';
import { keepEvent } from './events.ts';
import { inOpenThread, postNamed, tagsFor } from './posts.ts';
import { isMalformed, problemsOf } from './problems.ts';
import { renderView, renderWords } from './render.ts';

const GONE = new Set<number | string>([10003, 10004, 50083]);
/** The message, or the scheduled event, that was to be changed is not there any more, or the event is over. */
const MESSAGE_GONE = new Set<number | string>([10008, 10070, 180000]);
const FORBIDDEN = new Set<number | string>([50001, 50013, 50007, 50278, 40003]);
const LATER = new Set<number | string>([30046, 20028]);
/** Pause where Discord names no time, ms. */
const PAUSE_MS = 30_000;
const THREAD_NAME = 100;

/** Describes what sending needs of the adapter. */
interface SendDeps {
  readonly registry: Registry;
  readonly painter: Painter;
  readonly pictureTimeouts?: PictureTimeouts;
  readonly linkOf?: LinkOf;
}

/**
 * Sends or edits a message; whatever goes wrong becomes a result, by Discord's code. Where its pictures are not taken
 * it goes without them, and where it is not taken as it is made, its words go alone.
 */
export async function sendPost(
  client: Client,
  { registry, painter, linkOf = NO_LINKS, pictureTimeouts = PICTURE_TIMEOUTS }: SendDeps,
  post: Outgoing,
): Promise<SendResult> {
  const painted = post.target.kind === 'calendar' ? NO_PICTURES : picturesOf(post.view, painter);
  const pictures = await withTimeout(pictureTimeouts.post, Promise.resolve(painted), NO_PICTURES);
  const whole = (shown: Pictures): Body => {
    const attached = attachedTo(post.view, shown);
    return { components: [renderView(post.view, registry, { attached, linkOf })], files: attached.list };
  };
  let sent = await tryPost(client, post, whole(pictures));
  if (pictures.size > 0 && (sent.kind === 'forbidden' || sent.kind === 'invalid'))
    sent = await tryPost(client, post, whole(NO_PICTURES));
  if (sent.kind !== 'invalid' || post.target.kind === 'calendar') return sent;
  const words = await tryPost(client, post, { components: [renderWords(post.view)], files: [] });
  return words.kind === 'sent' ? { ...words, invalid: sent.detail } : sent;
}

/**
 * Returns the words above a message that name its readers: one account, or the role for early warnings. Nobody else is
 * mentioned.
 */
function mentioned({ mention, role }: Outgoing) {
  const said = [...(mention ? [userMention(mention)] : []), ...(role ? [roleMention(role.id)] : [])];
  if (!said.length) return { above: [], allowed: {} };
  const whom = { parse: [], ...(mention && { users: [mention] }), ...(role && { roles: [role.id] }) };
  return { above: [{ type: 10, content: said.join(' ') } as const], allowed: { allowedMentions: whom } };
}

/** Describes what a message is made of. */
interface Body {
  readonly components: readonly (APIContainerComponent | APITextDisplayComponent)[];
  readonly files: readonly Attachment[];
}

async function tryPost(client: Client, post: Outgoing, body: Body): Promise<SendResult> {
  try {
    const { target, previous } = post;
    if (target.kind === 'calendar') return await keepEvent(client, target.workspace, post);
    const { above, allowed } = mentioned(post);
    const components = [...above, ...body.components];
    const files = [...body.files];
    const channel = await channelOf(client, target, previous);
    if (!channel) return { kind: 'gone', detail: 'not a channel to write in' };
    if (previous) {
      if (!channel.isSendable()) return { kind: 'gone', detail: 'not a channel to write in' };
      // Earlier attachments go; those to be seen now are attached anew.
      const edited = { components, files, attachments: [], flags: MessageFlags.IsComponentsV2, ...allowed } as const;
      return await inOpenThread(channel, post.view, async () => sentAs(await channel.messages.edit(previous, edited)));
    }
    const flags = post.silent
      ? ([MessageFlags.IsComponentsV2, MessageFlags.SuppressNotifications] as const)
      : ([MessageFlags.IsComponentsV2] as const);
    if (channel.type === ChannelType.GuildForum) {
      const name = cutAt(post.view.thread ?? plain(post.view.title), THREAD_NAME);
      // One that stands already was made by a try whose answer never came.
      const known = await postNamed(channel, name);
      if (known) return { kind: 'sent', ref: known.id };
      const appliedTags = tagsFor(channel, post.view);
      return sentAs(
        await channel.threads.create({ name, appliedTags, message: { components, files, flags: [...flags] } }),
      );
    }
    if (!channel.isSendable()) return { kind: 'gone', detail: 'not a channel to write in' };
    const reply = target.kind === 'thread' && channel.id !== target.parent;
    const message = await channel.send({
      components,
      files,
      flags: [...flags],
      nonce: post.nonce,
      enforceNonce: true,
      ...allowed,
      ...(reply && { reply: { messageReference: target.parent, failIfNotExists: false } }),
    });
    const sent = sentAs(message);
    if (sent.kind === 'sent' && post.view.thread) await openThread(message, post.view.thread);
    return sent;
  } catch (error) {
    return resultOf(error);
  }
}

/** Reads the id of a message that Discord took. An answer without an id may have come from anybody in between. */
const sentAs = ({ id }: { readonly id: unknown }): SendResult =>
  typeof id === 'string' && id ? { kind: 'sent', ref: id } : { kind: 'unknown', detail: 'Discord named no message' };

type ToRead = Exclude<Outgoing['target'], { kind: 'calendar' }>;

/**
 * Finds the channel of a message: a thread has the id of the message that it began with, and so has a post of a forum
 * channel. Where a thread could not be opened, what belongs into it answers the message above instead.
 */
async function channelOf(client: Client, target: ToRead, previous: string | null) {
  if (target.kind === 'direct') return directTo(client, target.account);
  const channel = await client.channels.fetch(target.channel);
  if (target.kind === 'thread') return (await threadOf(client, target.parent)) ?? channel;
  if (channel?.type !== ChannelType.GuildForum || !previous) return channel;
  const post = await threadOf(client, previous);
  if (!post) throw new PostGone();
  return post;
}

/** A post of a forum channel that was to be edited is not there any more; the channel is. */
class PostGone extends Error {}

/** The direct messages with a person. A person who never logged in cannot look for them among those it knows. */
export async function directTo(client: Client, account: string): Promise<DMChannel> {
  const channel = await client.users.createDM(account, { force: client.user === null });
  forgetDirects(channel);
  return channel;
}

async function threadOf(client: Client, id: string) {
  try {
    return await client.channels.fetch(id);
  } catch (error) {
    if (error instanceof DiscordAPIError && (error.code === 10003 || error.code === 50001)) return null;
    throw error;
  }
}

/**
 * Opens a thread below a message. The message stands whatever becomes of it, and must not be sent again: where no
 * thread is allowed, or none can be opened now, there is none.
 */
async function openThread(message: Message, name: string): Promise<void> {
  if (message.channel.type !== ChannelType.GuildText && message.channel.type !== ChannelType.GuildAnnouncement) return;
  await message.startThread({ name: cutAt(name, THREAD_NAME) }).catch(() => undefined);
}

const putOffFor = ({ retryAfter, sublimitTimeout }: RateLimitError): number =>
  bounded(Math.max(retryAfter, sublimitTimeout));

/** Does what a person waits for, however long Discord puts it off. */
export async function patiently<T>(work: () => Promise<T>): Promise<T> {
  for (;;)
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof RateLimitError)) throw error;
      await pause(putOffFor(error), undefined, { ref: false });
    }
}

/** Returns what an error of the SDK means for a message. */
export function resultOf(error: unknown): SendResult {
  if (error instanceof PostGone) return { kind: 'gone', detail: 'the post was deleted', of: 'message' };
  if (error instanceof RateLimitError) return { kind: 'later', afterMs: putOffFor(error), detail: 'rate limit' };
  if (error instanceof DiscordAPIError) {
    const detail = `Discord ${error.code}`;
    if (isMalformed(error)) return { kind: 'invalid', detail: problemsOf(error) };
    if (error.status === 401) return { kind: 'refused', detail: 'Discord HTTP 401', of: 'platform' };
    if (MESSAGE_GONE.has(error.code)) return { kind: 'gone', detail, of: 'message' };
    if (GONE.has(error.code)) return { kind: 'gone', detail };
    if (FORBIDDEN.has(error.code)) return { kind: 'forbidden', detail };
    if (LATER.has(error.code) || error.status === 429) return { kind: 'later', afterMs: PAUSE_MS, detail };
    if (error.status >= 500) return { kind: 'unknown', detail };
    return { kind: 'forbidden', detail, of: 'message' };
  }
  if (neverArrived(error))
    return { kind: 'later', afterMs: PAUSE_MS, detail: 'Discord cannot be reached', of: 'platform' };
  if (error instanceof HTTPError) return { kind: 'unknown', detail: `Discord HTTP ${error.status}` };
  return { kind: 'unknown', detail: error instanceof Error ? error.name : 'unknown' };
}
