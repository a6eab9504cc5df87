import { existsSync } from 'node:fs';
import { parseArgs } from 'node:util';
import type { Painter } from './bot/painter.ts';
import { createPainter } from './charts/pool.ts';
import { systemClock, systemIds } from './clock.ts';
import { factOf, forgetFact, rememberFact } from './domain/facts.ts';
import { type Ground, registryOf } from './house.ts';
import { createLog } from './log.ts';
import { alone } from './replicas/alone.ts';
import { together } from './replicas/together.ts';
import { DEAF, isDeaf, readSettings, SettingsFault } from './settings.ts';
import type { Platform } from './start.ts';
import { type FaultCode, StorageFault } from './storage/faults.ts';
import { holdDatabase } from './storage/lock.ts';
import { converse } from './verbs/converse.ts';
import { backupVerb, migrateVerb, restoreVerb } from './verbs/database.ts';
import { fillDemo } from './verbs/demo.ts';
import { examine } from './verbs/doctor.ts';
import { exportForum, forumsNamed } from './verbs/export.ts';
import { complain, ground, say, UsageError, type Verb } from './verbs/verb.ts';

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

/** Whoever tells us to end waits ten seconds. What is not done by then is done after the next start. */
const DRAIN_MS = 9_500;

/** Until SIGTERM or SIGINT; with no chat platform, the conversation in the terminal until its end, if that comes first. */
async function startVerb(verb: Verb): Promise<number> {
  const { settings, log } = verb;
  const hold = holdDatabase(settings.databaseUrl);
  try {
    // Heard from the beginning: also while a platform is slow to connect.
    const ended = new Promise<void>(done => {
      for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => done());
    });
    // Also where the start, or the end, hangs.
    void ended.then(() => setTimeout(() => process.exit(0), DRAIN_MS).unref());
    if (!settings.discord && !settings.slack) {
      if (!process.stdin.isTTY) log.warn('no platform is set: DISCORD_TOKEN, or SLACK_BOT_TOKEN with SLACK_APP_TOKEN');
      const { serveBeside } = await import('./serve.ts');
      await converse(verb, { ended, begin: (on, clock) => serveBeside(on, settings, { clock, real: systemClock }) });
      return 0;
    }
    if (settings.slack && isDeaf(settings.slack)) log.warn(`slack: ${DEAF}`);
    const { startHouse } = await import('./start.ts');
    const on = await ground(verb);
    const painter = createPainter(log);
    const house = await startHouse(on, settings, await configured(verb, on.store, painter), {
      clock: systemClock,
      ids: systemIds,
      painter,
      ended,
    });
    await ended;
    await house.stop();
    // Nothing is left to do; what the platforms' clients may have left open is not waited for. The lock goes with us.
    return process.exit(0);
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

/** Stands in the manifest for the address that the settings do not name. */
const NO_ADDRESS = 'https://rembug.example';

/** Prints the manifest from which a Slack app is made: for HTTP where all that is set is for HTTP, else for Socket Mode. */
async function manifestVerb({ settings }: Verb): Promise<number> {
  const { slackManifest } = await import('./verbs/manifest.ts');
  const overHttp = settings.slack?.signingSecret !== undefined && !settings.slack.appToken;
  const unknown = overHttp && !settings.publicUrl;
  if (unknown)
    complain(`PUBLIC_URL is not set: put the address of this installation in the place of ${NO_ADDRESS}, or set it.`);
  const publicUrl = unknown ? NO_ADDRESS : settings.publicUrl;
  say(JSON.stringify(slackManifest(overHttp ? 'http' : 'socket', publicUrl), null, 2));
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

async function exportVerb(verb: Verb): Promise<number> {
  const { values } = parseArgs({ args: verb.args, options: { forum: { type: 'string' }, out: { type: 'string' } } });
  if (!values.forum || !values.out) throw new UsageError('export takes --forum NAME and --out DIR');
  const { store } = await ground(verb);
  try {
    const [forum, ...others] = await forumsNamed(store, values.forum);
    if (!forum) {
      complain('There is no forum of that name.');
      return 1;
    }
    if (others.length) {
      complain('Several forums match. Give the whole name, or what stands behind it:');
      complain(...[forum, ...others].map(one => `- ${one.name} (${one.id})`));
      return 1;
    }
    say(...(await exportForum(store, forum, values.out)));
    return 0;
  } finally {
    await store.close();
  }
}

const VERBS: Readonly<Record<string, (verb: Verb) => Promise<number>>> = {
  start: startVerb,
  console: verb => converse(verb),
  demo: demoVerb,
  deploy: deployVerb,
  manifest: manifestVerb,
  migrate: migrateVerb,
  doctor: doctorVerb,
  backup: backupVerb,
  restore: restoreVerb,
  export: exportVerb,
};

/** What the operating system refuses: a folder that cannot be made, a port that is taken. */
const isOfSystem = (error: unknown): error is NodeJS.ErrnoException => error instanceof Error && 'syscall' in error;

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
    if (error instanceof SettingsFault && name === 'doctor') {
      say(...error.faults.map(one => `fail settings: ${one}`));
      return 1;
    }
    if (error instanceof SettingsFault)
      complain('Rembug cannot start with these settings:', ...error.faults.map(one => `- ${one}`));
    else if (error instanceof StorageFault) complain(FAULTS[error.code]);
    else if (error instanceof UsageError || (error as { code?: string }).code?.startsWith('ERR_PARSE_ARGS'))
      complain(`rembug ${name}: ${(error as Error).message}`);
    else if (isOfSystem(error)) {
      complain(`rembug ${name}: ${error.message}`);
      return UNAVAILABLE;
    } else throw error;
    return error instanceof SettingsFault ? CONFIG : error instanceof StorageFault ? UNAVAILABLE : USAGE;
  }
}

// Whoever reads our output may have enough of it: `rembug manifest | head`.
for (const stream of [process.stdout, process.stderr])
  stream.on('error', error => {
    if ((error as { code?: string }).code !== 'EPIPE') throw error;
  });

process.exitCode = await main(process.argv.slice(2));
