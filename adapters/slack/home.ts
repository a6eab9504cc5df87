import { encodeInvocation } from '../../src/bot/invocation.ts';
import type { Registry } from '../../src/bot/registry.ts';
import type { Answer, Bot } from '../../src/contract/act.ts';
import type { Log } from '../../src/contract/log.ts';
import { view } from '../../src/contract/view.ts';
import type { Text } from '../../src/language/text.ts';
import { BoundedMap } from '../../src/runtime/bounded-map.ts';
import { codeOf } from './errors.ts';
import { actOf } from './receive.ts';
import { renderView } from './render.ts';
import type { Workspace } from './workspaces.ts';

/** The action whose view stands on the Home tab. */
const TASKS = 'mw';

const messageOf = (answer: Extract<Answer, { kind: 'form' | 'refused' }>): Text =>
  answer.kind === 'form' ? answer.refused.message : answer.message;

/** Maximum number of people remembered for having opened the tab; opening it again renders it anew. */
const MOST = 20_000;

/** The Home tab: a person's own tasks, published when it is opened and after each of their acts. */
export class Home {
  readonly #bot: Bot;
  readonly #registry: Registry;
  readonly #log: Log;
  /** People who have opened the tab since the start; nobody else needs it kept up to date. */
  readonly #opened = new BoundedMap<string, true>(MOST);

  constructor(bot: Bot, registry: Registry, log: Log) {
    this.#bot = bot;
    this.#registry = registry;
    this.#log = log;
  }

  async open(workspace: Workspace, user: string): Promise<void> {
    this.#opened.set(`${workspace.id}:${user}`, true);
    await this.#publish(workspace, user, false);
  }

  /** Brings the tab up to date for somebody who has it; that it fails matters to nobody else. */
  async refresh(workspace: Workspace, user: string): Promise<void> {
    if (this.#opened.has(`${workspace.id}:${user}`)) await this.#publish(workspace, user, true);
  }

  /** `unasked`: a person who has just been forgotten does not become a member again by it. */
  async #publish(workspace: Workspace, user: string, unasked: boolean): Promise<void> {
    try {
      const { client, directory, id } = workspace;
      const who = await directory.person({ id: user });
      const action = this.#registry.byId(TASKS)!;
      const ask = { kind: 'pressed', invocation: encodeInvocation(action, {}) } as const;
      const act = actOf({ workspace: id, channel: null, who, directory }, `home:${user}`, ask);
      const answer = await this.#bot.perform({ ...act, ...(unasked && { unasked }) });
      // The tab's present content is better than a word that there was no time to look.
      if (unasked && answer.kind === 'refused' && answer.code === 'limit') return;
      const shown = answer.kind === 'form' || answer.kind === 'refused' ? view(messageOf(answer)) : answer.view;
      const { blocks } = renderView(shown, this.#registry, { isHome: true });
      await client.views.publish({ user_id: user, view: { type: 'home', blocks } });
    } catch (error) {
      this.#log.info('slack home was not published', { code: codeOf(error), error });
    }
  }
}
