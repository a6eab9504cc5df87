import { MessageFlags, type Message as Words } from 'discord.js';
import { Bounded, isOverdue } from '../../src/adapter-kit/bounded.ts';
import { NO_PICTURES, PICTURE_TIMEOUTS, type PictureTimeouts, picturesOf } from '../../src/adapter-kit/pictures.ts';
import { Progress } from '../../src/adapter-kit/progress.ts';
import { TimeoutError, withTimeout } from '../../src/adapter-kit/timeout.ts';
import type { Registry } from '../../src/bot/registry.ts';
import type { Act, Answer, Bot } from '../../src/contract/act.ts';
import type { Form } from '../../src/contract/form.ts';
import type { Log } from '../../src/contract/log.ts';
import type { Painter } from '../../src/contract/painter.ts';
import { type Asked, isTaken, type Message, openForm, putOff, say, sayLater } from './asked.ts';
import { attachedTo, isLarge, withContents } from './attachments.ts';
import type { LinkOf } from './command-links.ts';
import { insist, isAnswered, isUnheard } from './insist.ts';
import { isMalformed, problemsOf } from './problems.ts';
import { renderView, renderWords, repairRow } from './render.ts';
import type { Far } from './rest-client.ts';
import { directTo, patiently } from './send.ts';

/** Timeouts of the first word, ms, for which Discord waits three seconds, and of what follows it. */
export interface FirstWordTimeouts {
  /** Maximum time for an answer before it is put off. */
  readonly quick: number;
  /** A form must be the first word: it is waited for longer. What comes later still has a button that opens it. */
  readonly form: number;
  /** Maximum time that a first word is on its way: the person is told directly then. */
  readonly sent: number;
  /** The same of what follows it. */
  readonly later: number;
  /** The same where it brings large files. */
  readonly files: number;
}

const FIRST_WORD_TIMEOUTS: FirstWordTimeouts = { quick: 500, form: 2_000, sent: 3_000, later: 10_000, files: 60_000 };

/** Maximum of first words on their way at once, and of what follows them, which never holds up a first word. */
const MAXIMUM_FIRST_WORDS = 64;
const MAXIMUM_LATER_WORDS = 32;
/** Time for which Discord takes what follows a first word, ms. */
const TOKEN_LIFE_MS = 15 * 60_000;

/** Describes what has become of the first word: it was the answer or a form, puts the answer off, or nobody heard it. */
type First = { readonly kind: 'said'; readonly answer: Answer } | { readonly kind: 'asked' | 'put off' | 'unheard' };

/** Describes what answering needs of the adapter. */
interface Options {
  readonly registry: Registry;
  readonly log: Log;
  readonly painter: Painter;
  readonly pictureTimeouts?: PictureTimeouts;
  readonly firstWord?: FirstWordTimeouts;
  readonly far: Far;
  readonly linkOf: LinkOf;
}

/** Shows people what their acts came to. */
export class Answers {
  readonly #deps: Options;
  readonly #first: Bounded;
  readonly #later: Bounded;
  #bot: Pick<Bot, 'content'> | null = null;

  constructor(options: Options) {
    const { firstWord = FIRST_WORD_TIMEOUTS } = options;
    this.#deps = options;
    this.#first = new Bounded(MAXIMUM_FIRST_WORDS, firstWord.sent);
    this.#later = new Bounded(MAXIMUM_LATER_WORDS, firstWord.later);
  }

  /**
   * A form must be Discord's first answer, so it is decided before anything slow. All is answered with one call where
   * that is quick, and put off in time where it is not, whatever the database does.
   */
  async show(bot: Bot, asked: Asked, act: Act, takesForm: boolean): Promise<void> {
    this.#bot = bot;
    const asks = takesForm && bot.first(act) === 'form';
    const progress = new Progress();
    const performed = bot.perform({ ...act, onProgress: progress.hear });
    const first = await this.#firstWord(asked, performed, asks);
    if (first.kind === 'asked') return;
    if (first.kind === 'put off') this.#showProgress(asked, progress);
    const answer = await performed;
    await progress.end();
    if (first.kind === 'unheard') return this.#tellDirectly(asked, answer);
    if (first.kind === 'put off' && !(await this.#sayLater(asked, answer))) return;
    await this.#illustrate(asked, answer);
  }

  async #firstWord(asked: Asked, performed: Promise<Answer>, asks: boolean): Promise<First> {
    const { firstWord = FIRST_WORD_TIMEOUTS, log } = this.#deps;
    const until = asked.since + firstWord.sent;
    const soon = await withTimeout<Answer | null>(asks ? firstWord.form : firstWord.quick, performed, null);
    const isWhole = soon !== null && !isLarge(viewOf(soon));
    try {
      if (!isWhole) await this.#first.run(signal => insist(() => putOff(asked, signal), signal), { until });
      else {
        if (asks && soon.kind === 'form' && (await this.#asked(asked, soon.form, until))) return { kind: 'asked' };
        await this.#first.run(
          signal => this.#inWords(soon, message => say(asked, message, leavesAsIs(soon), signal), signal),
          { until },
        );
      }
    } catch (error) {
      // Put off by a try whose answer never came: the next one is told so.
      const isHeard = (!isWhole && isAnswered(error)) || (await this.#isTakenAllTheSame(asked, error));
      if (!isHeard) {
        if (!isUnheard(error)) throw error;
        if (error instanceof TimeoutError) log.info('discord did not hear a first word in time', { error });
        return { kind: 'unheard' };
      }
    }
    return isWhole ? { kind: 'said', answer: soon } : { kind: 'put off' };
  }

  /** Asks Discord, where a first word took too long: by now it takes none, so that what it has is what the person sees. */
  async #isTakenAllTheSame(asked: Asked, error: unknown): Promise<boolean> {
    if (!isOverdue(error)) return false;
    return this.#later.run(signal => isTaken(asked, signal)).catch(() => false);
  }

  #showProgress(asked: Asked, progress: Progress): void {
    const { registry, linkOf } = this.#deps;
    progress.showBy(state =>
      this.#later.run(signal => {
        const message = { components: [renderView(state, registry, { linkOf })], files: [] };
        return sayLater(asked, message, false, signal);
      }),
    );
  }

  /** Says an answer that was put off; false where the person was told directly. */
  async #sayLater(asked: Asked, answer: Answer): Promise<boolean> {
    const { firstWord = FIRST_WORD_TIMEOUTS, log } = this.#deps;
    const beside = asked.isOwn && leavesAsIs(answer);
    const timeoutMs = isLarge(viewOf(answer)) ? firstWord.files : firstWord.later;
    const until = asked.since + TOKEN_LIFE_MS;
    try {
      const said = (signal: AbortSignal): Promise<void> =>
        this.#inWords(answer, message => sayLater(asked, message, beside, signal), signal);
      // A message of its own would stand twice; an edit says the same again.
      if (beside) await this.#later.run(said, { timeoutMs, until });
      else await this.#later.runIdempotent(said, { timeoutMs, until });
      return true;
    } catch (error) {
      if (error instanceof TimeoutError) log.info('discord did not hear an answer in time', { error });
      if (!isUnheard(error)) throw error;
      await this.#tellDirectly(asked, answer);
      return false;
    }
  }

  /** Answers what a person has written to the bot directly, below their words. */
  async reply(bot: Bot, message: Words, act: Act): Promise<void> {
    const answer = await bot.perform(act);
    const flags = [MessageFlags.IsComponentsV2] as const;
    const nonce = { nonce: message.id, enforceNonce: true };
    await this.#inWords(answer, said => patiently(() => message.reply({ ...said, flags, ...nonce })));
  }

  /** Tells the person directly what was done, where Discord has stopped waiting or does not hear us. */
  async #tellDirectly(asked: Asked, answer: Answer): Promise<void> {
    // The client that heard of it may be closed by now; this one keeps the token until the end.
    const flags = [MessageFlags.IsComponentsV2] as const;
    await this.#inWords(answer, message =>
      patiently(() =>
        this.#deps.far.speak(null, async client =>
          (await directTo(client, asked.user)).send({
            ...message,
            flags,
            nonce: asked.id,
            enforceNonce: true,
          }),
        ),
      ),
    );
  }

  /** Opens a form; false where Discord does not take it as it is made, so that the person is told in words. */
  async #asked(asked: Asked, form: Form, until: number): Promise<boolean> {
    try {
      await this.#first.run(signal => insist(() => openForm(asked, form, signal), signal), { until });
      return true;
    } catch (error) {
      if (!isMalformed(error)) throw error;
      this.#deps.log.error('discord refused a form as it is made', { form: form.action, problems: problemsOf(error) });
      return false;
    }
  }

  /** Answers; where Discord does not take the answer as it is made, once more in its words alone. */
  async #inWords(answer: Answer, say: (message: Message) => Promise<unknown>, signal?: AbortSignal): Promise<void> {
    try {
      const message = await this.#message(answer);
      await insist(() => say(message), signal);
    } catch (error) {
      if (!isMalformed(error)) throw error;
      this.#deps.log.error('discord refused an answer as it is made', { problems: problemsOf(error) });
      await say({ components: [renderWords(viewOf(answer))], files: [] });
    }
  }

  /** Pictures come after the words, which never wait for them and stand without them. */
  async #illustrate(asked: Asked, answer: Answer): Promise<void> {
    if (answer.kind !== 'view') return;
    const { painter, pictureTimeouts = PICTURE_TIMEOUTS } = this.#deps;
    const pictures = await withTimeout(pictureTimeouts.answer, picturesOf(answer.view, painter), NO_PICTURES);
    if (!pictures.size) return;
    await this.#later
      .run(async signal => sayLater(asked, await this.#message(answer, pictures), false, signal), {
        until: asked.since + TOKEN_LIFE_MS,
      })
      .catch(error => this.#deps.log.info('discord took no picture', { error }));
  }

  /** An answer as a message: its view, with the way back into the form where there is one. */
  async #message(answer: Answer, pictures = NO_PICTURES): Promise<Message> {
    const { registry, linkOf, log } = this.#deps;
    if (answer.kind === 'view' || answer.kind === 'failed') {
      const { view, contents } = await withContents(answer.view, this.#bot, log);
      const attached = attachedTo(view, pictures, contents);
      return { components: [renderView(view, registry, { attached, linkOf })], files: attached.list };
    }
    const refused = answer.kind === 'form' ? answer.refused : answer;
    const repair = refused.repair ? [repairRow(refused.repair.resume, refused.fixLabel)] : [];
    return { components: [renderView(refused.view, registry, { extra: repair, linkOf })], files: [] };
  }
}

/** Tells whether an answer leaves what stands as it is, to be pressed again: what failed, and what was not begun. */
const leavesAsIs = (answer: Answer): boolean =>
  answer.kind === 'failed' || (answer.kind === 'refused' && answer.code === 'limit');

/** Returns what an answer says. */
const viewOf = (answer: Answer) => (answer.kind === 'form' ? answer.refused.view : answer.view);
