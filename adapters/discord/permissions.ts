import { ChannelType, type Client, PermissionFlagsBits } from 'discord.js';

/** Permissions that the bot needs in a channel where it posts, by the names that Discord shows. */
const NEEDED = [
  ['View Channels', PermissionFlagsBits.ViewChannel],
  ['Send Messages', PermissionFlagsBits.SendMessages],
  ['Embed Links', PermissionFlagsBits.EmbedLinks],
  ['Attach Files', PermissionFlagsBits.AttachFiles],
  ['Read Message History', PermissionFlagsBits.ReadMessageHistory],
  ['Create Public Threads', PermissionFlagsBits.CreatePublicThreads],
  ['Send Messages in Threads', PermissionFlagsBits.SendMessagesInThreads],
] as const;

/** The permissions that are missing in a channel; a channel that is not there lacks the first. */
export async function lacking(client: Client, channelId: string): Promise<readonly string[]> {
  const channel = await client.channels.fetch(channelId).catch(() => null);
  if (!channel || channel.isDMBased()) return [NEEDED[0][0]];
  if (!channel.isSendable() && channel.type !== ChannelType.GuildForum) return ['not_for_messages'];
  const me = channel.guild.members.me ?? (await channel.guild.members.fetchMe());
  const held = channel.permissionsFor(me);
  return NEEDED.filter(([, bit]) => !held.has(bit)).map(([name]) => name);
}
