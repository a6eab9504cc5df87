import { type ChildProcess, fork } from 'node:child_process';
import { availableParallelism } from 'node:os';
import pg from 'pg';
import { createAppBot } from '../../src/app/app.ts';
import { systemClock, systemIds } from '../../src/contract/clock.ts';
import { openStore } from '../../src/storage/open.ts';
import { startPostgres } from '../postgres.ts';
import { UNLIMITED } from '../unlimited.ts';
import { row, section } from './page.ts';

const FORUMS = 12;
const MESSAGES = 6_000;
const CHANNELS = 60;
const ACTS_MS = 8_000;

/** Orders of one process of the bench. */
export interface ReplicaTask {
  readonly what: 'acts' | 'deliveries';
  readonly database: string;
  readonly workspaces: readonly string[];
  readonly ms: number;
}

const child = new URL('./replicas-child.js', import.meta.url);
const heard = <T>(process: ChildProcess): Promise<T> =>
  new Promise((done, fail) => {
    process.once('message', message => done(message as T));
    process.once('exit', code => code && fail(new Error(`a process ended with ${code}`)));
  });

/**
 * Runs a task in so many processes that begin together; how much was done a second, by all. Forums are divided among
 * them, as the shards of Discord divide servers.
 */
async function together(processes: number, task: ReplicaTask): Promise<number> {
  const crew = Array.from({ length: processes }, (_, n) => {
    const workspaces = task.workspaces.filter((_, at) => at % processes === n);
    return fork(child, [JSON.stringify({ ...task, workspaces })]);
  });
  await Promise.all(crew.map(one => heard(one)));
  const begun = performance.now();
  const done = crew.map(one => heard<number>(one));
  for (const one of crew) one.send('go');
  const sum = (await Promise.all(done)).reduce((a, b) => a + b, 0);
  return (sum * 1_000) / (performance.now() - begun);
}

/** Acts and deliveries a second with one, two and three processes on one PostgreSQL, as a share of one process. */
export async function replicas(): Promise<void> {
  const server = await startPostgres();
  const store = await openStore(server.url);
  const log = { debug() {}, info() {}, warn() {}, error: console.error };
  const services = { store, log, defaults: { locale: 'id', zone: 'Asia/Jakarta' } } as const;
  const bot = createAppBot(services, systemClock, systemIds, { fairUse: UNLIMITED });
  const workspaces = Array.from({ length: FORUMS }, (_, n) => `server ${n}`);
  for (const workspace of workspaces)
    await bot.perform({
      key: workspace,
      place: { platform: 'discord', workspace, channel: null },
      who: { account: 'sari', home: '', name: 'sari', admin: true },
      ask: { kind: 'typed', line: `/forum setup "Forum ${workspace}"` },
      memberOf: () => null,
      channelOf: () => null,
    });
  const [forum] = await store.read.select().from(store.tables.forums);
  const fill = async (): Promise<void> => {
    const client = new pg.Client({ connectionString: server.url });
    await client.connect();
    await client.query(
      `INSERT INTO deliveries (forum_id, occurrence, topic, subject, platform, workspace, channel, channel_name, due, state, claim, next_at)
       SELECT $1, gen_random_uuid()::text, 'probe', n::text, 'slack', 'T1', 'c' || n % ${CHANNELS}, 'c', now(), 'pending', 0, now()
       FROM generate_series(1, ${MESSAGES}) n`,
      [forum!.id],
    );
    await client.end();
  };
  section(
    `Several processes on PostgreSQL (${availableParallelism()} cores, the database on the same)`,
    '| processes | acts a second | of one | deliveries a second | of one |',
  );
  let one: readonly [number, number] | null = null;
  for (const processes of [1, 2, 3]) {
    const base = { database: server.url, workspaces, ms: ACTS_MS };
    const acts = await together(processes, { ...base, what: 'acts' });
    await fill();
    const sent = await together(processes, { ...base, what: 'deliveries' });
    one ??= [acts, sent];
    const of = (now: number, before: number): string => `${(now / before).toFixed(2)}×`;
    row(String(processes), acts.toFixed(0), of(acts, one[0]), sent.toFixed(0), of(sent, one[1]));
  }
  await store.close();
  await server.stop();
}
