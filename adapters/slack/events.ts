import type { App } from '@slack/bolt';
import type { Act } from '../../src/contract/act.ts';
import type { ReplyContext } from './answer.ts';
import type { Recent } from './dedupe.ts';
import type { HandlerDeps } from './handler-deps.ts';
import type { Home } from './home.ts';
import { lookUp, spokenAskOf } from './line.ts';
import { actOf, isPerson } from './receive.ts';
import { QUIET } from './send.ts';
import type { Workspace } from './workspaces.ts';

export type Context = Readonly<Record<string, unknown>>;

/** Describes what somebody has written to the bot. */
interface Said {
  readonly user: string | undefined;
  readonly text?: string | undefined;
  readonly channel: string;
  readonly ts: string;
  readonly thread?: string | undefined;
}

/** Describes what the other handlers share with those of events. */
interface Shared {
  here(context: Context): Promise<Workspace | null>;
  perform(act: Act, workspace: Workspace, context: ReplyContext): Promise<void>;
  readonly home: Home;
  readonly recent: Recent;
}

/** Hears what Slack tells by itself: what is written to the bot, who opens its tab, and what has changed. */
export function listenToEvents(
  app: App,
  { bot, registry, workspaces }: HandlerDeps,
  { here, perform, home, recent }: Shared,
): void {
  /** Answers what is written to the bot as to somebody: directly there, and in a channel for that person's eyes. */
  const spoken = async (context: Context, event: string, said: Said): Promise<void> => {
    const { user, text = '', channel, thread } = said;
    const workspace = await here(context);
    if (!workspace || !isPerson(user) || recent.again(`event:${event}`)) return;
    const { client, directory, id } = workspace;
    await lookUp(text, directory, user);
    const who = await directory.person({ id: user });
    const ask = spokenAskOf(text, registry, directory);
    const act = actOf({ workspace: id, channel, thread, who, directory }, `${event}`, ask);
    const at = { ...QUIET, channel, ...(thread && { thread_ts: thread }) };
    const respond: ReplyContext['respond'] = message =>
      channel.startsWith('D')
        ? client.chat.postMessage({ ...at, ...message })
        : client.chat.postEphemeral({ ...at, ...message, user });
    const origin = { channel, ...(thread && { thread }) };
    const replyContext = { client, workspace: id, user, trigger: undefined, origin, modal: undefined, respond };
    await perform(act, workspace, replyContext);
  };

  app.event('message', async ({ event, body, context }) => {
    // Changes, deletions and posts by machines are said to nobody.
    if (event.channel_type !== 'im' || (event.subtype && event.subtype !== 'file_share') || 'bot_id' in event) return;
    const { user, text, channel, ts } = event;
    await spoken(context, body.event_id, { user, text, channel, ts });
  });
  app.event('app_mention', async ({ event, body, context }) => {
    const { user, text, channel, ts, thread_ts: thread } = event;
    if ('bot_id' in event) return;
    await spoken(context, body.event_id, { user, text, channel, ts, thread });
  });

  app.event('app_home_opened', async ({ event, context }) => {
    const workspace = await here(context);
    if (workspace && event.tab === 'home' && isPerson(event.user)) await home.open(workspace, event.user);
  });
  app.event('app_uninstalled', async ({ context }) => {
    await workspaces.uninstalled(lostOf(context));
    await bot.left({ platform: 'slack', workspace: lostOf(context) });
  });
  app.event('tokens_revoked', async ({ event, context }) => {
    const workspace = event.tokens.bot?.length ? await workspaces.of(lostOf(context)) : null;
    if (workspace) await workspaces.confirm(workspace, 'tokens_revoked');
  });
  app.event('user_change', async ({ event, context }) => {
    (await here(context))?.directory.forget(event.user.id);
  });
  app.event(/^(channel|group)_rename$/, async ({ event, context }) => {
    const { channel } = event as { readonly channel?: { readonly id: string } };
    if (channel) (await here(context))?.directory.forget(channel.id);
  });
}

/** Returns the workspace that removed the app: such an event comes without our own reading of the workspace. */
const lostOf = (context: Context): string =>
  String(context.isEnterpriseInstall ? context.enterpriseId : context.teamId);
