import {
  ApplicationCommandType,
  Events,
  FileUploadBuilder,
  type Interaction,
  LabelBuilder,
  MessageFlags,
  ModalBuilder,
  PermissionFlagsBits,
  StringSelectMenuBuilder,
  TextDisplayBuilder,
  TextInputBuilder,
  TextInputStyle,
} from 'discord.js';
import { afterEach, describe, expect, it } from 'vitest';
import type { JsonObject } from './discord/json.ts';
import { closeAll, loggedIn } from './logged-in.ts';

afterEach(closeAll);

/** The client with these commands registered, answering with the handler. */
async function answering(commands: JsonObject[], handler: (interaction: Interaction) => Promise<unknown>) {
  const stage = await loggedIn();
  await stage.client.rest.put(`/applications/${stage.discord.world.applicationId}/commands`, { body: commands });
  stage.client.on(Events.InteractionCreate, interaction => {
    handler(interaction).catch(() => undefined);
  });
  return stage;
}

const start: JsonObject = { name: 'mulai', description: 'Mulai' };

const select = () =>
  new StringSelectMenuBuilder()
    .setCustomId('v1:status')
    .setPlaceholder('Status')
    .addOptions({ label: 'Selesai', value: 'done' }, { label: 'Berjalan', value: 'open' });

describe('a person at the keyboard', () => {
  const file: JsonObject = { type: 11, name: 'berkas', description: 'Berkas', required: true };
  const grouped: JsonObject = {
    name: 'data',
    description: 'Data',
    options: [{ type: 1, name: 'impor', description: 'Impor', options: [file] }],
  };

  it('hands over a file which the bot can fetch', async () => {
    const { discord, channel, ana } = await answering([grouped], async i => {
      if (!i.isChatInputCommand()) return;
      const { url, size } = i.options.getAttachment('berkas', true);
      await i.reply(`${size}: ${await (await fetch(url)).text()}`);
    });
    const options = { berkas: { filename: 'a.csv', bytes: 'a,b' } };
    const seen = await discord.slash({ channel, user: ana, name: 'data', subcommand: 'impor', options }).answered();
    expect(seen.text).toBe('3: a,b');
  });

  it.each([
    ['no subcommand', { name: 'data' }, '/data needs a subcommand'],
    ['an unknown option', { name: 'mulai', options: { x: 1 } }, 'has no option "x"'],
    ['a missing option', { name: 'data', subcommand: 'impor' }, 'needs the option "berkas"'],
    ['an unregistered command', { name: 'lain' }, 'no command "lain" is registered'],
  ])('cannot send %s', async (_, call, words) => {
    const { discord, channel, ana } = await answering([grouped, start], async () => undefined);
    expect(() => discord.slash({ channel, user: ana, ...call })).toThrow(words);
  });

  it('is not shown a command beyond their permissions', async () => {
    const needs = { ...start, default_member_permissions: PermissionFlagsBits.ManageGuild.toString() };
    const { discord, channel, ana } = await answering([needs], async i => i.isRepliable() && i.reply('ok'));
    const call = { channel, user: ana, name: 'mulai' };
    expect(() => discord.slash(call)).toThrow('Discord does not show /mulai to Ana');
    expect((await discord.slash({ ...call, permissions: ['ManageGuild'] }).answered()).text).toBe('ok');
  });

  it('picks a command from the menu of a message', async () => {
    const menu = { type: ApplicationCommandType.Message, name: 'Jadikan isu' };
    const { discord, channel, ana } = await answering([menu], async i => {
      if (i.isMessageContextMenuCommand())
        await i.reply(`${i.targetMessage.author.displayName}: ${i.targetMessage.content}`);
    });
    const target = discord.say(channel, ana, 'Jalan putus');
    const seen = await discord.contextCommand({ channel, user: ana, name: 'Jadikan isu', target }).answered();
    expect(seen.text).toBe('Ana: Jalan putus');
  });

  it('works in direct messages', async () => {
    const { discord, ana } = await answering([start], async i => i.isRepliable() && i.reply(`guild: ${i.guildId}`));
    const channel = discord.world.dmWith(ana);
    expect((await discord.slash({ channel, user: ana, name: 'mulai' }).answered()).text).toBe('guild: null');
  });
});

describe('a person at a message', () => {
  it('chooses by the label of an option', async () => {
    const { discord, channel, ana } = await answering([start], async i => {
      const row = { type: 1, components: [select().toJSON()] };
      if (i.isChatInputCommand()) await i.reply({ content: 'Pilih', components: [row] });
      if (i.isStringSelectMenu()) await i.update({ content: i.values.join(), components: [] });
    });
    const { message } = await discord.slash({ channel, user: ana, name: 'mulai' }).answered();
    const seen = await discord.select(message, 'Status', ['Selesai'], ana).answered();
    expect([seen.callbackType, seen.text]).toEqual([7, 'done']);
  });

  it('does not see what is ephemeral for somebody else', async () => {
    const { discord, channel, guild, ana } = await answering([start], async i => {
      const row = { type: 1, components: [select().toJSON()] };
      if (i.isRepliable()) await i.reply({ components: [row], flags: MessageFlags.Ephemeral });
    });
    const budi = discord.addUser('Budi');
    discord.join(guild, budi);
    const { message } = await discord.slash({ channel, user: ana, name: 'mulai' }).answered();
    expect(() => discord.select(message, 'Status', ['Selesai'], budi)).toThrow('Budi does not see the message');
    expect(discord.messages(channel)).toEqual([]);
  });

  it('fills in a modal with text, menu and file', async () => {
    const title = new TextInputBuilder().setCustomId('title').setStyle(TextInputStyle.Short).setValue('Rapat');
    const modal = new ModalBuilder()
      .setCustomId('v1:log')
      .setTitle('Catat')
      .addTextDisplayComponents(new TextDisplayBuilder().setContent('Isi semua'))
      .addLabelComponents(
        new LabelBuilder().setLabel('Judul').setTextInputComponent(title),
        new LabelBuilder().setLabel('Status').setStringSelectMenuComponent(select()),
        new LabelBuilder().setLabel('Berkas').setFileUploadComponent(new FileUploadBuilder().setCustomId('file')),
      );
    const { discord, channel, ana } = await answering([start], async i => {
      if (i.isChatInputCommand()) await i.showModal(modal);
      if (!i.isModalSubmit()) return;
      const { fields } = i;
      const name = fields.getUploadedFiles('file')?.first()?.name;
      await i.reply([fields.getTextInputValue('title'), ...fields.getStringSelectValues('v1:status'), name].join(' '));
    });
    const shown = (await discord.slash({ channel, user: ana, name: 'mulai' }).answered()).modal;
    const values = { Status: 'Berjalan', Berkas: { filename: 'b.pdf', bytes: 'x' } };
    expect((await discord.submitModal(shown, values, ana).answered()).text).toBe('Rapat open b.pdf');
    expect(() => discord.submitModal(shown, { Judul: '' }, ana)).toThrow('"Judul" must be filled in');
  });
});

describe('what goes wrong', () => {
  it('sends again over a broken connection', async () => {
    const { discord, channel, ana } = await answering([start], async i => i.isRepliable() && i.reply('ok'));
    const fault = discord.fail({ route: '/callback', reset: true });
    expect((await discord.slash({ channel, user: ana, name: 'mulai' }).answered()).text).toBe('ok');
    expect(fault.hits).toBe(1);
  });

  it('lets the token die when nobody answers in time', async () => {
    const { discord, channel, ana } = await answering([start], async i => i.isRepliable() && i.reply('ok'));
    const held = discord.hold({ route: '/callback' });
    const exchange = discord.slash({ channel, user: ana, name: 'mulai' });
    await held.arrived();
    discord.expire(exchange);
    held.release();
    const refused = await discord.until(() =>
      discord.requests.find(r => r.path.endsWith('/callback') && r.status === 404),
    );
    expect(refused.answer).toMatchObject({ code: 10062 });
  });

  it('puts the first follow-up in the place of "thinking…"', async () => {
    const { discord, channel, ana } = await answering([start], async i => {
      if (!i.isChatInputCommand()) return;
      await i.deferReply();
      await i.followUp('ok');
    });
    const seen = await discord.slash({ channel, user: ana, name: 'mulai' }).answered();
    expect([seen.text.trim(), seen.followUps.length]).toEqual(['ok', 0]);
  });

  it('closes the gateway and answers 401 once the token is revoked', async () => {
    const { discord, client } = await loggedIn();
    const invalid = new Promise(done => client.once(Events.ShardDisconnect, event => done(event.code)));
    discord.revokeToken();
    expect(await invalid).toBe(4004);
    await expect(client.rest.get('/users/@me')).rejects.toMatchObject({ status: 401 });
  });
});
