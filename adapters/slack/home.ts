import type { Bot } from '../../src/bot/act.ts';
import { encodeInvocation } from '../../src/bot/invocation.ts';
import type { Registry } from '../../src/bot/registry.ts';
import type { Log } from '../../src/log.ts';
import { codeOf } from './errors.ts';
import { actOf } from './receive.ts';
import { renderView } from './render.ts';
import type { Workspace } from './workspaces.ts';

/** The action whose view stands on the Home tab. */
const TASKS = 'mw';

/** The Home tab: a person's own tasks, published when it is opened and after each of their acts. */
export class Home {
  readonly #bot: Bot;
  readonly #registry: Registry;
  readonly #log: Log;
  /** Who has opened the tab since the start; nobody else needs it kept up to date. */
  readonly #opened = new Set<string>();

  constructor(bot: Bot, registry: Registry, log: Log) {
    this.#bot = bot;
    this.#registry = registry;
    this.#log = log;
  }

  async open(workspace: Workspace, user: string): Promise<void> {
    this.#opened.add(`${workspace.id}:${user}`);
    await this.refresh(workspace, user);
  }

  /** Brings the tab up to date for somebody who has it; that it fails matters to nobody else. */
  async refresh(workspace: Workspace, user: string): Promise<void> {
    if (!this.#opened.has(`${workspace.id}:${user}`)) return;
    try {
      const { client, directory, id } = workspace;
      const who = await directory.person({ id: user });
      const action = this.#registry.byId(TASKS)!;
      const ask = { kind: 'pressed', invocation: encodeInvocation(action, {}) } as const;
      const answer = await this.#bot.perform(
        actOf({ workspace: id, channel: null, who, directory }, `home:${user}`, ask),
      );
      const view = answer.kind === 'form' ? answer.refused.view : answer.view;
      const { blocks } = renderView(view, this.#registry);
      await client.views.publish({ user_id: user, view: { type: 'home', blocks } });
    } catch (error) {
      this.#log.info('slack home was not published', { code: codeOf(error), error });
    }
  }
}
