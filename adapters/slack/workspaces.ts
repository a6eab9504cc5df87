import type { webApi } from '@slack/bolt';
import type { SendResult } from '../../src/contract/act.ts';
import type { Log } from '../../src/contract/log.ts';
import { BoundedMap } from '../../src/runtime/bounded-map.ts';
import { clientOf } from './clients.ts';
import { Directory } from './directory.ts';
import { isRevoked, resultOf } from './errors.ts';
import type { Access, Installations } from './installations.ts';

/** One workspace as we speak with it. */
export interface Workspace {
  readonly id: string;
  readonly token: string;
  readonly client: webApi.WebClient;
  readonly directory: Directory;
}

/** Maximum number of workspaces remembered, each with the people looked up there. */
const MOST = 2_000;

/** The workspaces we are in. What we know of one is kept until Slack itself says that we were uninstalled. */
export class Workspaces {
  readonly #installations: Installations;
  readonly #options: webApi.WebClientOptions;
  readonly #log: Log;
  /** True if there is one workspace alone: then what it refuses is refused by the platform. */
  readonly #isOnly: boolean;
  readonly #open = new BoundedMap<string, Workspace>(MOST);
  /** Workspaces that do not take our token, with that token: another one is tried. */
  readonly #refused = new Map<string, string>();

  constructor(
    installations: Installations,
    options: webApi.WebClientOptions,
    log: Log,
    { isOnly = false }: { isOnly?: boolean } = {},
  ) {
    this.#installations = installations;
    this.#options = options;
    this.#log = log;
    this.#isOnly = isOnly;
  }

  /** Finds the access to a workspace; null where we are not installed. */
  access(team: string | undefined, enterprise: string | undefined): Promise<Access | null> {
    return this.#installations.find(team, enterprise);
  }

  async of(id: string): Promise<Workspace | null> {
    const access = await this.access(id, undefined);
    // A token of one workspace is never used for another.
    if (access?.workspace !== id) return null;
    const known = this.#open.get(id);
    if (known?.token === access.token) return known;
    const client = clientOf(access.token, this.#options);
    const made = { id, token: access.token, client, directory: new Directory(client, id) };
    this.#open.set(id, made);
    return made;
  }

  /**
   * A call was answered as if our token were not taken: whether that is so is asked by the one call that is about
   * nothing else. Nothing is thrown away.
   */
  async confirm({ id, token, client }: Workspace, why: string): Promise<SendResult> {
    try {
      await client.auth.test();
      this.#refused.delete(id);
      return { kind: 'unknown', detail: `Slack ${why}, not confirmed` };
    } catch (error) {
      if (!isRevoked(error)) return resultOf(error);
      if (!this.isRefused(id)) this.#log.warn('slack workspace does not take our token', { workspace: id, why });
      this.#refused.set(id, token);
      return { kind: 'refused', detail: `Slack ${why}`, of: this.#isOnly ? 'platform' : 'workspace' };
    }
  }

  /** Slack has taken our token there. */
  isTaken(id: string): void {
    this.#refused.delete(id);
  }

  isRefused(id: string): boolean {
    return this.#refused.has(id);
  }

  /** Slack says that we were uninstalled there: the installation is forgotten. */
  async uninstalled(id: string): Promise<void> {
    this.#open.delete(id);
    this.#refused.delete(id);
    this.#log.warn('slack workspace has uninstalled us', { workspace: id });
    await this.#installations.remove(id);
  }
}
