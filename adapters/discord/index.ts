import {
  type APIContainerComponent,
  type APITextDisplayComponent,
  type ButtonInteraction,
  type ChatInputCommandInteraction,
  type Client,
  Events,
  type Interaction,
  type MessageContextMenuCommandInteraction,
  MessageFlags,
  type ModalSubmitInteraction,
  type StringSelectMenuInteraction,
} from 'discord.js';
import type { Act, Adapter, Answer, Bot, Outgoing, SendResult } from '../../src/bot/act.ts';
import { Begun } from '../../src/bot/begun.ts';
import { chatCall } from '../../src/bot/chat-call.ts';
import type { Form } from '../../src/bot/forms.ts';
import type { Painter } from '../../src/bot/painter.ts';
import { NO_PICTURES, PATIENCE, type Patience, picturesOf, within } from '../../src/bot/pictures.ts';
import type { Registry } from '../../src/bot/registry.ts';
import type { Division, Sharing } from '../../src/bot/sharing.ts';
import { underway } from '../../src/bot/underway.ts';
import { cutAt } from '../../src/language/clean.ts';
import type { Log } from '../../src/log.ts';
import { hello } from './arrivals.ts';
import { type Attachment, attachedTo } from './attachments.ts';
import { Far } from './far.ts';
import { givenOf, MODAL, modalOf, wantsMore } from './forms.ts';
import { insist, isAnswered, isUnheard } from './insist.ts';
import { Present } from './present.ts';
import { isMalformed, problemsOf } from './problems.ts';
import { actOf, askOf, issueFrom, keyOf, pathOf, pressedOf } from './receive.ts';
import { MAKE_ISSUE, registerOnce } from './register.ts';
import { LIMITS, renderView, renderWords, repairRow } from './render.ts';
import { directTo, patiently, resultOf, sendPost } from './send.ts';
import { IDENTIFY_MS, restOf } from './shard.ts';
import { Shards } from './shards.ts';
import { confirmed } from './token.ts';

export interface DiscordHouse {
  readonly token: string;
  readonly guildId: string | undefined;
  readonly apiUrl: string;
  readonly registry: Registry;
  readonly log: Log;
  readonly painter: Painter;
  readonly patience?: Patience;
  /** The hash of what was registered last, so that an equal registration is not repeated. */
  readonly registered: { load(): Promise<string | null>; save(hash: string): Promise<void> };
  /** Divides the shards among all processes of the bot. */
  readonly sharing: Sharing;
}

type Answerable =
  | ChatInputCommandInteraction
  | MessageContextMenuCommandInteraction
  | ButtonInteraction
  | StringSelectMenuInteraction
  | ModalSubmitInteraction;

/** Discord as a platform: it translates interactions into acts and views into messages, and nothing more. */
export class DiscordAdapter implements Adapter {
  readonly platform = 'discord';
  readonly limits = LIMITS;
  readonly #house: DiscordHouse;
  readonly #far: Far;
  #shards: Shards | null = null;
  readonly #begun = new Begun();
  #division: Division | null = null;

  readonly #present = new Present();

  constructor(house: DiscordHouse) {
    this.#house = house;
    this.#far = new Far(() => restOf(house.apiUrl, house.token));
  }

  /** Joins in; when a part of it fails it may be called again. @throws GivenUp where Discord does not take the token. */
  async start(bot: Bot): Promise<void> {
    const { token, apiUrl, log, sharing, registry } = this.#house;
    this.#shards ??= new Shards({
      token,
      apiUrl,
      log,
      stepBack: forMs => this.#division?.stepBack(forMs),
      turn: (lane, signal) => sharing.turn(`discord-identify/${lane}`, IDENTIFY_MS, signal),
      onClient: client => {
        client.on(Events.InteractionCreate, interaction => {
          void this.#begun.add(
            underway({ key: keyOf(interaction) }, () =>
              this.#handle(bot, interaction).catch(error => log.error('interaction failed', { error })),
            ),
          );
        });
        client.once(Events.ClientReady, () => {
          this.#quietly(bot.present('discord', [...client.guilds.cache.keys()]));
          client.on(Events.GuildCreate, guild => this.#quietly(hello(bot, guild, registry)));
          client.on(Events.GuildDelete, guild => this.#quietly(bot.left({ platform: 'discord', workspace: guild.id })));
        });
      },
    });
    this.#division ??= await sharing.divide('discord', this.#shards);
    await registerOnce(this.#house);
  }

  #quietly(done: Promise<unknown>): void {
    void done.catch(error => this.#house.log.error('discord event failed', { error }));
  }

  async stop(): Promise<void> {
    await this.#division?.stop();
    await this.#begun.ended();
    this.#division = null;
    this.#shards = null;
  }

  async send(post: Outgoing): Promise<SendResult> {
    chatCall();
    const { workspace, kind } = post.target;
    const say = async (client: Client): Promise<SendResult> => {
      const result = await sendPost(client, this.#house, post);
      return result.kind === 'refused' ? confirmed(client, this.#house.token, result) : result;
    };
    const near = this.#shards?.clientOf(workspace);
    if (near) return say(near);
    const guild = kind === 'direct' ? null : workspace;
    return this.#far.speak(guild, say).catch(resultOf);
  }

  health() {
    return this.#shards?.health() ?? { well: false, detail: 'stopped' };
  }

  async #handle(bot: Bot, interaction: Interaction): Promise<void> {
    const present = this.#present;
    if (interaction.isAutocomplete()) {
      const focused = interaction.options.getFocused(true);
      const act = actOf(interaction, { kind: 'chosen', path: pathOf(interaction), given: {} }, present);
      const found = await bot.suggest(act, focused.name, focused.value);
      await interaction.respond(
        found.slice(0, LIMITS.choices).map(({ value, label }) => ({ value, name: cutAt(label, 100) })),
      );
    } else if (interaction.isChatInputCommand())
      await this.#answer(bot, interaction, actOf(interaction, askOf(interaction), present));
    else if (interaction.isMessageContextMenuCommand() && interaction.commandName === MAKE_ISSUE)
      await this.#answer(bot, interaction, actOf(interaction, issueFrom(interaction.targetMessage.content), present));
    else if (interaction.isButton())
      await this.#answer(bot, interaction, actOf(interaction, pressedOf(interaction.customId, []), present));
    else if (interaction.isStringSelectMenu())
      await this.#answer(
        bot,
        interaction,
        actOf(interaction, pressedOf(interaction.customId, interaction.values), present),
      );
    else if (interaction.isModalSubmit() && interaction.customId.startsWith(MODAL)) {
      const given = givenOf(interaction);
      const invocation = interaction.customId.slice(MODAL.length);
      const unfinished = wantsMore(interaction) && ({ unfinished: true } as const);
      const act = actOf(interaction, { kind: 'pressed', invocation, given, ...unfinished }, present);
      await this.#answer(bot, interaction, act);
    }
  }

  /**
   * A form must be Discord's first answer, so it is decided before anything slow. All else is answered with one call
   * where that is quick, and put off in time where it is not.
   */
  async #answer(bot: Bot, interaction: Answerable, act: Act): Promise<void> {
    if (!interaction.isModalSubmit() && bot.first(act) === 'form') {
      const answer = await bot.perform(act);
      try {
        if (answer.kind === 'form' && (await this.#asked(interaction, answer.form))) return;
        await this.#inWords(answer, message => interaction.reply({ ...message, flags: [...PRIVATE] }));
      } catch (error) {
        await this.#tellDirectly(interaction, answer, error);
      }
      return;
    }
    const performed = bot.perform(act);
    const soon = await atOnce(performed);
    if (soon) {
      try {
        await this.#inWords(soon, message => interaction.reply({ ...message, flags: [...PRIVATE] }));
      } catch (error) {
        return this.#tellDirectly(interaction, soon, error);
      }
      interaction.replied = true;
      await this.#illustrate(interaction, soon);
      return;
    }
    try {
      await insist(() => interaction.deferReply({ flags: MessageFlags.Ephemeral }));
    } catch (error) {
      // Deferred by a try whose answer never came: the SDK does not know.
      if (!isAnswered(error)) return this.#tellDirectly(interaction, await performed, error);
    }
    interaction.deferred = true;
    const answer = await performed;
    try {
      await this.#inWords(answer, message => interaction.editReply({ ...message, flags: MessageFlags.IsComponentsV2 }));
    } catch (error) {
      return this.#tellDirectly(interaction, answer, error);
    }
    await this.#illustrate(interaction, answer);
  }

  /** What was done stands: where Discord has stopped waiting, or does not hear us, the person is told directly. */
  async #tellDirectly(interaction: Answerable, answer: Answer, error: unknown): Promise<void> {
    if (!isUnheard(error)) throw error;
    // The client that heard of it may be closed by now; this one keeps the token until the end.
    const flags = [MessageFlags.IsComponentsV2] as const;
    await this.#inWords(answer, message =>
      patiently(() =>
        this.#far.speak(null, async client =>
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
      await insist(() => interaction.showModal(modalOf(form)));
      return true;
    } catch (error) {
      if (!isMalformed(error)) throw error;
      this.#house.log.error('discord refused a form as it is made', { form: form.action, problems: problemsOf(error) });
      return false;
    }
  }

  /** Answers; where Discord does not take the answer as it is made, once more in its words alone. */
  async #inWords(answer: Answer, say: (message: Message) => Promise<unknown>): Promise<void> {
    try {
      await insist(() => say(this.#message(answer)));
    } catch (error) {
      if (!isMalformed(error)) throw error;
      this.#house.log.error('discord refused an answer as it is made', { problems: problemsOf(error) });
      await say({ components: [renderWords(viewOf(answer))], files: [] });
    }
  }

  /** Pictures come after the words, which never wait for them and stand without them. */
  async #illustrate(interaction: Answerable, answer: Answer): Promise<void> {
    if (answer.kind !== 'view') return;
    const { painter, patience = PATIENCE } = this.#house;
    const pictures = await within(patience.answer, picturesOf(answer.view, painter), NO_PICTURES);
    if (!pictures.size) return;
    await interaction
      .editReply({ ...this.#message(answer, pictures), attachments: [], flags: MessageFlags.IsComponentsV2 })
      .catch(error => this.#house.log.info('discord took no picture', { error }));
  }

  /** An answer as a message: its view, with the way back into the form where there is one. */
  #message(answer: Answer, pictures = NO_PICTURES): Message {
    const { registry } = this.#house;
    if (answer.kind === 'view' || answer.kind === 'failed') {
      const attached = attachedTo(answer.view, pictures);
      return { components: [renderView(answer.view, registry, { attached })], files: attached.list };
    }
    const refused = answer.kind === 'form' ? answer.refused : answer;
    const repair = refused.repair ? [repairRow(refused.repair.resume, refused.fixLabel)] : [];
    return { components: [renderView(refused.view, registry, { extra: repair })], files: [] };
  }
}

/** What an answer is made of. */
interface Message {
  readonly components: readonly (APIContainerComponent | APITextDisplayComponent)[];
  readonly files: readonly Attachment[];
}

const PRIVATE = [MessageFlags.Ephemeral, MessageFlags.IsComponentsV2] as const;

/** What an answer says. */
const viewOf = (answer: Answer) => (answer.kind === 'form' ? answer.refused.view : answer.view);

/** Discord waits three seconds for the first word; what takes longer than this is put off. */
const QUICK_MS = 500;

/** What is there in time; null: it takes longer, and goes on. */
async function atOnce<T>(work: Promise<T>): Promise<T | null> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<null>(done => {
    timer = setTimeout(() => done(null), QUICK_MS);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
