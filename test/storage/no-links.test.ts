import { statSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { expect, it, vi } from 'vitest';
import { restore } from '../../src/storage/backup.ts';
import { openStore } from '../../src/storage/open.ts';
import { newFolder } from '../program.ts';
import { aWorld } from '../world.ts';

// As on FAT or some network drives.
vi.mock('node:fs', async load => ({
  ...(await load<typeof import('node:fs')>()),
  linkSync: () => {
    throw Object.assign(new Error('operation not permitted'), { code: 'EPERM' });
  },
}));

const goal = (file: string): unknown => {
  const db = new Database(file, { readonly: true });
  const title = db.prepare('SELECT title FROM goals').pluck().get();
  db.close();
  return title;
};

it('where the file system has no hard links, the old database is kept as a copy', async () => {
  const [file, other] = [join(newFolder(), 'a.db'), join(newFolder(), 'b.db')];
  for (const [path, title] of [
    [file, 'Satu'],
    [other, 'Dua'],
  ] as const) {
    await using world = await aWorld({ store: await openStore(`file:${path}`) });
    await world.all('/forum setup Uji', `/goal add ${title}`);
  }
  restore(other, file, { force: true });
  expect([goal(file), goal(`${file}.replaced`)]).toEqual(['Dua', 'Satu']);
  expect((statSync(`${file}.replaced`).mode & 0o777).toString(8)).toBe('600');
});
