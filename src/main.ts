import { existsSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { runTerminal } from '../adapters/console/terminal.ts';
import { ansiPaint } from '../adapters/console/text.ts';
import { systemClock } from './clock.ts';
import { type Ground, openConsole } from './house.ts';
import { createLog, type Log } from './log.ts';
import { readSettings, type Settings, SettingsFault } from './settings.ts';
import { type FaultCode, StorageFault } from './storage/faults.ts';
import { openStore } from './storage/open.ts';

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
  missing: 'The file does not exist.',
};

/** What every verb is handed. */
interface Verb {
  readonly settings: Settings;
  readonly log: Log;
  readonly args: string[];
}

const ground = async ({ settings, log }: Verb): Promise<Ground> => ({
  store: await openStore(settings.databaseUrl, error => log.warn('idle database connection lost', { error })),
  log,
  defaults: { locale: settings.locale, zone: settings.zone },
});

async function consoleVerb(verb: Verb): Promise<number> {
  const { values } = parseArgs({
    args: verb.args,
    options: { as: { type: 'string' }, json: { type: 'boolean' }, now: { type: 'string' }, forum: { type: 'string' } },
  });
  const start = values.now === undefined ? null : new Date(values.now);
  if (start && Number.isNaN(start.getTime()))
    throw new UsageError('--now takes an instant such as 2026-11-24T01:00:00Z');
  const on = await ground(verb);
  const { stdin, stdout } = process;
  const { session, bot } = openConsole(on, {
    actor: values.as ?? 'koordinator',
    start,
    ...(values.forum && { workspace: values.forum }),
    ...(stdout.isTTY && !values.json && { paint: ansiPaint }),
  });
  await runTerminal(session, bot.registry, { input: stdin, output: stdout }, { json: values.json ?? false });
  await on.store.close();
  return 0;
}

async function migrateVerb(verb: Verb): Promise<number> {
  const { store } = await ground(verb);
  await store.close();
  process.stdout.write('The database is up to date.\n');
  return 0;
}

class UsageError extends Error {}

const VERBS: Readonly<Record<string, (verb: Verb) => Promise<number>>> = {
  start: consoleVerb,
  console: consoleVerb,
  migrate: migrateVerb,
};

async function main(argv: readonly string[]): Promise<number> {
  const [name = 'start', ...args] = argv;
  const run = VERBS[name];
  const fail = (...lines: string[]): void => void process.stderr.write(`${lines.join('\n')}\n`);
  if (!run) {
    fail(`rembug: there is no verb ${name}. Verbs: ${Object.keys(VERBS).join(', ')}`);
    return USAGE;
  }
  try {
    if (existsSync('.env')) process.loadEnvFile('.env');
    const settings = readSettings(process.env);
    const format = settings.logFormat ?? (process.stderr.isTTY ? 'pretty' : 'json');
    const log = createLog(
      { level: settings.logLevel, format },
      () => systemClock.now(),
      line => fail(line),
    );
    return await run({ settings, log, args });
  } catch (error) {
    if (error instanceof SettingsFault)
      fail('Rembug cannot start with these settings:', ...error.faults.map(one => `- ${one}`));
    else if (error instanceof StorageFault) fail(FAULTS[error.code]);
    else if (error instanceof UsageError || (error as { code?: string }).code?.startsWith('ERR_PARSE_ARGS'))
      fail(`rembug ${name}: ${(error as Error).message}`);
    else throw error;
    return error instanceof SettingsFault ? CONFIG : error instanceof StorageFault ? UNAVAILABLE : USAGE;
  }
}

process.exitCode = await main(process.argv.slice(2));
