import { parseArgs } from 'node:util';
import Database from 'better-sqlite3';
import type { Act } from '../../src/contract/act.ts';
import { claim } from '../../src/delivery/claims.ts';
import { createRecorder } from '../../src/delivery/recorder.ts';
import { strategyByNumber } from '../../src/domain/strategies/store.ts';
import { catalogue } from '../../src/language/messages.ts';
import { runDue } from '../../src/schedule/run.ts';
import { ballotCard } from '../../src/views/ballot.ts';
import { assessments } from './assessments.ts';
import { buildsBeside, measuredIn } from './beside.ts';
import { calendar } from './calendar.ts';
import { charts, chartsBeside } from './charts.ts';
import { demo } from './demo.ts';
import { bareDiscord, ourDiscord } from './discord.ts';
import { fairUse } from './fair-use.ts';
import { files } from './files.ts';
import { fills } from './fills.ts';
import { flood } from './flood.ts';
import { aForum, fillVote, newFile, START } from './forum.ts';
import { fuzz } from './fuzz.ts';
import { imports } from './imports.ts';
import { liveIndicators } from './indicators.ts';
import { install } from './install.ts';
import { large } from './large.ts';
import { lists } from './lists.ts';
import { type Measured, measure, ms, ratio } from './measure.ts';
import { meetings } from './meetings.ts';
import { monday } from './monday.ts';
import { oracle } from './oracle.ts';
import { atMost, row, section, shown, writePage } from './page.ts';
import { polls } from './polls.ts';
import { processor } from './processor.ts';
import { replicas } from './replicas.ts';
import { reports } from './reports.ts';
import { scale } from './scale.ts';
import { barePage, publicPage } from './site.ts';
import { bareBolt, type Over, ourBolt } from './slack.ts';
import { soak } from './soak.ts';
import { standards } from './standards.ts';
import { start } from './start.ts';
import { status } from './status.ts';
import { longStorm } from './storm.ts';
import { views } from './views.ts';
import { votesOnPostgres } from './votes-postgres.ts';

const LARGE = 100_000;

/** A bare insert in its own transaction, as durable as ours: the floor of everything that writes. */
async function floor(): Promise<Measured> {
  const db = new Database(newFile());
  db.pragma('journal_mode = WAL');
  db.pragma('synchronous = FULL');
  db.exec('CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, b TEXT) STRICT');
  const insert = db.prepare('INSERT INTO t (a, b) VALUES (?, ?)');
  const measured = await measure(2000, i => insert.run(`a${i}`, 'b'));
  db.close();
  return measured;
}

async function acts(): Promise<void> {
  const bare = await floor();
  const forum = await aForum();
  section('Acts', '| what | rate | median | p99 | of a bare insert |');
  row('a bare better-sqlite3 insert, synchronous=FULL', ...shown(bare), '1×');
  const core = await measure(400, i => forum.bot.perform(act(`/activity log "Kegiatan ${i}" participants:5`, `c${i}`)));
  row('`/activity log` through the core', ...shown(core), ratio(core.median, bare.median));
  const whole = await measure(400, i => forum.run(`/activity log "Kegiatan ${i}" participants:5`));
  row('`/activity log` through the whole console', ...shown(whole), ratio(whole.median, bare.median));
  const read = await measure(400, () => forum.bot.perform(act('/activity show K-1', `r${Math.random()}`)));
  row('`/activity show` through the core', ...shown(read), ratio(read.median, bare.median));
  const judged = await fairUse();
  row('judging 1,000 acts by fair use, 40,000 persons remembered', ...shown(judged), ratio(judged.median, bare.median));
  await forum.store.close();
}

const act = (line: string, key: string, ask: Act['ask'] = { kind: 'typed', line }): Act => ({
  key,
  place: { platform: 'console', workspace: 'local', channel: null },
  who: { account: 'sari', home: '', name: 'sari', admin: true },
  ask,
  memberOf: () => null,
  channelOf: () => null,
});

async function votes(): Promise<void> {
  const [, other] = buildsBeside(values.beside);
  const before = other && measuredIn(other, 'votes');
  other?.remove();
  section(
    'Votes',
    `| what | 100 ballots | ${LARGE.toLocaleString('en')} | grows by |${other ? ` ${other.name} | of its time | at most |` : ''}`,
  );
  const cast: number[] = [];
  const render: number[] = [];
  const size: number[] = [];
  for (const voters of [100, LARGE]) {
    const forum = await aForum();
    await fillVote(forum, voters);
    const voter = { account: 'satu', home: '', name: 'satu', admin: false };
    const vote = (i: number) => forum.bot.perform({ ...act('/strategy vote S-1 agree', `v${i}`), who: voter });
    cast.push((await measure(100, vote)).median);
    const look = {
      m: catalogue.id,
      locale: 'id' as const,
      zone: 'Asia/Jakarta',
      now: START,
      db: forum.store.read,
      forumId: forum.forumId,
    };
    const strategy = (await strategyByNumber(forum.store.read, forum.forumId, 1))!;
    render.push((await measure(20, () => ballotCard(look, strategy))).median);
    size.push(JSON.stringify(await ballotCard(look, strategy)).length);
    await forum.store.close();
  }
  const line = (what: string, took: readonly number[], most?: number): void => {
    const [few, many] = took as [number, number];
    const there = Number.parseFloat(before?.get(what)?.[1] ?? '');
    const bound = before && most ? atMost(what, many / there, most) : '';
    row(what, ms(few), ms(many), ratio(many, few), ...(before ? [ms(there), ratio(many, there), bound] : []));
  };
  line('casting a ballot', cast);
  line('rendering the ballot (counted once an update)', render, 0.2);
  row(
    'size of the ballot message',
    `${size[0]} characters`,
    `${size[1]} characters`,
    ratio(size[1]!, size[0]!),
    ...(before ? ['', '', ''] : []),
  );
}

async function due(): Promise<void> {
  section('What falls due', `| what | 100 planned | ${LARGE.toLocaleString('en')} | grows by |`);
  const tick: number[] = [];
  const query: number[] = [];
  const each: number[] = [];
  for (const planned of [100, LARGE]) {
    const forum = await aForum();
    const { store, forumId } = forum;
    const far = new Date(START.getTime() + 400 * 86_400_000);
    const blank = { kind: 'vote_reminder', state: 'pending' as const, reason: null, doneAt: null };
    for (let i = 0; i < planned; i += 1000)
      await store.write(null, tx =>
        tx.insert(tx.tables.occurrences).values(
          Array.from({ length: Math.min(1000, planned - i) }, (_, k) => ({
            ...blank,
            forumId,
            key: `b${i + k}`,
            subject: `${i + k}`,
            due: far,
          })),
        ),
      );
    const clock = { now: () => START };
    const ids = { next: () => 'x' };
    const log = { debug() {}, info() {}, warn() {}, error() {} };
    tick.push((await measure(200, () => runDue({ store, clock, ids, log, handlers: {} }))).median);
    query.push(
      (
        await measure(200, () =>
          store.read.select({ seq: store.tables.cursors.name }).from(store.tables.cursors).limit(1),
        )
      ).median,
    );
    await store.write(null, tx =>
      tx.insert(tx.tables.deliveries).values(
        Array.from({ length: 1000 }, (_, k) => ({
          forumId,
          occurrence: `d${k}`,
          topic: 't',
          subject: '1',
          platform: 'console' as const,
          workspace: 'local',
          channel: 'c',
          due: START,
          state: 'pending' as const,
          claim: 0,
          nextAt: START,
        })),
      ),
    );
    const recorder = createRecorder(store, clock, async () => START);
    const outcome = { kind: 'sent', post: null } as const;
    const since = process.hrtime.bigint();
    for (let batch = await claim(store, START, 200); batch.length; batch = await claim(store, START, 200))
      for (const delivery of batch) await recorder.settle({ delivery, outcome });
    each.push(Number(process.hrtime.bigint() - since) / 1e6 / 1000);
    await store.close();
  }
  row('a pass with nothing due', ms(tick[0]!), ms(tick[1]!), ratio(tick[1]!, tick[0]!));
  row('an empty query', ms(query[0]!), ms(query[1]!), ratio(query[1]!, query[0]!));
  row('claiming and settling one of 1,000 due messages', ms(each[0]!), ms(each[1]!), ratio(each[1]!, each[0]!));
}

async function indicators(): Promise<void> {
  section('Live indicators', `| what | 100 live | ${LARGE.toLocaleString('en')} | grows by |`);
  const [few, many] = [await liveIndicators(100), await liveIndicators(LARGE)];
  const line = (what: string, of: keyof typeof few): void =>
    row(what, ms(few[of]), ms(many[of]), ratio(many[of], few[of]));
  line('a pass with nothing due', 'idle');
  line('an empty query', 'query');
  line('planning the reminders of one whose period begins', 'each');
}

async function onDiscord(): Promise<void> {
  section('Discord', '| what | rate | median | p99 | of a bare client | at most |');
  const bare = await bareDiscord();
  const ours = await ourDiscord();
  const line = (what: string, here: Measured, floor: Measured, most?: [median: number, p99: number]): void => {
    const [median, p99] = [here.median / floor.median, here.p99 / floor.p99];
    const bound = most ? `${atMost(what, median, most[0])} (p99 ${atMost(`${what}, p99`, p99, most[1])})` : '';
    row(what, ...shown(here), `${ratio(here.median, floor.median)} (p99 ${ratio(here.p99, floor.p99)})`, bound);
  };
  line('a bare discord.js client says "ok", one at a time', bare.one, bare.one);
  line('`/goal list`, one at a time', ours.one, bare.one);
  line('a vote, one at a time', ours.vote!.one, bare.one);
  line('a bare discord.js client says "ok", 64 at once', bare.many, bare.many);
  line('`/goal list`, 64 at once', ours.many, bare.many);
  line('a vote, 64 at once', ours.vote!.many, bare.many, [6, 3]);
  for (const [what, { took, memory }] of [
    ['a bare client is ready', bare.start],
    ['ours is ready, its commands registered', ours.start],
  ] as const) {
    const shares = `${ratio(took, bare.start.took)} time, ${ratio(memory, bare.start.memory)} memory`;
    const bound = atMost(`memory when ${what}`, memory / bare.start.memory, 1.15);
    row(what, ms(took), `${memory.toFixed(0)} MB`, '', shares, `${bound} memory`);
  }
}

async function onSlack(over: Over): Promise<void> {
  const name = over === 'socket' ? 'Socket Mode' : 'HTTP';
  section(
    `Slack over ${name}`,
    '| what | rate | median | p95 | of a bare Bolt | at most | processor time |',
    'The bot, or a bare Bolt whose handler acknowledges with its answer "ok", runs in a process of its own. The next',
    'commands come when those before are answered. *Processor time*: of the bot, for one command.',
  );
  const bare = await bareBolt(over);
  const ours = await ourBolt(over);
  const line = (what: string, here: Measured, floor: Measured, { most, cpuMs }: { most?: number; cpuMs?: number }) =>
    row(
      what,
      ...shown(here),
      `${ratio(here.median, floor.median)} (p95 ${ratio(here.p99, floor.p99)})`,
      most ? atMost(`${what} over ${name}`, here.median / floor.median, most) : '',
      cpuMs ? ms(cpuMs) : '',
    );
  for (const [key, words] of [['one', 'one at a time'] as const, ['many', '20 at once'] as const]) {
    const [floor, here] = [bare[key], ours[key]];
    const most = key === 'many' ? {} : { most: over === 'socket' ? 4 : 2 };
    line(`bare: "ok", ${words}`, floor.acknowledged, floor.acknowledged, floor);
    line(`\`/rembug tujuan daftar\` until acknowledged, ${words}`, here.acknowledged, floor.acknowledged, {
      ...here,
      ...most,
    });
    line(`the same until answered, ${words}`, here.answered, floor.answered, {});
  }
  const { acks, shownMs, edits, stored } = ours.votes;
  line('300 votes by button until acknowledged, 20 at once', acks, bare.many.acknowledged, {});
  row('the message shows all 300', ms(shownMs), `${edits} edits`, `${stored} stored`, '', '', '');
}

async function onWeb(): Promise<void> {
  section(
    'Public page, over loopback',
    `| what | 100 activities | ${LARGE.toLocaleString('en')} | grows by | of a bare server |`,
  );
  const [few, many] = [await publicPage(100), await publicPage(LARGE)];
  const bare = await barePage(few.bytes);
  const line = (what: string, of: keyof typeof few): void =>
    row(what, ms(few[of]), ms(many[of]), ratio(many[of], few[of]), ratio(many[of], bare));
  row('a bare Node server sends as many bytes', ms(bare), ms(bare), '1×', '1×');
  line('the first page, the first time after a change', 'overview');
  line('the newest activities, the first time after a change', 'list');
  line('a page of older activities, the first time after a change', 'middle');
  line('a picture that was never painted', 'chart');
  line('all activities as CSV, the first time after a change', 'csv');
  line('the first page again', 'again');
  line('the first page, which the reader has already (304)', 'unchanged');
}

/** The parts by name: `npm run bench` runs all of them, `npm run bench -- votes start` these two. */
const PARTS: Readonly<Record<string, () => Promise<void> | void>> = {
  acts,
  lists: () => lists(act),
  votes,
  assessments,
  meetings,
  polls: () => polls((line, key) => act(line, key)),
  due,
  indicators,
  charts,
  'charts-beside': chartsBeside,
  discord: onDiscord,
  'slack-socket': () => onSlack('socket'),
  'slack-http': () => onSlack('http'),
  reports,
  files,
  imports: () => imports(values.only),
  fills: () => fills(),
  replicas,
  web: onWeb,
  start,
};

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: {
    minutes: { type: 'string', default: '60' },
    rate: { type: 'string', default: '50' },
    inputs: { type: 'string', default: '1000000' },
    seed: { type: 'string', default: '1' },
    only: { type: 'string' },
    beside: { type: 'string' },
    seconds: { type: 'string', default: '30' },
    rates: { type: 'string', default: '100,250,400,600' },
    forums: { type: 'string', default: '60' },
    votes: { type: 'string', default: '2000' },
    cases: { type: 'string', default: '20000' },
    from: { type: 'string' },
    to: { type: 'string' },
    files: { type: 'string', multiple: true, default: [] },
  },
});
/** Parts that take long, and run only when they are named. */
const LONG: typeof PARTS = {
  soak: () => soak(Number(values.minutes), Number(values.rate)),
  scale: () => scale(Number(values.forums), Number(values.votes), values.beside),
  'votes-postgres': () => votesOnPostgres(Number(values.forums), Number(values.votes), values.beside),
  oracle: () => oracle(Number(values.cases), Number(values.seed)),
  demo: () => demo(Number(values.cases), values.from, values.to),
  install: () => install(values.beside),
  views: () => views(values.only),
  flood: () => flood(Number(values.seconds), values.rates.split(',').map(Number), values.only),
  monday: () => monday(Number(values.forums)),
  large: () => large(values.beside, values.only),
  standards: () => standards(Number(values.cases), Number(values.seed), values.only),
  status,
  processor: () => processor(values.beside),
  calendar: () => calendar(values.files, values.only),
  fuzz: () => fuzz(Number(values.inputs), Number(values.seed), values.only),
  'soak-postgres': () => soak(Number(values.minutes), Number(values.rate), 'postgres'),
  'soak-storm': () => soak(Number(values.minutes), Number(values.rate), 'storm'),
  storm: () => longStorm(Number(values.minutes)),
};

const named = { ...PARTS, ...LONG };
for (const name of positionals.length ? positionals : Object.keys(PARTS)) {
  const part = named[name];
  if (!part) throw new Error(`there is no part ${name}; parts: ${Object.keys(named).join(', ')}`);
  await part();
}
writePage();
