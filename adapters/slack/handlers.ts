import type { App, types } from '@slack/bolt';
import { Bounded } from '../../src/adapter-kit/bounded.ts';
import { withTimeout } from '../../src/adapter-kit/timeout.ts';
import { withActLog } from '../../src/bot/act-log.ts';
import type { Act, Answer, Ask } from '../../src/contract/act.ts';
import { steadyMs } from '../../src/contract/clock.ts';
import { Answers, type ReplyContext } from './answer.ts';
import { Recent } from './dedupe.ts';
import { type Context, isPerson, listenToEvents } from './events.ts';
import { fileSource } from './files.ts';
import { modalOf, originOf, readModal, suggestionsOf } from './forms.ts';
import type { HandlerDeps } from './handler-deps.ts';
import { Home } from './home.ts';
import { askOf, lookUp, readable, typedText } from './line.ts';
import { withProgress } from './progress.ts';
import { actOf, domainOf, formOf, givenOf, hintOf, type Payload, pressedOf, pressKey, submitKey } from './receive.ts';
import type { Rendered } from './render.ts';
import { wordsOf } from './text.ts';
import { Windows } from './windows.ts';
import type { Workspace } from './workspaces.ts';

/** Timeout of what is shown in a form's window, ms: Slack waits three seconds; what takes longer comes directly. */
const FORM_TIMEOUT_MS = 2_200;

/**
 * Maximum size of what an acknowledgement carries, bytes: over Socket Mode Slack drops larger ones without a word, at some
 * 20 kB. https://github.com/slack-go/slack/issues/1196
 */
const MAXIMUM_ACK_BYTES = 16_000;

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

/** Words with whose they are and where they stand, which stays with what is made of them. */
const withSource = (words: string, author: string | undefined, link: string | null): string =>
  [words, [author, link].filter(Boolean).join(', ')].filter(Boolean).join('\n\n— ');

/** The address of the message that a shortcut was picked from; null where Slack does not tell enough for it. */
const linkTo = ({ team, channel, message }: Payload): string | null =>
  team?.domain && channel && message?.ts
    ? `https://${team.domain}.slack.com/archives/${channel.id}/p${message.ts.replace('.', '')}`
    : null;

/** Returns what a sent form asks for, once Slack has said who the people in it are. */
async function actOfForm(
  told: Payload,
  view: NonNullable<Payload['view']>,
  { resume, origin }: NonNullable<ReturnType<typeof readModal>>,
  workspace: Workspace,
): Promise<Act> {
  const { directory, id } = workspace;
  const hint = hintOf(told);
  const who = await directory.person(hint);
  const ask: Ask = { kind: 'pressed', invocation: resume, given: await givenOf(view, directory, hint.id) };
  const from = { ...origin, workspace: id, domain: domainOf(id, told.team), who, directory };
  const act = actOf(from, submitKey(told), ask);
  return { ...act, form: formOf(act.key), download: fileSource(workspace) };
}

const payload = (body: unknown): Payload => {
  const { user, ...rest } = body as Payload;
  return user && isPerson(user.id) ? { ...rest, user } : rest;
};

/** Turns what Slack tells us into acts, and shows what they came to. */
export function listen(app: App, deps: HandlerDeps): void {
  const { bot, registry, workspaces, gallery, log, formTimeoutMs = FORM_TIMEOUT_MS } = deps;
  const answers = new Answers(bot, registry, gallery, log);
  const home = new Home(bot, registry, log);
  const recent = new Recent();
  const here = (context: Context): Promise<Workspace | null> => workspaces.of(String(context.workspace));

  const windows = new Windows();
  const replies = new Bounded(MAXIMUM_REPLIES);

  /** Answers for one person's eyes: beside what stands there, or in place of what only they see (`isOwn`). */
  const privately = (respond: Respond | undefined, isOwn = false): ReplyContext['respond'] =>
    respond &&
    ((message, { beside = false } = {}) =>
      replies.run(() => respond({ ...message, response_type: 'ephemeral', replace_original: isOwn && !beside })));

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
    await ack();
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
    await ack();
    const told = payload(body);
    const workspace = await here(context);
    const [action] = told.actions ?? [];
    const ask = action && pressedOf(action);
    const key = pressKey(told);
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

  app.view({ type: 'view_submission', callback_id: /^m\./ }, async ({ body, ack, context }) => {
    const told = payload(body);
    const { view, user } = told;
    const modal = view && readModal(view);
    const workspace = await here(context);
    if (!workspace || !view || !modal || !user) return ack({ response_action: 'clear' });
    const turn = windows.touched(view.id);
    const { client, id } = workspace;
    const since = steadyMs();
    const acting = actOfForm(told, view, modal, workspace);
    // Names may take longer than Slack waits: they follow then.
    const early = await withTimeout<Act | null>(formTimeoutMs, acting, null);
    if (!early) await ack({ response_action: 'clear' });
    const act = early ?? (await acting);
    await belonging(act, async () => {
      const performed = withProgress(bot, act, { client, user: user.id, registry });
      const left = Math.max(0, formTimeoutMs - (steadyMs() - since));
      const answer = early && (await withTimeout<Answer | null>(left, performed, null));
      const to = { client, workspace: id, user: user.id, origin: modal.origin };
      const name = `${view.id}.${view.hash ?? turn}`;
      /** Puts something into the window: with the acknowledgement, or just behind it where that would be too large. */
      const put = async (next: types.ModalView): Promise<void> => {
        if (Buffer.byteLength(JSON.stringify(next)) <= MAXIMUM_ACK_BYTES)
          return ack({ response_action: 'update', view: next });
        await ack({ response_action: 'update', view: answers.waiting() });
        await client.views.update({ view_id: view.id, view: next });
      };
      if (!answer) {
        if (early) await ack({ response_action: 'clear' });
        await answers.direct(await performed, to);
      } else if (answer.kind === 'view' || answer.kind === 'failed')
        await put(answers.window(answer, name, modal.origin));
      else {
        const refused = answer.kind === 'form' ? answer.refused : answer;
        const shown = Object.entries(refused.errors).flatMap(([option, said]) =>
          view.blocks?.some(block => block.block_id === option) ? [[option, wordsOf(said)] as const] : [],
        );
        if (shown.length) await ack({ response_action: 'errors', errors: Object.fromEntries(shown) });
        else if (refused.repair) await put(modalOf(refused.repair, modal.origin, wordsOf(refused.message)));
        else await put(answers.window(answer, name, modal.origin));
      }
      const made = answer ?? (await performed);
      await answers.files(made, to);
      await home.refresh(workspace, user.id);
      await answers.illustrate(made, { ...to, ...(answer && { window: windows.acknowledged(view.id, turn, name) }) });
    });
  });

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
    await ack();
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
