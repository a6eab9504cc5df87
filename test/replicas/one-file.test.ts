import { join } from 'node:path';
import { expect, it } from 'vitest';
import { newFolder, runProgram } from '../program.ts';
import { Discord } from '../wire/discord/discord.ts';
import { build, start } from './processes.ts';

it('beside a bot that runs on an SQLite file a second one is refused, and all else is safe', async () => {
  build();
  const discord = await Discord.start();
  const ana = discord.addUser('Ana');
  const channel = discord.addChannel({ guild: discord.addGuild({ name: 'Forum', members: [ana] }), name: 'umum' });
  const env = {
    DATABASE_URL: `file:${join(newFolder(), 'one.db')}`,
    DISCORD_TOKEN: discord.token,
    DISCORD_API_URL: discord.api,
    PORT: '0',
    METRICS_ADDRESS: '',
    LOG_FORMAT: 'json',
  };
  const running = start(env);
  await discord.connected();
  // The gateway may be up before the commands are registered; nobody can type one until then.
  await discord.until(() => discord.commands.length > 0, 'the commands');
  const say = async (name: string, subcommand: string, options: object): Promise<string> =>
    (
      await discord
        .slash({ channel, user: ana, name, subcommand, options: options as never, permissions: ['ManageGuild'] })
        .answered()
    ).text;
  expect(await say('forum', 'setup', { name: 'Uji' })).toContain('Uji');
  const second = start(env);
  expect(await new Promise(done => second.child.once('exit', done))).toBe(69);
  // A verb ends while the bot goes on; both write, one after the other.
  const { DISCORD_TOKEN: _, ...terminal } = env;
  const lines = Array.from({ length: 50 }, (_, n) => `/activity log "Terminal ${n}"`);
  const both = await Promise.all(
    Array.from({ length: 20 }, (_, n) => say('activity', 'log', { title: `Discord ${n}` })),
  );
  expect(both.filter(text => text.includes('Discord'))).toHaveLength(20);
  expect(runProgram(['migrate'], terminal).status).toBe(0);
  expect(runProgram(['demo'], terminal).status).toBe(1);
  const console = runProgram(
    ['console', '--as', 'sari'],
    terminal,
    ['/forum setup "Di Terminal"', ...lines, ''].join('\n'),
  );
  expect([console.status, console.stderr]).toEqual([0, '']);
  expect(runProgram(['console', '--as', 'sari'], terminal, '/activity list\n').stdout).toContain('Terminal 49');
  expect(await say('activity', 'list', {})).toContain('Discord 19');
  expect(await running.end()).toBe(0);
  expect(discord.gateway.breaches).toEqual([]);
  await discord.stop();
});
