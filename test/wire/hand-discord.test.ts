import { expect, it } from 'vitest';
import { examineDiscord } from '../../adapters/discord/examine.ts';
import { commandsJson, deployCommands, registerOnce } from '../../adapters/discord/register.ts';
import { registryOf } from '../../src/app/app.ts';
import { single } from '../../src/cluster/single.ts';
import { createLog } from '../../src/contract/log.ts';
import { aDiscordApp } from '../discord/app.ts';
import { UNLIMITED } from '../unlimited.ts';
import { readableText } from './discord/compose.ts';
import { FLAG } from './discord/limits/messages.ts';

const setUp = async (app: Awaited<ReturnType<typeof aDiscordApp>>) => {
  await app.say('forum', 'setup', { name: 'Forum Uji', announce: app.news });
};

it('W12: a hint is a link to the command, which opens it in a client of any language', async () => {
  await using app = await aDiscordApp();
  const { discord } = app;
  const set = (await app.say('forum', 'setup', { name: 'Forum Uji' })).text;
  const [, name, id] = /<\/(partner add):(\d+)>/.exec(set)!;
  expect(name).toBe('partner add');
  expect(discord.commands.find(one => one.id === id)).toMatchObject({ json: { name: 'partner' } });
  // An example keeps what follows the command.
  expect((await app.say('help', '', { topic: 'activity' })).text).toMatch(/<\/activity log:\d+> `"/);
});

it('W18, S15: what only one person sees is changed in place: pages, forms and what they come to', async () => {
  await using app = await aDiscordApp();
  const { discord, ana, channel } = app;
  await setUp(app);
  for (let n = 1; n <= 25; n++) await app.say('goal', 'add', { title: `Tujuan ${n}` });
  const own = () => discord.messages(channel).filter(one => one.flags & FLAG.ephemeral && !one.deleted);
  const shown = await app.say('goal', 'list');
  const before = own().length;
  const turned = await discord.click(shown.message, 'Berikutnya', ana).answered();
  expect(turned.message.id).toBe(shown.message.id);
  expect(turned.text).toContain('Tujuan 25');
  expect(own()).toHaveLength(before);
  // A form that was opened from it answers there as well, also when it is refused.
  const issue = await app.say('issue', 'raise', { title: 'Tanggul', due: '31 februari' });
  const fix = await discord.click(issue.message, 'Perbaiki', ana).answered();
  const count = own().length;
  const again = await discord.submitModal(fix.modal, { due: '32 februari' }, ana).answered();
  expect(again.message.id).toBe(issue.message.id);
  expect(own()).toHaveLength(count);
  expect(discord.failures).toEqual([]);
});

it('W28: what was registered for one server alone is taken out there once it is registered for all', async () => {
  await using app = await aDiscordApp();
  const { discord, guild } = app;
  const registered = new Map<string, string>();
  const kept = {
    load: async () => registered.get('hash') ?? null,
    save: async (hash: string) => void registered.set('hash', hash),
  };
  const log = createLog(
    { level: 'error', format: 'json' },
    () => new Date(0),
    () => {},
  );
  const ways = {
    token: discord.token,
    apiUrl: discord.api,
    registry: registryOf(),
    log,
    registered: kept,
    // No other process waits for its turn.
    sharing: { ...single(), turn: async () => {} },
  };
  const scopes = () => new Set(discord.commands.map(one => one.guildId));
  await registerOnce({ ...ways, guildId: guild.id });
  expect(scopes()).toEqual(new Set([null, guild.id]));
  await registerOnce({ ...ways, guildId: undefined });
  expect(scopes()).toEqual(new Set([null]));
  // What was put there past the record is told by `doctor`.
  const settings = { token: discord.token, apiUrl: discord.api };
  expect(await examineDiscord(settings, [])).toMatchObject({ ok: true });
  await deployCommands({ ...settings, guildId: guild.id }, commandsJson(registryOf()));
  expect(await examineDiscord(settings, [])).toEqual({
    ok: false,
    detail: expect.stringContaining(`commands stand twice in ${guild.name}`),
  });
});

it('W26: in direct messages commands, buttons and typed words work for whoever is in a forum', async () => {
  await using app = await aDiscordApp();
  const { discord, ana, budi } = app;
  await setUp(app);
  await app.say('goal', 'add', { title: 'Tujuan pertama' });
  const direct = discord.world.dmWith(ana);
  const typed = await discord.slash({ channel: direct, user: ana, name: 'me', subcommand: 'tasks' }).answered();
  expect(typed.text).toContain('menunggu Anda');
  const said = async (user: typeof ana, words: string) => {
    const before = discord.directMessages(user).length;
    discord.write(user, words);
    await discord.until(() => discord.directMessages(user).length === before + 2, `an answer to ${words}`);
    return discord.directMessages(user).at(-1)!;
  };
  const shown = await said(ana, 'T-1');
  expect(readableText(shown)).toContain('Tujuan pertama');
  expect(shown.replyTo).toBe(discord.directMessages(ana).at(-2)!.id);
  expect(readableText(await said(ana, 'tugas'))).toContain('menunggu Anda');
  expect(readableText(await said(ana, 'halo, apa kabar?'))).toContain('Yang dapat Anda lakukan');
  // A button below such an answer opens a form, and what that comes to takes its place.
  const tasks = await said(ana, '/me tasks');
  const form = await discord.click(tasks, 'Catat kegiatan', ana).answered();
  const logged = await discord.submitModal(form.modal, { title: 'Gladi' }, ana).answered();
  expect([logged.text.includes('K-1'), logged.message.id]).toEqual([true, tasks.id]);
  // Whoever is in no forum is told where to go.
  expect(readableText(await said(budi, 'tugas'))).toContain('belum mengenal Anda');
  expect([discord.failures, app.logged]).toEqual([[], []]);
});

it('W26: whoever is in several forums chooses one once, and a button stays with the forum it was shown for', async () => {
  await using app = await aDiscordApp();
  const { discord, ana } = app;
  await setUp(app);
  const other = discord.addGuild({ name: 'Lain', members: [ana] });
  const hall = discord.addChannel({ guild: other, name: 'balai' });
  const there = (name: string, subcommand: string, options: object) =>
    discord
      .slash({ channel: hall, user: ana, name, subcommand, options: options as never, permissions: ['ManageGuild'] })
      .answered();
  await there('forum', 'setup', { name: 'Forum Lain' });
  await there('goal', 'add', { title: 'Tujuan lain' });
  await app.say('goal', 'add', { title: 'Tujuan uji' });
  const last = () => discord.directMessages(ana).at(-1)!;
  const said = async (words: string) => {
    const before = discord.directMessages(ana).length;
    discord.write(ana, words);
    await discord.until(() => discord.directMessages(ana).length === before + 2, `an answer to ${words}`);
    return last();
  };
  const asked = await said('T-1');
  const chosen = await discord.select(asked, 'Yang mana yang dimaksud?', ['Forum Lain'], ana).answered();
  expect(chosen.text).toContain('Forum Lain');
  const shown = await said('T-1');
  expect(readableText(shown)).toContain('Tujuan lain');
  // Chosen anew: the older answer's button would act elsewhere, and does not.
  expect(readableText(await said('/me forum "Forum Uji"'))).toContain('Forum Uji');
  const late = await discord.click(shown, 'Tambah indikator', ana).answered();
  expect(late.text).toContain('tidak dapat dikenali');
});

it('W25: a new server is greeted in its language with a button, and setting up goes on by buttons until all is there', async () => {
  await using app = await aDiscordApp({ fairUse: UNLIMITED });
  const { discord, ana } = app;
  const guild = discord.addGuild({ name: 'Baru', members: [ana], locale: 'en-US' });
  const hall = discord.addChannel({ guild, name: 'hall' });
  const asAdmin = { permissions: ['ManageGuild'] as const };
  discord.addGuild({ name: 'Lain', members: [ana] });
  const greeting = () => discord.messages(hall).find(one => readableText(one).includes('Start a forum'));
  await discord.until(() => greeting() !== undefined, 'the greeting');
  const form = await discord.click(greeting()!, 'Start a forum', ana, asAdmin).answered();
  const set = await discord.submitModal(form.modal, { name: 'Kota' }, ana, asAdmin).answered();
  const press = async (message: typeof set.message, label: string, values: object) => {
    const opened = await discord.click(message, label, ana, asAdmin).answered();
    return discord.submitModal(opened.modal, values as never, ana, asAdmin).answered();
  };
  const partner = await press(set.message, 'Tambah mitra', { name: 'BPBD' });
  expect(partner.text).toContain('wakil mitra, tujuan, indikator');
  const goal = await press(partner.message, 'Tambah tujuan', { title: 'Siaga' });
  expect(goal.text).toContain('wakil mitra, indikator');
  await app.say('help', '', {});
});

it('S8: what waits comes most urgent first, and one walks on to the last of it, each with its own button', async () => {
  await using app = await aDiscordApp({ fairUse: UNLIMITED });
  const { discord, ana } = app;
  await setUp(app);
  const OWN = 30;
  for (let n = 1; n <= OWN; n++) {
    await app.say('issue', 'raise', { title: `Isu ${n}`, severity: n === 12 ? 'critical' : 'low' });
    await app.say('issue', 'assign', { issue: `I-${n}`, member: ana });
  }
  for (let n = 1; n <= 3; n++) await app.say('action', 'add', { title: `Tugas ${n}` });
  const tasks = await app.say('me', 'tasks');
  expect(tasks.text).toContain(`1–8 dari ${OWN + 3}`);
  expect(tasks.text.indexOf('I-12')).toBeLessThan(tasks.text.indexOf('I-1 '));
  type Row = { components?: { label?: string; custom_id?: string }[] };
  const buttons = () =>
    tasks.message.components.flatMap(one =>
      ((one as { components?: Row[] }).components ?? []).flatMap(row => row.components ?? []),
    );
  const led = new Set<string>();
  const first = tasks.message.id;
  // Each page is the same message, and what is done meanwhile moves nobody out of sight.
  for (let page = 1; page <= 5; page++) {
    for (const { label, custom_id: id } of buttons()) if (/^1\.(is|td)\./.test(id ?? '')) led.add(`${id} ${label}`);
    if (page === 2) await app.say('issue', 'resolve', { issue: 'I-1', resolution: 'selesai' });
    if (page === 5) break;
    const turned = await discord.click(tasks.message, 'Berikutnya', ana).answered();
    expect(turned.message.id).toBe(first);
  }
  expect(led.size).toBe(OWN + 3);
  expect([...led].filter(one => one.includes('Tandai selesai A-'))).toHaveLength(3);
  expect((await discord.click(tasks.message, 'Tandai selesai A-3', ana).answered()).text).toContain('A-3');
  expect(discord.failures).toEqual([]);
});

it('S17, W27: a message made into an issue is shown before it is published, and says below where it went', async () => {
  await using app = await aDiscordApp({ fairUse: UNLIMITED });
  const { discord, ana, budi, channel } = app;
  await setUp(app);
  const said = discord.say(channel, budi, 'Tanggul retak di RT 4');
  const form = await discord
    .contextCommand({ channel, user: ana, name: 'Make this an issue', target: said })
    .answered();
  expect(JSON.stringify(form.modal.json)).toContain('Tanggul retak di RT 4');
  const made = await discord.submitModal(form.modal, {}, ana).answered();
  for (const kept of ['I-1', said.id, 'Budi']) expect(made.text).toContain(kept);
  const below = () => discord.messages(channel).filter(one => one.replyTo === said.id);
  await discord.until(() => below().length === 1, 'the line below the message');
  expect(readableText(below()[0]!)).toContain('menjadi isu I-1 Tanggul retak di RT 4');
  expect((await discord.click(below()[0]!, 'Lihat isu', budi).answered()).text).toContain('I-1');
  expect([discord.pings.users, discord.failures, app.logged]).toEqual([[], [], []]);
});
