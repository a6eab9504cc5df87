import type { types, webApi } from '@slack/bolt';
import type { Registry } from '../../src/bot/registry.ts';
import type { Answer, Bot } from '../../src/contract/act.ts';
import type { Log } from '../../src/contract/log.ts';
import type { View } from '../../src/contract/view.ts';
import { repairRow } from './controls.ts';
import { codeOf, isLateTrigger, isMalformed, isReplaced, problemsOf } from './errors.ts';
import { upload } from './files.ts';
import { metadataOf, modalOf, type Origin } from './forms.ts';
import { type Rendered, renderPictures, renderView } from './render.ts';
import { QUIET } from './send.ts';
import { escaped, plainText, wordsOf } from './text.ts';
import type { Gallery } from './uploads.ts';
import { type Reply, standingOf, type Windows, type WindowVersion } from './windows.ts';

/** Describes where a person acted, and so where they are answered. */
export interface ReplyContext {
  readonly client: webApi.WebClient;
  readonly workspace: string;
  readonly user: string;
  /** Opens a form or window within three seconds, once. */
  readonly trigger: string | undefined;
  readonly origin: Origin;
  /** The window in which a button was pressed. */
  readonly modal: string | undefined;
  /**
   * Answers where the command was typed or the button stands, for that person's eyes: in place of the message that was
   * pressed, where only they see it, unless it is to stand `beside` that.
   */
  readonly respond: Reply | undefined;
}

/** Describes where the words of an answer stand, and so where its pictures go. */
export type Spot = Pick<ReplyContext, 'client' | 'workspace' | 'user' | 'origin'> & {
  /** Content of a window; null: it cannot be told from what may come there after it. */
  readonly window?: WindowVersion | null | undefined;
  readonly respond?: ReplyContext['respond'];
};

/** Shows people what their acts came to. */
export class Answers {
  readonly #bot: Pick<Bot, 'content'>;
  readonly #registry: Registry;
  readonly #gallery: Gallery;
  readonly #log: Log;
  readonly #windows: Pick<Windows, 'askedIn'>;

  constructor(
    bot: Pick<Bot, 'content'>,
    registry: Registry,
    gallery: Gallery,
    log: Log,
    windows: Pick<Windows, 'askedIn'>,
  ) {
    this.#bot = bot;
    this.#registry = registry;
    this.#gallery = gallery;
    this.#log = log;
    this.#windows = windows;
  }

  /** Shows an answer where the person acted; where that fails, in a direct message, so that it is never lost. */
  async show(answer: Answer, context: ReplyContext): Promise<Spot> {
    const { client, workspace, user, origin, respond } = context;
    const spot = { client, workspace, user, origin };
    if (answer.kind === 'form' && (await this.#openForm(answer, context))) return spot;
    const { view, extra } = spoken(answer);
    // An answer that may come at any time waits for its files, so that it never announces one that is lost.
    const isFirst = respond !== undefined;
    const arrived = isFirst ? await this.#files(view, { client, user }) : true;
    const said = arrived ? view : (view.lost ?? view);
    try {
      const window = await this.#showView(said, extra, context, answer.kind === 'failed');
      return { ...spot, window, respond };
    } catch (error) {
      this.#log.info('slack answer goes by direct message', { error });
      await this.direct(answer, context);
      return spot;
    } finally {
      if (!isFirst) await this.#files(view, context);
    }
  }

  /** Pictures come after the words, which never wait for them and stand without them; they replace nothing else. */
  async illustrate(answer: Answer, { client, workspace, user, origin, window, respond }: Spot): Promise<void> {
    if (window === null) return;
    const { view, extra } = spoken(answer);
    const shown = await this.#gallery.of(client, workspace, view, 'answer');
    if (!shown.size) return;
    const message = renderPictures(view, shown);
    try {
      if (window) {
        const rendered = renderView(view, this.#registry, { extra, shown });
        if (window.stands()) await client.views.update({ ...window.at, view: windowOf(rendered, origin) });
      } else if (respond && !isConfidential(view)) await respond(message, { beside: true });
      else await client.chat.postMessage({ ...QUIET, channel: user, ...message });
    } catch (error) {
      if (window && isReplaced(error)) return;
      this.#gallery.forget(shown);
      this.#log.info('slack showed no picture', { code: codeOf(error), error });
    }
  }

  /** The same, as a direct message; where Slack does not take it as it is made, its words alone. */
  async direct(answer: Answer, { client, user }: Pick<ReplyContext, 'client' | 'user'>): Promise<void> {
    const { view, extra } = spoken(answer);
    const { text, blocks } = renderView(view, this.#registry, { extra });
    try {
      await client.chat.postMessage({ ...QUIET, channel: user, text, blocks });
    } catch (error) {
      if (!isMalformed(error)) throw error;
      this.#log.error('slack refused an answer as it is made', { problems: problemsOf(error) });
      await client.chat.postMessage({ ...QUIET, channel: user, text });
    }
  }

  /** An answer as a window with a name of its own. */
  window(answer: Answer, name: string, origin: Origin): types.ModalView {
    const { view, extra } = spoken(answer);
    return { ...windowOf(renderView(view, this.#registry, { extra }), origin), external_id: name };
  }

  /** Returns what stands in a window until something large comes behind its acknowledgement. */
  waiting(): types.ModalView {
    const blocks: types.AnyBlock[] = [{ type: 'section', text: plainText('…', 1) }];
    return windowOf({ text: '…', blocks }, { channel: null });
  }

  /** Sends the files of an answer to the person, who alone is to have them. */
  async files(answer: Answer, context: Pick<ReplyContext, 'client' | 'user'>): Promise<void> {
    await this.#files(spoken(answer).view, context);
  }

  async #openForm(answer: Extract<Answer, { kind: 'form' }>, context: ReplyContext): Promise<boolean> {
    const { client, trigger, origin, modal, respond } = context;
    if (!trigger) return false;
    const from = modal ? { ...origin, window: true as const } : respond ? { ...origin, asked: trigger } : origin;
    // A form may be sent off before Slack's answer to this call is here: the way back stands by then.
    if (from.asked && respond) this.#windows.askedIn(from.asked, respond);
    const view = modalOf(answer.form, from);
    try {
      if (modal) await client.views.update({ view_id: modal, view });
      else await client.views.open({ trigger_id: trigger, view });
      return true;
    } catch (error) {
      if (isMalformed(error))
        this.#log.error('slack refused a form as it is made', {
          form: answer.form.action,
          problems: problemsOf(error),
        });
      else if (!isLateTrigger(error)) this.#log.warn('slack form did not open', { code: codeOf(error), error });
      return false;
    }
  }

  async #showView(
    view: View,
    extra: readonly types.AnyBlock[],
    context: ReplyContext,
    beside: boolean,
  ): Promise<WindowVersion | null | undefined> {
    const { client, respond, trigger, modal, origin } = context;
    const rendered = renderView(view, this.#registry, { extra });
    if (respond) {
      // A failure leaves the message as it is, to be pressed again.
      await respond(rendered, { beside });
      return undefined;
    }
    const window = windowOf(rendered, origin);
    if (modal) return standingOf((await client.views.update({ view_id: modal, view: window })).view);
    if (trigger) return standingOf((await client.views.open({ trigger_id: trigger, view: window })).view);
    throw new Error('nowhere to answer');
  }

  /** Sends the files of a view to a person; false where they did not arrive, which they are told there. */
  async #files(
    view: View,
    context: Pick<ReplyContext, 'client' | 'user'> & Partial<Pick<ReplyContext, 'respond'>>,
  ): Promise<boolean> {
    const { client, user } = context;
    const files = view.blocks.filter(block => block.kind === 'file');
    if (!files.length) return true;
    let above: { readonly channel: string; readonly ts: string } | null = null;
    try {
      const { channel, ts } = await client.chat.postMessage({
        ...QUIET,
        channel: user,
        text: escaped(wordsOf(view.title)),
      });
      if (!channel || !ts) throw new Error('no direct message');
      above = { channel, ts };
      for (const file of files) await upload(client, file, channel, this.#bot);
      return true;
    } catch (error) {
      this.#log.warn('slack file was not delivered', { code: codeOf(error), error });
      if (view.lost) await this.#tellLost(view.lost, above, context);
      return false;
    }
  }

  /** Tells that files did not arrive: in the message that has announced them, else where they were asked for. */
  async #tellLost(
    lost: View,
    above: { readonly channel: string; readonly ts: string } | null,
    { client, respond }: Pick<ReplyContext, 'client'> & Partial<Pick<ReplyContext, 'respond'>>,
  ): Promise<void> {
    const rendered = renderView(lost, this.#registry);
    const { parse, link_names } = QUIET;
    try {
      if (above) await client.chat.update({ ...above, ...rendered, parse, link_names });
      else await respond?.(rendered, { beside: true });
    } catch (error) {
      this.#log.warn('slack lost file was not told of', { code: codeOf(error), error });
    }
  }
}

const windowOf = ({ blocks }: Rendered, origin: Origin): types.ModalView => ({
  type: 'modal',
  callback_id: 'result',
  private_metadata: metadataOf(origin),
  title: plainText('Rembug', 24),
  blocks,
});

/**
 * A file shown in a channel, be it to one person, is the channel's: what is for one person alone goes to them directly.
 */
const isConfidential = ({ blocks }: View): boolean =>
  blocks.some(block => block.kind === 'picture' && block.confidential === true);

/** The view of an answer, with the way back into its form where there is one. */
function spoken(answer: Answer): { view: View; extra: types.AnyBlock[] } {
  if (answer.kind === 'view' || answer.kind === 'failed') return { view: answer.view, extra: [] };
  const refused = answer.kind === 'form' ? answer.refused : answer;
  const { repair, fixLabel, view } = refused;
  return { view, extra: repair ? [repairRow(repair.resume, fixLabel)] : [] };
}
