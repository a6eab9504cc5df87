import { join } from 'node:path';
import Database from 'better-sqlite3';
import { expect, it } from 'vitest';
import { newFolder, startBot } from '../program.ts';
import { Discord } from '../wire/discord/discord.ts';

/** With it the program waits longer for a database that the test holds: how long that is depends on the machine. */
const SLOW_CLOCK = `--import ${new URL('../slow-clock.mjs', import.meta.url)}`;
/** With it the program is not cut off while the machine is too busy to end it in time. */
const SLOW_END = `--import ${new URL('../slow-end.mjs', import.meta.url)}`;

const startOn = (discord: Discord, file: string, NODE_OPTIONS = SLOW_CLOCK) =>
  startBot({ DATABASE_URL: `file:${file}`, DISCORD_TOKEN: discord.token, DISCORD_API_URL: discord.api, NODE_OPTIONS });

/** The program, once it hears from Discord. */
async function connected(discord: Discord, file: string, nodeOptions?: string) {
  const program = startOn(discord, file, nodeOptions);
  await discord.connected();
  await program.told('platform connected');
  return program;
}

it('told to end while people act, it answers all that was begun, keeps it, and ends well', async () => {
  const discord = await Discord.start({});
  const file = join(newFolder(), 'rembug.db');
  const ana = discord.addUser('Ana');
  const guild = discord.addGuild({ name: 'Forum', members: [ana] });
  const channel = discord.addChannel({ guild, name: 'umum' });
  const program = await connected(discord, file, `${SLOW_CLOCK} ${SLOW_END}`);
  const say = (name: string, subcommand: string, options: Record<string, string>) =>
    discord.slash({ channel, user: ana, name, subcommand, options, permissions: ['ManageGuild'] });
  await say('forum', 'setup', { name: 'Uji' }).answered();
  // Somebody else writes: what people do now waits, and the signal comes meanwhile.
  const other = new Database(file);
  other.exec('BEGIN IMMEDIATE');
  const begun = [1, 2, 3, 4, 5].map(n => say('goal', 'add', { title: `Tujuan ${n}` }));
  await discord.until(() => begun.every(one => one.callbackType === 5), 'the word that it takes longer');
  program.end();
  await discord.until(() => !discord.gateway.connected, 'the end of the session');
  other.exec('COMMIT');
  const answers = await Promise.all(begun.map(one => one.answered()));
  expect(answers.map(one => /T-\d/.exec(one.text)?.[0]).sort()).toEqual(['T-1', 'T-2', 'T-3', 'T-4', 'T-5']);
  expect(await program.ended).toBe(0);
  expect(other.prepare('SELECT count(*) FROM goals').pluck().get()).toBe(5);
  expect(program.logged.filter(line => /"level":"(warn|error)"/.test(line))).toEqual([]);
  other.close();
  await discord.stop();
});

it('told to end while a platform keeps it waiting to connect, it has served the rest meanwhile and ends well', async () => {
  const discord = await Discord.start({});
  const held = discord.hold({ method: 'GET', route: '/gateway/bot' });
  const program = startOn(discord, join(newFolder(), 'rembug.db'));
  const [address] = await Promise.all([program.address(), held.arrived()]);
  const health = await fetch(`${address}/healthz`);
  expect([health.status, await health.text()]).toEqual([503, expect.stringContaining('not connected')]);
  program.end();
  expect(await program.ended).toBe(0);
  expect(program.logged.filter(one => one.includes('platform connected'))).toEqual([]);
  held.release();
  await discord.stop();
});

it('told to end while an answer hangs, it ends well all the same, and what was done is kept', async () => {
  const discord = await Discord.start({});
  const file = join(newFolder(), 'rembug.db');
  const ana = discord.addUser('Ana');
  const channel = discord.addChannel({ guild: discord.addGuild({ name: 'Forum', members: [ana] }), name: 'umum' });
  const program = await connected(discord, file);
  const held = discord.hold({ method: 'POST', route: '/interactions/:interaction/:token/callback' });
  const begun = { channel, user: ana, name: 'forum', subcommand: 'setup', options: { name: 'Uji' } };
  discord.slash({ ...begun, permissions: ['ManageGuild'] });
  await held.arrived();
  program.end();
  expect(await program.ended).toBe(0);
  held.release();
  const db = new Database(file, { readonly: true });
  expect(db.prepare('SELECT name FROM forums').pluck().all()).toEqual(['Uji']);
  db.close();
  await discord.stop();
});
