import { type AutocompleteInteraction, type Client, Events, type Interaction, type REST } from 'discord.js';
import { InFlight } from '../../src/adapter-kit/in-flight.ts';
import type { PictureTimeouts } from '../../src/adapter-kit/pictures.ts';
import { withActLog } from '../../src/bot/act-log.ts';
import type { Registry } from '../../src/bot/registry.ts';
import type { Act, Adapter, Ask, Bot, Outgoing, SendResult } from '../../src/contract/act.ts';
import { chatCall } from '../../src/contract/chat-call.ts';
import type { Log } from '../../src/contract/log.ts';
import type { Painter } from '../../src/contract/painter.ts';
import type { Division, Sharing } from '../../src/contract/sharing.ts';
import { cutAt } from '../../src/language/clean.ts';
import { Answers, type FirstWordTimeouts } from './answers.ts';
import { type Answerable, askedBy } from './asked.ts';
import { forgetDirects } from './caches.ts';
import { CommandLinks } from './command-links.ts';
import { fileSource } from './files.ts';
import { givenOf, MODAL, wantsMore } from './forms.ts';
import { hello } from './guild-events.ts';
import { isUnheard } from './insist.ts';
import { Present } from './membership.ts';
import { actOf, askOf, issueOf, keyOf, pressedOf, spokenActOf } from './receive.ts';
import { MAKE_ISSUE, registerOnce } from './register.ts';
import { LIMITS } from './render.ts';
import { Far } from './rest-client.ts';
import { answersRestOf } from './rest-limits.ts';
import { resultOf, sendPost } from './send.ts';
import { IDENTIFY_MS, restOf } from './shard.ts';
import { Shards } from './shards.ts';
import { confirmed } from './token.ts';

export interface DiscordOptions {
  readonly token: string;
  readonly guildId: string | undefined;
  readonly apiUrl: string;
  readonly registry: Registry;
  readonly log: Log;
  readonly painter: Painter;
  readonly pictureTimeouts?: PictureTimeouts;
  readonly firstWord?: FirstWordTimeouts;
  /** The hash of what was registered last, so that an equal registration is not repeated. */
  readonly registered: { load(): Promise<string | null>; save(hash: string): Promise<void> };
  /** Divides the shards among all processes of the bot. */
  readonly sharing: Sharing;
}

/** Discord as a platform: it translates interactions into acts and views into messages, and nothing more. */
export class DiscordAdapter implements Adapter {
  readonly platform = 'discord';
  readonly limits = LIMITS;
  readonly #deps: DiscordOptions;
  readonly #far: Far;
  readonly #links: CommandLinks;
  readonly #answers: Answers;
  readonly #rest: REST;
  #shards: Shards | null = null;
  readonly #begun = new InFlight();
  #division: Division | null = null;

  readonly #present = new Present();
  readonly #download: NonNullable<Act['download']>;

  constructor(deps: DiscordOptions) {
    this.#deps = deps;
    this.#far = new Far(() => restOf(deps.apiUrl, deps.token));
    this.#rest = answersRestOf(deps.apiUrl);
    this.#links = new CommandLinks(deps.registry);
    this.#answers = new Answers({ ...deps, far: this.#far, linkOf: this.#links.of });
    this.#download = fileSource(deps.apiUrl);
  }

  /** Joins in; when a part of it fails it may be called again. @throws GivenUp where Discord does not take the token. */
  async start(bot: Bot): Promise<void> {
    const { token, apiUrl, log, sharing, registry } = this.#deps;
    const failed = (error: unknown): void => log.error('interaction failed', { error });
    this.#shards ??= new Shards({
      token,
      apiUrl,
      log,
      stepBack: forMs => this.#division?.stepBack(forMs),
      turn: (lane, signal) => sharing.turn(`discord-identify/${lane}`, IDENTIFY_MS, signal),
      onClient: client => {
        client.on(Events.InteractionCreate, interaction => {
          void this.#begun.add(
            withActLog({ key: keyOf(interaction) }, () => this.#handle(bot, interaction).catch(failed)),
          );
        });
        client.on(Events.MessageCreate, message => {
          if (message.guildId !== null || message.author.bot || message.system) return;
          forgetDirects(message.channel);
          void this.#begun.add(
            withActLog({ key: `discord:${message.id}` }, () =>
              this.#answers
                .reply(bot, message, spokenActOf(message, this.#present))
                .catch(error => log.error('direct message was not answered', { error })),
            ),
          );
        });
        client.once(Events.ClientReady, () => {
          this.#quietly(bot.present('discord', [...client.guilds.cache.keys()]));
          client.on(Events.GuildCreate, guild => this.#quietly(hello(bot, guild, registry, this.#links.of)));
          client.on(Events.GuildDelete, guild => this.#quietly(bot.left({ platform: 'discord', workspace: guild.id })));
        });
      },
    });
    this.#division ??= await sharing.divide('discord', this.#shards);
    this.#links.learn(await registerOnce(this.#deps));
  }

  #quietly(done: Promise<unknown>): void {
    void done.catch(error => this.#deps.log.error('discord event failed', { error }));
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
      const result = await sendPost(client, { ...this.#deps, linkOf: this.#links.of }, post);
      return result.kind === 'refused' ? confirmed(client, this.#deps.token, result) : result;
    };
    const near = this.#shards?.clientOf(workspace);
    if (near) return say(near);
    const guild = kind === 'direct' ? null : workspace;
    return this.#far.speak(guild, say).catch(resultOf);
  }

  health() {
    return this.#shards?.health() ?? { well: false, detail: 'stopped' };
  }

  /** Returns what a person did, as an act whose files can be opened. */
  #act(interaction: Interaction, ask: Ask): Act {
    return { ...actOf(interaction, ask, this.#present), download: this.#download };
  }

  /** Hands an interaction on without waiting, so that it is not kept: answering keeps the act and the way back alone. */
  async #handle(bot: Bot, interaction: Interaction): Promise<void> {
    if (interaction.isAutocomplete()) return this.#suggest(bot, interaction);
    if (interaction.isChatInputCommand()) return this.#answer(bot, interaction, askOf(interaction));
    if (interaction.isMessageContextMenuCommand() && interaction.commandName === MAKE_ISSUE)
      return this.#answer(bot, interaction, issueOf(interaction));
    if (interaction.isButton()) return this.#answer(bot, interaction, pressedOf(interaction.customId, []));
    if (interaction.isStringSelectMenu())
      return this.#answer(bot, interaction, pressedOf(interaction.customId, interaction.values));
    if (interaction.isModalSubmit() && interaction.customId.startsWith(MODAL)) {
      const given = givenOf(interaction);
      const invocation = interaction.customId.slice(MODAL.length);
      const unfinished = wantsMore(interaction) && ({ unfinished: true } as const);
      return this.#answer(bot, interaction, { kind: 'pressed', invocation, given, ...unfinished });
    }
  }

  #answer(bot: Bot, interaction: Answerable, ask: Ask): Promise<void> {
    const asked = askedBy(interaction, this.#rest);
    return this.#answers.show(bot, asked, this.#act(interaction, ask), !interaction.isModalSubmit());
  }

  async #suggest(bot: Bot, interaction: AutocompleteInteraction): Promise<void> {
    const focused = interaction.options.getFocused(true);
    const act = this.#act(interaction, askOf(interaction));
    const found = await bot.suggest(act, focused.name, focused.value);
    const choices = found.slice(0, LIMITS.choices).map(({ value, label }) => ({ value, name: cutAt(label, 100) }));
    await interaction.respond(choices).catch(error => {
      // The person has typed on meanwhile, and has asked again.
      if (!isUnheard(error)) throw error;
    });
  }
}
