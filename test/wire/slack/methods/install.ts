import { textOf } from '../../discord/json.ts';
import { SlackError } from '../errors.ts';
import { slackId } from '../ids.ts';
import type { Method } from './call.ts';

/** Installing, and Socket Mode's address. */
export const install: Record<string, Method> = {
  'apps.connections.open': {
    kind: 'app',
    handle: ({ stage }) => ({ url: stage.socket.open() }),
  },
  'oauth.v2.access': {
    kind: 'open',
    handle: ({ world, args, authorization }) => {
      const basic = /^Basic (.+)$/.exec(authorization)?.[1];
      const [basicId, basicSecret] = basic ? Buffer.from(basic, 'base64').toString().split(':') : [];
      if ((textOf(args.client_id) || basicId) !== world.clientId) throw new SlackError('invalid_client_id');
      if ((textOf(args.client_secret) || basicSecret) !== world.clientSecret) throw new SlackError('bad_client_secret');
      const grant = world.grants.get(textOf(args.code));
      if (!grant) throw new SlackError('invalid_code');
      if (grant.used) throw new SlackError('code_already_used');
      if ((textOf(args.redirect_uri) || null) !== grant.redirectUri) throw new SlackError('bad_redirect_uri');
      grant.used = true;
      const { team, user, scopes } = grant;
      const value = `xoxb-${slackId('T')}`;
      team.token = value;
      team.installed = true;
      world.tokens.set(value, { value, team, scopes: new Set(scopes), state: 'good' });
      world.changed.fire();
      return {
        access_token: value,
        token_type: 'bot',
        scope: scopes.join(','),
        bot_user_id: team.bot.id,
        app_id: world.appId,
        team: { id: team.id, name: team.name },
        enterprise: null,
        is_enterprise_install: false,
        authed_user: { id: user.id },
      };
    },
  },
};
