import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { newFolder, root, runProgram } from '../program.ts';

/** A database in which a forum was set up, and the verb that imports into it. */
function aForum() {
  const folder = newFolder();
  const env = { DATABASE_URL: `file:${join(folder, 'x.db')}` };
  const typed = (text: string) => runProgram(['console', '--json', '--as', 'sari'], env, text, folder);
  const fileOf = (name: string, content: string | Uint8Array): string => {
    writeFileSync(join(folder, name), content);
    return join(folder, name);
  };
  const enter = (file: string, kind: string, ...more: string[]) =>
    runProgram(['import', file, '--forum', 'Forum Uji', '--kind', kind, ...more], env, '', folder);
  return { folder, env, typed, fileOf, enter };
}

it('rembug import takes an instrument of assessments, and back what was exported of one, with each fault at its row', () => {
  const { folder, env, typed, fileOf, enter } = aForum();
  expect(typed('/forum setup "Forum Uji"\n').status).toBe(0);
  const text = readFileSync(join(root, 'test/imports/framework.csv'), 'utf8');
  const file = fileOf('kampung.csv', text);
  const listed = (): string => typed('/penilaian instrumen\n').stdout;
  const dry = enter(file, 'framework', '--dry-run');
  expect([dry.status, dry.stderr, dry.stdout]).toEqual([0, '', expect.stringContaining('Kampung siaga')]);
  expect(listed()).not.toContain('Kampung siaga');
  expect(enter(file, 'framework').status).toBe(0);
  expect(listed()).toContain('Kampung siaga');
  // An assessment by it, exported, has the very same instrument in it.
  const answered = [
    '/assessment start kampung-siaga object:"Dusun Satu"',
    '/assessment answer B-1 question:1 answer:yes evidence:"=1+1"',
    '/assessment export B-1',
    ':save b1.csv',
  ];
  expect(typed(`${answered.join('\n')}\n`).status).toBe(0);
  const again = enter(fileOf('b1-lagi.csv', readFileSync(join(folder, 'b1.csv'), 'utf8')), 'framework');
  expect([again.status, again.stderr, again.stdout]).toEqual([0, '', expect.stringContaining('sudah')]);
  // So has an export of the forum.
  expect(runProgram(['export', '--forum', 'Forum Uji', '--out', join(folder, 'ekspor')], env, '', folder).status).toBe(
    0,
  );
  const other = aForum();
  other.typed('/forum setup "Forum Uji"\n');
  expect(other.enter(join(folder, 'ekspor'), 'framework').stdout).toContain('Kampung siaga');
  const entered = other.enter(file, 'framework');
  expect([entered.status, entered.stdout]).toEqual([0, expect.stringContaining('sudah')]);
  // An export without an instrument of its own says so; a row that holds none is a fault.
  const rows = join(folder, 'ekspor', 'frameworks.json');
  const own = JSON.parse(readFileSync(rows, 'utf8')) as { key: string; data: { sections: unknown } }[];
  const others = own.filter(row => row.key !== 'kampung-siaga');
  writeFileSync(rows, JSON.stringify(others));
  const none = other.enter(join(folder, 'ekspor'), 'framework');
  expect([none.status, none.stderr, none.stdout]).toEqual([0, '', expect.stringContaining('tidak memuat instrumen')]);
  const odd = own
    .filter(row => row.key === 'kampung-siaga')
    .map(row => ({ ...row, data: { ...row.data, sections: 7 } }));
  writeFileSync(rows, JSON.stringify([...others, ...odd, null]));
  const refused = other.enter(join(folder, 'ekspor'), 'framework');
  expect([refused.status, refused.stdout]).toEqual([1, '']);
  const row = others.length + 1;
  expect(refused.stderr.trim().split('\n')).toEqual([
    `Baris ${row}: bukan instrumen yang dapat dipakai (sections)`,
    `Baris ${row + 1}: bukan instrumen yang dapat dipakai`,
  ]);
  const changed = enter(fileOf('lain.csv', text.replace('Warga tahu', 'Orang tahu')), 'framework');
  expect([changed.status, changed.stderr]).toEqual([1, expect.stringContaining('2026')]);
  const wrong = enter(
    fileOf('salah.csv', text.replace('question,2', 'question,1').replace(',,0,2', ',,0,1')),
    'framework',
  );
  expect([wrong.status, wrong.stdout]).toEqual([1, '']);
  expect(wrong.stderr).toMatch(/Baris 8: /);
  expect(wrong.stderr).toMatch(/Baris 11: /);
});

it('rembug import enters a file, checks it alone with --dry-run, and takes an export back in', () => {
  const { folder, env, typed, fileOf, enter } = aForum();
  expect(typed('/forum setup "Forum Uji"\n').status).toBe(0);
  const goals = fileOf('tujuan.csv', 'Tujuan;Tenggat\nAir bersih;31/12/2030\nPangan cukup;besok sekali\n');
  const dry = enter(goals, 'goals', '--dry-run');
  expect([dry.status, dry.stderr]).toEqual([0, '']);
  expect(dry.stdout).toContain('1 baru, 0 berubah, 0 sudah ada, 0 meragukan, 1 salah');
  expect(dry.stdout).toContain('- B3 Pangan cukup: salah.');
  expect(typed('/goal list\n').stdout).not.toContain('Air bersih');
  expect(enter(goals, 'goals').stdout).toContain('Impor 1 selesai: 1 baris tujuan');
  expect(typed('/goal list\n').stdout).toContain('Air bersih');
  // The same file once more has nothing to enter.
  const again = enter(goals, 'goals');
  expect([again.status, again.stdout.includes('selesai')]).toEqual([0, false]);
  for (const [file, kind, said] of [
    [goals, 'hujan', /partners, goals/],
    [join(folder, 'tiada.csv'), 'goals', /tiada\.csv/],
    [fileOf('x.pdf', '%PDF-1.7 x'), 'goals', /./],
    [goals, 'money', /Tanggal/],
  ] as const) {
    const refused = enter(file, kind);
    expect([kind, refused.status, said.test(refused.stderr)]).toEqual([kind, 1, true]);
  }
  const missing = runProgram(['import', goals, '--forum', 'Forum Uji'], env, '', folder);
  expect(missing.status).toBe(64);
  const out = join(folder, 'ekspor');
  expect(runProgram(['export', '--forum', 'Forum Uji', '--out', out], env, '', folder).status).toBe(0);
  expect(readFileSync(join(out, 'goals.csv'), 'utf8')).toContain('Air bersih');
  const other = aForum();
  other.typed('/forum setup "Forum Uji"\n');
  expect(other.enter(join(out, 'datapackage.json'), 'goals').stdout).toContain('Impor 1 selesai: 1 baris tujuan');
  expect(other.enter(out, 'goals').stdout).toContain('0 baru, 0 berubah, 1 sudah ada');
});
