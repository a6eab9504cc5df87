import { fork } from 'node:child_process';
import { once } from 'node:events';
import { statSync } from 'node:fs';
import { count, sql } from 'drizzle-orm';
import { createAppBot, handlers } from '../../src/app/app.ts';
import type { Act, Adapter } from '../../src/contract/act.ts';
import { createSender } from '../../src/delivery/sender.ts';
import { runDue } from '../../src/schedule/run.ts';
import { openStore } from '../../src/storage/open.ts';
import type { Store } from '../../src/storage/store.ts';
import { postTypes } from '../../src/views/post-types.ts';
import { fillForum } from '../fuzz/forum.ts';
import { startPostgres } from '../postgres.ts';
import { UNLIMITED } from '../unlimited.ts';
import { Discord } from '../wire/discord/discord.ts';
import { countedIds, START } from '../world.ts';
import { buildsBeside, measuredIn } from './beside.ts';
import { newFile } from './forum.ts';
import { ms, ratio } from './measure.ts';
import { atLeast, row, section } from './page.ts';

const AT_ONCE = 32;
const GUILDS = 1_000;

/** Lines that are held against another build: the beginning of the name, the column, and the ratio that is wanted. */
const WANTED: readonly { readonly name: string; readonly column: 0 | 1; readonly least: number }[] = [
  { name: 'votes of many forums', column: 1, least: 2.5 },
  { name: 'its ', column: 0, least: 3 },
];

/**
 * Measures one forum, and one process on each database when many forums want something at once; of this build and of
 * another one beside it.
 */
export async function scale(forums: number, votes: number, revision: string | undefined): Promise<void> {
  const [, other] = buildsBeside(revision);
  const before = other && [...measuredIn(other, 'scale', '--forums', String(forums))];
  other?.remove();
  const beside = other ? ` ${other.name}: SQLite | ${other.name}: PostgreSQL | times as much | at least |` : '';
  section(
    'Scale',
    `| what | SQLite | PostgreSQL |${beside}`,
    `Written by \`npm run bench -- scale\`: ${forums} forums, each with partners, indicators, votes and a little of everything; ${votes} votes;`,
    'one process, the PostgreSQL on the same machine, without `fsync`. What follows from it is in [scale.md](scale.md).',
  );
  const file = newFile();
  const lite = await figuresOf(await openStore(`file:${file}`), forums, votes, async () => statSync(file).size);
  const server = await startPostgres();
  const store = await openStore(server.url);
  const size = sql<string>`pg_database_size(current_database())`;
  const post = await figuresOf(store, forums, votes, async () => {
    const [found] = await store.read.select({ size }).from(store.tables.forums).limit(1);
    return Number(found?.size ?? 0);
  });
  await server.stop();
  for (const [i, [what, value]] of lite.entries()) {
    const here = [value, post[i]![1]];
    const name = what.replace(/\d.*$/, '');
    const there = before?.find(([one]) => one.startsWith(name))?.[1];
    const shares = there?.slice(0, 2).map((old, k) => Number.parseFloat(here[k]!) / Number.parseFloat(old));
    const wanted = WANTED.find(one => what.startsWith(one.name));
    const bound = wanted && shares ? atLeast(what, shares[wanted.column]!, wanted.least) : '';
    const told = shares?.map(share => ratio(share, 1)).join(', ') ?? '';
    row(what, ...here, ...(other ? [...(there ?? ['', '']), told, bound] : []));
  }
  const [one, many] = [await memoryWith(1), await memoryWith(GUILDS)];
  row('memory of one Discord server more, in discord.js', `${((many - one) / (GUILDS - 1) / 1024).toFixed(1)} kB`, '');
}

type Figure = readonly [what: string, value: string];

async function figuresOf(
  store: Store,
  forums: number,
  times: number,
  sizeOf: () => Promise<number>,
): Promise<Figure[]> {
  let at = START;
  const clock = { now: () => at };
  const log = { debug() {}, info() {}, warn() {}, error: console.error };
  const ids = countedIds();
  const bot = createAppBot({ store, log, defaults: { locale: 'id', zone: 'Asia/Jakarta' } }, clock, ids, {
    fairUse: UNLIMITED,
  });
  await fillForum(store, 'first', 'Uji');
  const [bytes, rows] = [await sizeOf(), await rowsOf(store)];
  for (let n = 1; n < forums; n++) await fillForum(store, `w${n}`, 'Uji');
  const [allBytes, allRows] = [await sizeOf(), await rowsOf(store)];

  const vote = (n: number): Act => ({
    key: ids.next(),
    place: { platform: 'console', workspace: `w${1 + (n % (forums - 1))}`, channel: null },
    who: { account: n % 2 ? 'ani' : 'budi', home: '', name: 'x', admin: false },
    ask: { kind: 'pressed', invocation: `1.sv.S-${1 + (n % 3)}.agree` },
    memberOf: () => null,
    channelOf: () => null,
  });
  let voted = 0;
  const votes = await seconds(async () => {
    const lane = async (): Promise<void> => {
      while (voted < times) {
        const answer = await bot.perform(vote(voted++));
        if (answer.kind !== 'view') throw new Error(JSON.stringify(answer));
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, lane));
  });

  const idle = await seconds(() => runDue({ store, clock, ids, log, handlers }));
  // Three days later every vote of every forum closes at the same minute, and reminders are due.
  at = new Date(START.getTime() + 3 * 86_400_000);
  let done = 0;
  const due = await seconds(async () => {
    done = await runDue({ store, clock, ids, log, handlers });
  });
  const adapter: Adapter = {
    platform: 'console',
    limits: {} as Adapter['limits'],
    start: async () => {},
    stop: async () => {},
    health: () => ({ well: true, detail: '' }),
    send: async ({ nonce }) => ({ kind: 'sent', ref: nonce }),
  };
  let sent = 0;
  const delivered = await seconds(async () => {
    sent = await createSender({ store, clock, log, subjects: postTypes, adapters: [adapter] }).deliver();
  });
  await store.close();
  return [
    ['rows of one forum more', String(Math.round((allRows - rows) / (forums - 1)))],
    ['bytes of one forum more', `${((allBytes - bytes) / (forums - 1) / 1024).toFixed(0)} kB`],
    [`votes of many forums, ${AT_ONCE} at once`, `${Math.round(times / votes)}/s`],
    ['a pass with nothing due', ms(idle * 1_000)],
    [`a minute in which every vote closes (${done} things due)`, `${Math.round(done / due)}/s`],
    [`its ${sent} messages, to a platform that takes them at once`, `${Math.round(sent / delivered)}/s`],
  ];
}

async function seconds(work: () => Promise<unknown>): Promise<number> {
  const since = performance.now();
  await work();
  return (performance.now() - since) / 1_000;
}

async function rowsOf(store: Store): Promise<number> {
  let all = 0;
  for (const table of Object.values(store.tables)) {
    const [found] = await store.read.select({ n: count() }).from(table);
    all += found?.n ?? 0;
  }
  return all;
}

/** Measures the memory of a client of discord.js that is in so many servers. */
async function memoryWith(guilds: number): Promise<number> {
  const discord = await Discord.start({ answerWithinMs: 3_000 });
  const ana = discord.addUser('Ana');
  for (let n = 0; n < guilds; n++) {
    const guild = discord.addGuild({ name: `Forum ${n}`, members: [ana] });
    for (const name of ['umum', 'isu', 'kabar', 'koordinator', 'obrolan']) discord.addChannel({ guild, name });
  }
  const child = fork(new URL('./platform-child.js', import.meta.url), ['bare', discord.api, discord.token], {
    stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
  });
  const [line] = (await once(child.stdout!, 'data')) as [Buffer];
  child.kill('SIGKILL');
  await discord.stop();
  return Number(String(line));
}
