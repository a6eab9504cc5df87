import { readFileSync } from 'node:fs';
import { readDotenv } from './app/dotenv.ts';
import { misspelt, readSettings, type Settings, SettingsFault } from './app/settings.ts';
import { nearest } from './bot/registry.ts';
import { help, helpOf, readArguments, usageOf } from './cli/arguments.ts';
import { VERBS } from './cli/index.ts';
import { complain, faultLines, say, UsageError, type VerbDefinition, type Words } from './cli/verb.ts';
import { systemClock } from './contract/clock.ts';
import { createLog } from './contract/log.ts';
import { isLocale, type Locale, systemLocale } from './language/locale.ts';
import { catalogue } from './language/messages.ts';
import { driverCode, StorageFault } from './storage/faults.ts';

/** Exit codes of sysexits.h: bad usage, a fault of the settings, something that may pass. */
const USAGE = 64;
const UNAVAILABLE = 69;
const CONFIG = 78;

/** The file that `.env` is, read or at fault. What the environment says already goes before it. */
function readEnvironment(): { env: NodeJS.ProcessEnv; fault: SettingsFault | null } {
  try {
    return { env: { ...readDotenv(readFileSync('.env')), ...process.env }, fault: null };
  } catch (error) {
    if ((error as { code?: string }).code === 'ENOENT') return { env: process.env, fault: null };
    const fault = error instanceof SettingsFault ? error : new SettingsFault(words => [words.dotenv.unreadable]);
    return { env: process.env, fault };
  }
}

/** The settings as they stand now. @throws SettingsFault */
function reread(): Settings {
  const { env, fault } = readEnvironment();
  if (fault) throw fault;
  return readSettings(env);
}

/** Chooses the language: the one set, else the system's for people who type; English for scripts and logs. */
function localeOf(env: NodeJS.ProcessEnv): Locale {
  const chosen = env.REMBUG_LOCALE;
  if (isLocale(chosen)) return chosen;
  return process.stderr.isTTY ? systemLocale(env) : 'en';
}

const version = (): string =>
  (JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as { version: string }).version;

const HELP = new Set(['--help', '-h']);
const VERSION = new Set(['--version', '-v', '-V']);

const verbNamed = (name: string): VerbDefinition | undefined =>
  Object.hasOwn(VERBS, name) ? VERBS[name as keyof typeof VERBS] : undefined;

/** Answers what only tells about the program, whatever the settings; null: something is to be done. */
function told([first = '', ...rest]: readonly string[], words: Words): number | null {
  const all = [first, ...rest];
  if (all.some(one => VERSION.has(one))) say(version());
  else if (first === 'help' || HELP.has(first) || rest.some(one => HELP.has(one))) {
    const name = first === 'help' || HELP.has(first) ? rest.find(one => !HELP.has(one)) : first;
    const verb = name === undefined ? undefined : verbNamed(name);
    if (name !== undefined && !verb) return noVerb(name, words);
    say(...(name && verb ? helpOf(name, verb, words) : help(VERBS, words)));
  } else return null;
  return 0;
}

function noVerb(typed: string, words: Words): number {
  const [near = ''] = nearest(typed.replace(/^-+/, ''), Object.keys(VERBS));
  complain(words.noVerb({ typed, nearest: near }));
  return USAGE;
}

type SystemError = NodeJS.ErrnoException & { address?: string; port?: number; hostname?: string };

/** Tells whether the operating system refused: a folder that cannot be made, a port that is taken. */
const isOfSystem = (error: unknown): error is SystemError => error instanceof Error && 'syscall' in error;

/** Codes of a line to another machine, or of a port of our own. */
const OF_LINE = /^(ECONN|EHOST|ENET|ENOTFOUND|EAI_|ETIMEDOUT|EPIPE)/;

/** Says what the system refused, and what to do about it. */
function systemText({ code = '', syscall, message, path, address, port, hostname }: SystemError, words: Words): string {
  const at = address === undefined ? hostname : `${address}${port === undefined ? '' : `:${port}`}`;
  if (at !== undefined && (syscall === 'listen' || syscall === 'bind')) return words.system.port({ at, code });
  if (at !== undefined && OF_LINE.test(code)) return words.system.line({ at, code });
  return path === undefined ? message : words.system.path({ at: path, code });
}

/** A compiled module that was made for another Node, or was not made at all. */
const isOfModule = (error: unknown): boolean =>
  driverCode(error) === 'ERR_DLOPEN_FAILED' ||
  (error instanceof Error && error.message.startsWith('Could not locate the bindings file'));

async function main(argv: readonly string[]): Promise<number> {
  const { env, fault } = readEnvironment();
  const locale = localeOf(env);
  const words = catalogue[locale].cli;
  const done = told(argv, words);
  if (done !== null) return done;
  const [name = 'start', ...args] = argv;
  const verb = verbNamed(name);
  if (!verb) return noVerb(name, words);
  const slips = misspelt(env).map(words.misspelt);
  try {
    const given = readArguments(verb, args, words);
    if (fault) throw fault;
    const settings = readSettings(env);
    if (name !== 'doctor') for (const slip of slips) complain(`rembug: ${slip}`);
    const format = settings.logFormat ?? (process.stderr.isTTY ? 'pretty' : 'json');
    const log = createLog(
      { level: settings.logLevel, format },
      () => systemClock.now(),
      line => complain(line),
    );
    return await verb.run({ settings, log, words, slips, systemLocale: systemLocale(env), reread }, given);
  } catch (error) {
    if (error instanceof SettingsFault) {
      const faults = [...error.faults(words), ...slips];
      if (name === 'doctor') say(...faults.map(one => `fail settings: ${one}`));
      else complain(words.wrongSettings, ...faults.map(one => `- ${one}`));
      return name === 'doctor' ? 1 : CONFIG;
    }
    if (error instanceof UsageError) {
      complain(`rembug ${name}: ${error.say(words.wrongArguments)}`, words.usage({ line: usageOf(name, verb, words) }));
      return USAGE;
    }
    if (isOfModule(error)) {
      complain(words.rebuild);
      return CONFIG;
    }
    if (error instanceof StorageFault) complain(...faultLines(error, words));
    else if (isOfSystem(error)) complain(`rembug ${name}: ${systemText(error, words)}`);
    else throw error;
    return UNAVAILABLE;
  }
}

// The reader of our output may have enough of it: `rembug manifest | head`.
for (const stream of [process.stdout, process.stderr])
  stream.on('error', error => {
    if ((error as { code?: string }).code === 'EPIPE') return;
    // Ends without success, as where the disk is full: there is little left that could say so.
    if (stream === process.stdout) complain(`rembug: ${error.message}`);
    process.exit(UNAVAILABLE);
  });

// Tells no success where the program ends before its work does: 13 is Node's number for that.
process.exitCode = 13;
void main(process.argv.slice(2)).then(code => {
  process.exitCode = code;
});
