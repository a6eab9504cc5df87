import { expect, it } from 'vitest';
import { endlessMaker } from '../reports/slow-maker.ts';
import { aDiscordApp } from './app.ts';

it('a report tells how far it is and is called off by its button; who waits when Rembug ends is told so', async () => {
  const maker = endlessMaker();
  await using app = await aDiscordApp({ maker });
  const { discord, channel, ana, budi } = app;
  await app.say('forum', 'setup', { name: 'Forum Uji' });
  const wait = app.putOff();
  const ask = () => discord.slash({ channel, user: ana, name: 'report', options: { from: '1/1/2026' } });
  const asked = ask();
  await asked.until(one => one.text.includes('3/12'), 'how far it is');
  const others = discord.slash({ channel, user: budi, name: 'report', options: { from: '1/1/2026' } });
  expect((await others.acknowledged()).callbackType).toBe(5);
  // The button is answered by itself, and not in the place of the report.
  wait();
  const pressed = await discord.click(asked.message, 'Batal', ana).answered();
  expect(pressed.text).toContain('Berkas tidak jadi disusun');
  expect((await asked.until(one => one.text.includes('tidak jadi'), 'the end')).text).not.toContain('3/12');
  await maker.close();
  expect((await others.answered()).text).toContain('Rembug sedang dimulai ulang');
  expect(app.logged).toEqual([]);
});
