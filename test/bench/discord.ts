import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { commandsJson, deployCommands } from '../../adapters/discord/register.ts';
import { registryOf } from '../../src/app/app.ts';
import { Discord } from '../wire/discord/discord.ts';
import type { Channel, User } from '../wire/discord/model.ts';
import { newFile } from './forum.ts';
import { type Measured, measure, middle } from './measure.ts';

const STARTS = 5;

const child = new URL('./platform-child.js', import.meta.url);

/** A bot in a process of its own on a Discord of its own: when it was ready, and how much memory it took by then. */
export async function started(kind: 'bare' | 'ours' | 'forgetful') {
  const discord = await Discord.start({ answerWithinMs: 3_000 });
  const ana = discord.addUser('Ana');
  const people = Array.from({ length: 64 }, (_, n) => discord.addUser(`Warga${n}`));
  const guild = discord.addGuild({ name: 'Forum', members: [ana, ...people] });
  const channel = discord.addChannel({ guild, name: 'umum' });
  const since = process.hrtime.bigint();
  const args = [kind, discord.api, discord.token, `file:${newFile()}`];
  const bot: ChildProcess = fork(child, args, { stdio: ['ignore', 'pipe', 'inherit', 'ipc'] });
  const [line] = (await once(bot.stdout!, 'data')) as [Buffer];
  const took = Number(process.hrtime.bigint() - since) / 1e6;
  await discord.connected();
  return {
    discord,
    channel,
    ana,
    people,
    took,
    memory: Number(String(line)) / 1024 / 1024,
    async stop() {
      bot.kill('SIGKILL');
      await discord.stop();
    },
  };
}

export type Bench = Awaited<ReturnType<typeof started>>;

const typed = ({ discord, channel }: { discord: Discord; channel: Channel }, user: User, name: string, sub: string) =>
  discord.slash({ channel, user, name, subcommand: sub, options: {}, permissions: ['ManageGuild'] }).answered();

/** Runs so many at once, again and again, and returns the time of each from dispatch to answer. */
async function together(times: number, one: (n: number) => Promise<unknown>): Promise<Measured> {
  const took: number[] = [];
  const begin = process.hrtime.bigint();
  for (let round = 0; round < times; round++)
    await Promise.all(
      Array.from({ length: 64 }, async (_, n) => {
        const since = process.hrtime.bigint();
        await one(n);
        took.push(Number(process.hrtime.bigint() - since) / 1e6);
      }),
    );
  const whole = Number(process.hrtime.bigint() - begin) / 1e9;
  took.sort((a, b) => a - b);
  const at = (share: number): number => took[Math.floor(took.length * share)]!;
  return { perSecond: took.length / whole, median: at(0.5), p99: at(0.99) };
}

export interface DiscordFigures {
  readonly start: { took: number; memory: number };
  readonly one: Measured;
  readonly many: Measured;
  /** Only for ours: a vote by button. */
  readonly vote?: { one: Measured; many: Measured };
}

/** The middle of some starts: when the garbage is collected differs from one to the next. */
async function startOf(kind: 'bare' | 'ours', first: Bench): Promise<DiscordFigures['start']> {
  const starts = [first];
  while (starts.length < STARTS) {
    const another = await started(kind);
    starts.push(another);
    await another.stop();
  }
  return { took: middle(starts.map(one => one.took)), memory: middle(starts.map(one => one.memory)) };
}

/** A bare discord.js client that answers "ok", on the commands that ours registers. */
export async function bareDiscord(): Promise<DiscordFigures> {
  const bench = await started('bare');
  const { api: apiUrl, token } = bench.discord;
  await deployCommands({ token, guildId: undefined, apiUrl }, commandsJson(registryOf()));
  const figures = await figuresOf(bench);
  await bench.stop();
  return { ...figures, start: await startOf('bare', bench) };
}

/** The whole bot, on a database of its own. */
export async function ourDiscord(): Promise<DiscordFigures> {
  const bench = await started('ours');
  const { discord, channel, ana, people } = bench;
  const run = (name: string, subcommand: string, options: Record<string, unknown>) =>
    discord
      .slash({ channel, user: ana, name, subcommand, options: options as never, permissions: ['ManageGuild'] })
      .answered();
  await run('forum', 'setup', { name: 'Bench', announce: channel });
  for (const person of people) await typed(bench, person, 'me', 'show');
  const figures = await figuresOf(bench);
  await run('strategy', 'propose', {
    title: 'Sirene',
    rationale: 'x',
    closes: '3d',
    basis: 'member',
    quorum: '1',
    urgent: 'uji',
  });
  await discord.until(() => discord.messages(channel).length === 1, 'the ballot');
  const ballot = discord.messages(channel)[0]!;
  const cast = (n: number) => discord.click(ballot, n % 2 ? 'Setuju' : 'Abstain', people[n % 64]!).answered();
  const vote = { one: await measure(100, n => cast(Math.abs(n))), many: await together(4, cast) };
  await bench.stop();
  return { ...figures, vote, start: await startOf('ours', bench) };
}

async function figuresOf(bench: Bench): Promise<Pick<DiscordFigures, 'one' | 'many'>> {
  const { people } = bench;
  const one = await measure(100, n => typed(bench, people[Math.abs(n) % 64]!, 'goal', 'list'));
  const many = await together(4, n => typed(bench, people[n]!, 'goal', 'list'));
  return { one, many };
}
