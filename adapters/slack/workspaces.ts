import type { webApi } from '@slack/bolt';
import type { Log } from '../../src/log.ts';
import { clientOf } from './clients.ts';
import { Directory } from './directory.ts';
import type { Access, Installations } from './installations.ts';

/** One workspace as we speak with it. */
export interface Workspace {
  readonly id: string;
  readonly token: string;
  readonly client: webApi.WebClient;
  readonly directory: Directory;
}

/** So many workspaces are remembered, with whom and what was looked up there. */
const MOST = 2_000;

/** The workspaces we are in. One that has thrown us out is left alone until it installs us again. */
export class Workspaces {
  readonly #installations: Installations;
  readonly #options: webApi.WebClientOptions;
  readonly #log: Log;
  readonly #open = new Map<string, Workspace>();
  /** Workspaces that refused our token, with that token: another one is tried. */
  readonly #lost = new Map<string, string>();

  constructor(installations: Installations, options: webApi.WebClientOptions, log: Log) {
    this.#installations = installations;
    this.#options = options;
    this.#log = log;
  }

  /** With what we speak there; null where we are not installed, or not any more. */
  async access(team: string | undefined, enterprise: string | undefined): Promise<Access | null> {
    const found = await this.#installations.find(team, enterprise);
    return found && this.#lost.get(found.workspace) !== found.token ? found : null;
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
    if (this.#open.size > MOST) this.#open.delete(this.#open.keys().next().value!);
    return made;
  }

  /** A workspace does not want us any more: nothing is sent there, and it is said once. */
  async lose(id: string, why: string): Promise<void> {
    const access = await this.access(id, undefined);
    if (access?.workspace !== id) return;
    this.#lost.set(id, access.token);
    this.#open.delete(id);
    this.#log.warn('slack workspace is gone', { workspace: id, why });
    await this.#installations.remove(id);
  }

  isLost(id: string): boolean {
    return this.#lost.has(id);
  }
}
