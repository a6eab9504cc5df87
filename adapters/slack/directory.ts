import type { webApi } from '@slack/bolt';
import type { Identity } from '../../src/contract/act.ts';
import { steadyMs } from '../../src/contract/clock.ts';
import { codeOf } from './errors.ts';

/** Names and homes change seldom. */
const KEPT_MS = 24 * 3_600_000;
/** Whether somebody manages the workspace is asked again sooner. */
const ADMIN_MS = 5 * 60_000;
/** Maximum number of remembered people and channels; the oldest go first. */
const MOST = 5_000;

/** What a payload says of a person, for when Slack does not answer. */
export interface Hint {
  readonly id: string;
  readonly name?: string | undefined;
  readonly team?: string | undefined;
}

export interface Channel {
  readonly id: string;
  readonly name: string;
}

interface Entry {
  readonly identity: Promise<Identity | null>;
  readonly at: number;
}

/** Who is who in one workspace, as Slack says, remembered for a while. */
export class Directory {
  readonly #client: webApi.WebClient;
  readonly #workspace: string;
  readonly #now: () => number;
  readonly #people = new Map<string, Entry>();
  readonly #known = new Map<string, Identity>();
  readonly #channels = new Map<string, Channel>();

  constructor(client: webApi.WebClient, workspace: string, now: () => number = steadyMs) {
    this.#client = client;
    this.#workspace = workspace;
    this.#now = now;
  }

  /**
   * The person behind an id. `fresh`: whether they manage the workspace matters, so it is not much older than now.
   * Where Slack does not answer, what the payload says holds, without any power.
   */
  async person(hint: Hint, fresh = false): Promise<Identity> {
    const entry = this.#people.get(hint.id);
    const usable = entry && this.#now() - entry.at < (fresh ? ADMIN_MS : KEPT_MS);
    const asked = usable ? entry : { identity: this.#ask(hint.id), at: this.#now() };
    if (!usable) keep(this.#people, hint.id, asked);
    const found = await asked.identity;
    if (found) return found;
    this.#people.delete(hint.id);
    return { account: hint.id, home: hint.team ?? this.#workspace, name: hint.name ?? hint.id, admin: false };
  }

  /** The person behind an id, if they were looked up before. */
  known(id: string): Identity | null {
    const found = this.#known.get(id);
    return found ? { ...found, admin: false } : null;
  }

  /** The one person of that name among those looked up before; null where there is none or more than one. */
  named(name: string): Identity | null {
    const wanted = name.toLowerCase();
    const found = [...this.#known.values()].filter(one => one.name.toLowerCase() === wanted);
    return found.length === 1 ? { ...found[0]!, admin: false } : null;
  }

  /** A channel with its name; where Slack does not tell it, its id stands for it. */
  async channel(id: string, label = ''): Promise<Channel> {
    const known = this.#channels.get(id);
    if (known) return known;
    const name = label || (await this.#channelName(id));
    const found = { id, name: name ?? id };
    if (name) keep(this.#channels, id, found);
    return found;
  }

  /** A channel that was looked up before, by id or by name. */
  knownChannel(typed: string): Channel | null {
    const wanted = typed.replace(/^#/, '').toLowerCase();
    const byId = this.#channels.get(typed);
    return byId ?? [...this.#channels.values()].find(one => one.name.toLowerCase() === wanted) ?? null;
  }

  /** Something about a person or channel has changed: it is asked again. */
  forget(id: string): void {
    this.#people.delete(id);
    this.#channels.delete(id);
  }

  async #ask(id: string): Promise<Identity | null> {
    try {
      const { user } = await this.#client.users.info({ user: id });
      if (!user) return null;
      const { profile } = user;
      const guest = user.is_restricted || user.is_ultra_restricted || user.is_stranger;
      const identity: Identity = {
        account: id,
        home: user.team_id ?? this.#workspace,
        name: profile?.display_name || profile?.real_name || user.real_name || user.name || id,
        admin: !guest && user.team_id === this.#workspace && Boolean(user.is_admin || user.is_owner),
      };
      keep(this.#known, id, identity);
      return identity;
    } catch {
      return null;
    }
  }

  /** What keeps us from posting in a channel, by Slack's names of it; nothing where Slack does not tell. */
  async lacks(id: string): Promise<readonly string[]> {
    try {
      const { channel } = await this.#client.conversations.info({ channel: id });
      if (channel?.is_archived) return ['is_archived'];
      return channel?.is_member === false ? ['not_in_channel'] : [];
    } catch (error) {
      // A private channel without us is, for us, none.
      return codeOf(error) === 'channel_not_found' ? ['not_in_channel'] : [];
    }
  }

  async #channelName(id: string): Promise<string | null> {
    try {
      return (await this.#client.conversations.info({ channel: id })).channel?.name ?? null;
    } catch {
      return null;
    }
  }
}

function keep<V>(map: Map<string, V>, key: string, value: V): void {
  map.delete(key);
  map.set(key, value);
  if (map.size > MOST) map.delete(map.keys().next().value!);
}
