import type { webApi } from '@slack/bolt';
import type { Identity } from '../../src/contract/act.ts';
import { steadyMs } from '../../src/contract/clock.ts';
import { BoundedMap } from '../../src/runtime/bounded-map.ts';
import { createRateCounter } from '../../src/runtime/rate-counter.ts';
import { codeOf } from './errors.ts';

/** Slack's own bot, which Slack does not call one. */
const SLACKBOT = 'USLACKBOT';

/** Time for which a name is remembered, ms: names and homes change seldom. */
const KEPT_MS = 24 * 3_600_000;
/** Maximum age of an answer to whether somebody manages the workspace: shorter than of the other answers. */
const ADMIN_MS = 5 * 60_000;
/** Pause before Slack is asked again about a person of whom it said nothing, ms. */
const FAILED_MS = 60_000;
/**
 * Maximum of people and channels that one person may have us ask Slack about by naming them: at once, and in the long run.
 * Slack takes some hundred such questions a minute, of all people of a workspace together.
 * https://docs.slack.dev/apis/web-api/rate-limits
 */
const NAMED = { burst: 20, perSecond: 1 / 6 };
/** Maximum number of remembered people and channels; the oldest go first. */
const MOST = 5_000;

/** Describes what a payload says of a person, for when Slack does not answer. */
export interface Hint {
  readonly id: string;
  readonly name?: string | undefined;
  readonly team?: string | undefined;
}

export interface Channel {
  readonly id: string;
  readonly name: string;
}

/** Describes what Slack says of somebody; null: nobody; undefined: it did not answer. */
type Said = Identity | null | undefined;

interface Entry {
  readonly said: Promise<Said>;
  readonly until: number;
  readonly at: number;
}

/** Remembers for a while who is who in one workspace, as Slack says. */
export class Directory {
  readonly #client: webApi.WebClient;
  readonly #workspace: string;
  readonly #now: () => number;
  readonly #people = new BoundedMap<string, Entry>(MOST);
  /** Last answer about people; null: there is nobody of that id. */
  readonly #known = new BoundedMap<string, Identity | null>(MOST);
  readonly #channels = new BoundedMap<string, Channel>(MOST);
  readonly #named = createRateCounter(NAMED);

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
    return (await this.#said(hint.id, fresh)) ?? this.#unasked(hint);
  }

  /**
   * Identifies a person whom another one names. A person who is not known yet is asked for at the cost of `by`; if `by`
   * has named too many, Slack is not asked, and the forum may still know the account.
   */
  async mentioned(hint: Hint, by: string): Promise<Identity> {
    if (!this.#isKnown(hint.id) && !this.#pays(by)) return this.#unasked(hint);
    const said = await this.#said(hint.id, false);
    if (said === null) return { ...this.#unasked(hint), outsider: 'absent' };
    return said ? { ...said, admin: false } : this.#unasked(hint);
  }

  /** The person behind an id, as far as it was looked up before; null where Slack knows nobody of that id. */
  known(id: string): Identity | null {
    const found = this.#known.get(id);
    if (found === undefined) return this.#unasked({ id });
    return found && { ...found, admin: false };
  }

  /** The one person of that name among those looked up before; null where there is none or more than one. */
  named(name: string): Identity | null {
    const wanted = name.toLowerCase();
    const found = [...this.#known.values()].filter(one => one?.name.toLowerCase() === wanted);
    return found.length === 1 ? { ...found[0]!, admin: false } : null;
  }

  /** A channel that somebody named, with its name; where Slack does not tell it, its id stands for it. */
  async channel(id: string, by: string, label = ''): Promise<Channel> {
    const known = this.#channels.get(id);
    if (known) return known;
    const name = label || (this.#pays(by) ? await this.#channelName(id) : null);
    const found = { id, name: name ?? id };
    if (name) this.#channels.set(id, found);
    return found;
  }

  /** A channel that was looked up before, by id or by name. */
  knownChannel(typed: string): Channel | null {
    const wanted = typed.replace(/^#/, '').toLowerCase();
    const byId = this.#channels.get(typed);
    return byId ?? [...this.#channels.values()].find(one => one.name.toLowerCase() === wanted) ?? null;
  }

  /** Forgets a person or channel that has changed, so that Slack is asked again. */
  forget(id: string): void {
    this.#people.delete(id);
    this.#channels.delete(id);
  }

  /** Takes one question from what a person may have us ask; false where nothing is left. */
  #pays(by: string): boolean {
    return this.#named.take(by, 1, new Date(this.#now())) === 0;
  }

  #isKnown(id: string): boolean {
    return (this.#people.get(id)?.until ?? 0) > this.#now();
  }

  /** Identifies a person by the payload alone: nobody has asked whether they are here, and a person. */
  #unasked({ id, name, team }: Hint): Identity {
    return { account: id, home: team ?? this.#workspace, name: name ?? id, admin: false, outsider: 'unasked' };
  }

  async #said(id: string, fresh: boolean): Promise<Said> {
    const entry = this.#people.get(id);
    const isFresh = entry && (!fresh || this.#now() - entry.at < ADMIN_MS);
    if (isFresh && entry.until > this.#now()) return entry.said;
    const at = this.#now();
    const said = this.#ask(id);
    this.#people.set(id, { said, at, until: at + KEPT_MS });
    const answer = await said;
    if (answer === undefined) this.#people.set(id, { said, at, until: at + FAILED_MS });
    return answer;
  }

  async #ask(id: string): Promise<Said> {
    try {
      const { user } = await this.#client.users.info({ user: id });
      if (!user) return undefined;
      const { profile } = user;
      const guest = user.is_restricted || user.is_ultra_restricted || user.is_stranger;
      const outsider = user.is_bot || user.is_workflow_bot || id === SLACKBOT ? 'bot' : user.deleted ? 'absent' : null;
      const identity: Identity = {
        ...(outsider && { outsider }),
        account: id,
        home: user.team_id ?? this.#workspace,
        name: profile?.display_name || profile?.real_name || user.real_name || user.name || id,
        admin: !guest && user.team_id === this.#workspace && Boolean(user.is_admin || user.is_owner),
      };
      this.#known.set(id, identity);
      return identity;
    } catch (error) {
      if (codeOf(error) !== 'user_not_found') return undefined;
      this.#known.set(id, null);
      return null;
    }
  }

  /** Returns what keeps us from posting in a channel, by Slack's names of it; nothing where Slack does not tell. */
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
