import { ChannelType, type Guild, MessageFlags, PermissionFlagsBits } from 'discord.js';
import type { Registry } from '../../src/bot/registry.ts';
import type { Bot } from '../../src/contract/act.ts';
import type { LinkOf } from './command-links.ts';
import { renderView } from './render.ts';

/** Says once how to begin, in the channel for such words, else in the first in which the bot may write. */
export async function hello(bot: Bot, guild: Guild, registry: Registry, linkOf: LinkOf): Promise<void> {
  const view = await bot.joined({ platform: 'discord', workspace: guild.id }, guild.preferredLocale);
  const me = guild.members.me;
  if (!view || !me) return;
  const needed = PermissionFlagsBits.ViewChannel | PermissionFlagsBits.SendMessages;
  const texts = [guild.systemChannel, ...guild.channels.cache.values()].flatMap(channel =>
    channel?.type === ChannelType.GuildText && channel.permissionsFor(me).has(needed) ? [channel] : [],
  );
  await texts[0]?.send({ components: [renderView(view, registry, { linkOf })], flags: [MessageFlags.IsComponentsV2] });
}
