import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readArguments } from '../../src/cli/arguments.ts';
import { VERBS } from '../../src/cli/index.ts';
import { catalogue } from '../../src/language/messages.ts';
import { newFolder, runProgram } from '../program.ts';

const NAMES = Object.keys(VERBS) as (keyof typeof VERBS)[];

/** A folder of its own, so that what should not be made would be seen there. */
function inEmpty(
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
  before?: (folder: string) => void,
) {
  const folder = newFolder();
  before?.(folder);
  const was = readdirSync(folder);
  const run = runProgram(args, env, '', folder);
  return { ...run, made: readdirSync(folder).filter(one => !was.includes(one)) };
}

const sentences = (text: string): string[] => text.trimEnd().split('\n');

describe('what only tells does so whatever the settings, and makes nothing', () => {
  const broken = { PORT: 'abc' };

  it.each([[['--help']], [['-h']], [['help']]])('%o: a line for every verb', args => {
    const run = inEmpty(args, broken);
    expect([run.status, run.stderr, run.made]).toEqual([0, '', []]);
    for (const name of NAMES) expect(run.stdout).toContain(`  ${name} `);
  });

  it.each(NAMES)('help %s, in both orders', name => {
    const [before, behind] = [inEmpty(['help', name], broken), inEmpty([name, '--help'], broken)];
    expect([before.status, before.stderr, before.made]).toEqual([0, '', []]);
    expect(behind).toMatchObject({ status: 0, stdout: before.stdout, made: [] });
    expect(before.stdout).toContain(`rembug ${name}`);
    expect(before.stdout).toContain(catalogue.en.cli.verbs[name]);
  });

  it.each([[['--version']], [['start', '--version']]])('%o', args => {
    expect(inEmpty(args, broken)).toMatchObject({ status: 0, stderr: '', stdout: '0.1.0\n', made: [] });
  });

  it('in Indonesian where that is chosen', () => {
    expect(inEmpty(['--help'], { REMBUG_LOCALE: 'id' }).stdout).toContain('menjalankan bot');
  });
});

/** Discord where nobody listens. */
const NOBODY = { DISCORD_TOKEN: 'rahasia', DISCORD_API_URL: 'http://127.0.0.1:1', DATABASE_URL: 'file::memory:' };

/** Slack over HTTP, on an address that is not this machine's. */
const DEAF_PORT = {
  ...{ SLACK_BOT_TOKEN: 'xoxb-1', SLACK_SIGNING_SECRET: 'rahasia', SLACK_API_URL: 'http://127.0.0.1:1/api/' },
  ...{ HOST: '192.0.2.1', PORT: '0', DATABASE_URL: 'file::memory:', LOG_LEVEL: 'error' },
};

/** Lines that are typed, how each ends, and what is said. Nothing is ever made. */
const CASES: readonly [args: string[], status: number, said: RegExp, env?: Record<string, string>][] = [
  [['dmeo'], 64, /there is no verb dmeo\. Did you mean demo\?/],
  [['--josn'], 64, /there is no verb --josn/],
  [['constructor'], 64, /there is no verb constructor/],
  [['help', 'dmeo'], 64, /there is no verb dmeo/],
  ...NAMES.map((name): [string[], number, RegExp] => [[name, '--nonsense'], 64, /there is no option --nonsense/]),
  ...NAMES.map((name): [string[], number, RegExp] => [
    [name, ...Object.keys(VERBS[name].takes).map(() => 'x'), 'surplus'],
    64,
    /surplus is one too many/,
  ]),
  [['console', '--josn'], 64, /there is no option --josn; did you mean --json\?/],
  [['console', '-j'], 64, /there is no option -j/],
  [['console', '--as'], 64, /--as needs a value/],
  [['console', '--as', '--json'], 64, /--as needs a value/],
  [['console', '--json=yes'], 64, /--json takes no value/],
  [['console', '--as', 'a', '--as', 'b'], 64, /--as is given twice/],
  [['console', '--now', 'tomorrow'], 64, /--now takes an instant such as/],
  [['backup'], 64, /FILE is missing/],
  [['restore'], 64, /FILE is missing/],
  [['export'], 64, /--forum is missing/],
  [['export', '--forum', 'x'], 64, /--out is missing/],
  [['deploy'], 64, /DISCORD_TOKEN is not set/],
  [['migrate', '--from', 'x.db'], 64, /--from and --to go together/],
  [['migrate', '--from', 'mysql://x', '--to', 'y.db'], 64, /mysql:\/\/x is no address of a database/],
  [['migrate', '--from', 'x.db', '--to', 'file:x.db'], 64, /are the same database/],
  [['migrate', '--from', 'x.db', '--to', 'y.db'], 1, /no database of Rembug at file:x\.db\. Nothing was created/],
  [['migrate', '--from', 'data/x.db', '--to', 'y.db'], 1, /no database of Rembug at file:data\/x\.db/],
  [['backup', 'x'], 1, /no database of Rembug at file:\.\/data\/rembug\.db; nothing was created/],
  [['places'], 1, /no database of Rembug .* begin one: rembug start/],
  [['outbox'], 1, /no database of Rembug/],
  [['outbox', '--state', 'x'], 64, /--state is one of pending, sent/],
  [['reload'], 1, /no database of Rembug/],
  [['export', '--forum', 'x', '--out', 'y'], 1, /no database of Rembug/],
  [['coordinator', '--forum', 'x', '--member', 'y'], 1, /no database of Rembug/],
  [['coordinator', '--forum', 'x'], 64, /--member is missing.\nUsage: rembug coordinator --forum NAME --member NAME/],
  [['import', 'package.json', '--forum', 'x'], 64, /--kind is missing/],
  [['import', 'x', '--forum', 'x', '--kind', 'y'], 1, /--kind is one of partners/],
  [['import', 'x', '--forum', 'x', '--kind', 'partners'], 1, /x cannot be opened/],
  [['demo', '--locale', 'fr'], 64, /--locale takes id or en/],
  [['demo', '--forum', 'x', '--open'], 64, /--forum is one of local, bandung/],
  [['demo', '--forum', 'bandung'], 64, /--forum goes with --open/],
  [['restore', 'x'], 69, /does not exist/],
  [['backup', 'x'], 1, /pg_dump/, { DATABASE_URL: 'postgres://u@127.0.0.1:1/x' }],
  [['restore', 'x'], 1, /pg_restore/, { DATABASE_URL: 'postgres://u@127.0.0.1:1/x' }],
  [['migrate', '--from', 'postgres://u:rahasia@127.0.0.1:1/x', '--to', 'y.db'], 69, /server does not answer/],
  [['console'], 78, /DATABASE_URL must be postgres:\/\/.*%2F/, { DATABASE_URL: 'postgres://u:rahasia/x@h/x' }],
  [['migrate', '--from', 'postgres://u:rahasia/x@h/x', '--to', 'y.db'], 64, /postgres:\/\/u:…@h\/x is no address/],
  [['backup', 'x'], 1, /in memory alone/, { DATABASE_URL: 'file::memory:' }],
  [['restore', '.'], 69, /A folder stands where/],
  [['outbox'], 69, /A folder stands where/, { DATABASE_URL: 'file:.' }],
  [['migrate', '--from', '.', '--to', 'y.db'], 69, /A folder stands where/],
  [['console', '--now', '2026-02-30'], 64, /--now takes an instant/],
  [['console', '--now', '1'], 64, /--now takes an instant/],
  [['deploy'], 69, /127\.0\.0\.1:1 does not answer \(ECONNREFUSED\)/, NOBODY],
  // Ends although the platforms' clients go on: a supervisor starts it anew.
  [['start'], 69, /The port at 192\.0\.2\.1 cannot be opened/, DEAF_PORT],
  [['start'], 78, /HOST must be an address/, { HOST: 'a b' }],
  [['start'], 78, /PORT must be a port/, { PORT: '70000' }],
];

it.each(CASES)('%o ends with %i and says what to do', (args, status, sentence, env = {}) => {
  const run = inEmpty(args, env);
  expect([run.status, run.stdout]).toEqual([status, '']);
  expect(run.stderr).toMatch(sentence);
  expect(run.stderr).not.toMatch(/\n\s+at |rahasia/);
  expect(run.made).toEqual([]);
  expect(sentences(run.stderr).length).toBeLessThanOrEqual(2);
});

it('every sentence about arguments exists in both languages, with the usage behind it', () => {
  const run = inEmpty(['backup'], { REMBUG_LOCALE: 'id' });
  expect(run.stderr).toBe('rembug backup: BERKAS belum disebutkan.\nCara pakai: rembug backup BERKAS\n');
});

it('what a verb takes is read as it was typed', () => {
  expect(readArguments(VERBS.console, ['--as=Bu Siti', '--json', '--now', '2026-11-24'], catalogue.en.cli)).toEqual({
    as: 'Bu Siti',
    json: true,
    now: '2026-11-24',
  });
  expect(readArguments(VERBS.console, ['--as=--json'], catalogue.en.cli)).toEqual({ as: '--json' });
  expect(readArguments(VERBS.restore, ['--force', 'x.db'], catalogue.en.cli)).toEqual({ force: true, file: 'x.db' });
  expect(readArguments(VERBS.restore, ['--', '--x.db'], catalogue.en.cli)).toEqual({ file: '--x.db' });
});

describe('doctor', () => {
  it('names the database and makes none', () => {
    const run = inEmpty(['doctor']);
    expect([run.status, run.made]).toEqual([0, []]);
    expect(run.stdout).toContain('ok   database: file:./data/rembug.db is not there yet; start makes it\n');
  });

  it('says in the words of start what is wrong with it', () => {
    const run = inEmpty(['doctor', '--check'], { DATABASE_URL: 'postgres://u:rahasia@127.0.0.1:1/x' });
    expect(run.status).toBe(1);
    expect(run.stdout).toContain(`fail database: ${catalogue.en.cli.faults.unreachable}`);
    expect(run.stdout).not.toContain('rahasia');
    const broken = inEmpty(['doctor', '--check'], { DATABASE_URL: 'file:x.db' }, folder =>
      writeFileSync(join(folder, 'x.db'), 'this is no database, however long it may be '.repeat(200)),
    );
    expect(broken.stdout).toContain(`fail database: ${catalogue.en.cli.faults.corrupt}`);
  });

  it('finds a name that is misspelt', () => {
    const run = inEmpty(['doctor'], { SLACK_BOT_TOKN: 'xoxb-1' });
    expect(run.status).toBe(1);
    expect(run.stdout).toMatch(
      /^fail settings: SLACK_BOT_TOKN is no setting of Rembug: did you mean SLACK_BOT_TOKEN\?$/m,
    );
  });
});

describe('moving to another database', () => {
  it('takes a path as it is typed, and says that a target is taken', () => {
    const folder = newFolder();
    const run = (...args: string[]) => runProgram(args, { DATABASE_URL: 'file:a.db' }, '/forum setup Uji\n', folder);
    expect(run('console', '--json').status).toBe(0);
    expect(run('migrate', '--from', 'a.db', '--to', 'b.db').status).toBe(0);
    expect(existsSync(join(folder, 'b.db'))).toBe(true);
    const again = run('migrate', '--from', 'a.db', '--to', 'b.db');
    expect([again.status, again.stderr]).toEqual([69, `${catalogue.en.cli.faults.taken}\n`]);
    writeFileSync(join(folder, 'notes.txt'), 'What we have said.\n'.repeat(100));
    expect(run('migrate', '--from', 'a.db', '--to', 'notes.txt').status).toBe(69);
    expect(readdirSync(folder).filter(one => one.startsWith('notes'))).toEqual(['notes.txt']);
  });
});

it('a backup is put back into a folder in which nothing is yet, and over a record only when told to', () => {
  const [old, fresh] = [newFolder(), newFolder()];
  expect(runProgram(['console', '--json'], {}, '/forum setup Uji\n', old).status).toBe(0);
  const file = join(fresh, 'a.backup');
  expect(runProgram(['backup', file], {}, '', old).status).toBe(0);
  expect(runProgram(['restore', file], {}, '', fresh)).toMatchObject({ status: 0, stderr: '' });
  const again = runProgram(['restore', file], {}, '', fresh);
  expect([again.status, again.stderr]).toEqual([69, `${catalogue.en.cli.faults.exists}\n`]);
  expect(readdirSync(join(fresh, 'data')).filter(one => one.endsWith('.replaced'))).toEqual([]);
  const asked = runProgram(['outbox', '--forum', 'Lain'], {}, '', fresh);
  expect([asked.status, asked.stderr]).toEqual([1, expect.stringMatching(/These are here:\n- Uji \(/)]);
});

describe('the file .env', () => {
  const settings = 'REMBUG_LOCALE=fr\r\nPORT="abc"\r\n';
  const utf16 = Buffer.from(`\ufeff${settings}`, 'utf16le');
  const faults = 'fail settings: PORT must be a number\nfail settings: REMBUG_LOCALE must be id or en\n';
  const withFile = (content: string | Uint8Array, args = ['doctor'], env = {}) =>
    inEmpty(args, env, folder => writeFileSync(join(folder, '.env'), content));

  it.each([
    ['as it is', settings],
    ['with the mark that Windows puts before it', `\ufeff${settings}`],
    ['in UTF-16', utf16],
    ['in UTF-16, the other way round', Buffer.from(utf16).swap16()],
  ])('is read %s', (_, content) => {
    expect(withFile(content)).toMatchObject({ status: 1, stdout: faults });
  });

  it('goes behind what the environment says', () => {
    expect(withFile(settings, ['doctor'], { PORT: '0', REMBUG_LOCALE: 'en' }).status).toBe(0);
  });

  it.each([
    ['no text', Uint8Array.of(0x50, 0xc3, 0x28, 0x3d), /\.env is not plain text\. Save it again/],
    ['UTF-16 without its mark', Buffer.from(settings, 'utf16le'), /\.env is not plain text\. Save it again/],
  ])('is refused in words where it is %s', (_, content, sentence) => {
    const run = withFile(content, ['start']);
    expect([run.status, run.made]).toEqual([78, []]);
    expect(run.stderr).toMatch(sentence);
    expect(withFile(content, ['--help']).status).toBe(0);
  });

  it('is refused in words where it cannot be read', () => {
    const run = inEmpty(['start'], {}, folder => mkdirSync(join(folder, '.env')));
    expect([run.status, run.made]).toEqual([78, []]);
    expect(run.stderr).toContain('.env cannot be read');
  });

  it('hints at names that are misspelt, and at them alone', () => {
    const run = withFile('SLACK_BOT_TOKN=xoxb-1\nslack_app_token=xapp-1\nPATHS=x\nLOG_FILE=x\n', ['migrate']);
    expect(run.status).toBe(0);
    expect(sentences(run.stderr)).toEqual([
      'rembug: SLACK_BOT_TOKN is no setting of Rembug: did you mean SLACK_BOT_TOKEN?',
      'rembug: slack_app_token is no setting of Rembug: did you mean SLACK_APP_TOKEN?',
    ]);
  });
});
