import type { App, types, webApi } from '@slack/bolt';
import { withTimeout } from '../../src/adapter-kit/timeout.ts';
import type { Act, Answer } from '../../src/contract/act.ts';
import { steadyMs } from '../../src/contract/clock.ts';
import type { Text } from '../../src/language/text.ts';
import type { Answers } from './answer.ts';
import { codeOf, isReplaced } from './errors.ts';
import type { Context } from './events.ts';
import { fileSource } from './files.ts';
import { modalOf, type Origin, readModal, shownIn, wholeOf } from './forms.ts';
import type { HandlerDeps } from './handler-deps.ts';
import type { Home } from './home.ts';
import { withProgress } from './progress.ts';
import { actOf, domainOf, formOf, givenOf, hintOf, type Payload, payload, submitKey } from './receive.ts';
import { QUIET } from './send.ts';
import { wordsOf } from './text.ts';
import type { Reply, Windows } from './windows.ts';
import type { Workspace } from './workspaces.ts';

/** Timeout of what is said in a form's window, ms: Slack waits three seconds; what takes longer comes behind it. */
const FORM_TIMEOUT_MS = 2_200;

/**
 * Maximum size of what an acknowledgement carries, bytes: over Socket Mode Slack drops larger ones without a word, at some
 * 20 kB. https://github.com/slack-go/slack/issues/1196
 */
const MAXIMUM_ACK_BYTES = 16_000;

/** Describes what the other handlers share with those of forms. */
interface Shared {
  readonly answers: Answers;
  readonly windows: Windows;
  readonly home: Home;
  here(context: Context): Promise<Workspace | null>;
  belonging(act: Act, work: () => Promise<void>): Promise<void>;
}

/** Returns who acts in a form, and where it was asked for. */
async function sourceOf(told: Payload, origin: Origin, { directory, id }: Workspace) {
  const who = await directory.person(hintOf(told));
  return { ...origin, workspace: id, domain: domainOf(id, told.team), who, directory };
}

/** Returns what a sent form asks for, once Slack has said who the people in it are. */
async function actOfForm(
  told: Payload,
  view: NonNullable<Payload['view']>,
  { resume, origin }: NonNullable<ReturnType<typeof readModal>>,
  workspace: Workspace,
): Promise<Act> {
  const from = await sourceOf(told, origin, workspace);
  const given = await givenOf(view, workspace.directory, hintOf(told).id);
  const act = actOf(from, submitKey(told), { kind: 'pressed', invocation: resume, given });
  return { ...act, form: formOf(act.key), download: fileSource(workspace) };
}

/**
 * The way to answer a form privately: where it was asked for, else in its channel for that person's eyes. Undefined: it
 * was asked for in no chat, and is answered directly.
 */
function replyTo(
  client: webApi.WebClient,
  user: string,
  { channel, thread }: Origin,
  asked: Reply | undefined,
): Reply | undefined {
  if (!channel || channel.startsWith('D')) return asked;
  const at = { ...QUIET, channel, user, ...(thread && { thread_ts: thread }) };
  const inChannel: Reply = message => client.chat.postEphemeral({ ...at, ...message });
  return asked ? (message, how) => asked(message, how).catch(() => inChannel(message)) : inChannel;
}

/**
 * Faults beside the fields of a form, all at once. What concerns none of them stands beside the first, so that the form
 * stays with all that was typed. A question has buttons: it is no fault of a field.
 */
function faultsIn(view: NonNullable<Payload['view']>, answer: Exclude<Answer, { kind: 'view' }>): [string, string][] {
  const fields = shownIn(view);
  const [first] = fields;
  if (answer.kind === 'failed')
    return first ? [[first, [answer.view.title, ...textsIn(answer.view)].map(wordsOf).join(': ')]] : [];
  const { errors, message, repair, view: said } = answer.kind === 'form' ? answer.refused : answer;
  if (said.controls.length) return [];
  const found = Object.entries(errors).filter(([option]) => fields.includes(option));
  if (found.length) return found.map(([option, words]) => [option, wordsOf(words)]);
  return first && !repair ? [[first, wordsOf(message)]] : [];
}

const textsIn = ({ blocks }: Extract<Answer, { kind: 'failed' }>['view']): Text[] =>
  blocks.flatMap(block => (block.kind === 'text' ? [block.text] : []));

/**
 * Hears forms that are sent. What is wrong is said in the form, which stays; all else ends its window and is answered
 * privately where it was asked for. A form that was opened in a window is answered there.
 */
export function listenToForms(app: App, deps: HandlerDeps, { answers, windows, home, here, belonging }: Shared): void {
  const { bot, registry, formTimeoutMs = FORM_TIMEOUT_MS } = deps;

  app.view({ type: 'view_submission', callback_id: /^m\./ }, async ({ body, ack, context }) => {
    const told = payload(body);
    const { view, user } = told;
    const modal = view && readModal(view);
    const workspace = await here(context);
    if (!workspace || !view || !modal || !user) return ack({ response_action: 'clear' });
    const turn = windows.touched(view.id);
    const { client, id } = workspace;
    const { origin } = modal;
    const since = steadyMs();
    const acting = actOfForm(told, view, modal, workspace);
    // Names may take longer than Slack waits: they follow then.
    const early = await withTimeout<Act | null>(formTimeoutMs, acting, null);
    const ended = { response_action: 'clear' } as const;
    if (!early) await ack(ended);
    const act = early ?? (await acting);
    await belonging(act, async () => {
      const performed = withProgress(bot, act, { client, user: user.id, registry });
      const left = Math.max(0, formTimeoutMs - (steadyMs() - since));
      const answer = early && (await withTimeout<Answer | null>(left, performed, null));
      const to = { client, workspace: id, user: user.id, origin };
      /** Puts something into the window: with the acknowledgement, or just behind it where that would be too large. */
      const put = async (next: types.ModalView): Promise<void> => {
        if (Buffer.byteLength(JSON.stringify(next)) <= MAXIMUM_ACK_BYTES)
          return ack({ response_action: 'update', view: next });
        await ack({ response_action: 'update', view: answers.waiting() });
        await client.views.update({ view_id: view.id, view: next });
      };
      const faults = answer && answer.kind !== 'view' ? faultsIn(view, answer) : [];
      const refused = answer?.kind === 'form' ? answer.refused : answer?.kind === 'refused' ? answer : null;
      if (faults.length) await ack({ response_action: 'errors', errors: Object.fromEntries(faults) });
      else if (refused?.repair && !refused.view.controls.length)
        await put(modalOf(refused.repair, origin, { message: wordsOf(refused.message) }));
      else if (answer && origin.window) {
        const name = `${view.id}.${view.hash ?? turn}`;
        await put(answers.window(answer, name, origin));
        await answers.files(answer, to);
        await home.refresh(workspace, user.id);
        await answers.illustrate(answer, { ...to, window: windows.acknowledged(view.id, turn, name) });
      } else {
        if (early) await ack(ended);
        const made = answer ?? (await performed);
        const respond = replyTo(client, user.id, origin, windows.replyTo(origin.asked ?? ''));
        const spot = await answers.show(made, { ...to, trigger: undefined, modal: undefined, respond });
        await home.refresh(workspace, user.id);
        await answers.illustrate(made, spot);
      }
    });
  });
}

/** Shows all fields of a form in its window, with what was filled in; nothing is done by it. */
export async function showMore(
  told: Payload,
  key: string,
  workspace: Workspace,
  { bot, answers, windows, log }: Pick<HandlerDeps, 'bot' | 'log'> & Pick<Shared, 'answers' | 'windows'>,
): Promise<void> {
  const { view } = told;
  const modal = view && readModal(view);
  if (!view || !modal || !told.user) return;
  windows.touched(view.id);
  const { resume, origin } = modal;
  const { client } = workspace;
  const from = await sourceOf(told, origin, workspace);
  const showing = shownIn(view);
  const answer = await bot.perform(actOf(from, key, { kind: 'pressed', invocation: resume, showing }));
  if (answer.kind !== 'form') return answers.direct(answer, { client, user: told.user.id });
  const at = { view_id: view.id, ...(view.hash && { hash: view.hash }) };
  try {
    await client.views.update({ ...at, view: wholeOf(answer.form, origin, showing) });
  } catch (error) {
    if (!isReplaced(error)) log.warn('slack form was not shown whole', { code: codeOf(error), error });
  }
}
