import { expect, it } from 'vitest';
import { endlessMaker } from '../reports/slow-maker.ts';
import { aDiscordApp } from './app.ts';

it('Y10: a report and an export tell how far they are and are called off by a button; the end of Rembug is told', async () => {
  const maker = endlessMaker();
  await using app = await aDiscordApp({ maker });
  const { discord, channel, ana, budi } = app;
  await app.say('forum', 'setup', { name: 'Forum Uji' });
  const calls = [
    { name: 'report', options: { from: '1/1/2026' } },
    { name: 'me', subcommand: 'export', options: {} },
  ];
  for (const call of calls) {
    const wait = app.putOff();
    const asked = discord.slash({ channel, user: ana, ...call });
    await asked.until(one => one.text.includes('3/12'), 'how far it is');
    // The button is answered by itself, and not in the place of what is made.
    wait();
    const pressed = await discord.click(asked.message, 'Batal', ana).answered();
    expect(pressed.text).toContain('Berkas tidak jadi disusun');
    expect((await asked.until(one => one.text.includes('tidak jadi'), 'the end')).text).not.toContain('3/12');
  }
  app.putOff();
  const others = discord.slash({ channel, user: budi, name: 'report', options: { from: '1/1/2026' } });
  await others.until(one => one.text.includes('3/12'), 'how far the other one is');
  await maker.close();
  await others.until(one => one.text.includes('Rembug sedang dimulai ulang'), 'the end of Rembug');
  expect(app.logged).toEqual([]);
});
