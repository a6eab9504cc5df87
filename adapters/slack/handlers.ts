import type { App } from '@slack/bolt';
import { Bounded } from '../../src/adapter-kit/bounded.ts';
import { withActLog } from '../../src/bot/act-log.ts';
import type { Act, Ask } from '../../src/contract/act.ts';
import { nextTurn } from '../../src/runtime/event-loop.ts';
import { Answers, type ReplyContext } from './answer.ts';
import { Recent } from './dedupe.ts';
import { type Context, listenToEvents } from './events.ts';
import { MORE, originOf, readModal, suggestionsOf } from './forms.ts';
import type { HandlerDeps } from './handler-deps.ts';
import { Home } from './home.ts';
import { askOf, lookUp, readable, typedText } from './line.ts';
import { withProgress } from './progress.ts';
import { actOf, domainOf, hintOf, isPerson, type Payload, payload, pressedOf, pressKey } from './receive.ts';
import type { Rendered } from './render.ts';
import { listenToForms, showMore } from './submissions.ts';
import { Windows } from './windows.ts';
import type { Workspace } from './workspaces.ts';

/** The entries of Slack's own menus, and what each asks for. */
export const SHORTCUTS = {
  log_activity: ['activity', 'log'],
  raise_issue: ['issue', 'raise'],
  report_indicator: ['indicator', 'report'],
  issue_from_message: ['issue', 'raise'],
} as const;

type Respond = (message: Rendered & { response_type: 'ephemeral'; replace_original: boolean }) => Promise<unknown>;
/** Maximum of answers on their way at once. */
const MAXIMUM_REPLIES = 64;
/** Timeout of one, ms: Bolt waits for minutes, and the person can be told another way. */
const REPLY_TIMEOUT_MS = 10_000;
/** Time for which Slack takes answers to what a person did, ms. */
const REPLY_LIFE_MS = 30 * 60_000;

/** Words with whose they are and where they stand, which stays with what is made of them. */
const withSource = (words: string, author: string | undefined, link: string | null): string =>
  [words, [author, link].filter(Boolean).join(', ')].filter(Boolean).join('\n\n— ');

/** The address of the message that a shortcut was picked from; null where Slack does not tell enough for it. */
const linkTo = ({ team, channel, message }: Payload): string | null =>
  team?.domain && channel && message?.ts
    ? `https://${team.domain}.slack.com/archives/${channel.id}/p${message.ts.replace('.', '')}`
    : null;

/**
 * Acknowledges, and goes on in a later turn of the event loop: what has arrived meanwhile is acknowledged before any of
 * the work begins.
 */
async function acknowledge(ack: () => Promise<void>): Promise<void> {
  await ack();
  await nextTurn();
}

/** Turns what Slack tells us into acts, and shows what they came to. */
export function listen(app: App, deps: HandlerDeps): void {
  const { bot, registry, workspaces, gallery, log, replyTimeoutMs = REPLY_TIMEOUT_MS } = deps;
  const windows = new Windows();
  const answers = new Answers(bot, registry, gallery, log, windows);
  const home = new Home(bot, registry, log);
  const recent = new Recent();
  const here = (context: Context): Promise<Workspace | null> => workspaces.of(String(context.workspace));

  const replies = new Bounded(MAXIMUM_REPLIES, replyTimeoutMs);

  /** Answers for one person's eyes: beside what stands there, or in place of what only they see (`isOwn`). */
  const privately = (respond: Respond | undefined, isOwn = false): ReplyContext['respond'] => {
    if (!respond) return undefined;
    const until = performance.now() + REPLY_LIFE_MS;
    return (message, { beside = false } = {}) => {
      const replaces = isOwn && !beside;
      const said = () => respond({ ...message, response_type: 'ephemeral', replace_original: replaces });
      // A message of its own would stand twice; what takes the place of another says the same again.
      return replaces ? replies.runIdempotent(said, { until }) : replies.run(said, { until });
    };
  };

  /** Logs what goes wrong about an act with its reference, and nowhere else. */
  const belonging = (act: Act, work: () => Promise<void>): Promise<void> =>
    withActLog(act, () => work().catch(error => log.error('slack act failed', { error })));

  const perform = (act: Act, workspace: Workspace, context: ReplyContext): Promise<void> =>
    belonging(act, async () => {
      const answer = await withProgress(bot, act, { ...context, registry });
      const spot = await answers.show(answer, context);
      await home.refresh(workspace, context.user);
      await answers.illustrate(answer, spot);
    });

  app.command(/^\//, async ({ command, ack, respond, context }) => {
    await acknowledge(ack);
    const workspace = await here(context);
    if (!workspace || !isPerson(command.user_id) || recent.again(`command:${command.trigger_id}`)) return;
    const { client, directory, id } = workspace;
    const { user_id: user, channel_id: channel, text = '' } = command;
    await lookUp(text, directory, user);
    const who = await directory.person({ id: user, name: command.user_name, team: command.team_id }, true);
    const channelName = command.channel_name;
    const from = {
      workspace: id,
      domain: domainOf(id, { id: command.team_id, domain: command.team_domain }),
      channel,
      channelName,
      who,
      directory,
    };
    const act = actOf(from, command.trigger_id, askOf(text, registry, directory));
    const origin = { channel };
    const reply = privately(respond);
    const trigger = command.trigger_id;
    const replyContext = { client, workspace: id, user, trigger, origin, modal: undefined, respond: reply };
    await perform(act, workspace, replyContext);
  });

  app.action(/./, async ({ body, ack, respond, context }) => {
    await acknowledge(ack);
    const told = payload(body);
    const workspace = await here(context);
    const [action] = told.actions ?? [];
    const key = pressKey(told);
    if (workspace && action?.action_id === MORE) return showMore(told, key, workspace, { bot, answers, windows, log });
    const ask = action && pressedOf(action);
    if (!workspace || !ask || !told.user || recent.again(`press:${key}`)) return;
    if (told.view) windows.touched(told.view.id);
    const { client, directory, id } = workspace;
    const who = await directory.person(hintOf(told));
    const opened = told.view && originOf(told.view);
    const channel = told.channel?.id ?? opened?.channel ?? null;
    const thread = told.message?.thread_ts ?? opened?.thread;
    const modal = told.view?.type === 'modal' ? told.view.id : undefined;
    const replyContext = {
      client,
      workspace: id,
      user: told.user.id,
      trigger: told.trigger_id,
      origin: { channel, ...(thread && { thread }) },
      modal,
      respond: told.view ? undefined : privately(respond, told.container?.is_ephemeral),
    };
    const message = told.message?.ts;
    const from = { workspace: id, domain: domainOf(id, told.team), channel, thread, message, who, directory };
    await perform(actOf(from, key, ask), workspace, replyContext);
  });

  listenToForms(app, deps, { answers, windows, home, here, belonging });

  app.options(/./, async ({ body, payload: asked, ack, context }) => {
    const told = payload(body);
    const workspace = await here(context);
    const modal = told.view && readModal(told.view);
    if (!workspace || !modal || !told.user) return ack({ options: [] });
    const { directory, id } = workspace;
    const who = await directory.person(hintOf(told));
    const ask: Ask = { kind: 'pressed', invocation: modal.resume, given: {} };
    const act = actOf({ workspace: id, channel: modal.origin.channel, who, directory }, 'suggest', ask);
    await ack({ options: suggestionsOf(await bot.suggest(act, asked.block_id ?? '', asked.value)) });
  });

  app.shortcut(/./, async ({ body, ack, context, respond }) => {
    await acknowledge(ack);
    const told = payload(body);
    const workspace = await here(context);
    const path = SHORTCUTS[body.callback_id as keyof typeof SHORTCUTS];
    if (!workspace || !path || !told.user || recent.again(`shortcut:${told.trigger_id}`)) return;
    const { client, directory, id } = workspace;
    const channel = told.channel?.id ?? null;
    const thread = told.message && (told.message.thread_ts ?? told.message.ts);
    const said = told.message?.text ?? '';
    await lookUp(said, directory, told.user.id);
    const author = told.message?.user ? await directory.person({ id: told.message.user }) : null;
    const detail = withSource(readable(typedText(said), directory), author?.name, linkTo(told));
    // The bot sees no direct messages between people, so it cannot answer in them.
    const message = thread && channel && !channel.startsWith('D') && `${channel}/${thread}`;
    const who = await directory.person(hintOf(told));
    const ask: Ask = {
      kind: 'chosen',
      path,
      ...(detail
        ? { given: { detail: { typed: detail }, ...(message && { message: { typed: message } }) }, edit: true }
        : { given: {} }),
    };
    const from = { workspace: id, domain: domainOf(id, told.team), channel, thread, who, directory };
    const act = actOf(from, `${told.trigger_id}`, ask);
    const origin = { channel, ...(thread && { thread }) };
    const reply = told.response_url ? privately(respond) : undefined;
    const replyContext = {
      client,
      workspace: id,
      user: who.account,
      trigger: told.trigger_id,
      origin,
      modal: undefined,
      respond: reply,
    };
    await perform(act, workspace, replyContext);
  });

  listenToEvents(app, deps, { here, perform, home, recent });

  app.error(async error => {
    log.error('slack event failed', { error });
  });
}
