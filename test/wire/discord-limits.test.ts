import { DiscordAPIError, REST } from 'discord.js';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { holdClock } from '../hurry.ts';
import { Discord } from './discord/discord.ts';
import type { JsonObject } from './discord/json.ts';
import { checkModal } from './discord/limits/modals.ts';
import type { Channel } from './discord/model.ts';

let discord: Discord;
let rest: REST;
let channel: Channel;

beforeAll(async () => {
  discord = await Discord.start();
  rest = new REST({ api: discord.api, version: '10' }).setToken(discord.token);
  channel = discord.addChannel({ guild: discord.addGuild({ name: 'Forum' }), name: 'umum' });
});

afterAll(() => discord.stop());

/** The code of the refusal, or 'accepted'. */
async function outcome(call: Promise<unknown>): Promise<unknown> {
  return call.then(
    () => 'accepted',
    error => (error instanceof DiscordAPIError ? error.code : error),
  );
}

const post = (body: object) => outcome(rest.post(`/channels/${channel.id}/messages`, { body }));
const put = (...body: object[]) => outcome(rest.put(`/applications/${discord.world.applicationId}/commands`, { body }));

const text = (content: string) => ({ type: 10, content });
const button = (custom_id: string, label = 'Ya') => ({ type: 2, style: 1, custom_id, label });
const row = (...components: object[]) => ({ type: 1, components });
const v2 = (...components: object[]) => ({ flags: 1 << 15, components });
const menu = (count: number) => ({
  type: 3,
  custom_id: 'm',
  options: Array.from({ length: count }, (_, i) => ({ label: `Pilihan ${i}`, value: `${i}` })),
});

describe('messages', () => {
  it.each([
    ['2,000 characters', { content: 'a'.repeat(2000) }, 'accepted'],
    ['2,001 characters', { content: 'a'.repeat(2001) }, 50035],
    ['nothing but space', { content: '  ' }, 50006],
    ['a nonce of 26', { content: 'a', nonce: 'n'.repeat(26) }, 50035],
    ['a field name of 257', { embeds: [{ fields: [{ name: 'a'.repeat(257), value: 'b' }] }] }, 50035],
    ['6,001 characters of embeds', { embeds: [4096, 1905].map(n => ({ description: 'a'.repeat(n) })) }, 50035],
    ['40 components', v2(...Array.from({ length: 40 }, () => text('a'))), 'accepted'],
    ['41 components, nested', v2({ type: 17, components: Array.from({ length: 40 }, () => text('a')) }), 50035],
    ['4,000 characters over components', v2(text('a'.repeat(2000)), text('a'.repeat(2000))), 'accepted'],
    ['4,001 characters over components', v2(text('a'.repeat(2000)), text('a'.repeat(2001))), 50035],
    ['content beside V2 components', { content: 'a', ...v2(text('a')) }, 50035],
    ['a text display without the flag', { content: 'a', components: [text('a')] }, 50035],
    ['five buttons', { content: 'a', components: [row(...['1', '2', '3', '4', '5'].map(i => button(i)))] }, 'accepted'],
    ['six buttons', { content: 'a', components: [row(...['1', '2', '3', '4', '5', '6'].map(i => button(i)))] }, 50035],
    ['a custom_id twice', { content: 'a', components: [row(button('1')), row(button('1'))] }, 50035],
    ['a custom_id of 101', { content: 'a', components: [row(button('1'.repeat(101)))] }, 50035],
    ['a label of 81', { content: 'a', components: [row(button('1', 'a'.repeat(81)))] }, 50035],
    ['26 options', { content: 'a', components: [row(menu(26))] }, 50035],
    ['a section without accessory', v2({ type: 9, components: [text('a')] }), 50035],
    ['a picture that was not sent', v2({ type: 12, items: [{ media: { url: 'attachment://x.png' } }] }), 50035],
    [
      '101 mentioned ids',
      { content: 'a', allowed_mentions: { users: Array.from({ length: 101 }, (_, i) => `${i}`) } },
      50035,
    ],
  ])('with %s are answered rightly', async (_, body, expected) => {
    expect(await post(body)).toBe(expected);
  });
});

describe('commands', () => {
  const command = (more: object) => ({ name: 'catat', description: 'Catat', ...more });
  const option = (more: object) => ({ type: 3, name: 'judul', description: 'Judul', ...more });
  it.each([
    ['25 options', command({ options: Array.from({ length: 25 }, (_, i) => option({ name: `o${i}` })) }), 'accepted'],
    ['26 options', command({ options: Array.from({ length: 26 }, (_, i) => option({ name: `o${i}` })) }), 50035],
    ['an upper-case name', command({ name: 'Catat' }), 50035],
    ['a space in a localised name', command({ name_localizations: { id: 'catat ini' } }), 50035],
    ['an unknown locale', command({ name_localizations: { xx: 'catat' } }), 50035],
    [
      'a required option after an optional',
      command({ options: [option({}), option({ name: 'b', required: true })] }),
      50035,
    ],
    [
      'choices and autocomplete',
      command({ options: [option({ autocomplete: true, choices: [{ name: 'a', value: 'a' }] })] }),
      50035,
    ],
    [
      'two names alike in one language',
      command({ options: [option({}), option({ name: 'b', name_localizations: { id: 'judul' } })] }),
      50035,
    ],
    [
      '8,001 characters',
      command({
        options: Array.from({ length: 4 }, (_, i) =>
          option({
            name: `o${i}`,
            choices: Array.from({ length: 25 }, (_, j) => ({ name: `${j}`.padEnd(80, 'a'), value: `${j}` })),
          }),
        ),
      }),
      50035,
    ],
  ])('with %s are answered rightly', async (_, body, expected) => {
    expect(await put(body)).toBe(expected);
  });

  it('keep their ids when they are replaced by their like', async () => {
    await put(command({}));
    const before = discord.commands[0]?.id;
    await put(command({ description: 'Baru' }), command({ name: 'lain' }));
    expect(discord.commands.find(c => c.json.name === 'catat')?.id).toBe(before);
  });
});

describe('modals', () => {
  const input = { type: 4, custom_id: 'a', style: 1 };
  const label = (more: JsonObject = {}, component: JsonObject = input) => ({
    type: 18,
    label: 'Judul',
    component,
    ...more,
  });
  const modal = (more: JsonObject) => () =>
    checkModal({ custom_id: 'm', title: 'Catat', components: [label()], ...more });
  const many = (count: number) => Array.from({ length: count }, (_, i) => label({}, { ...input, custom_id: `${i}` }));

  it.each([
    ['six components', modal({ components: many(6) })],
    ['a title of 46', modal({ title: 'a'.repeat(46) })],
    ['a label of 46', modal({ components: [label({ label: 'a'.repeat(46) })] })],
    [
      'a prefilled text beyond its own limit',
      modal({ components: [label({}, { ...input, max_length: 3, value: 'abcd' })] }),
    ],
    ['a disabled field', modal({ components: [label({}, { ...input, disabled: true })] })],
    [
      'one radio option',
      modal({ components: [label({}, { type: 21, custom_id: 'r', options: [{ label: 'a', value: 'a' }] })] }),
    ],
  ])('with %s are refused', (_, check) => {
    expect(check).toThrow('Invalid Form Body');
  });

  it('with five labelled fields are taken', () => {
    expect(modal({ components: many(5) })).not.toThrow();
  });
});

describe('the global limit', () => {
  it('takes 50 calls a second from a bot, and all those of an interaction', async () => {
    const clock = holdClock();
    const own = await Discord.start();
    const ask = async (path: string, headers: Record<string, string>) => {
      const { status, headers: answered } = await fetch(`${own.api}/v10${path}`, { headers });
      return status === 429 ? answered.get('x-ratelimit-scope') : status;
    };
    const bot = { authorization: `Bot ${own.token}` };
    const byBot = async () => [await ask('/users/@me', bot), await ask('/gateway/bot', bot)];
    for (let n = 0; n < 24; n++) expect(await byBot()).toEqual([200, 200]);
    expect(await byBot()).toEqual([200, 200]);
    expect(await byBot()).toEqual(['global', 'global']);
    expect(await ask(`/webhooks/${own.world.applicationId}/token/messages/@original`, {})).toBe(404);
    clock.leap(1_000);
    expect(await byBot()).toEqual([200, 200]);
    await own.stop();
  });
});
