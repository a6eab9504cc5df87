import { textOf } from '../../discord/json.ts';
import { SlackError } from '../errors.ts';
import type { Channel } from '../model.ts';
import { renderChannel, renderUser } from '../render.ts';
import { bot, type Call, flag, type Method, need } from './call.ts';

/** People, channels and the workspace. */
export const places: Record<string, Method> = {
  'auth.test': bot(null, ({ team, stage }) => ({
    url: `${stage.origin}/`,
    team: team.name,
    user: team.bot.name,
    team_id: team.id,
    user_id: team.bot.id,
    bot_id: team.botId,
    is_enterprise_install: false,
  })),
  'team.info': bot('team:read', ({ team }) => ({
    team: { id: team.id, name: team.name, domain: team.domain, email_domain: '', icon: { image_default: true } },
  })),
  'users.info': bot('users:read', call => {
    const user = call.world.person(call.team, need(call, 'user'));
    return { user: renderUser(user, call.team, flag(call, 'include_locale')) };
  }),
  'conversations.info': bot('channels:read', call => {
    const channel = call.world.channel(call.team, need(call, 'channel'));
    return { channel: renderChannel(channel, call.team) };
  }),
  'conversations.list': bot('channels:read', call => {
    const { world, team, args } = call;
    const types = (textOf(args.types) || 'public_channel').split(',').map(type => type.trim());
    const all = [...world.channels.values()].filter(
      c => world.takesPart(team, c) && types.includes(typeOf(c)) && isShown(call, c),
    );
    const from = cursorOf(textOf(args.cursor));
    const limit = Math.min(Number(args.limit ?? 100) || 100, 1000);
    const next = from + limit < all.length ? Buffer.from(`at:${from + limit}`).toString('base64') : '';
    return {
      channels: all.slice(from, from + limit).map(c => renderChannel(c, team)),
      response_metadata: { next_cursor: next },
    };
  }),
  'conversations.open': bot('im:write', call => {
    const { world, team, args } = call;
    if (textOf(args.channel) !== '') {
      const channel = world.channel(team, textOf(args.channel));
      return { channel: { id: channel.id } };
    }
    const ids = need(call, 'users').split(',');
    const [id = ''] = ids;
    if (ids.length > 1) throw new SlackError('method_not_supported_for_channel_type');
    const user = world.person(team, id);
    if (user.isBot) throw new SlackError('cannot_dm_bot');
    if (user.deleted) throw new SlackError('user_disabled');
    const isNew = ![...world.channels.values()].some(c => c.person === user && c.teamId === team.id);
    const channel = world.direct(team, user);
    return { no_op: !isNew, already_open: !isNew, channel: { id: channel.id } };
  }),
};

function typeOf(channel: Channel): string {
  if (channel.kind === 'im') return 'im';
  return channel.kind === 'public' ? 'public_channel' : 'private_channel';
}

function isShown(call: Call, channel: Channel): boolean {
  if (channel.archived && flag(call, 'exclude_archived')) return false;
  return channel.kind === 'public' || channel.members.has(call.team.bot.id);
}

function cursorOf(cursor: string): number {
  if (cursor === '') return 0;
  const at = /^at:(\d+)$/.exec(Buffer.from(cursor, 'base64').toString())?.[1];
  if (at === undefined) throw new SlackError('invalid_cursor');
  return Number(at);
}
