// Started by the soak in a process of its own, with --expose-gc: the whole bot on the platforms that it is told. It drives
// the forums of its terminal itself; those on Discord and Slack are driven from outside.
import { statSync } from 'node:fs';
import { loadavg } from 'node:os';
import { ConsoleAdapter } from '../../adapters/console/index.ts';
import { DiscordAdapter } from '../../adapters/discord/index.ts';
import { SlackAdapter } from '../../adapters/slack/index.ts';
import { registryOf } from '../../src/app/app.ts';
import { readSettings } from '../../src/app/settings.ts';
import { startApp } from '../../src/app/start.ts';
import { createPainter } from '../../src/charts/pool.ts';
import { single } from '../../src/cluster/single.ts';
import { type Adapter, type Bot, PLATFORMS } from '../../src/contract/act.ts';
import { systemClock, systemIds } from '../../src/contract/clock.ts';
import { outboxState } from '../../src/delivery/waiting.ts';
import { keepHeapSmall } from '../../src/runtime/heap.ts';
import { openStore } from '../../src/storage/open.ts';
import { UNLIMITED } from '../unlimited.ts';
import type { SoakOptions, SoakWindow } from './soak.ts';
import { drained } from './soak-drain.ts';
import { LoadedForum, type Verdict, verdict } from './soak-load.ts';

const options = JSON.parse(process.argv[2]!) as SoakOptions;
const { database, discord, slack, first, forums, perSecond, windowMs, windows, drainTimeoutMs } = options;

keepHeapSmall();
let warnings = 0;
const failures: string[] = [];
function warn(message: string, fields?: object): void {
  if (++warnings <= 10) failures.push(`${message} ${JSON.stringify(fields)}`);
}
const log = { debug() {}, info() {}, warn, error: warn };
const store = await openStore(database);
const kept = new Map<string, string>();
const keep = {
  load: async (name = 'hash') => kept.get(name) ?? null,
  save: async (name: string, value = name) => void kept.set(name, value),
  remove: async (name: string) => void kept.delete(name),
};

/** Times of the acts of a window, in milliseconds. */
const took = new Float64Array(100_000);
let acts = 0;
let spent = process.cpuUsage();
const counts: Record<Verdict, number> = { good: 0, repaired: 0, refused: 0, failed: 0 };

/** Counts and times what comes over the wire as well: from the adapter's question to its answer. */
const timed = (adapter: Adapter): Adapter => {
  const start = adapter.start.bind(adapter);
  adapter.start = (bot: Bot) =>
    start({
      ...bot,
      async perform(act) {
        const since = performance.now();
        const answer = await bot.perform(act);
        took[acts++] = performance.now() - since;
        counts[answer.kind === 'form' ? 'good' : verdict(answer)]++;
        return answer;
      },
    });
  return adapter;
};

const registry = registryOf();
const painter = createPainter(log);
const terminal = new ConsoleAdapter();
const onDiscord = (at: NonNullable<SoakOptions['discord']>) =>
  new DiscordAdapter({
    token: at.token,
    guildId: undefined,
    apiUrl: at.api,
    registry,
    log,
    painter,
    registered: keep,
    sharing: single(),
  });
const onSlack = (at: NonNullable<SoakOptions['slack']>) =>
  new SlackAdapter({
    botToken: at.botToken,
    appToken: at.appToken,
    signingSecret: undefined,
    oauth: null,
    publicUrl: undefined,
    apiUrl: at.api,
    registry,
    log,
    painter,
    vault: keep,
  });
const services = { store, log, defaults: { locale: 'id', zone: 'Asia/Jakarta' } } as const;
const app = await startApp(
  services,
  readSettings({ PORT: '0', METRICS_ADDRESS: '' }),
  [
    { adapter: terminal },
    ...(discord ? [{ adapter: timed(onDiscord(discord)) }] : []),
    ...(slack ? [{ adapter: timed(onSlack(slack)) }] : []),
  ],
  { clock: systemClock, ids: systemIds, painter, fairUse: UNLIMITED },
);

const loaded = Array.from({ length: forums }, (_, n) => new LoadedForum(app.bot, `Forum${first + n}`));
for (const forum of loaded) await forum.setUp();
process.send!({ ready: true });
await new Promise(done => process.once('message', done));

// The process that started and measures it is gone.
process.once('disconnect', () => process.exit(1));

const begun = performance.now();
let issued = 0;
let running = 0;
/** An act is timed from the instant it was meant for, so that a pause counts for everybody who waited in it. */
function issue(now: number): void {
  for (; begun + (issued * 1_000) / perSecond <= now; issued++) {
    const meant = begun + (issued * 1_000) / perSecond;
    running++;
    loaded[issued % forums]!.next()
      .then(verdict => counts[verdict]++)
      .catch(error => {
        counts.failed++;
        warn(String(error));
      })
      .finally(() => {
        running--;
        took[acts++] = performance.now() - meant;
      });
  }
}
const pulse = setInterval(() => issue(performance.now()), 5);
const forget = setInterval(() => terminal.take(), 1_000);

for (let n = 1; n <= windows; n++) {
  await new Promise(done => setTimeout(done, begun + n * windowMs - performance.now()));
  process.send!(await windowOf(n));
}
clearInterval(pulse);
const isOver = new Promise(done => process.once('message', done));
process.send!(await drained(store, drainTimeoutMs));
await isOver;
clearInterval(forget);
await app.stop();
process.exit(0);

/** The figures of the window that ends now; the next one begins empty. */
async function windowOf(n: number): Promise<SoakWindow> {
  const sorted = took.slice(0, acts).sort();
  const at = (share: number): number => sorted[Math.floor(sorted.length * share)] ?? 0;
  const { p50, p99, done } = { p50: at(0.5), p99: at(0.99), done: acts };
  const { user, system } = process.cpuUsage(spent);
  acts = 0;
  for (let i = 0; i < 3; i++) globalThis.gc!();
  const memory = process.memoryUsage();
  const { depth } = await outboxState(store, PLATFORMS);
  const file = database.startsWith('file:') ? statSync(database.slice('file:'.length)).size : null;
  // Collecting all of it costs the measurement, not the load.
  spent = process.cpuUsage();
  return {
    minutes: (n * windowMs) / 60_000,
    acts: done,
    p50,
    p99,
    cpu: (user + system) / 1_000 / done,
    load: loadavg()[1]!,
    heap: memory.heapUsed + memory.external,
    rss: memory.rss,
    running,
    outbox: depth,
    file,
    counts: { ...counts },
    warnings,
    failures,
  };
}
