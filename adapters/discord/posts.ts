import { type AnyThreadChannel, type Channel, ChannelFlags, type ForumChannel } from 'discord.js';
import type { SendResult } from '../../src/contract/act.ts';
import type { View } from '../../src/contract/view.ts';

/** Tags that fit what we post, in the languages we speak; else any tag that we may set does. */
const FITTING = /^(isu|issue|issues|masalah)$/i;

/** The tag of a new post where a forum channel asks for one; none where it does not, or has none that we may set. */
export function tagFor({ availableTags, flags }: ForumChannel): string[] {
  if (!flags.has(ChannelFlags.RequireTag)) return [];
  const free = availableTags.filter(tag => !tag.moderated);
  const tag = free.find(({ name }) => FITTING.test(name)) ?? free[0];
  return tag ? [tag.id] : [];
}

/** An open post of ours with a name, which begins with the code of what it is about. */
export async function postNamed(channel: ForumChannel, name: string): Promise<AnyThreadChannel | null> {
  const { threads } = await channel.threads.fetchActive(false);
  const me = channel.guild.members.me?.id ?? channel.client.user?.id;
  return threads.find(one => one.parentId === channel.id && one.name === name && one.ownerId === me) ?? null;
}

/**
 * Edits within a thread. An archived one takes no edits: it is opened for it. What is over is archived afterwards, as
 * people archive it by hand. https://docs.discord.com/developers/topics/threads
 */
export async function inOpenThread(channel: Channel, view: View, edit: () => Promise<SendResult>): Promise<SendResult> {
  if (!channel.isThread()) return edit();
  if (channel.archived) await channel.setArchived(false);
  const result = await edit();
  if (view.isOver && result.kind === 'sent') await channel.setArchived(true).catch(() => undefined);
  return result;
}
