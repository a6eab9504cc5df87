import { type AnyThreadChannel, type Channel, ChannelFlags, ChannelType, type ForumChannel } from 'discord.js';
import type { SendResult } from '../../src/contract/act.ts';
import type { View } from '../../src/contract/view.ts';

/** Tags that fit what we post, in the languages we speak; else any tag that we may set does. */
const FITTING = /^(isu|issue|issues|masalah)$/i;

/** Maximum number of tags of a post. https://docs.discord.com/developers/resources/channel#channel-object */
const MAXIMUM_TAGS = 5;

type Tagged = Pick<ForumChannel, 'availableTags' | 'flags'>;

/** Tells whether a tag is called like one of these names. */
const isCalled = (name: string, names: readonly string[]): boolean =>
  names.some(one => one.toLowerCase() === name.trim().toLowerCase());

/**
 * The tags of a post: those that people gave it, with the state that it is in where the channel has a tag of that name.
 * Where the channel asks for a tag and there is none, one that fits; none where there is none that we may set.
 */
export function tagsFor({ availableTags, flags }: Tagged, { state }: View, given: readonly string[] = []): string[] {
  const free = availableTags.filter(tag => !tag.moderated);
  const isState = (id: string): boolean => free.some(tag => tag.id === id && isCalled(tag.name, state?.of ?? []));
  const present = free.find(tag => isCalled(tag.name, state?.is ?? []));
  // Without a tag for the present state, that of a former one would be wrong.
  const others = given.filter(id => !isState(id));
  // Tags that people chose stay, also where they leave no room.
  const tags = others.length < MAXIMUM_TAGS && present ? [present.id, ...others] : others.slice(0, MAXIMUM_TAGS);
  if (tags.length || !flags.has(ChannelFlags.RequireTag)) return tags;
  const fitting = free.find(({ name }) => FITTING.test(name)) ?? free[0];
  return fitting ? [fitting.id] : [];
}

/** An open post of ours with a name, which begins with the code of what it is about. */
export async function postNamed(channel: ForumChannel, name: string): Promise<AnyThreadChannel | null> {
  const { threads } = await channel.threads.fetchActive(false);
  const me = channel.guild.members.me?.id ?? channel.client.user?.id;
  return threads.find(one => one.parentId === channel.id && one.name === name && one.ownerId === me) ?? null;
}

/** Gives a post the tag of its present state. What the card says stands in any case. */
async function retag(thread: AnyThreadChannel, view: View): Promise<void> {
  const { parent, appliedTags } = thread;
  if (parent?.type !== ChannelType.GuildForum) return;
  if (tagsFor(parent, view, appliedTags).join() === appliedTags.join()) return;
  try {
    // People may have set tags of which we have not heard.
    const fresh = await thread.fetch(true);
    await fresh.setAppliedTags(tagsFor(parent, view, fresh.appliedTags));
  } catch {
    // The card says it in any case.
  }
}

/**
 * Edits within a thread. An archived one takes no edits: it is opened for it. What is over is archived afterwards, as
 * people archive it by hand. https://docs.discord.com/developers/topics/threads
 */
export async function inOpenThread(channel: Channel, view: View, edit: () => Promise<SendResult>): Promise<SendResult> {
  if (!channel.isThread()) return edit();
  if (channel.archived) await channel.setArchived(false);
  const result = await edit();
  await retag(channel, view);
  if (view.isOver && result.kind === 'sent') await channel.setArchived(true).catch(() => undefined);
  return result;
}
