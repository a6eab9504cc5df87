import { Signal } from '../discord/signal.ts';
import type { Effects, Names } from './effects.ts';
import { SlackError } from './errors.ts';
import type { Exchange } from './exchange.ts';
import { slackId } from './ids.ts';
import type { Channel, Grant, Message, ResponseUrl, StoredFile, Team, Token, Trigger, User, View } from './model.ts';

/** All that exists in the stand-in's Slack. Deleted things stay, marked, so that tests can look back. */
export class World {
  readonly teams = new Map<string, Team>();
  readonly users = new Map<string, User>();
  readonly channels = new Map<string, Channel>();
  readonly messages: Message[] = [];
  readonly views = new Map<string, View>();
  readonly files = new Map<string, StoredFile>();
  readonly tokens = new Map<string, Token>();
  readonly triggers = new Map<string, Trigger>();
  /** Addresses for answers, by path. */
  readonly responseUrls = new Map<string, ResponseUrl>();
  readonly grants = new Map<string, Grant>();
  /** Every exchange, oldest first. */
  readonly exchanges: Exchange[] = [];
  /** Texts that the app has ever said, with their effects. */
  readonly said: Effects[] = [];
  readonly appId = slackId('A');
  readonly clientId = '1111111111.2222222222';
  readonly clientSecret = 'stand-in-client-secret';
  readonly verificationToken = 'stand-in-verification-token';
  /** Payloads that were refused, unknown methods, breakdowns of the stand-in: a test should find this empty. */
  readonly failures: string[] = [];
  /** Fires after everything the app or a person did. */
  readonly changed = new Signal();

  /** Notes what no test should overlook. */
  fail(what: string): void {
    this.failures.push(what);
    this.changed.fire();
  }

  /** A workspace by id. */
  team(id: string): Team {
    const team = this.teams.get(id);
    if (!team) throw new Error(`there is no workspace ${id}`);
    return team;
  }

  /** Tells whether a workspace takes part in a channel. */
  takesPart(team: Team, channel: Channel): boolean {
    return channel.teamId === team.id || channel.sharedWith.has(team.id);
  }

  /** A person as a workspace sees them: its own people, and strangers with whom it shares a channel. */
  person(team: Team, id: string): User {
    const user = this.users.get(id);
    if (!user) throw new SlackError('user_not_found');
    if (user.teamId === team.id) return user;
    const shared = [...this.channels.values()].some(c => this.takesPart(team, c) && c.members.has(id));
    if (!shared) throw new SlackError('user_not_found');
    return user;
  }

  /** A channel as a workspace's bot sees it: private ones only from within. */
  channel(team: Team, id: string): Channel {
    const channel = this.channels.get(id);
    const hidden = channel && channel.kind !== 'public' && !channel.members.has(team.bot.id);
    if (!channel || hidden || !this.takesPart(team, channel)) throw new SlackError('channel_not_found');
    return channel;
  }

  /** The direct messages between the app and a person, opened when there are none yet. */
  direct(team: Team, person: User): Channel {
    for (const channel of this.channels.values()) {
      if (channel.person?.id === person.id && channel.teamId === team.id) return channel;
    }
    const channel: Channel = {
      id: slackId('D'),
      teamId: team.id,
      name: 'directmessage',
      kind: 'im',
      members: new Set([team.bot.id, person.id]),
      person,
      archived: false,
      sharedWith: new Set(),
    };
    this.channels.set(channel.id, channel);
    return channel;
  }

  /** A standing message that everybody in the channel sees. */
  message(channelId: string, ts: string): Message | undefined {
    return this.messages.find(m => m.channelId === channelId && m.ts === ts && !m.deleted && m.ephemeralFor === null);
  }

  /** The modals open in front of a person, the top one last. */
  stack(user: User): View[] {
    return [...this.views.values()].filter(v => v.type === 'modal' && v.open && v.user.id === user.id);
  }

  /** A person's Home tab in a workspace. */
  home(teamId: string, user: User): View | undefined {
    return [...this.views.values()].find(v => v.type === 'home' && v.teamId === teamId && v.user.id === user.id);
  }

  /** Handles and channel names of a workspace. */
  names(teamId: string): Names {
    const team = this.team(teamId);
    const users = [...this.users.values()].filter(u => u.teamId === teamId && !u.deleted);
    const channels = [...this.channels.values()].filter(c => c.kind !== 'im' && this.takesPart(team, c));
    return {
      users: new Map(users.map(u => [u.name.toLowerCase(), u.id])),
      channels: new Map(channels.map(c => [c.name.toLowerCase(), c.id])),
    };
  }
}
