import type { Registry } from '../../src/bot/registry.ts';
import type { Bot } from '../../src/contract/act.ts';
import { renderView } from './render.ts';
import { QUIET } from './send.ts';
import type { Workspace } from './workspaces.ts';

/** Writes to the person who has installed us how to begin; nothing where a forum lives in the workspace already. */
export async function greet(
  bot: Bot | null,
  workspace: Workspace | null,
  installer: string,
  registry: Registry,
): Promise<void> {
  if (!bot || !workspace) return;
  const view = await bot.joined({ platform: 'slack', workspace: workspace.id });
  if (view) await workspace.client.chat.postMessage({ ...QUIET, channel: installer, ...renderView(view, registry) });
}
