import { compose, POSTING, post } from './compose.ts';
import { slackId } from './ids.ts';
import type { Channel, Message, Team, User } from './model.ts';
import type { World } from './world.ts';

/** Traits of a new person; left out: an ordinary member whose client speaks English, in Jakarta. */
export interface UserTraits {
  readonly team?: Team;
  readonly handle?: string;
  readonly admin?: boolean;
  readonly owner?: boolean;
  readonly guest?: 'restricted' | 'ultra';
  readonly locale?: string;
  readonly timeZone?: string;
}

/** Traits of a new channel; left out: public, of the first workspace, with the app in it. */
export interface ChannelTraits {
  readonly team?: Team;
  readonly private?: boolean;
  readonly members?: readonly User[];
  readonly withApp?: boolean;
  /** Workspaces with which it is shared through Slack Connect. */
  readonly sharedWith?: readonly Team[];
}

/** Workspaces, people and channels, as a test sets them up. */
export class Scene {
  readonly world: World;

  constructor(world: World) {
    this.world = world;
  }

  /** The first workspace. */
  get team(): Team {
    const [team] = this.world.teams.values();
    if (!team) throw new Error('there is no workspace yet');
    return team;
  }

  /** A workspace, with the app installed unless told; `scopes` left out: the token may do everything. */
  addTeam(name: string, { scopes = null as readonly string[] | null, installed = true } = {}): Team {
    const id = slackId('T');
    const bot = newUser(id, 'app', 'App', { isBot: true });
    const token = `xoxb-${id}`;
    const domain = name.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-');
    const base = { id, name, domain, bot, botId: slackId('B'), token };
    const team: Team = { ...base, messagesTab: true, installed };
    this.world.teams.set(id, team);
    this.world.users.set(bot.id, bot);
    this.world.tokens.set(token, { value: token, team, scopes: scopes && new Set(scopes), state: 'good' });
    return team;
  }

  /** A person; the handle left out is the name in small letters. */
  addUser(realName: string, traits: UserTraits = {}): User {
    const handle = traits.handle ?? realName.toLowerCase().replaceAll(/\s+/g, '.');
    const user = newUser((traits.team ?? this.team).id, handle, realName, {
      isAdmin: traits.admin ?? false,
      isOwner: traits.owner ?? false,
      isRestricted: traits.guest !== undefined,
      isUltraRestricted: traits.guest === 'ultra',
      locale: traits.locale ?? 'en-US',
      timeZone: traits.timeZone ?? 'Asia/Jakarta',
    });
    this.world.users.set(user.id, user);
    return user;
  }

  /** A channel. */
  addChannel(name: string, traits: ChannelTraits = {}): Channel {
    const team = traits.team ?? this.team;
    const teams = [team, ...(traits.sharedWith ?? [])];
    const bots = (traits.withApp ?? true) ? teams.filter(t => t.installed).map(t => t.bot.id) : [];
    const channel: Channel = {
      id: slackId('C'),
      teamId: team.id,
      name,
      kind: traits.private ? 'private' : 'public',
      members: new Set([...(traits.members ?? []).map(m => m.id), ...bots]),
      person: null,
      archived: false,
      sharedWith: new Set((traits.sharedWith ?? []).map(t => t.id)),
    };
    this.world.channels.set(channel.id, channel);
    return channel;
  }

  /** A person's own message, on which shortcuts can be picked. The app hears nothing of it. */
  say(channel: Channel, user: User, text: string, threadTs?: string): Message {
    const team = this.world.team(user.teamId);
    const args = { text, parse: 'none', ...(threadTs ? { thread_ts: threadTs } : {}) };
    return post(this.world, { team, channel, author: user }, compose(this.world, team, args, POSTING), args);
  }

  /** A person's direct messages with the app, opened when they are new. */
  directChannel(user: User, team = this.world.team(user.teamId)): Channel {
    return this.world.direct(team, user);
  }
}

function newUser(teamId: string, name: string, realName: string, traits: Partial<User>): User {
  return {
    id: slackId('U'),
    teamId,
    name,
    realName,
    isBot: false,
    isAdmin: false,
    isOwner: false,
    isRestricted: false,
    isUltraRestricted: false,
    deleted: false,
    locale: 'en-US',
    timeZone: 'Asia/Jakarta',
    ...traits,
  };
}
