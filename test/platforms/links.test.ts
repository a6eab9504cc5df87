import { expect, it } from 'vitest';
import { openStore } from '../../src/storage/open.ts';
import { handsOn } from './hands.ts';

it('W27: who has acted is led to the card, to its thread and to the ballot, on each platform to the one that stands there', async () => {
  await using app = await handsOn(await openStore('file::memory:'));
  const { discord, slack, guild, channel, office } = app;
  const { ana, sari } = app.hands;
  await ana.run('partner', 'add', { name: 'BPBD' });
  await ana.run('issue', 'raise', { title: 'Tanggul retak' });
  const rule = { basis: 'member', closes: '3d', urgent: 'uji' };
  await sari.run('me', 'show');
  await ana.run('strategy', 'propose', { title: 'Gladi Sabtu', rationale: 'perlu', ...rule });
  for (const words of ['I-1 Tanggul retak', 'S-1']) for (const hand of [ana, sari]) await hand.post(words);
  /** The addresses of the message in which a thing stands, as each platform writes them. */
  const addresses = (words: string) => {
    const there = discord.messages(channel).find(one => JSON.stringify(one.components).includes(words))!;
    const here = slack.messages(office).find(one => JSON.stringify(one.blocks).includes(words) && !one.ephemeralFor)!;
    return [
      `https://discord.com/channels/${guild.id}/${channel.id}/${there.id}`,
      `https://${slack.team.domain}.slack.com/archives/${office.id}/p${here.ts.replace('.', '')}`,
    ];
  };
  const ledTo = async (words: string, command: string, action: string, options: Record<string, string>) => {
    const [onDiscord, onSlack] = addresses(words);
    expect((await ana.run(command, action, options)).text).toContain(onDiscord);
    expect((await sari.run(command, action, options)).text).toContain(onSlack);
  };
  await ledTo('Tanggul retak', 'issue', 'comment', { issue: 'I-1', text: 'Sudah dilihat' });
  await ledTo('Gladi Sabtu', 'strategy', 'vote', { strategy: 'S-1', choice: 'agree' });
  // Pressed on the card itself nobody is led to where they are.
  const pressed = await (await sari.post('S-1')).press('Setuju');
  expect(pressed.text).not.toContain('/archives/');
  expect([discord.failures, app.logged]).toEqual([[], []]);
});
