import { expect, it } from 'vitest';
import { registerOnce } from '../../adapters/discord/register.ts';
import { registryOf } from '../../src/app/app.ts';
import { single } from '../../src/cluster/single.ts';
import { createLog } from '../../src/contract/log.ts';
import { aDiscordApp } from '../discord/app.ts';
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
    sharing: single(),
  };
  const scopes = () => new Set(discord.commands.map(one => one.guildId));
  await registerOnce({ ...ways, guildId: guild.id });
  expect(scopes()).toEqual(new Set([null, guild.id]));
  await registerOnce({ ...ways, guildId: undefined });
  expect(scopes()).toEqual(new Set([null]));
});
