import {
  type ButtonInteraction,
  type ChatInputCommandInteraction,
  Client,
  DiscordAPIError,
  DiscordjsErrorCodes,
  Events,
  GatewayIntentBits,
  type Interaction,
  type MessageContextMenuCommandInteraction,
  MessageFlags,
  type ModalSubmitInteraction,
  type StringSelectMenuInteraction,
} from 'discord.js';
import {
  type Act,
  type Adapter,
  type Answer,
  type Bot,
  GivenUp,
  type Outgoing,
  type SendResult,
} from '../../src/bot/act.ts';
import type { Painter } from '../../src/bot/painter.ts';
import { NO_PICTURES, picturesOf } from '../../src/bot/pictures.ts';
import type { Registry } from '../../src/bot/registry.ts';
import { underway } from '../../src/bot/underway.ts';
import type { Log } from '../../src/log.ts';
import { hello } from './arrivals.ts';
import { givenOf, MODAL, modalOf, wantsMore } from './forms.ts';
import { actOf, askOf, issueFrom, keyOf, pathOf, pressedOf } from './receive.ts';
import { commandsJson, hashOf, MAKE_ISSUE } from './register.ts';
import { LIMITS, renderView, repairRow } from './render.ts';
import { attached, sendPost } from './send.ts';

export interface DiscordHouse {
  readonly token: string;
  readonly guildId: string | undefined;
  readonly apiUrl: string;
  readonly registry: Registry;
  readonly log: Log;
  readonly painter: Painter;
  /** The hash of what was registered last, so that an equal registration is not repeated. */
  readonly registered: { load(): Promise<string | null>; save(hash: string): Promise<void> };
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
  #client: Client;
  #state = 'not connected';

  constructor(house: DiscordHouse) {
    this.#house = house;
    this.#client = this.#newClient();
  }

  #newClient(): Client {
    return new Client({
      intents: [GatewayIntentBits.Guilds],
      allowedMentions: { parse: [] },
      enforceNonce: true,
      shards: 'auto',
      rest: { api: this.#house.apiUrl },
    });
  }

  async start(bot: Bot): Promise<void> {
    const { log } = this.#house;
    if (this.#client.isReady()) return;
    await this.#client.destroy();
    const client = this.#newClient();
    this.#client = client;
    const ready = new Promise<void>(done => client.once(Events.ClientReady, () => done()));
    client.on(Events.Error, error => log.warn('discord error', { error }));
    client.on(Events.ShardDisconnect, () => {
      this.#state = 'disconnected';
    });
    client.on(Events.ShardResume, () => {
      this.#state = 'connected';
    });
    client.on(Events.ShardReady, () => {
      this.#state = 'connected';
    });
    client.on(Events.Invalidated, () => {
      this.#state = 'the session was ended: check the token';
      log.error('discord ended the session for good', {});
    });
    client.on(Events.InteractionCreate, interaction => {
      void underway({ key: keyOf(interaction) }, () =>
        this.#handle(bot, interaction).catch(error => log.error('interaction failed', { error })),
      );
    });
    await client.login(this.#house.token).catch((error: unknown) => {
      throw isRefused(error) ? new GivenUp('Discord does not take this token', { cause: error }) : error;
    });
    await ready;
    this.#state = 'connected';
    await this.#register(client);
    client.on(Events.GuildCreate, guild => this.#quietly(hello(bot, guild, this.#house.registry)));
    client.on(Events.GuildDelete, guild => this.#quietly(bot.left({ platform: 'discord', workspace: guild.id })));
  }

  #quietly(done: Promise<unknown>): void {
    void done.catch(error => this.#house.log.error('discord event failed', { error }));
  }

  async stop(): Promise<void> {
    this.#state = 'stopped';
    await this.#client.destroy();
  }

  send(post: Outgoing): Promise<SendResult> {
    return sendPost(this.#client, this.#house, post);
  }

  health() {
    return { well: this.#state === 'connected', detail: this.#state };
  }

  async #register(client: Client<boolean>): Promise<void> {
    const json = commandsJson(this.#house.registry);
    const hash = `${client.application?.id}:${this.#house.guildId ?? 'global'}:${hashOf(json)}`;
    if ((await this.#house.registered.load()) === hash) return;
    await registerCommands(client, json, this.#house.guildId);
    await this.#house.registered.save(hash);
    this.#house.log.info('discord commands registered', { commands: json.length });
  }

  async #handle(bot: Bot, interaction: Interaction): Promise<void> {
    if (interaction.isAutocomplete()) {
      const focused = interaction.options.getFocused(true);
      const act = actOf(interaction, { kind: 'chosen', path: pathOf(interaction), given: {} });
      const found = await bot.suggest(act, focused.name, focused.value);
      await interaction.respond(
        found.slice(0, LIMITS.choices).map(({ value, label }) => ({ value, name: label.slice(0, 100) })),
      );
    } else if (interaction.isChatInputCommand())
      await this.#answer(bot, interaction, actOf(interaction, askOf(interaction)));
    else if (interaction.isMessageContextMenuCommand() && interaction.commandName === MAKE_ISSUE)
      await this.#answer(bot, interaction, actOf(interaction, issueFrom(interaction.targetMessage.content)));
    else if (interaction.isButton())
      await this.#answer(bot, interaction, actOf(interaction, pressedOf(interaction.customId, [])));
    else if (interaction.isStringSelectMenu())
      await this.#answer(bot, interaction, actOf(interaction, pressedOf(interaction.customId, interaction.values)));
    else if (interaction.isModalSubmit() && interaction.customId.startsWith(MODAL)) {
      const given = givenOf(interaction);
      const invocation = interaction.customId.slice(MODAL.length);
      const unfinished = wantsMore(interaction) && ({ unfinished: true } as const);
      const act = actOf(interaction, { kind: 'pressed', invocation, given, ...unfinished });
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
      if (answer.kind === 'form') await interaction.showModal(modalOf(answer.form));
      else
        await interaction.reply({
          ...this.#message(answer),
          flags: [MessageFlags.Ephemeral, MessageFlags.IsComponentsV2],
        });
      return;
    }
    const performed = bot.perform(act);
    const soon = await atOnce(performed);
    if (soon) {
      const flags = [MessageFlags.Ephemeral, MessageFlags.IsComponentsV2] as const;
      try {
        await interaction.reply({ ...this.#message(soon), flags: [...flags] });
      } catch (error) {
        // What was done stands: where Discord has stopped waiting, the person is told directly.
        if (!isTooLate(error)) throw error;
        await interaction.user.send({ ...this.#message(soon), flags: [MessageFlags.IsComponentsV2] });
        return;
      }
      await this.#illustrate(interaction, soon);
      return;
    }
    await interaction.deferReply({ flags: MessageFlags.Ephemeral });
    const answer = await performed;
    await interaction.editReply({ ...this.#message(answer), flags: MessageFlags.IsComponentsV2 });
    await this.#illustrate(interaction, answer);
  }

  /** Pictures come after the words, which never wait for them and stand without them. */
  async #illustrate(interaction: Answerable, answer: Answer): Promise<void> {
    if (answer.kind !== 'view') return;
    const pictures = await picturesOf(answer.view, this.#house.painter);
    if (!pictures.size) return;
    await interaction
      .editReply({ ...this.#message(answer, pictures), attachments: [], flags: MessageFlags.IsComponentsV2 })
      .catch(error => this.#house.log.info('discord took no picture', { error }));
  }

  /** An answer as a message: its view, with the way back into the form where there is one. */
  #message(answer: Answer, pictures = NO_PICTURES) {
    const { registry } = this.#house;
    if (answer.kind === 'view' || answer.kind === 'failed')
      return {
        components: [renderView(answer.view, registry, { pictures })],
        files: [...filesOf(answer.view), ...attached(pictures)],
      };
    const refused = answer.kind === 'form' ? answer.refused : answer;
    const repair = refused.repair ? [repairRow(refused.repair.resume, refused.fixLabel)] : [];
    return { components: [renderView(refused.view, registry, { extra: repair })] };
  }
}

/** The files that a view carries, to be uploaded with it. */
function filesOf(view: Extract<Answer, { kind: 'view' }>['view']) {
  return view.blocks.flatMap(block =>
    block.kind === 'file' ? [{ name: block.name, attachment: Buffer.from(block.content, 'base64') }] : [],
  );
}

/** Registers the commands, for one server at once or for all. */
export async function registerCommands(
  client: Client<boolean>,
  json: readonly object[],
  guildId: string | undefined,
): Promise<void> {
  const commands = client.application?.commands;
  if (guildId) await commands?.set(json as never, guildId);
  else await commands?.set(json as never);
}

/** The interaction is unknown to Discord by now. */
const isTooLate = (error: unknown): boolean => error instanceof DiscordAPIError && error.code === 10062;

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

/** The token is wrong or was revoked: asking again changes nothing. */
const isRefused = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && error.code === DiscordjsErrorCodes.TokenInvalid;
