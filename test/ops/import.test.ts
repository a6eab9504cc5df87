import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { newFolder, runProgram } from '../program.ts';

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
