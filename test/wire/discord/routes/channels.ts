import { ApiError } from '../errors.ts';
import { textOf } from '../json.ts';
import { renderChannel } from '../render.ts';
import { param, type Route, route } from '../rest.ts';
import type { Stage } from '../stage.ts';

/** Channels, direct message channels and the typing sign. */
export function channelRoutes(stage: Stage): Route[] {
  const { world } = stage;
  return [
    route('GET', '/channels/:channel', call => ({ body: renderChannel(world.channel(param(call, 'channel'))) })),
    route('POST', '/channels/:channel/typing', call => {
      world.require(world.channel(param(call, 'channel')), 'SendMessages');
      return {};
    }),
    route('POST', '/users/@me/channels', call => {
      const user = world.users.get(textOf(call.body.recipient_id));
      if (!user || user.bot) throw new ApiError(user ? 50007 : 10013);
      return { body: renderChannel(world.dmWith(user)) };
    }),
  ];
}
