import { ApiError } from '../errors.ts';
import { objectsOf } from '../json.ts';
import { renderChannel, renderGuild, renderMember } from '../render.ts';
import { param, type Route, route } from '../rest.ts';
import type { Stage } from '../stage.ts';

/** Servers with their channels, roles and members. */
export function guildRoutes(stage: Stage): Route[] {
  const { world } = stage;
  return [
    route('GET', '/users/@me/guilds', () => ({
      body: [...world.guilds.values()]
        .filter(guild => guild.present)
        .map(guild => ({
          id: guild.id,
          name: guild.name,
          icon: null,
          owner: false,
          permissions: world.guildPermissions(guild, world.bot.id).toString(),
          features: [],
        })),
    })),
    route('DELETE', '/users/@me/guilds/:guild', call => {
      const guild = world.guild(param(call, 'guild'));
      guild.present = false;
      guild.members.delete(world.bot.id);
      world.dispatch('GUILD_DELETE', { id: guild.id }, guild.id);
      return {};
    }),
    route('GET', '/guilds/:guild', call => {
      const guild = world.guild(param(call, 'guild'));
      const counts = call.query.get('with_counts') === 'true';
      const size = guild.members.size;
      return {
        body: {
          ...renderGuild(guild),
          ...(counts ? { approximate_member_count: size, approximate_presence_count: 1 } : {}),
        },
      };
    }),
    route('GET', '/guilds/:guild/channels', call => {
      const guild = world.guild(param(call, 'guild'));
      const own = [...world.channels.values()].filter(c => c.guildId === guild.id && !c.deleted && !c.thread);
      return { body: own.map(renderChannel) };
    }),
    route('GET', '/guilds/:guild/roles', call => ({
      body: objectsOf(renderGuild(world.guild(param(call, 'guild'))).roles),
    })),
    // Listing all members takes the privileged GuildMembers intent, which a bot here never has.
    route('GET', '/guilds/:guild/members', () => {
      throw new ApiError(50001);
    }),
    route('GET', '/guilds/:guild/members/search', call => {
      const query = (call.query.get('query') ?? '').toLowerCase();
      const starts = (name: string | null) => name?.toLowerCase().startsWith(query) ?? false;
      const found = [...world.guild(param(call, 'guild')).members.values()].filter(
        m => starts(m.user.username) || starts(m.nick),
      );
      return { body: found.slice(0, Number(call.query.get('limit') ?? 1)).map(m => renderMember(m)) };
    }),
    route('GET', '/guilds/:guild/members/:user', call => {
      const guild = world.guild(param(call, 'guild'));
      return { body: renderMember(world.member(guild, param(call, 'user'))) };
    }),
  ];
}
