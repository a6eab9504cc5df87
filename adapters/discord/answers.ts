import {
  type APIContainerComponent,
  type APITextDisplayComponent,
  type ButtonInteraction,
  type ChatInputCommandInteraction,
  type MessageContextMenuCommandInteraction,
  MessageFlags,
  type ModalSubmitInteraction,
  type StringSelectMenuInteraction,
  type Message as Words,
} from 'discord.js';
import { Bounded } from '../../src/adapter-kit/bounded.ts';
import { NO_PICTURES, PICTURE_TIMEOUTS, type PictureTimeouts, picturesOf } from '../../src/adapter-kit/pictures.ts';
import { Progress } from '../../src/adapter-kit/progress.ts';
import { withTimeout } from '../../src/adapter-kit/timeout.ts';
import type { Registry } from '../../src/bot/registry.ts';
import type { Act, Answer, Bot } from '../../src/contract/act.ts';
import type { Form } from '../../src/contract/form.ts';
import type { Log } from '../../src/contract/log.ts';
import type { Painter } from '../../src/contract/painter.ts';
import { type Attachment, attachedTo, isLarge, withContents } from './attachments.ts';
import { forgetAnswered } from './caches.ts';
import type { LinkOf } from './command-links.ts';
import { modalOf } from './forms.ts';
import { insist, isAnswered, isUnheard } from './insist.ts';
import { isMalformed, problemsOf } from './problems.ts';
import { renderView, renderWords, repairRow } from './render.ts';
import type { Far } from './rest-client.ts';
import { directTo, patiently } from './send.ts';

export type Answerable =
  | ChatInputCommandInteraction
  | MessageContextMenuCommandInteraction
  | ButtonInteraction
  | StringSelectMenuInteraction
  | ModalSubmitInteraction;

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
  async show(bot: Bot, interaction: Answerable, act: Act): Promise<void> {
    this.#bot = bot;
    const asks = !interaction.isModalSubmit() && bot.first(act) === 'form';
    const progress = new Progress();
    const performed = bot.perform({ ...act, onProgress: progress.hear });
    const { firstWord = FIRST_WORD_TIMEOUTS } = this.#deps;
    const soon = await withTimeout<Answer | null>(asks ? firstWord.form : firstWord.quick, performed, null);
    if (soon && !isLarge(viewOf(soon))) {
      try {
        if (asks && soon.kind === 'form' && (await this.#asked(interaction, soon.form))) return;
        await this.#first.run(() => this.#inWords(soon, message => say(interaction, soon, message)));
      } catch (error) {
        return this.#tellDirectly(interaction, soon, error);
      }
      interaction.replied = true;
      await this.#illustrate(interaction, soon);
      return;
    }
    try {
      await this.#first.run(() =>
        insist(() => {
          const own = ownMessage(interaction);
          return own ? own.deferUpdate() : interaction.deferReply({ flags: MessageFlags.Ephemeral });
        }),
      );
    } catch (error) {
      // Deferred by a try whose answer never came: the SDK does not know.
      if (!isAnswered(error)) return this.#tellDirectly(interaction, await performed, error);
    }
    interaction.deferred = true;
    const { registry, linkOf } = this.#deps;
    progress.showBy(state =>
      this.#later.run(() =>
        interaction.editReply({
          components: [renderView(state, registry, { linkOf })],
          flags: MessageFlags.IsComponentsV2,
        }),
      ),
    );
    const answer = await performed;
    await progress.end();
    try {
      await this.#later.run(
        () =>
          this.#inWords(answer, message =>
            ownMessage(interaction) && leavesAsIs(answer)
              ? interaction.followUp({ ...message, flags: [...PRIVATE] })
              : interaction.editReply({ ...message, attachments: [], flags: MessageFlags.IsComponentsV2 }),
          ),
        isLarge(viewOf(answer)) ? firstWord.files : firstWord.later,
      );
    } catch (error) {
      return this.#tellDirectly(interaction, answer, error);
    }
    await this.#illustrate(interaction, answer);
    forgetAnswered(interaction.client.rest);
  }

  /** Answers what a person has written to the bot directly, below their words. */
  async reply(bot: Bot, message: Words, act: Act): Promise<void> {
    const answer = await bot.perform(act);
    const flags = [MessageFlags.IsComponentsV2] as const;
    const nonce = { nonce: message.id, enforceNonce: true };
    await this.#inWords(answer, said => patiently(() => message.reply({ ...said, flags, ...nonce })));
  }

  /** Tells the person directly what was done, where Discord has stopped waiting or does not hear us. */
  async #tellDirectly(interaction: Answerable, answer: Answer, error: unknown): Promise<void> {
    if (!isUnheard(error)) throw error;
    // The client that heard of it may be closed by now; this one keeps the token until the end.
    const flags = [MessageFlags.IsComponentsV2] as const;
    await this.#inWords(answer, message =>
      patiently(() =>
        this.#deps.far.speak(null, async client =>
          (await directTo(client, interaction.user.id)).send({
            ...message,
            flags,
            nonce: interaction.id,
            enforceNonce: true,
          }),
        ),
      ),
    );
  }

  /** Opens a form; false where Discord does not take it as it is made, so that the person is told in words. */
  async #asked(interaction: Exclude<Answerable, ModalSubmitInteraction>, form: Form): Promise<boolean> {
    try {
      await this.#first.run(() => insist(() => interaction.showModal(modalOf(form))));
      return true;
    } catch (error) {
      if (!isMalformed(error)) throw error;
      this.#deps.log.error('discord refused a form as it is made', { form: form.action, problems: problemsOf(error) });
      return false;
    }
  }

  /** Answers; where Discord does not take the answer as it is made, once more in its words alone. */
  async #inWords(answer: Answer, say: (message: Message) => Promise<unknown>): Promise<void> {
    try {
      const message = await this.#message(answer);
      await insist(() => say(message));
    } catch (error) {
      if (!isMalformed(error)) throw error;
      this.#deps.log.error('discord refused an answer as it is made', { problems: problemsOf(error) });
      await say({ components: [renderWords(viewOf(answer))], files: [] });
    }
  }

  /** Pictures come after the words, which never wait for them and stand without them. */
  async #illustrate(interaction: Answerable, answer: Answer): Promise<void> {
    if (answer.kind !== 'view') return;
    const { painter, pictureTimeouts = PICTURE_TIMEOUTS } = this.#deps;
    const pictures = await withTimeout(pictureTimeouts.answer, picturesOf(answer.view, painter), NO_PICTURES);
    if (!pictures.size) return;
    await this.#later
      .run(async () =>
        interaction.editReply({
          ...(await this.#message(answer, pictures)),
          attachments: [],
          flags: MessageFlags.IsComponentsV2,
        }),
      )
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

/** Describes what an answer is made of. */
interface Message {
  readonly components: readonly (APIContainerComponent | APITextDisplayComponent)[];
  readonly files: readonly Attachment[];
}

const PRIVATE = [MessageFlags.Ephemeral, MessageFlags.IsComponentsV2] as const;

/**
 * The interaction, where it comes from a message that only this person sees: it is changed in place, so that each press
 * leaves no further message behind. Null: what was pressed is everybody's, and the answer is a message of its own.
 */
function ownMessage(interaction: Answerable) {
  const message = 'message' in interaction ? interaction.message : null;
  const answersWords = interaction.guildId === null && message?.reference;
  if (!message?.flags.has(MessageFlags.Ephemeral) && !answersWords) return null;
  if (interaction.isMessageComponent()) return interaction;
  return interaction.isModalSubmit() && interaction.isFromMessage() ? interaction : null;
}

/** Tells whether an answer leaves what stands as it is, to be pressed again: what failed, and what was not begun. */
const leavesAsIs = (answer: Answer): boolean =>
  answer.kind === 'failed' || (answer.kind === 'refused' && answer.code === 'limit');

/** Answers at once. */
function say(interaction: Answerable, answer: Answer, message: Message): Promise<unknown> {
  const own = leavesAsIs(answer) ? null : ownMessage(interaction);
  if (!own) return interaction.reply({ ...message, flags: [...PRIVATE] });
  return own.update({ ...message, attachments: [], flags: MessageFlags.IsComponentsV2 });
}

/** Returns what an answer says. */
const viewOf = (answer: Answer) => (answer.kind === 'form' ? answer.refused.view : answer.view);
