import { type Client, DiscordAPIError, HTTPError, MessageFlags, RateLimitError } from 'discord.js';
import type { Outgoing, SendResult } from '../../src/bot/act.ts';
import type { Registry } from '../../src/bot/registry.ts';
import { renderView } from './render.ts';

const GONE = new Set<number | string>([10003, 10008, 10004, 50083]);
const FORBIDDEN = new Set<number | string>([50001, 50013, 50007, 50278, 40003]);
const LATER = new Set<number | string>([30046, 20028]);
/** How long to wait where Discord names no time. */
const PAUSE_MS = 30_000;

/** Sends or edits a message; whatever goes wrong becomes a result, by Discord's code. */
export async function sendPost(client: Client, registry: Registry, post: Outgoing): Promise<SendResult> {
  try {
    const { target, previous } = post;
    const channelId = target.kind === 'direct' ? (await client.users.createDM(target.account)).id : target.channel;
    const channel = await client.channels.fetch(channelId);
    if (!channel?.isSendable()) return { kind: 'gone', detail: 'not a channel to write in' };
    const components = [renderView(post.view, registry)];
    if (previous) {
      const message = await channel.messages.edit(previous, { components, flags: MessageFlags.IsComponentsV2 });
      return { kind: 'sent', ref: message.id };
    }
    const flags = post.silent
      ? ([MessageFlags.IsComponentsV2, MessageFlags.SuppressNotifications] as const)
      : ([MessageFlags.IsComponentsV2] as const);
    const message = await channel.send({ components, flags: [...flags], nonce: post.nonce, enforceNonce: true });
    return { kind: 'sent', ref: message.id };
  } catch (error) {
    return resultOf(error);
  }
}

/** What an error of the SDK means for a message. */
export function resultOf(error: unknown): SendResult {
  if (error instanceof RateLimitError) return { kind: 'later', afterMs: error.retryAfter, detail: 'rate limit' };
  if (error instanceof DiscordAPIError) {
    const detail = `Discord ${error.code}`;
    if (GONE.has(error.code)) return { kind: 'gone', detail };
    if (FORBIDDEN.has(error.code)) return { kind: 'forbidden', detail };
    if (LATER.has(error.code) || error.status === 429) return { kind: 'later', afterMs: PAUSE_MS, detail };
    if (error.status >= 500) return { kind: 'unknown', detail };
    return { kind: 'forbidden', detail };
  }
  if (error instanceof HTTPError) return { kind: 'unknown', detail: `Discord HTTP ${error.status}` };
  return { kind: 'unknown', detail: error instanceof Error ? error.name : 'unknown' };
}
