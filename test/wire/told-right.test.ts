import { expect, it } from 'vitest';
import { aDiscordApp } from '../discord/app.ts';
import { readableText } from './discord/compose.ts';

const SECONDARY = 2;

interface Piece {
  readonly type?: number;
  readonly style?: number;
  readonly custom_id?: string;
  readonly components?: readonly Piece[];
}

const all = (pieces: readonly Piece[]): Piece[] => pieces.flatMap(one => [one, ...all(one.components ?? [])]);

it('W11, W21, W22: addresses lead there, what asks for attention has no tick, and no choice is coloured', async () => {
  await using app = await aDiscordApp();
  const { discord, guild, news, say } = app;
  const room = discord.addChannel({ guild, name: 'koor' });
  await say('forum', 'setup', { name: 'Uji', announce: news, issues: news, coordinators: room });
  const addresses = ['https://maps.example/@-6.9,107.6,15z', 'info@hereford.example'];
  await say('issue', 'raise', { title: `Sirene rusak ${addresses.join(' ')} @everyone`, severity: 'critical' });
  const card = await discord.until(
    () => discord.messages(news).find(one => readableText(one).includes('Sirene rusak')),
    'the card',
  );
  for (const address of addresses) expect(readableText(card)).toContain(address);
  expect(readableText(card)).not.toContain('@everyone');
  await say('issue', 'escalate', { issue: 'I-1', reason: 'Air naik' });
  const asked = await discord.until(
    () => discord.messages(room).find(one => readableText(one).includes('I-1')),
    'the escalation',
  );
  expect(readableText(asked)).not.toMatch(/^\W*✔/);
  const proposed = await say('strategy', 'propose', {
    title: 'Usul',
    rationale: 'y',
    closes: '3d',
    basis: 'member',
    quorum: '1',
    urgent: 'uji',
  });
  expect(proposed.text).toContain('S-1');
  const ballot = await discord.until(
    () => discord.messages(news).find(one => JSON.stringify(one.components).includes('.sv.')),
    'the ballot',
  );
  const choices = all(ballot.components as unknown as readonly Piece[]).filter(one => one.custom_id?.includes('.sv.'));
  expect(choices.length).toBeGreaterThan(2);
  expect(new Set(choices.map(one => one.style))).toEqual(new Set([SECONDARY]));
  for (const message of [card, asked, ballot]) expect(message.pings).toMatchObject({ everyone: false });
  expect(discord.failures).toEqual([]);
});

it('W24: what is done is not offered to be done, and no page is an option that people see', async () => {
  await using app = await aDiscordApp();
  const { discord, ana: user, channel, news, say } = app;
  await say('forum', 'setup', { name: 'Uji', announce: news });
  await say('activity', 'log', { title: 'Gladi' });
  await say('activity', 'plan', { title: 'Rapat', date: '2027-05-01' });
  const offered = async (subcommand: string) => {
    const asked = { channel, user, name: 'activity', subcommand, focused: 'activity', options: { activity: '' } };
    return (await discord.autocomplete(asked).answered()).choices.map(one => String(one.value)).sort();
  };
  expect(await offered('done')).toEqual(['K-2']);
  expect(await offered('show')).toEqual(['K-1', 'K-2']);
  const registered = JSON.stringify(discord.commands.map(one => one.json));
  for (const name of ['page', 'cursor']) expect(registered).not.toContain(`"name":"${name}"`);
  expect(discord.failures).toEqual([]);
});
