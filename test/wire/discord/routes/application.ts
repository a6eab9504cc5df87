import { ApiError } from '../errors.ts';
import type { JsonObject } from '../json.ts';
import { renderUser } from '../render.ts';
import { param, type Route, route } from '../rest.ts';
import type { Stage } from '../stage.ts';

/** The gateway's address, the bot itself and its application, other users. */
export function applicationRoutes(stage: Stage): Route[] {
  const { world, gateway } = stage;
  const application = (): JsonObject => ({
    id: world.applicationId,
    name: world.bot.displayName,
    icon: null,
    description: '',
    bot_public: false,
    bot_require_code_grant: false,
    verify_key: '0'.repeat(64),
    flags: 0,
    owner: renderUser(world.bot),
    team: null,
    bot: renderUser(world.bot),
    approximate_guild_count: [...world.guilds.values()].filter(g => g.present).length,
  });
  return [
    route('GET', '/gateway', () => ({ body: { url: gateway.url } })),
    route('GET', '/gateway/bot', () => ({
      body: {
        url: gateway.url,
        shards: gateway.shards,
        session_start_limit: {
          total: 1000,
          remaining: gateway.identifyBudget,
          reset_after: 14_400_000,
          max_concurrency: gateway.maxConcurrency ?? gateway.shards,
        },
      },
    })),
    route('GET', '/users/@me', () => ({ body: renderUser(world.bot) })),
    route('GET', '/applications/@me', () => ({ body: application() })),
    route('GET', '/oauth2/applications/@me', () => ({ body: application() })),
    route('GET', '/users/:user', call => {
      const user = world.users.get(param(call, 'user'));
      if (!user) throw new ApiError(10013);
      return { body: renderUser(user) };
    }),
  ];
}
