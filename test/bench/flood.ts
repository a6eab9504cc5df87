import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import { newDatabase, startPostgres } from '../postgres.ts';
import { Discord } from '../wire/discord/discord.ts';
import type { Exchange } from '../wire/discord/exchange.ts';
import { Slack } from '../wire/slack/slack.ts';
import { newFile } from './forum.ts';
import { ms } from './measure.ts';
import { row, sectionInPieces, writePage } from './page.ts';

const FORUMS = 20;
const PEOPLE = 10;
/** A person waits this long for the first word before they do it again, milliseconds. */
const TOLD_MS = 3_000;
const MINIMUM_TOLD = 0.999;
/** Maximum of memory under the flood, as a share of what it is when nothing is done. */
const MAXIMUM_MEMORY = 1.5;
/** Maximum time until one act is answered as if nothing had been, once the flood is over and answered, milliseconds. */
const CALM_MS = 5_000;
/** The flood comes in portions: a person types, a platform delivers. */
const PORTION_MS = 50;
const WAITED_MS = 300_000;
const LOOK_MS = 10;
/** Acts before the flood, so many at once, and the rest that follows them, milliseconds. */
const WARM_UP = 1_000;
const TOGETHER = 20;
const REST_MS = 1_500;

/** Orders of the process under the flood. */
export interface FloodOptions {
  readonly database: string;
  readonly discord?: { readonly api: string; readonly token: string };
  readonly slack?: { readonly api: string; readonly botToken: string; readonly appToken: string };
}

/** Report of the process under the flood. */
export interface FloodState {
  readonly rss: number;
  readonly stored: number;
}

/** One act of the flood, as its platform knows it: when its person had the first word, and what they were told in the end. */
type Sent = Pick<Exchange, 'acknowledgedAfterMs' | 'isSettled' | 'text'>;

/** A platform with people who log activities. */
interface Stage {
  readonly options: Omit<FloodOptions, 'database'>;
  setUp(): Promise<void>;
  log(n: number): Sent;
  stop(): Promise<void>;
}

async function onDiscord(): Promise<Stage> {
  const discord = await Discord.start({ limitMs: WAITED_MS, answerWithinMs: 3_000 });
  const forums = Array.from({ length: FORUMS }, (_, f) => {
    const people = Array.from({ length: PEOPLE }, (_, n) => discord.addUser(`Warga${f}x${n}`));
    const guild = discord.addGuild({ name: `Forum ${f}`, members: people });
    return { people, channel: discord.addChannel({ guild, name: 'umum' }) };
  });
  const slash = (n: number, name: string, subcommand: string, options: Record<string, string>) => {
    const { people, channel } = forums[n % FORUMS]!;
    const user = people[Math.floor(n / FORUMS) % PEOPLE]!;
    return discord.slash({ channel, user, name, subcommand, options, permissions: ['ManageGuild'] });
  };
  return {
    options: { discord: { api: discord.api, token: discord.token } },
    async setUp() {
      await discord.connected();
      for (let f = 0; f < FORUMS; f++) await slash(f, 'forum', 'setup', { name: `Forum ${f}` }).answered();
    },
    log(n) {
      return slash(n, 'activity', 'log', { title: `Gladi ${n}` });
    },
    stop: () => discord.stop(),
  };
}

async function onSlack(): Promise<Stage> {
  const slack = await Slack.start({ limitMs: WAITED_MS, answerWithinMs: 3_000 });
  const people = Array.from({ length: PEOPLE }, (_, n) => slack.addUser(`Kerja${n}`, { admin: n === 0 }));
  const channel = slack.addChannel('umum', { members: people });
  const command = (n: number, text: string) =>
    slack.command({ channel, user: people[n % PEOPLE]!, command: '/rembug', text });
  return {
    options: { slack: { api: slack.api, botToken: slack.team.token, appToken: slack.appToken } },
    async setUp() {
      await slack.connected();
      await command(0, 'forum setup "Forum Uji"').answered();
    },
    log(n) {
      return command(n, `activity log "Gladi ${n}"`);
    },
    stop: () => slack.stop(),
  };
}

interface Figures {
  readonly sent: number;
  readonly told: number;
  readonly worst: number;
  readonly saved: number;
  readonly refused: number;
  readonly other: number;
  readonly stored: number;
  readonly memory: number;
  readonly calm: number;
  readonly lastAnswer: number;
}

/**
 * Resolves when all have been answered. They are looked at now and then: if each waited for its own, whatever happened
 * would wake thousands, and the stand-in would be slower than the bot.
 */
async function answered(sent: readonly Sent[]): Promise<void> {
  const since = performance.now();
  for (let open = sent; open.length; open = open.filter(one => !one.isSettled)) {
    if (performance.now() - since > WAITED_MS) throw new Error(`${open.length} were not answered`);
    await pause(LOOK_MS);
  }
}

/** The figures of one rate, on a bot that has done nothing yet but set its forums up. */
async function floodOf(stage: Stage, database: string, rate: number, seconds: number): Promise<Figures> {
  const options: FloodOptions = { database, ...stage.options };
  const child: ChildProcess = fork(new URL('./flood-child.js', import.meta.url), [JSON.stringify(options)]);
  let last: Promise<unknown> = Promise.resolve();
  const asked = (what: 'memory' | 'stored'): Promise<FloodState> => {
    const next = last.then(async () => {
      child.send(what);
      return ((await once(child, 'message')) as [FloodState])[0];
    });
    last = next;
    return next;
  };
  await once(child, 'message');
  await stage.setUp();
  // Compiling and remembering once is no part of the flood: idle is a bot that has worked and has nothing to do.
  for (let n = 0; n < WARM_UP; n += TOGETHER)
    await answered(Array.from({ length: TOGETHER }, (_, i) => stage.log(1_000_000 + n + i)));
  await pause(REST_MS);
  const idle = await asked('stored');
  const sent: Sent[] = [];
  let most = idle.rss;
  const watch = setInterval(async () => {
    most = Math.max(most, (await asked('memory')).rss);
  }, 1_000);
  const begun = performance.now();
  while (performance.now() - begun < seconds * 1_000) {
    const due = Math.floor(((performance.now() - begun) / 1_000) * rate);
    while (sent.length < due) sent.push(stage.log(sent.length));
    await pause(PORTION_MS);
  }
  const over = performance.now();
  await answered(sent);
  const lastAnswer = performance.now() - over;
  clearInterval(watch);
  const texts = sent.map(one => one.text);
  const since = performance.now();
  await answered([stage.log(2_000_000)]);
  const calm = performance.now() - since;
  await pause(REST_MS);
  const after = await asked('stored');
  child.kill('SIGKILL');
  await once(child, 'exit');
  const waits = sent.map(one => one.acknowledgedAfterMs ?? Number.POSITIVE_INFINITY);
  const saved = texts.filter(text => text.includes('tercatat')).length;
  const refused = texts.filter(text => text.includes('sangat sibuk')).length;
  return {
    sent: sent.length,
    told: waits.filter(wait => wait <= TOLD_MS).length,
    worst: Math.max(...waits),
    saved,
    refused,
    other: sent.length - saved - refused,
    // Counts neither those before the flood nor the one behind it.
    stored: after.stored - idle.stored - 1,
    memory: Math.max(most, after.rss) / idle.rss,
    calm,
    lastAnswer,
  };
}

/**
 * More commands than can be done, on each platform and database. Throws where too many people hear nothing in time, what
 * was told as saved is not what is stored, memory grows, or all is not as before afterwards.
 */
export async function flood(seconds: number, rates: readonly number[], only: string | undefined): Promise<void> {
  sectionInPieces(
    'Flood',
    '| platform, database, commands a second | sent | told within 3 s | the slowest | saved | refused kindly | stored | memory of idle | the last answer | one act afterwards |',
    `Written by \`npm run bench -- flood --seconds ${seconds}\`: ${FORUMS} forums on Discord, one on Slack, log activities; the stand-in of the`,
    'platform runs on the same machine. *Refused kindly*: told that Rembug is busy and nothing was saved, before anything was begun.',
    '*The last answer*: when everybody had the whole answer, from the end of the flood.',
  );
  const wrong: string[] = [];
  for (const [platform, open] of [['Discord', onDiscord] as const, ['Slack', onSlack] as const])
    for (const database of ['SQLite', 'PostgreSQL'] as const) {
      const name = `${platform}, ${database}`;
      if (only && !name.toLowerCase().includes(only.toLowerCase())) continue;
      const server = database === 'PostgreSQL' ? await startPostgres() : null;
      for (const rate of rates) {
        const stage = await open();
        const figures = await floodOf(
          stage,
          server ? await newDatabase(server.url) : `file:${newFile()}`,
          rate,
          seconds,
        );
        await stage.stop();
        const { sent, told, worst, saved, refused, other, stored, memory, calm, lastAnswer } = figures;
        const label = `${name}, ${rate}`;
        row(
          label,
          String(sent),
          `${((100 * told) / sent).toFixed(2)}%`,
          ms(worst),
          String(saved),
          String(refused),
          String(stored),
          `${memory.toFixed(2)}×`,
          ms(lastAnswer),
          ms(calm),
        );
        // A run that is ended early leaves what it has measured.
        writePage();
        if (told < sent * MINIMUM_TOLD) wrong.push(`${label}: ${sent - told} of ${sent} were not told in time`);
        if (other) wrong.push(`${label}: ${other} were told something else`);
        if (stored !== saved) wrong.push(`${label}: ${saved} were told as saved, and ${stored} are stored`);
        if (memory > MAXIMUM_MEMORY) wrong.push(`${label}: memory grew to ${memory.toFixed(2)}×`);
        if (calm > CALM_MS) wrong.push(`${label}: one act afterwards took ${ms(calm)}`);
      }
      await server?.stop();
    }
  if (wrong.length) process.exitCode = 1;
  for (const one of wrong) console.error(`wrong: ${one}`);
}
