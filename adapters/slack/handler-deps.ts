import type { Registry } from '../../src/bot/registry.ts';
import type { Bot } from '../../src/contract/act.ts';
import type { Log } from '../../src/contract/log.ts';
import type { Gallery } from './uploads.ts';
import type { Workspaces } from './workspaces.ts';

/** Describes what the handlers of everything that Slack tells work with. */
export interface HandlerDeps {
  readonly bot: Bot;
  readonly registry: Registry;
  readonly workspaces: Workspaces;
  readonly gallery: Gallery;
  readonly log: Log;
  readonly formTimeoutMs: number | undefined;
  readonly replyTimeoutMs: number | undefined;
}
