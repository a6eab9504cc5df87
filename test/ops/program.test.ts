import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { expect, it } from 'vitest';
import { newFolder, runInto, runProgram, startBot, startConsole } from '../program.ts';

const database = (): { file: string; env: Record<string, string> } => {
  const file = join(newFolder(), 'data', 'rembug.db');
  return { file, env: { DATABASE_URL: `file:${file}` } };
};

it('the built program holds a conversation over standard input, a JSON object a line, and ends with 0', () => {
  const { env } = database();
  const script = [
    '# persiapan',
    '/forum setup "Forum Uji" announce:umum',
    '@siti /issue raise "Saluran tersumbat"',
    '/nonsense',
    ':click "Terbang"',
    ':fill judul=Apa',
    '',
  ].join('\n');
  const run = runProgram(['console', '--json', '--now', '2026-11-24T01:00:00Z'], env, script);
  expect([run.status, run.stderr]).toEqual([0, '']);
  const lines = run.stdout
    .trim()
    .split('\n')
    .map(line => JSON.parse(line));
  expect(lines).toHaveLength(6);
  expect(lines[2]).toMatchObject({ line: 3, actor: 'siti', ok: true, posts: [{ to: '#umum' }] });
  expect(lines[3]).toMatchObject({ line: 4, ok: false, error: { code: 'unknown_command' } });
  expect(lines[4].error).toEqual({
    code: 'not_found',
    message: expect.stringMatching(/^Tidak ada tombol “Terbang” yang dapat Anda tekan sekarang\. Yang ada: “Salin/),
  });
  expect(lines[5].error.code).toBe('not_found');
});

it('with no chat platform, start opens the same conversation', () => {
  const run = runProgram(['start'], database().env, '/forum setup "Forum Uji"\n/forum show\n');
  expect([run.status, run.stdout.includes('Forum Uji')]).toEqual([0, true]);
  // Nobody sits there: whoever meant to start the bot is told what it lacks.
  expect(run.stderr).toContain('no platform is set');
});

it('beside that conversation the HTTP port serves health and the public page', async () => {
  const bot = startBot(database().env, 'pipe');
  const address = await bot.address();
  const answers = await Promise.all(['/healthz', '/', '/f/none'].map(path => fetch(`${address}${path}`)));
  expect(answers.map(answer => answer.status)).toEqual([200, 200, 404]);
  bot.close();
  expect(await bot.ended).toBe(0);
});

it.skipIf(process.platform !== 'linux')('HOST opens the port on that address alone', async () => {
  const reached = async (env: Record<string, string>): Promise<boolean> => {
    const bot = startBot({ ...database().env, ...env }, 'pipe');
    const { port } = new URL(await bot.address());
    const answer = await fetch(`http://127.0.0.2:${port}/healthz`).catch(() => null);
    expect((await fetch(`http://127.0.0.1:${port}/healthz`)).status).toBe(200);
    bot.close();
    await bot.ended;
    return answer !== null;
  };
  expect([await reached({}), await reached({ HOST: '127.0.0.1' })]).toEqual([true, false]);
});

it('that conversation ends well when it is told to, as the bot does', async () => {
  const bot = startBot(database().env, 'pipe');
  await bot.told('http listening');
  bot.end('SIGTERM');
  expect(await bot.ended).toBe(0);
});

it('killed between any two lines it loses no confirmed act', async () => {
  const { env } = database();
  const confirmed: string[] = [];
  for (const line of ['/forum setup Uji', '/partner add A', '/goal add B', '/activity log C', '/issue raise D']) {
    const console = startConsole(env);
    const result = await console.say(line);
    expect(result.ok).toBe(true);
    confirmed.push(line.split(' ').at(-1)!);
    await console.kill();
  }
  const console = startConsole(env);
  const seen = await Promise.all(
    ['/forum show', '/partner list', '/goal list', '/activity list', '/issue list'].map(line => line),
  ).then(async lines => {
    const texts: string[] = [];
    for (const line of lines) texts.push((await console.say(line)).text);
    return texts;
  });
  expect(seen.map((text, i) => text.includes(confirmed[i]!))).toEqual([true, true, true, true, true]);
  expect(await console.end()).toBe(0);
});

it('names every fault of the settings at once, exit 78, without a stack trace', () => {
  const run = runProgram(['start'], {
    DATABASE_URL: 'mysql://x',
    PORT: 'abc',
    REMBUG_LOCALE: 'fr',
    REMBUG_TIMEZONE: 'Mars',
    SLACK_BOT_TOKEN: 'xoxb-1',
  });
  expect(run.status).toBe(78);
  for (const name of ['DATABASE_URL', 'PORT', 'REMBUG_LOCALE', 'REMBUG_TIMEZONE', 'SLACK_BOT_TOKEN'])
    expect(run.stderr).toContain(name);
  expect(run.stderr).not.toMatch(/\n\s+at |xoxb-1/);
});

it('doctor names each fault of the settings on a line of its own, and finds that something fails', () => {
  const run = runProgram(['doctor'], { PORT: 'abc', REMBUG_LOCALE: 'fr' });
  expect(run).toMatchObject({ status: 1, stderr: '' });
  expect(run.stdout).toBe('fail settings: PORT must be a number\nfail settings: REMBUG_LOCALE must be id or en\n');
});

it('a Slack that can tell us nothing is a fault to doctor', () => {
  const oauth = { SLACK_CLIENT_ID: '1', SLACK_CLIENT_SECRET: '2', SLACK_STATE_SECRET: '3'.repeat(32) };
  const run = runProgram(['doctor'], { ...database().env, ...oauth });
  expect(run.status).toBe(1);
  expect(run.stdout).toContain('fail slack: nothing that people do can reach Rembug: set SLACK_APP_TOKEN');
});

it('the manifest is printed before the address is known, with a word about it', () => {
  const env = { SLACK_BOT_TOKEN: 'xoxb-1', SLACK_SIGNING_SECRET: 'x' };
  const run = runProgram(['manifest'], env);
  expect([run.status, run.stderr.trim()]).toEqual([0, expect.stringContaining('PUBLIC_URL is not set')]);
  const { settings } = JSON.parse(run.stdout);
  expect(settings.event_subscriptions.request_url).toBe('https://rembug.example/slack/events');
  const known = runProgram(['manifest'], { ...env, PUBLIC_URL: 'https://forum.id' });
  expect([known.stderr, JSON.parse(known.stdout).settings.interactivity.request_url]).toEqual([
    '',
    'https://forum.id/slack/events',
  ]);
  const both = runProgram(['manifest'], { ...env, SLACK_APP_TOKEN: 'xapp-1' });
  expect(JSON.parse(both.stdout).settings.socket_mode_enabled).toBe(true);
});

it('output that is cut off ends it without a word', () => {
  for (const args of [['manifest'], ['deploy', '--dry-run'], ['console']]) {
    const run = runInto('true', args, database().env, '/help\n'.repeat(50));
    expect([args, run.status, run.stderr]).toEqual([args, 0, '']);
  }
});

it('says in a clear sentence that a database is damaged, newer, or in use', async () => {
  const broken = database();
  runProgram(['migrate'], broken.env);
  writeFileSync(broken.file, 'this is no database, however long it may be '.repeat(200));
  expect(runProgram(['migrate'], broken.env)).toMatchObject({ status: 69, stderr: expect.stringContaining('damaged') });
  const newer = database();
  runProgram(['migrate'], newer.env);
  new Database(newer.file).prepare("INSERT INTO migrations VALUES ('of-tomorrow', 1)").run();
  expect(runProgram(['migrate'], newer.env)).toMatchObject({ status: 69, stderr: expect.stringContaining('newer') });
  const held = database();
  runProgram(['migrate'], held.env);
  const other = new Database(`${held.file}.lock`);
  other.pragma('locking_mode = EXCLUSIVE');
  other.exec('BEGIN EXCLUSIVE');
  expect(runProgram(['start'], held.env, '')).toMatchObject({ status: 69, stderr: expect.stringContaining('in use') });
  other.close();
  expect(runProgram(['start'], held.env, '').status).toBe(0);
});

it.each([
  ['a server that does not answer', 'postgres://rembug:rahasia@127.0.0.1:1/rembug', 'does not answer'],
  ['a place where no file can be', `file:${import.meta.filename}/rembug.db`, 'cannot be opened for writing'],
  ['a place where no folder can be', 'file:/proc/rembug/data/rembug.db', 'cannot be opened for writing'],
])('ends with 69 and one sentence for %s', (_, url, sentence) => {
  for (const verb of ['start', 'migrate']) {
    const run = runProgram([verb], { DATABASE_URL: url, DISCORD_TOKEN: 'x' });
    expect([run.status, run.stderr.trim().split('\n').length]).toEqual([69, 1]);
    expect(run.stderr).toContain(sentence);
    expect(run.stderr).not.toContain('rahasia');
  }
});

it('fills the demo forums once, keeps them apart, examines, backs up, restores and exports', () => {
  const { file, env } = database();
  expect(runProgram(['demo'], env).status).toBe(0);
  expect(runProgram(['demo'], env).status).toBe(1);
  expect(runProgram(['doctor'], env)).toMatchObject({
    status: 0,
    stdout: expect.stringContaining('ok   integrity: ok'),
  });
  const seen = runProgram(['console', '--as', 'sari'], env, '/activity list\n').stdout;
  expect(seen).toContain('Gladi banjir Kali Code');
  expect(seen).not.toContain('Panen raya');
  const copy = join(newFolder(), 'copy.db');
  expect(runProgram(['backup', copy], env).status).toBe(0);
  expect(runProgram(['backup', copy], env).status).toBe(69);
  expect(runProgram(['restore', copy], env).status).toBe(69);
  expect(runProgram(['restore', copy, '--force'], env).status).toBe(0);
  expect(existsSync(`${file}.replaced`)).toBe(true);
  const out = newFolder();
  expect(runProgram(['export', '--forum', 'Yogyakarta', '--out', out], env).status).toBe(0);
  const issues = readFileSync(join(out, 'issues.json'), 'utf8');
  expect(issues).toContain('Sensor Winongo-2 mati');
  expect(issues).not.toContain('logo');
  expect(readdirSync(out)).toContain('activities.csv');
  const both = runProgram(['export', '--forum', 'Forum', '--out', newFolder()], env);
  expect([both.status, both.stdout, both.stderr.trim().split('\n').length]).toEqual([1, '', 3]);
  const nowhere = runProgram(['export', '--forum', 'Yogyakarta', '--out', '/proc/rembug/out'], env);
  expect([nowhere.status, nowhere.stderr.trim().split('\n').length]).toEqual([69, 1]);
});
