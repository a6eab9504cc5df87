import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import { readableText } from '../wire/slack/reading.ts';
import { Slack } from '../wire/slack/slack.ts';
import { newFile } from './forum.ts';
import type { Measured } from './measure.ts';

const VOTERS = 300;
const AT_ONCE = 20;
const LOOK_MS = 5;
const SECRET = 'stand-in-signing-secret';

export type Over = 'socket' | 'http';
type Kind = 'bare' | 'ours';

/** Orders of the process of a bot. */
export interface SlackChildOptions {
  readonly kind: Kind;
  readonly over: Over;
  readonly api: string;
  readonly botToken: string;
  readonly appToken: string;
  readonly signingSecret: string;
  readonly database: string;
}

/** Report of the process of a bot. */
export interface SlackState {
  readonly cpuMs: number;
  readonly stored: number;
}

const child = new URL('./slack-child.js', import.meta.url);

/** A bot in a process of its own on a Slack of its own: what Slack does costs the bot nothing. */
async function started(kind: Kind, over: Over) {
  const slack = await Slack.start({ answerWithinMs: 3_000 });
  const ana = slack.addUser('Ana', { handle: 'Ana', admin: true });
  const people = Array.from({ length: VOTERS }, (_, n) => slack.addUser(`Warga${n}`));
  const [channel, news] = ['umum', 'kabar'].map(name => slack.addChannel(name, { members: [ana, ...people] }));
  const options: SlackChildOptions = {
    ...{ kind, over, api: slack.api, botToken: slack.team.token, appToken: slack.appToken },
    ...{ signingSecret: SECRET, database: `file:${newFile()}` },
  };
  const bot: ChildProcess = fork(child, [JSON.stringify(options)]);
  const [port] = (await once(bot, 'message')) as [number];
  if (over === 'http') slack.http(`http://127.0.0.1:${port}/slack/events`, SECRET);
  else await slack.connected();
  return {
    ...{ slack, ana, people, news: news! },
    command: (user: typeof ana, text: string) => slack.command({ channel: channel!, user, command: '/rembug', text }),
    async look(): Promise<SlackState> {
      bot.send('look');
      return ((await once(bot, 'message')) as [SlackState])[0];
    },
    async stop() {
      bot.kill('SIGKILL');
      await slack.stop();
    },
  };
}

type Bench = Awaited<ReturnType<typeof started>>;

/** Figures of what many took, some at once; the last one is the p95. */
function figuresOf(took: number[], wholeMs: number): Measured {
  const late = took.filter(one => !Number.isFinite(one)).length;
  if (late) throw new Error(`${late} of ${took.length} were not acknowledged in the time that Slack waits`);
  took.sort((a, b) => a - b);
  const at = (share: number): number => took[Math.min(took.length - 1, Math.floor(took.length * share))]!;
  return { perSecond: (took.length * 1_000) / wholeMs, median: at(0.5), p99: at(0.95) };
}

/** Commands, some at once: until they were acknowledged, until the answer was seen, and processor time of the bot for each. */
export interface Commanded {
  readonly acknowledged: Measured;
  readonly answered: Measured;
  readonly cpuMs: number;
}

/** Asks for the goals, the next ones when the ones before are answered. */
async function commanded({ command, look, ana }: Bench, times: number, atOnce: number): Promise<Commanded> {
  const [acks, answers]: [number[], number[]] = [[], []];
  const before = await look();
  const begun = performance.now();
  for (let n = 0; n < times; n += atOnce)
    await Promise.all(
      Array.from({ length: atOnce }, async () => {
        const since = performance.now();
        const { acknowledgedAfterMs } = await command(ana, 'tujuan daftar').answered();
        acks.push(acknowledgedAfterMs ?? Number.POSITIVE_INFINITY);
        answers.push(performance.now() - since);
      }),
    );
  const whole = performance.now() - begun;
  const { cpuMs } = await look();
  return {
    acknowledged: figuresOf(acks, whole),
    answered: figuresOf(answers, whole),
    cpuMs: (cpuMs - before.cpuMs) / times,
  };
}

interface Commands {
  readonly one: Commanded;
  readonly many: Commanded;
}

async function commandsOf(bench: Bench): Promise<Commands> {
  await commanded(bench, 200, AT_ONCE);
  return { one: await commanded(bench, 200, 1), many: await commanded(bench, 400, AT_ONCE) };
}

/** A bare Bolt handler that acknowledges with "ok", which is its answer. */
export async function bareBolt(over: Over): Promise<Commands> {
  const bench = await started('bare', over);
  const figures = await commandsOf(bench);
  await bench.stop();
  return figures;
}

export interface SlackFigures extends Commands {
  /** 300 votes by button, 20 at once: acknowledgements, milliseconds until the message shows all, its edits, ballots. */
  readonly votes: {
    readonly acks: Measured;
    readonly shownMs: number;
    readonly edits: number;
    readonly stored: number;
  };
}

/** The whole bot on the real Bolt. */
export async function ourBolt(over: Over): Promise<SlackFigures> {
  const bench = await started('ours', over);
  await bench.command(bench.ana, 'forum setup "Forum Uji" announce:#kabar').answered();
  const commands = await commandsOf(bench);
  const votes = await votesOf(bench);
  await bench.stop();
  return { ...commands, votes };
}

async function votesOf({ slack, ana, people, news, command, look }: Bench): Promise<SlackFigures['votes']> {
  for (let n = 0; n < VOTERS; n += AT_ONCE)
    await Promise.all(people.slice(n, n + AT_ONCE).map(person => command(person, 'saya lihat').answered()));
  await command(ana, 'strategi usul Sirene alasan:x tutup:3d dasar:anggota kuorum:1 mendesak:uji').answered();
  while (!slack.messages(news).length) await pause(LOOK_MS);
  const ballot = slack.messages(news)[0]!;
  const editsUntilNow = () => slack.calls.filter(one => one.method === 'chat.update').length;
  const before = editsUntilNow();
  const took: number[] = [];
  const since = performance.now();
  for (let n = 0; n < VOTERS; n += AT_ONCE)
    await Promise.all(
      people.slice(n, n + AT_ONCE).map(async person => {
        const { acknowledgedAfterMs } = await slack.click(ballot, 'Setuju', person).acknowledged();
        took.push(acknowledgedAfterMs ?? Number.POSITIVE_INFINITY);
      }),
    );
  const acks = figuresOf(took, performance.now() - since);
  while (!readableText(ballot).includes(`setuju ${VOTERS} `)) await pause(LOOK_MS);
  const shownMs = performance.now() - since;
  return { acks, shownMs, edits: editsUntilNow() - before, stored: (await look()).stored };
}
