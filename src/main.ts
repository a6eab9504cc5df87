import { existsSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { runTerminal } from '../adapters/console/terminal.ts';
import { ansiPaint } from '../adapters/console/text.ts';
import type { Painter } from './bot/painter.ts';
import { createPainter } from './charts/pool.ts';
import { type Clock, systemClock, systemIds } from './clock.ts';
import { factOf, forgetFact, rememberFact } from './domain/facts.ts';
import { renewSearch } from './domain/search.ts';
import { type Ground, openConsole, registryOf } from './house.ts';
import { createLog, type Log } from './log.ts';
import { alone } from './replicas/alone.ts';
import { together } from './replicas/together.ts';
import { readSettings, type Settings, SettingsFault } from './settings.ts';
import type { Platform } from './start.ts';
import { backup, restore } from './storage/backup.ts';
import { type FaultCode, StorageFault } from './storage/faults.ts';
import { holdDatabase } from './storage/lock.ts';
import { isHalfMoved, moveAll } from './storage/move.ts';
import { openStore } from './storage/open.ts';
import { fillDemo } from './verbs/demo.ts';
import { examine } from './verbs/doctor.ts';
import { exportForum } from './verbs/export.ts';

/** Exit codes of sysexits.h: bad usage, a fault of the settings, something that may pass. */
const USAGE = 64;
const UNAVAILABLE = 69;
const CONFIG = 78;

const FAULTS: Readonly<Record<FaultCode, string>> = {
  locked: 'The database is in use by another program. End that one, or wait until it is done.',
  readonly: 'The database cannot be opened for writing. Check the path and who may write there.',
  full: 'There is no room left for the database, or the disk failed. Nothing was changed.',
  corrupt: 'The database file is damaged or is no database. Restore it: rembug restore FILE.',
  newer: 'The database belongs to a newer Rembug. Install that version again.',
  unreachable: 'The database server does not answer, or refuses us. Check DATABASE_URL.',
  busy: 'The database server has no room for us or is too slow. Look at its load and its limit of connections.',
  uncertain: 'The line to the database broke while it saved. Look whether it was saved before you repeat it.',
  half: 'A move into this database has not come to its end. Run it again: rembug migrate --from … --to …',
  missing: 'The file does not exist.',
  exists: 'There is a file of that name already. Choose another one (restore: --force replaces the database).',
};

/** What every verb is handed. */
interface Verb {
  readonly settings: Settings;
  readonly log: Log;
  readonly args: string[];
}

/** @throws StorageFault `half` where a move into the database has not come to its end. */
const ground = async ({ settings, log }: Verb): Promise<Ground> => {
  const store = await openStore(settings.databaseUrl, error => log.warn('idle database connection lost', { error }));
  if (await isHalfMoved(store)) {
    await store.close();
    throw new StorageFault('half', 'a move into this database has not come to its end');
  }
  await renewSearch(store);
  return { store, log, defaults: { locale: settings.locale, zone: settings.zone, publicUrl: settings.publicUrl } };
};

/** What runs beside a conversation, and how it ends. */
type Beside = (on: Ground, clock: Clock) => Promise<() => Promise<void>>;

async function consoleVerb(verb: Verb, beside: Beside = async () => async () => {}): Promise<number> {
  const { values } = parseArgs({
    args: verb.args,
    options: { as: { type: 'string' }, json: { type: 'boolean' }, now: { type: 'string' }, forum: { type: 'string' } },
  });
  const start = values.now === undefined ? null : new Date(values.now);
  if (start && Number.isNaN(start.getTime()))
    throw new UsageError('--now takes an instant such as 2026-11-24T01:00:00Z');
  const on = await ground(verb);
  const { stdin, stdout } = process;
  const { session, bot, clock } = openConsole(on, {
    actor: values.as ?? 'koordinator',
    start,
    ...(values.forum && { workspace: values.forum }),
    ...(stdout.isTTY && !values.json && { paint: ansiPaint }),
  });
  const end = await beside(on, clock);
  await runTerminal(session, bot.registry, { input: stdin, output: stdout }, { json: values.json ?? false });
  await end();
  await on.store.close();
  return 0;
}

const say = (...lines: string[]): void => void process.stdout.write(`${lines.join('\n')}\n`);
const complain = (...lines: string[]): void => void process.stderr.write(`${lines.join('\n')}\n`);

/** Until SIGTERM or SIGINT; with no chat platform, the conversation in the terminal until its end. */
async function startVerb(verb: Verb): Promise<number> {
  const hold = holdDatabase(verb.settings.databaseUrl);
  try {
    if (!verb.settings.discord && !verb.settings.slack) {
      const { serveBeside } = await import('./serve.ts');
      return await consoleVerb(verb, (on, clock) => serveBeside(on, verb.settings, clock));
    }
    // Heard from the beginning: also while a platform is slow to connect.
    const ended = new Promise<void>(done => {
      for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => done());
    });
    const { startHouse } = await import('./start.ts');
    const on = await ground(verb);
    const painter = createPainter(verb.log);
    const house = await startHouse(on, verb.settings, await configured(verb, on.store, painter), { painter, ended });
    await ended;
    await house.stop();
    // What is not done by now is done after the next start; what still hangs here must not hold up the machine.
    setTimeout(() => process.exit(0), 500).unref();
    return 0;
  } finally {
    hold.release();
  }
}

/** The chat platforms that the settings name; each is loaded only when it is wanted. */
async function configured({ settings, log }: Verb, store: Ground['store'], painter: Painter): Promise<Platform[]> {
  const platforms: Platform[] = [];
  const registry = registryOf();
  if (settings.discord) {
    const { DiscordAdapter } = await import('../adapters/discord/index.ts');
    const sharing = store.dialect === 'sqlite' ? alone() : together({ store, log, holder: systemIds.next() });
    const registered = {
      load: () => factOf(store, 'discord-commands'),
      save: (hash: string) => rememberFact(store, 'discord-commands', hash),
    };
    platforms.push({
      adapter: new DiscordAdapter({ ...settings.discord, registry, log, painter, registered, sharing }),
    });
  }
  if (settings.slack) {
    const { SlackAdapter } = await import('../adapters/slack/index.ts');
    const vault = {
      load: (name: string) => factOf(store, name),
      save: (name: string, value: string) => rememberFact(store, name, value),
      remove: (name: string) => forgetFact(store, name),
    };
    const { publicUrl } = settings;
    const adapter = new SlackAdapter({ ...settings.slack, publicUrl, registry, log, painter, vault });
    platforms.push({ adapter, routes: adapter.routes });
  }
  return platforms;
}

/** Prints the manifest from which a Slack app is made; for HTTP where a signing secret is set, else for Socket Mode. */
async function manifestVerb({ settings }: Verb): Promise<number> {
  const { slackManifest } = await import('./verbs/manifest.ts');
  const overHttp = settings.slack?.signingSecret !== undefined;
  if (overHttp && !settings.publicUrl) throw new UsageError('manifest needs PUBLIC_URL for Slack over HTTP');
  say(JSON.stringify(slackManifest(overHttp ? 'http' : 'socket', settings.publicUrl), null, 2));
  return 0;
}

/** Registers the Discord commands now, or prints their JSON. */
async function deployVerb({ settings, args }: Verb): Promise<number> {
  const { values } = parseArgs({ args, options: { 'dry-run': { type: 'boolean' } } });
  const { commandsJson, deployCommands } = await import('../adapters/discord/register.ts');
  const json = commandsJson(registryOf());
  if (values['dry-run']) say(JSON.stringify(json, null, 2));
  else if (!settings.discord) throw new UsageError('deploy needs DISCORD_TOKEN');
  else say(`${await deployCommands(settings.discord, json)} commands registered.`);
  return 0;
}

/** Applies migrations; with `--from` and `--to` moves everything from one database into another, empty one. */
async function migrateVerb(verb: Verb): Promise<number> {
  const { values } = parseArgs({ args: verb.args, options: { from: { type: 'string' }, to: { type: 'string' } } });
  if (!values.from !== !values.to) throw new UsageError('migrate takes --from and --to together');
  if (values.from && values.to) return await moveVerb(values.from, values.to);
  const { store } = await ground(verb);
  await store.close();
  say('The database is up to date.');
  return 0;
}

async function moveVerb(source: string, target: string): Promise<number> {
  const holds = [source, target].map(holdDatabase);
  const [from, to] = [await openStore(source), await openStore(target)];
  try {
    const moved = await moveAll(from, to);
    await renewSearch(to);
    say(...moved.map(one => `${one.table}: ${one.rows}`), 'Everything is there, row by row. Set DATABASE_URL to it.');
    return 0;
  } finally {
    await Promise.all([from.close(), to.close()]);
    for (const hold of holds) hold.release();
  }
}

async function demoVerb(verb: Verb): Promise<number> {
  const on = await ground(verb);
  const lines = await fillDemo(on, systemClock.now());
  await on.store.close();
  if (lines === null) complain('The database has a forum already; the demo is only for an empty one.');
  else say(`Two invented forums are ready (${lines} lines). Look around: npm run rembug -- console --as sari`);
  return lines === null ? 1 : 0;
}

/** `--check`: the record alone, without asking the platforms. */
async function doctorVerb({ settings, args }: Verb): Promise<number> {
  const { values } = parseArgs({ args, options: { check: { type: 'boolean' } } });
  const findings = await examine(settings, { recordOnly: values.check ?? false });
  say(...findings.map(({ name, ok, detail }) => `${ok ? 'ok  ' : 'fail'} ${name}: ${detail}`));
  return findings.every(finding => finding.ok) ? 0 : 1;
}

const fileOf = ({ settings }: Verb): string | null =>
  settings.databaseUrl.startsWith('file:') ? settings.databaseUrl.slice('file:'.length) : null;

async function backupVerb(verb: Verb): Promise<number> {
  const [target] = verb.args;
  const file = fileOf(verb);
  if (!target) throw new UsageError('backup takes the file to write');
  if (!file) {
    complain('This database is PostgreSQL: back it up with pg_dump --format=custom --file=FILE "$DATABASE_URL"');
    return 1;
  }
  await backup(file, target);
  say(`Backed up to ${target}.`);
  return 0;
}

async function restoreVerb(verb: Verb): Promise<number> {
  const { values, positionals } = parseArgs({
    args: verb.args,
    options: { force: { type: 'boolean' } },
    allowPositionals: true,
  });
  const [source] = positionals;
  const file = fileOf(verb);
  if (!source || !file) throw new UsageError('restore takes the backup of an embedded database');
  const hold = holdDatabase(verb.settings.databaseUrl);
  try {
    restore(source, file, { force: values.force ?? false });
  } finally {
    hold.release();
  }
  say(`Restored from ${source}.`);
  return 0;
}

async function exportVerb(verb: Verb): Promise<number> {
  const { values } = parseArgs({ args: verb.args, options: { forum: { type: 'string' }, out: { type: 'string' } } });
  if (!values.forum || !values.out) throw new UsageError('export takes --forum NAME and --out DIR');
  const { store } = await ground(verb);
  const files = await exportForum(store, values.forum, values.out);
  await store.close();
  if (files) say(...files);
  else complain('There is no forum of that name.');
  return files ? 0 : 1;
}

class UsageError extends Error {}

const VERBS: Readonly<Record<string, (verb: Verb) => Promise<number>>> = {
  start: startVerb,
  console: verb => consoleVerb(verb),
  demo: demoVerb,
  deploy: deployVerb,
  manifest: manifestVerb,
  migrate: migrateVerb,
  doctor: doctorVerb,
  backup: backupVerb,
  restore: restoreVerb,
  export: exportVerb,
};

async function main(argv: readonly string[]): Promise<number> {
  const [name = 'start', ...args] = argv;
  const run = VERBS[name];
  if (!run) {
    complain(`rembug: there is no verb ${name}. Verbs: ${Object.keys(VERBS).join(', ')}`);
    return USAGE;
  }
  try {
    if (existsSync('.env')) process.loadEnvFile('.env');
    const settings = readSettings(process.env);
    const format = settings.logFormat ?? (process.stderr.isTTY ? 'pretty' : 'json');
    const log = createLog(
      { level: settings.logLevel, format },
      () => systemClock.now(),
      line => complain(line),
    );
    return await run({ settings, log, args });
  } catch (error) {
    if (error instanceof SettingsFault)
      complain('Rembug cannot start with these settings:', ...error.faults.map(one => `- ${one}`));
    else if (error instanceof StorageFault) complain(FAULTS[error.code]);
    else if (error instanceof UsageError || (error as { code?: string }).code?.startsWith('ERR_PARSE_ARGS'))
      complain(`rembug ${name}: ${(error as Error).message}`);
    else throw error;
    return error instanceof SettingsFault ? CONFIG : error instanceof StorageFault ? UNAVAILABLE : USAGE;
  }
}

process.exitCode = await main(process.argv.slice(2));
