import { and, eq, isNotNull, sql } from 'drizzle-orm';
import pg from 'pg';
import { DOUBTFUL } from '../../src/delivery/delivery.ts';
import { openStore } from '../../src/storage/open.ts';
import type { Store } from '../../src/storage/store.ts';
import { readableText } from '../wire/discord/compose.ts';
import { Discord } from '../wire/discord/discord.ts';
import { readableText as readableOnSlack } from '../wire/slack/reading.ts';
import { Slack } from '../wire/slack/slack.ts';
import { type Done, onDiscord, onSlack, type Person } from './people.ts';
import { build, healthOf, type Running, start } from './processes.ts';

const SHARDS = 6;
const PROCESSES = 3;
const NAME = 'Forum Badai';
/** Announcements count for many acts: more often, fair use would say no. */
const ANNOUNCE_EVERY = 10;
/** Two acts in this time: fair use lets nobody act more than once a second for long, however fast the machine answers. */
const ROUND_MS = 2_500;
/** Minimum of rounds that everybody acts, however slow the machine is. */
const ROUNDS = 2;
const CHOICES = ['agree', 'disagree', 'abstain'] as const;

/** Blows to the processes and to their database. */
export type Blow = 'kill' | 'cut' | 'restart';

export interface StormOptions {
  readonly blows: readonly Blow[];
  readonly pauseMs: number;
  /** On each platform. */
  readonly people: number;
  /** Everything has come to rest within this time after the last blow. */
  readonly restMs: number;
  readonly database: { readonly url: string; pause(): Promise<void>; start(): Promise<void> };
}

const sleep = (ms: number): Promise<void> => new Promise(done => setTimeout(done, ms));

/** Ends every connection of the bot's to the database. */
async function cut(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.query("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'rembug'");
  await client.end();
}

/** For how long each shard was held by nobody, whenever that was. */
function watchShards(discord: Discord) {
  const gone = new Map<number, number>();
  const outages: number[] = [];
  const look = (): void => {
    const held = discord.gateway.held;
    for (let shard = 0; shard < SHARDS; shard++) {
      const since = gone.get(shard);
      if (held.includes(shard)) {
        if (since !== undefined) outages.push(performance.now() - since);
        gone.delete(shard);
      } else if (since === undefined) gone.set(shard, performance.now());
    }
  };
  const timer = setInterval(look, 50);
  return { outages, stop: () => clearInterval(timer) };
}

/** A forum on Discord in a server of every shard, and on Slack; people in each. */
async function aForum(discord: Discord, slack: Slack, people: number, isOver: () => boolean) {
  const ana = discord.addUser('Ana');
  const gamers = Array.from({ length: people }, (_, n) => discord.addUser(`Warga${n}`));
  const guilds: ReturnType<Discord['addGuild']>[] = [];
  const channels: ReturnType<Discord['addChannel']>[] = [];
  // A server's shard is told by the millisecond of its making: until every shard has one.
  for (let shards = new Set<number>(); shards.size < SHARDS; await sleep(1)) {
    const guild = discord.addGuild({ name: `Kota ${channels.length}`, members: [ana, ...gamers] });
    shards.add(Number((BigInt(guild.id) >> 22n) % BigInt(SHARDS)));
    guilds.push(guild);
    channels.push(discord.addChannel({ guild, name: 'umum' }));
  }
  const news = discord.addChannel({ guild: guilds[0]!, name: 'kabar' });
  const workers = Array.from({ length: people }, (_, n) => slack.addUser(`Kerja${n}`));
  const office = slack.addChannel('kantor', { members: workers });
  const board = slack.addChannel('papan', { members: workers });
  return {
    news,
    board,
    coordinator: onDiscord(discord, channels[0]!, ana, isOver),
    /** Everybody on Discord acts in a server of their own, spread over all shards. */
    people: [
      ...gamers.map((user, n) => onDiscord(discord, channels[n % channels.length]!, user, isOver)),
      ...workers.map(user => onSlack(slack, office, user, isOver)),
    ],
    /** The other servers and the workspace belong to the forum as well, as if they had joined it long ago. */
    async joinAll(store: Store) {
      const [made] = await store.read.select().from(store.tables.forums);
      const forumId = made!.id;
      const at = made!.createdAt;
      const others = [
        ...guilds.slice(1).map(({ id }) => ({ platform: 'discord' as const, workspace: id })),
        { platform: 'slack' as const, workspace: slack.team.id },
      ];
      await store.write(forumId, async tx => {
        const { places, channels: posts } = tx.tables;
        await tx
          .insert(places)
          .values(others.map(one => ({ ...one, forumId, name: one.workspace, joinedAt: at, leftAt: null })));
        const here = { platform: 'slack' as const, workspace: slack.team.id, channel: board.id, name: 'papan' };
        await tx.insert(posts).values({ forumId, purpose: 'announce', ...here });
      });
    },
  };
}

/** Runs the bot in three processes, lets people act without end, and strikes; tells what was lost and what was doubled. */
export async function storm({ blows, pauseMs, people, restMs, database }: StormOptions) {
  build();
  const discord = await Discord.start({ shards: SHARDS });
  const slack = await Slack.start();
  const env = {
    DATABASE_URL: database.url,
    DISCORD_TOKEN: discord.token,
    DISCORD_API_URL: discord.api,
    SLACK_BOT_TOKEN: slack.team.token,
    SLACK_APP_TOKEN: slack.appToken,
    SLACK_API_URL: slack.api,
    PORT: '0',
    METRICS_ADDRESS: '',
    LOG_FORMAT: 'json',
  };
  const crew: Running[] = Array.from({ length: PROCESSES }, () => start(env));
  const all: Running[] = [...crew];
  let over = false;
  const forum = await aForum(discord, slack, people, () => over);
  const isWhole = () => discord.gateway.held.length === SHARDS && slack.socket.connections >= PROCESSES;
  await Promise.all([
    discord.until(() => discord.gateway.held.length === SHARDS, 'all shards'),
    slack.until(() => slack.socket.connections === PROCESSES, 'all sockets'),
  ]);

  await forum.coordinator.say('forum', 'setup', { name: NAME, announce: forum.news });
  const store = await openStore(database.url);
  await forum.joinAll(store);
  await Promise.all(forum.people.map(person => person.say('me', 'show')));
  await forum.coordinator.say('strategy', 'propose', {
    title: 'Sirene',
    rationale: 'aman',
    closes: '3d',
    basis: 'member',
    quorum: '1',
    urgent: 'uji',
  });

  const watch = watchShards(discord);
  let calm = false;
  const logged = new Map<string, Done>();
  const voted = new Map<string, string>();
  const strange: string[] = [];
  const live = async (person: Person, n: number): Promise<void> => {
    const choice = CHOICES[n % CHOICES.length]!;
    for (let round = 0; !calm || round < ROUNDS; round++) {
      const vote = await person.say('strategy', 'vote', { strategy: 'S-1', choice });
      if (/S-1/.test(vote.text)) voted.set(person.name, choice);
      else strange.push(vote.text);
      const title = `Gladi-${person.name}-${round}-`;
      const done = await person.say('activity', 'log', { title });
      if (done.text.includes(title)) logged.set(title, done);
      else strange.push(done.text);
      await sleep(ROUND_MS);
    }
  };
  const lives = Promise.all(forum.people.map(live));
  const announced: string[] = [];
  /** The coordinator announces and confirms, however often it takes to be told that it is sent. */
  const announce = async (n: number): Promise<void> => {
    const content = `Siaga-${n}-`;
    await forum.coordinator.say('forum', 'announce', { text: content });
    const { announcements: a } = store.tables;
    const [written] = await store.read.select({ number: a.number }).from(a).where(eq(a.content, content)).limit(1);
    await forum.coordinator.say('forum', 'send', { announcement: String(written!.number) });
    announced.push(content);
  };
  let saidIll = 0;
  let next = 0;
  for (const [n, blow] of blows.entries()) {
    const announcing = n % ANNOUNCE_EVERY === 3 && announce(n);
    await sleep(pauseMs);
    if (blow === 'cut') await cut(database.url);
    else if (blow === 'kill') {
      const at = next++ % PROCESSES;
      await crew[at]!.kill();
      crew[at] = start(env);
      all.push(crew[at]);
    } else {
      // A process that is only starting when its database goes ends with 69, and whoever started it starts it again.
      while (crew.some(one => one.child.exitCode === null && !one.port())) await sleep(50);
      await database.pause();
      const told = await Promise.all(crew.filter(one => one.port()).map(healthOf));
      saidIll += told.filter(one => one.status === 503 && one.failing.database).length;
      await database.start();
    }
    await announcing;
  }
  await sleep(pauseMs);
  calm = true;
  await lives;
  const rest = performance.now() + restMs;
  while (performance.now() < rest && !(isWhole() && (await waiting(store)) === 0)) await sleep(250);
  const well = await Promise.all(crew.map(healthOf));
  watch.stop();
  over = true;
  const codes = await Promise.all(crew.map(one => one.end()));
  const report = {
    well: well.map(one => one.status),
    saidIll,
    codes,
    outages: watch.outages,
    breaches: discord.gateway.breaches,
    failures: [...discord.failures, ...slack.failures.filter(one => !one.includes('operation_timeout'))],
    pings: [discord.pings, slack.pings],
    unheard: all.flatMap(one => one.lines).filter(line => /unhandled|uncaught|^\s+at /i.test(line)),
    strange,
    acts: { logged: logged.size, voters: voted.size, announced: announced.length },
    ...(await account(store, logged, voted, announced, {
      discord: discord.messages(forum.news).map(readableText),
      slack: slack.messages(forum.board).map(readableOnSlack),
    })),
  };
  await store.close();
  await Promise.all([discord.stop(), slack.stop()]);
  return report;
}

async function waiting(store: Store): Promise<number> {
  const { deliveries: d } = store.tables;
  return (await store.read.select({ seq: d.seq }).from(d).where(isNotNull(d.nextAt)).limit(1)).length;
}

/** Compares what people were told with what is recorded, and what is recorded with what stands. */
async function account(
  store: Store,
  logged: ReadonlyMap<string, Done>,
  voted: ReadonlyMap<string, string>,
  announced: readonly string[],
  cards: Readonly<Record<'discord' | 'slack', readonly string[]>>,
) {
  const { activities: a, announcements: n, ballots: b, members: m, deliveries: d } = store.tables;
  const rows = await store.read.select({ number: a.number, title: a.title }).from(a);
  const times = (title: string): number => rows.filter(row => row.title === title).length;
  const inForce = await store.read
    .select({ name: sql<string>`lower(${m.name})`, choice: b.choice })
    .from(b)
    .innerJoin(m, and(eq(m.forumId, b.forumId), eq(m.number, b.castBy)))
    .where(eq(b.inForce, true));
  const deliveries = await store.read.select().from(d);
  const recorded = new Set(
    deliveries.filter(one => one.reason === DOUBTFUL).map(one => `${one.platform}:${one.topic}:${one.subject}`),
  );
  const ends = { lost: [] as string[], doubled: [] as string[] };
  /** Compares how often something stands on each platform with how often it should. */
  const stands = (topic: string, mark: RegExp, numbers: readonly number[]): void => {
    for (const platform of ['discord', 'slack'] as const) {
      const extra = cards[platform].filter(text => mark.test(text)).length - numbers.length;
      if (extra < 0) ends.lost.push(`${platform}: ${mark.source}`);
      const known = numbers.filter(number => recorded.has(`${platform}:${topic}:${number}`)).length;
      if (extra > known) ends.doubled.push(`${platform}: ${mark.source}`);
    }
  };
  // A person who was not answered does the same again under the same title; both may stand in one message, a line each.
  for (const { number, title } of rows) stands('activity', new RegExp(`K-${number}\\b.*${title}`, 's'), [number]);
  for (const content of announced) {
    const sent = and(eq(n.content, content), isNotNull(n.sentAt));
    const made = await store.read.select({ number: n.number }).from(n).where(sent);
    const numbers = made.map(one => one.number);
    stands('announcement', new RegExp(content), numbers);
    if (made.length !== 1) ends.lost.push(`announced ${made.length} times: ${content}`);
  }
  return {
    lostActs: [...logged.keys()].filter(title => times(title) === 0),
    doubledActs: [...logged].filter(([title, { inFlight }]) => times(title) > 1 + inFlight).map(([title]) => title),
    lostVotes: [...voted].filter(
      ([name, choice]) => !inForce.some(one => one.name === name.toLowerCase() && one.choice === choice),
    ),
    doubledVotes: inForce.filter((one, n) => inForce.findIndex(other => other.name === one.name) !== n),
    lostPosts: ends.lost,
    doubledPosts: ends.doubled,
    stuck: deliveries
      .filter(one => !['sent', 'suppressed'].includes(one.state))
      .map(one => `${one.occurrence} ${one.state}`),
    inFlight: [...logged.values()].reduce((sum, one) => sum + one.inFlight, 0),
    sentAgain: recorded.size,
  };
}
