import { execFileSync, spawnSync } from 'node:child_process';
import { closeSync, openSync, writeSync } from 'node:fs';
import { platform } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { expect, it, onTestFinished } from 'vitest';
import { newFolder, startBot } from '../program.ts';
import { until } from '../until.ts';
import { readableText } from '../wire/discord/compose.ts';
import { Discord } from '../wire/discord/discord.ts';

/** Makes a file that a program has open take no writes, and then take them again. */
interface Way {
  readonly name: string;
  stop(pid: number, files: readonly string[]): void;
  go(pid: number, files: readonly string[]): void;
}

/** Every write to a file fails, on open files too. Whoever runs a process may do that to it, on Linux. */
const limited: Way = {
  name: 'no file may be written',
  stop: pid => void execFileSync('prlimit', ['--pid', String(pid), '--fsize=0:unlimited']),
  go: pid => void execFileSync('prlimit', ['--pid', String(pid), '--fsize=unlimited']),
};

/** The file system refuses. */
const immutable: Way = {
  name: 'its files are immutable',
  stop(_, files) {
    // Not even a test that fails may leave what nobody can remove.
    onTestFinished(() => void spawnSync('chattr', ['-i', ...files]));
    execFileSync('chattr', ['+i', ...files]);
  },
  go: (_, files) => void execFileSync('chattr', ['-i', ...files]),
};

/** Only some file systems refuse what is open already, and only the superuser may ask for it. */
const canBeImmutable = (): boolean => {
  const file = join(newFolder(), 'probe');
  const open = openSync(file, 'w');
  try {
    if (spawnSync('chattr', ['+i', file]).status !== 0) return false;
    writeSync(open, 'x');
    return false;
  } catch {
    return true;
  } finally {
    spawnSync('chattr', ['-i', file]);
    closeSync(open);
  }
};

it.skipIf(platform() !== 'linux').each(canBeImmutable() ? [limited, immutable] : [limited])(
  'while $name, people are told that nothing was changed, and then the same process does all that is due',
  async ({ stop, go }) => {
    const discord = await Discord.start({});
    const file = join(newFolder(), 'rembug.db');
    const ana = discord.addUser('Ana');
    const guild = discord.addGuild({ name: 'Forum', members: [ana] });
    const channel = discord.addChannel({ guild, name: 'umum' });
    const news = discord.addChannel({ guild, name: 'kabar' });
    const bot = startBot({ DATABASE_URL: `file:${file}`, DISCORD_TOKEN: discord.token, DISCORD_API_URL: discord.api });
    onTestFinished(() => void bot.end('SIGKILL'));
    await discord.connected();
    await bot.told('platform connected');
    const say = async (name: string, subcommand: string, options: object = {}): Promise<string> =>
      (
        await discord
          .slash({ channel, user: ana, name, subcommand, options: options as never, permissions: ['ManageGuild'] })
          .answered()
      ).text;
    const standing = (words: string) => discord.messages(news).filter(one => readableText(one).includes(words));
    const address = await bot.address();
    const health = async (): Promise<{ ok: boolean }> =>
      (await (await fetch(`${address}/healthz`)).json()) as { ok: boolean };
    await say('forum', 'setup', { name: 'Uji', announce: news });
    await say('partner', 'add', { name: 'A' });
    await say('partner', 'assign', { member: ana, partner: 'A', role: 'representative' });
    await say('strategy', 'propose', { title: 'Sensor banjir', rationale: 'x' });
    await discord.until(() => standing('Sensor banjir').length === 1, 'the ballot');
    // One message is on its way, and while the bot stands still a vote ends and the disk turns.
    const held = discord.hold({ method: 'POST', route: '/channels/:channel/messages' });
    expect(await say('activity', 'log', { title: 'Gladi' })).toContain('K-1');
    await held.arrived();
    process.kill(bot.pid, 'SIGSTOP');
    const other = new Database(file);
    const ends = Date.now();
    other.prepare('UPDATE strategies SET closes_at = ?').run(ends);
    other.prepare("UPDATE occurrences SET due = ? WHERE kind = 'vote_closes'").run(ends);
    const files = [file, `${file}-wal`];
    stop(bot.pid, files);
    process.kill(bot.pid, 'SIGCONT');
    held.release();
    await discord.until(() => standing('Gladi').length === 1, 'the card');
    await Promise.all([bot.told('outcome not recorded yet'), bot.told('pass failed')]);
    for (const title of ['Satu', 'Dua']) expect(await say('goal', 'add', { title })).toContain('Tidak ada yang diubah');
    expect(await say('goal', 'list')).not.toMatch(/Satu|Dua/);
    expect(await health()).toEqual({ ok: false, failing: { database: 'cannot be written' } });
    go(bot.pid, files);
    expect(await say('goal', 'add', { title: 'Tiga' })).toContain('T-1');
    await discord.until(() => standing('Sensor banjir').length === 2, 'the outcome');
    expect(standing('Gladi')).toHaveLength(1);
    // An answer is good for a second to whoever asks again.
    await until(async () => (await health()).ok, 'the bot to be well');
    bot.end();
    expect(await bot.ended).toBe(0);
    expect(other.prepare('SELECT title FROM goals').pluck().all()).toEqual(['Tiga']);
    expect(other.prepare('SELECT DISTINCT state FROM deliveries').pluck().all()).toEqual(['sent']);
    expect(other.pragma('integrity_check', { simple: true })).toBe('ok');
    other.close();
    expect([discord.gateway.breaches, discord.failures]).toEqual([[], []]);
    await discord.stop();
  },
);
