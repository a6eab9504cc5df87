import {
  ActionRowBuilder,
  ButtonBuilder,
  ButtonStyle,
  type ChatInputCommandInteraction,
  Client,
  Events,
  type Interaction,
  LabelBuilder,
  MessageFlags,
  ModalBuilder,
  SlashCommandBuilder,
  TextInputBuilder,
  TextInputStyle,
} from 'discord.js';
import { afterEach, describe, expect, it } from 'vitest';
import { Discord, type DiscordOptions } from './discord/discord.ts';
import { closeAll, loggedIn, opened } from './logged-in.ts';

afterEach(closeAll);

type Handler<T extends Interaction> = (interaction: T) => Promise<unknown>;

/** Registers /catat (a required text that completes itself) and answers it with the handler. */
async function withCommand(handler: Handler<ChatInputCommandInteraction>, options: DiscordOptions = {}) {
  const stage = await loggedIn(options);
  const command = new SlashCommandBuilder()
    .setName('log')
    .setNameLocalizations({ id: 'catat' })
    .setDescription('Log an activity')
    .addStringOption(o => o.setName('title').setDescription('What').setRequired(true).setAutocomplete(true));
  await stage.client.application?.commands.set([command.toJSON()]);
  stage.client.on(Events.InteractionCreate, async interaction => {
    if (interaction.isChatInputCommand()) await handler(interaction);
  });
  const { channel, ana: user } = stage;
  const run = () => stage.discord.slash({ channel, user, name: 'catat', options: { title: 'Rapat' } });
  return { ...stage, run };
}

const yes = new ActionRowBuilder<ButtonBuilder>().addComponents(
  new ButtonBuilder().setCustomId('v1:yes').setLabel('Setuju').setStyle(ButtonStyle.Primary),
);

describe('logging in', () => {
  it('gives the client its servers, channels and application', async () => {
    const { client, guild, channel, discord } = await loggedIn();
    expect(client.user?.id).toBe(discord.world.bot.id);
    expect(client.guilds.cache.get(guild.id)?.channels.cache.get(channel.id)?.name).toBe('umum');
  });

  it('refuses a wrong token with 401', async () => {
    const discord = await Discord.start();
    opened(() => discord.stop());
    const client = new Client({ intents: [], rest: { api: discord.api } });
    await expect(client.login('wrong')).rejects.toMatchObject({ code: 'TokenInvalid' });
  });

  it('replays what happened while the socket was down', async () => {
    const { discord, run } = await withCommand(i => i.reply('ok'));
    discord.gateway.dropSockets();
    await discord.until(() => !discord.gateway.connected);
    expect((await run().answered()).text).toBe('ok');
    expect([discord.gateway.identifies, discord.gateway.resumes]).toEqual([1, 1]);
  });

  it('lets the client identify anew after an invalid session', async () => {
    const { discord, run } = await withCommand(i => i.reply('ok'));
    discord.gateway.invalidate();
    await discord.until(() => discord.gateway.identifies === 2 && discord.gateway.connected);
    expect((await run().answered()).text).toBe('ok');
  });

  it('lets the client resume when it is asked to reconnect', async () => {
    const { discord, run } = await withCommand(i => i.reply('ok'));
    discord.gateway.askToReconnect();
    await discord.until(() => discord.gateway.resumes === 1);
    expect((await run().answered()).text).toBe('ok');
  });
});

describe('commands', () => {
  it('answers a slash command in its localised name', async () => {
    const { run } = await withCommand(i => i.reply(`Dicatat: ${i.options.getString('title')}`));
    const seen = await run().answered();
    expect([seen.callbackType, seen.ephemeral, seen.text]).toEqual([4, false, 'Dicatat: Rapat']);
  });

  it('waits through a deferral for the edit', async () => {
    const { run } = await withCommand(async i => {
      await i.deferReply({ flags: MessageFlags.Ephemeral });
      await i.editReply('Selesai');
    });
    const seen = await run().answered();
    expect([seen.callbackType, seen.ephemeral, seen.text]).toEqual([5, true, 'Selesai']);
  });

  it('shows follow-ups', async () => {
    const { run } = await withCommand(async i => {
      await i.reply('satu');
      await i.followUp({ content: 'dua', flags: MessageFlags.Ephemeral });
    });
    const seen = await run().until(e => e.followUps.length === 1);
    expect(seen.text).toBe('satu\ndua');
  });

  it('suggests values', async () => {
    const { discord, client, channel, ana } = await withCommand(i => i.reply('ok'));
    client.on(Events.InteractionCreate, async i => {
      if (i.isAutocomplete()) await i.respond([{ name: `${i.options.getFocused()}?`, value: 'A-1' }]);
    });
    const call = { channel, user: ana, name: 'log', focused: 'title', options: { title: 'ra' } };
    expect((await discord.autocomplete(call).answered()).choices).toEqual([{ name: 'ra?', value: 'A-1' }]);
  });

  it('refuses a command outside the limits, with the path of the field', async () => {
    const { client } = await loggedIn();
    const bad = { name: 'x', description: 'y'.repeat(101) };
    await expect(client.application?.commands.set([bad])).rejects.toMatchObject({
      code: 50035,
      rawError: { errors: { 0: { description: { _errors: [{ code: 'BASE_TYPE_BAD_LENGTH' }] } } } },
    });
  });

  it('answers 40060 when acknowledged twice', async () => {
    const { discord, run } = await withCommand(async i => {
      await i.reply('satu');
      i.replied = false;
      await i.reply('dua').catch(() => undefined);
    });
    run();
    expect(await discord.until(() => discord.requests.find(r => r.status === 400)?.answer)).toMatchObject({
      code: 40060,
    });
  });

  it('answers 10062 once the token is dead', async () => {
    const { discord, run } = await withCommand(i => i.reply('late').catch(() => undefined));
    discord.expire(run());
    expect(await discord.until(() => discord.requests.find(r => r.status === 404)?.answer)).toMatchObject({
      code: 10062,
    });
  });
});

describe('buttons and modals', () => {
  it('shows the modal behind a command and reads what was filled in', async () => {
    const { discord, client, ana, run } = await withCommand(i =>
      i.showModal(
        new ModalBuilder()
          .setCustomId('v1:log')
          .setTitle('Catat')
          .addLabelComponents(
            new LabelBuilder()
              .setLabel('Judul')
              .setTextInputComponent(new TextInputBuilder().setCustomId('title').setStyle(TextInputStyle.Short)),
          ),
      ),
    );
    client.on(Events.InteractionCreate, async i => {
      if (i.isModalSubmit()) await i.reply(`Judul: ${i.fields.getTextInputValue('title')}`);
    });
    const { modal } = await run().answered();
    expect(modal.title).toBe('Catat');
    const seen = await discord.submitModal(modal, { Judul: 'Rapat desa' }, ana).answered();
    expect(seen.text).toBe('Judul: Rapat desa');
  });

  it('updates the message under a pressed button', async () => {
    const { discord, client, ana, run } = await withCommand(i => i.reply({ content: 'Setuju?', components: [yes] }));
    client.on(Events.InteractionCreate, async i => {
      if (!i.isButton()) return;
      await i.deferUpdate();
      await i.editReply({ content: 'Tercatat', components: [] });
    });
    const { message } = await run().answered();
    const seen = await discord.click(message, 'Setuju', ana).answered();
    expect([seen.callbackType, seen.text, message.history.at(-1)?.content]).toEqual([6, 'Tercatat', 'Setuju?']);
  });
});

describe('messages', () => {
  it('sends once when the answer to the first attempt was lost', async () => {
    const { discord, client, channel } = await loggedIn();
    discord.fail({ method: 'POST', route: '/channels/:channel/messages', status: 500, after: true });
    const to = await client.channels.fetch(channel.id);
    if (to?.isSendable()) await to.send('sekali');
    expect(discord.messages(channel).map(m => m.content)).toEqual(['sekali']);
  });

  it('keeps the history of an edited message', async () => {
    const { discord, client, channel } = await loggedIn();
    const to = await client.channels.fetch(channel.id);
    if (to?.isSendable()) await (await to.send('lama')).edit('baru');
    const [message] = discord.messages(channel);
    expect([message?.content, message?.history.map(h => h.content)]).toEqual(['baru', ['lama']]);
  });

  it.each([false, true])('is retried by the client after a 429 (global: %s)', async global => {
    const { discord, client, channel } = await loggedIn();
    const fault = discord.fail({ method: 'POST', route: '/messages', status: 429, retryAfter: 0.01, global });
    const to = await client.channels.fetch(channel.id);
    if (to?.isSendable()) await to.send('ok');
    expect([fault.hits, discord.messages(channel).length]).toEqual([1, 1]);
  });

  it('computes whom a message notifies', async () => {
    const { discord, client, channel, ana } = await loggedIn();
    const to = await client.channels.fetch(channel.id);
    const content = `@everyone <@${ana.id}> \`<@${discord.world.bot.id}>\``;
    if (to?.isSendable()) await to.send(content);
    if (to?.isSendable()) await to.send({ content, allowedMentions: { parse: [] } });
    expect(discord.messages(channel).map(m => m.pings)).toEqual([
      { everyone: true, users: [ana.id], roles: [] },
      { everyone: false, users: [], roles: [] },
    ]);
  });

  it('carries files with their names and descriptions', async () => {
    const { discord, client, channel } = await loggedIn();
    const to = await client.channels.fetch(channel.id);
    if (to?.isSendable())
      await to.send({ files: [{ attachment: Buffer.from('a,b'), name: 'data.csv', description: 'Data' }] });
    const [file] = discord.messages(channel)[0]?.attachments ?? [];
    expect([file?.filename, file?.description, Buffer.from(file?.bytes ?? []).toString()]).toEqual([
      'data.csv',
      'Data',
      'a,b',
    ]);
  });

  it('fails loudly on a route it does not have', async () => {
    const { discord } = await loggedIn();
    expect((await fetch(`${discord.api}/v10/voice/regions`)).status).toBe(501);
    expect(discord.failures).toEqual(['no route for GET /voice/regions']);
  });
});
