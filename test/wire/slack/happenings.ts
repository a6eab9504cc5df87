import type { JsonObject } from '../discord/json.ts';
import type { Exchange } from './exchange.ts';
import { slackId, timestamp } from './ids.ts';
import type { Channel, Team, User } from './model.ts';
import { People } from './people.ts';
import { renderUser, renderView } from './render.ts';

/** Does what happens in a workspace, and tells the app of it as the Events API does. */
export class Happenings extends People {
  /** Sends any event; `user` left out is the app's own bot. */
  event(type: string, fields: JsonObject = {}, about: { team?: Team; user?: User; channel?: Channel } = {}): Exchange {
    const team = about.team ?? this.team;
    const user = about.user ?? team.bot;
    const parts = {
      ...{ kind: 'event' as const, name: type, team, user },
      ...{ channel: about.channel ?? null, sourceMessage: null, sourceView: null },
    };
    const eventTs = timestamp();
    const payload: JsonObject = {
      type: 'event_callback',
      team_id: team.id,
      context_team_id: team.id,
      context_enterprise_id: null,
      event: { type, event_ts: eventTs, ...fields },
      event_id: slackId('Ev'),
      event_time: Math.floor(Number(eventTs)),
      authorizations: [
        { enterprise_id: null, team_id: team.id, user_id: team.bot.id, is_bot: true, is_enterprise_install: false },
      ],
      is_ext_shared_channel: (about.channel?.sharedWith.size ?? 0) > 0,
    };
    return this.send({ parts, type: 'events_api', payload, trigger: false, responseUrl: false });
  }

  /** A person opens the app's Home tab, or with 'messages' the direct messages. */
  openHome(user: User, tab: 'home' | 'messages' = 'home', team = this.world.team(user.teamId)): Exchange {
    const channel = this.world.direct(team, user);
    const view = this.world.home(team.id, user);
    const fields = { user: user.id, channel: channel.id, tab, ...(view ? { view: renderView(this.world, view) } : {}) };
    return this.event('app_home_opened', fields, { team, user, channel });
  }

  /**
   * A person writes to the app in their direct messages, or, in a channel, mentions it. The app hears of a stranger's
   * mention by way of the workspace to which the channel belongs.
   */
  write(user: User, text: string, channel?: Channel): Exchange {
    const home = this.world.team(user.teamId);
    const team = channel && !home.installed ? this.#at(channel) : home;
    const at = channel ?? this.world.direct(team, user);
    const said = { user: user.id, ts: timestamp(), channel: at.id };
    const about = { team, user, channel: at };
    if (!channel) return this.event('message', { ...said, text, channel_type: 'im' }, about);
    return this.event('app_mention', { ...said, text: `<@${team.bot.id}> ${text}` }, about);
  }

  /** Somebody archives a channel. */
  archive(channel: Channel, user: User): Exchange {
    channel.archived = true;
    return this.event(
      'channel_archive',
      { channel: channel.id, user: user.id },
      { team: this.#at(channel), user, channel },
    );
  }

  /** Somebody renames a channel. */
  rename(channel: Channel, name: string, user: User): Exchange {
    channel.name = name;
    const fields = { channel: { id: channel.id, name, created: 1_700_000_000 } };
    return this.event('channel_rename', fields, { team: this.#at(channel), user, channel });
  }

  /** Somebody brings the app, or another person, into a channel. */
  invite(channel: Channel, inviter: User, invited?: User): Exchange {
    const team = this.#at(channel);
    const user = invited ?? team.bot;
    channel.members.add(user.id);
    const fields = { user: user.id, channel: channel.id, channel_type: 'C', team: team.id, inviter: inviter.id };
    return this.event('member_joined_channel', fields, { team, user: inviter, channel });
  }

  /** Takes the app out of a channel; Slack tells it nothing the app could hear without further scopes. */
  removeApp(channel: Channel): void {
    channel.members.delete(this.#at(channel).bot.id);
  }

  /** A person's profile changes. */
  change(
    user: User,
    changes: Partial<Pick<User, 'realName' | 'locale' | 'timeZone' | 'isAdmin' | 'deleted'>>,
  ): Exchange {
    Object.assign(user, changes);
    const team = this.world.team(user.teamId);
    return this.event('user_change', { user: renderUser(user, team, true) }, { team, user });
  }

  /** Somebody revokes the app's tokens: `token_revoked` from now on, and the event. */
  revokeTokens(team = this.team): Exchange {
    this.#spoilTokens(team, 'revoked');
    return this.event('tokens_revoked', { tokens: { oauth: [], bot: [team.bot.id] } }, { team });
  }

  /** Somebody removes the app: `account_inactive` from now on, and both events, the last one returned. */
  uninstall(team = this.team): Exchange {
    team.installed = false;
    this.#spoilTokens(team, 'inactive');
    this.event('tokens_revoked', { tokens: { oauth: [], bot: [team.bot.id] } }, { team });
    return this.event('app_uninstalled', {}, { team });
  }

  #spoilTokens(team: Team, state: 'revoked' | 'inactive'): void {
    for (const token of this.world.tokens.values()) if (token.team?.id === team.id) token.state = state;
  }

  #at(channel: Channel): Team {
    return this.world.team(channel.teamId);
  }
}
