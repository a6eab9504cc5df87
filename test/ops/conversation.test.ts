import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { expect, it } from 'vitest';
import { newFolder, root, runProgram } from '../program.ts';
import { PROMPT, startTerminal } from './tty.ts';

const ENGLISH = { LANG: 'en_US.UTF-8' };
const INDONESIAN = { LANG: 'id_ID.UTF-8' };
const KEYS = { tab: '\t', up: '\u001b[A', interrupt: '\u0003', clear: '\u0015', end: '\u0004' };

it('the first screen says who one is, where the record is, what to try and how to leave', async () => {
  const terminal = startTerminal(['start'], INDONESIAN);
  const first = await terminal.until(PROMPT);
  for (const part of ['Anda: koordinator', 'Disimpan di: ./data/rembug.db', 'Forum: belum ada', 'ketik exit'])
    expect(first).toContain(part);
  expect(first.match(/^ {2}• .*/gm)).toEqual(['  • /forum mulai "Nama forum"', '  • /bantuan', '  • :help']);
  // Each of the three works as it stands.
  expect(await terminal.enter('/bantuan')).toContain('Belum ada forum di sini');
  const lines = await terminal.enter(':help');
  for (const name of [':as', ':click', ':fill', ':skip', ':save', ':quit', '@siti']) expect(lines).toContain(name);
  expect(await terminal.enter('/forum mulai "Nama forum" bahasa:indonesia')).toContain('✔ Forum dimulai: Nama forum');
  terminal.type('exit\r');
  expect(await terminal.ended).toBe(0);
});

it.each([
  ['en_US.UTF-8', 'Rembug in this terminal'],
  ['en', 'Rembug in this terminal'],
  ['id_ID.UTF-8', 'Rembug di terminal ini'],
  ['C.UTF-8', 'Rembug di terminal ini'],
  ['POSIX', 'Rembug di terminal ini'],
  ['de_DE.UTF-8', 'Rembug di terminal ini'],
])('LANG=%s before there is a forum: %s', async (LANG, title) => {
  const terminal = startTerminal(['console'], { LANG });
  expect(await terminal.until(PROMPT)).toContain(title);
  terminal.type(KEYS.end);
  expect(await terminal.ended).toBe(0);
});

it('what was chosen goes before LANG, the forum before both, and --json reads no LANG', async () => {
  const chosen = startTerminal(['console'], { ...ENGLISH, REMBUG_LOCALE: 'id' });
  expect(await chosen.until(PROMPT)).toContain('Rembug di terminal ini');
  // A language that was chosen is not asked for.
  expect(await chosen.enter('/forum mulai Uji')).toContain('✔ Forum dimulai');
  const later = startTerminal(['console'], ENGLISH, chosen.folder);
  expect(await later.until(PROMPT)).toContain('Forum: Uji');
  expect(later.shown()).toContain('Rembug di terminal ini');
  const json = startTerminal(['console', '--json'], ENGLISH);
  json.type('/forum setup Uji\n/nonsense\n');
  expect(await json.until('"line":2')).toContain('Forum dimulai: Uji');
  expect(json.shown()).toContain('tidak dikenal');
});

it('setting up asks for the language of the forum, and keeps what was typed', async () => {
  const terminal = startTerminal(['console'], ENGLISH);
  await terminal.until(PROMPT);
  expect(await terminal.enter('/forum setup "River Forum" announce:news')).toContain(
    'Which language does this forum use?',
  );
  expect(await terminal.enter('/forum show')).toContain('There is no forum here yet');
  await terminal.enter('/forum setup "River Forum" announce:news');
  expect(await terminal.enter(':fill locale=indonesia')).toContain('✔ Forum dimulai: River Forum');
});

it('words alone are understood, and a command without its slash is told so', async () => {
  const terminal = startTerminal(['console'], ENGLISH);
  await terminal.until(PROMPT);
  expect(await terminal.enter('help')).toContain('The lines of this terminal: :help');
  expect(await terminal.enter('activity list')).toContain('Commands begin with a slash: /activity list');
  expect(await terminal.enter(':hepl')).toContain('Did you mean :help?');
  terminal.type('exit\r');
  expect(await terminal.ended).toBe(0);
});

it('line breaks that are pasted inside quotes belong to the text', async () => {
  const terminal = startTerminal(['console'], { REMBUG_LOCALE: 'en' });
  await terminal.until(PROMPT);
  await terminal.enter('/forum setup Forum');
  terminal.type('/issue raise Drain detail:"first line\r\rsecond line"\r/issue list\r');
  await terminal.until(/I-1 {3}Drain[\s\S]*\n\n[^\n]*> $/);
  expect(await terminal.enter('/issue show I-1')).toMatch(/first line\s+│\s+│ second line/);
  // Typed by hand: the quote goes on until it is closed, or an empty line sends it.
  terminal.type('/issue raise "Second\r');
  expect(await terminal.until('… ')).toContain('The quote is still open');
  terminal.type('\r');
  expect(await terminal.until(PROMPT)).toContain('Issue I-2 was raised');
});

it('Ctrl-C asks where something is typed, and leaves where nothing is', async () => {
  const terminal = startTerminal(['start'], ENGLISH);
  await terminal.until(PROMPT);
  terminal.type('/goal add');
  terminal.type(KEYS.interrupt);
  await terminal.until('Something is typed');
  terminal.type(KEYS.clear);
  terminal.type(KEYS.interrupt);
  expect(await terminal.ended).toBe(0);
  const twice = startTerminal(['console'], ENGLISH);
  await twice.until(PROMPT);
  twice.type('/goal add');
  twice.type(KEYS.interrupt);
  await twice.until('Something is typed');
  twice.type(KEYS.interrupt);
  expect(await twice.ended).toBe(0);
});

it('Tab completes commands, options and values in the language of the conversation', async () => {
  const terminal = startTerminal(['console'], { REMBUG_LOCALE: 'id' });
  await terminal.until(PROMPT);
  await terminal.enter('/forum mulai Uji');
  await terminal.enter('/mitra tambah "BPBD Kota"');
  const complete = async (typed: string, whole: string): Promise<void> => {
    terminal.type(typed);
    terminal.type(KEYS.tab);
    await terminal.until(whole);
    terminal.type(KEYS.clear);
  };
  await complete('/kegi', '/kegiatan');
  await complete('/kegiatan ren', '/kegiatan rencana');
  await complete('/activity canc', '/activity cancel');
  await complete('/kegiatan catat Gladi pes', 'peserta:');
  await complete('/kegiatan catat Gladi jenis:pela', 'jenis:pelatihan');
  await complete('/mitra tugaskan siti mitra:bp', 'mitra:M-1');
  await complete('/mitra tugaskan koor', 'koordinator');
  await complete(':si', ':simpan');
});

/**
 * Lines that are kept of a session: without what is anonymous, and without choices of a secret vote, whether typed,
 * pressed or filled in.
 */
const REMEMBERED = `/forum setup Forum
/goal add "Dry feet"
/partner add A
/partner assign admin partner:A role:representative
/strategy propose Pumps rationale:x closes:3d secret:yes
`;

it('what was typed is there in the next session, but what is nobody’s business', async () => {
  const first = startTerminal(['console'], { REMBUG_LOCALE: 'en' });
  await first.until(PROMPT);
  await first.enter('/forum setup Forum');
  await first.enter('/issue raise Hidden anonymous:yes');
  await first.enter('/goal add "Dry feet"');
  await first.enter('/partner add A');
  await first.enter('/partner assign admin partner:A role:representative');
  await first.enter('/strategy propose Pumps rationale:x closes:3d secret:yes');
  await first.enter(':click Agree');
  await first.enter(':fill choice=agree');
  await first.enter('/strategy vote S-1 agree');
  first.type(KEYS.end);
  expect(await first.ended).toBe(0);
  const file = join(first.folder, 'data', 'rembug.db.history');
  expect(readFileSync(file, 'utf8')).toBe(REMEMBERED);
  expect(statSync(file).mode & 0o077).toBe(0);
  const second = startTerminal(['console'], {}, first.folder);
  await second.until(PROMPT);
  second.type(KEYS.up);
  await second.until('/strategy propose Pumps');
});

it('the last file of an answer is saved, over nothing that is there', async () => {
  const terminal = startTerminal(['console'], { REMBUG_LOCALE: 'en' });
  await terminal.until(PROMPT);
  await terminal.enter('/forum setup Forum');
  expect(await terminal.enter(':save x.html')).toContain('No answer has held a file yet');
  await terminal.enter('/report 1/1/2026 format:html');
  expect(await terminal.enter(':save')).toContain('Still missing');
  expect(await terminal.enter(':save "my report.html"')).toContain('was written to my report.html');
  const file = join(terminal.folder, 'my report.html');
  expect(readFileSync(file, 'utf8')).toMatch(/^<!doctype html>/i);
  expect(await terminal.enter(':save "my report.html"')).toContain('is there already');
  expect(await terminal.enter(':save nowhere/x.html')).toContain('cannot be written');
  expect(existsSync(join(terminal.folder, 'nowhere'))).toBe(false);
});

it.each([40, 60, 80])('sentences are broken between words at %i columns', async columns => {
  const terminal = startTerminal(['console'], { REMBUG_LOCALE: 'en', COLUMNS: String(columns) });
  expect((await terminal.until(PROMPT)).replace(/\s+/g, ' ')).toContain('The lines of this terminal: :help.');
  const said = {
    ':help': 'what falls due is done at its time',
    kirim: 'There is no command “kirim”',
    ':skip 90m': 'Nothing was sent.',
    '/forum setup Forum': 'You are its coordinator.',
    '/activity log': 'Complete it with :fill name=value.',
  };
  for (const [line, sentence] of Object.entries(said)) {
    const answer = (await terminal.enter(line)).split('\r').at(-1)!;
    expect(answer.replace(/\s+/g, ' ')).toContain(sentence);
    const rows = answer.split('\n').filter(row => row.trim().includes(' '));
    expect([line, rows.filter(row => [...row].length > columns)]).toEqual([line, []]);
  }
});

it.each([60, 80])('tables fit %i columns', async columns => {
  const terminal = startTerminal(['console'], { REMBUG_LOCALE: 'en', COLUMNS: String(columns) });
  await terminal.until(PROMPT);
  await terminal.enter('/forum setup Forum');
  await terminal.enter(`/issue raise "${'A long title with many words '.repeat(5).trim()}" severity:high`);
  await terminal.enter(`/goal add "${'Averylongwordwithoutspaces'.repeat(4)}" due:31/12/2027`);
  for (const line of ['/issue list', '/goal list', '/forum members', '/finance list']) {
    const answer = (await terminal.enter(line)).split('\r').at(-1)!;
    const rows = answer.split('\n').filter(row => row.startsWith('  '));
    expect([line, rows.filter(row => [...row].length > columns)]).toEqual([line, []]);
  }
  expect((await terminal.enter('/issue list')).replace(/\s+/g, ' ')).toContain('many words');
});

it('the full address of the public page is told, once there is a forum', async () => {
  const first = startTerminal(['start'], { REMBUG_LOCALE: 'en' });
  await first.until(PROMPT);
  await first.enter('/forum setup Forum');
  expect(await first.enter('/forum publish')).toMatch(/http:\/\/localhost:\d+\/f\/\w+\/preview\/\w+/);
  first.type(KEYS.end);
  await first.ended;
  const second = startTerminal(['start'], {}, first.folder);
  const [, address] = /Public page: (http:\/\/localhost:\d+\/f\/\w+) \(not published yet/.exec(
    await second.until(PROMPT),
  )!;
  expect((await fetch(address!)).status).toBe(404);
});

it('Y13: the clock is refused where the database has a forum on Discord or Slack', () => {
  const folder = newFolder();
  const run = (args: string[], input = '') => runProgram(args, { DATABASE_URL: 'file:a.db' }, input, folder);
  expect(run(['console', '--json'], '/forum setup Uji\n:skip 1d\n').stdout).not.toContain('"ok":false');
  const db = new Database(join(folder, 'a.db'));
  db.exec(`INSERT INTO places (forum_id, platform, workspace, name, joined_at)
    SELECT id, 'discord', '1', 'Server', 0 FROM forums`);
  db.close();
  const skipped = JSON.parse(run(['console', '--json'], ':skip 1d\n').stdout);
  expect([skipped.ok, skipped.error.code]).toEqual([false, 'forbidden']);
  expect(skipped.error.message).toContain('Discord atau Slack');
  const now = run(['console', '--json', '--now', '2027-01-01T00:00:00Z'], '/issue raise X\n');
  expect([now.status, now.stdout]).toEqual([64, '']);
  expect(now.stderr).toContain('--now is refused');
});

/** Returns what a README has typed, each line with the prompt before it and the first line of its answer. */
function sessionOf(file: string): { prompt: string; line: string; answer: string | undefined }[] {
  const [, block = ''] = /<!-- session -->\n```text\n([\s\S]*?)```/.exec(readFileSync(join(root, file), 'utf8'))!;
  return block.split('\n\n').map(part => {
    const [typed = '', answer] = part.trim().split('\n');
    const [, prompt = '', line = ''] = /^(\S+)> (.*)$/.exec(typed)!;
    return { prompt, line, answer };
  });
}

it.each([
  ['README.md', 'C'],
  ['README.md', 'en_GB.UTF-8'],
  ['README.id.md', 'C'],
  ['README.id.md', 'en_GB.UTF-8'],
])('the session of %s goes as it says, also with LANG=%s, as a newcomer types it', async (file, LANG) => {
  const terminal = startTerminal(['start'], { LANG });
  let screen = await terminal.until(PROMPT);
  for (const { prompt, line, answer } of sessionOf(file)) {
    expect(screen.slice(screen.lastIndexOf('\n') + 1)).toContain(`${prompt}> `);
    terminal.type(`${line}\r`);
    screen = await terminal.until(answer === undefined ? /sari> $/ : PROMPT);
    if (answer !== undefined) expect(screen).toContain(answer);
  }
});
