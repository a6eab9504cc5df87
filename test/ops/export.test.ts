import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { eq, getTableColumns, is, Table } from 'drizzle-orm';
import { describe, expect, it } from 'vitest';
import { readSettings } from '../../src/app/settings.ts';
import { examine } from '../../src/cli/doctor.ts';
import { EXPORTED, exportForum, forumsNamed, LEFT_OUT } from '../../src/cli/export.ts';
import { addEvidence } from '../../src/domain/evidence.ts';
import { keepContent } from '../../src/domain/files/store.ts';
import { catalogue } from '../../src/language/messages.ts';
import { openStore } from '../../src/storage/open.ts';
import { databases } from '../databases.ts';
import { LIFE } from '../life.ts';
import { newFolder } from '../program.ts';
import { aWorld } from '../world.ts';

describe.each(databases)('export on $name', ({ open }) => {
  it('every table of a forum is exported or named with the reason why not, and every row is there', async () => {
    const store = await open();
    await using world = await aWorld({ store });
    for (const line of LIFE) await world.run(line);
    await world.all('/partner add Z sector:ngo', '@zaki /partner join Z');
    const bytes = Buffer.from('%PDF-1.7 daftar hadir');
    const hash = createHash('sha256').update(bytes).digest('hex');
    const [{ id } = { id: '' }] = await store.read.select().from(store.tables.forums);
    const content = { hash, type: 'application/pdf', size: bytes.length, parts: [bytes] };
    await keepContent(store, id, content, world.clock.now());
    const proof = { thing: 'activity', number: 1, kind: 'file', content: 'hadir.pdf', file: hash, addedBy: 1 } as const;
    await store.write(id, tx => addEvidence(tx, id, proof, world.clock.now()));
    const ofForums = Object.entries(store.tables as unknown as Record<string, Table>)
      .filter(([, table]) => is(table, Table) && 'forumId' in getTableColumns(table))
      .map(([name]) => name);
    expect([...EXPORTED, ...Object.keys(LEFT_OUT)].sort()).toEqual(ofForums.sort());
    const folder = join(newFolder(), 'out');
    const [forum] = await forumsNamed(store, 'Uji');
    const files = await exportForum(store, forum!, folder);
    const there = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter(one => one !== 'files');
    expect(there.sort()).toEqual([...files].sort());
    expect(readFileSync(join(folder, 'files', hash))).toEqual(bytes);
    const written = (name: string) =>
      JSON.parse(readFileSync(join(folder, `${name}.json`), 'utf8')) as Record<string, unknown>[];
    for (const name of EXPORTED) {
      if (['issues', 'actions', 'evidence', 'events', 'announcements', 'pulseCounts', 'files'].includes(name)) continue;
      const rows = (await store.read.select().from(store.tables[name] as never)) as unknown[];
      expect([name, written(name).length]).toEqual([name, rows.length]);
      const lines = readFileSync(join(folder, `${name}.csv`), 'utf8').trim();
      // A proxy that was taken back leaves no row.
      if (name !== 'proxies') expect(lines.length > 1, name).toBe(true);
    }
    // What was read in by an import is referred to by nothing, and goes by itself.
    expect(written('files').map(one => one.hash)).toEqual([hash]);
    const issues = written('issues');
    expect(issues.map(one => one.title)).toEqual(['I1', 'I2']);
    const all = files.map(file => readFileSync(join(folder, file), 'utf8')).join('\n');
    expect(all).not.toMatch(/secretKey|"salt"|"me\./);
    expect(Object.keys(written('members')[0]!)).toEqual([
      'number',
      'name',
      'coordinator',
      'arrived',
      'createdAt',
      'forgottenAt',
    ]);
    expect(written('events').filter(one => one.thing === 'issue' && one.number === 3)).toEqual([]);
    expect(statSync(join(folder, 'members.json')).mode & 0o777).toBe(0o600);
  });
});

it.each(databases)('R18: an export holds no more than members may read ($name)', async ({ open }) => {
  const store = await open();
  await using world = await aWorld({ store });
  await world.all(
    '/forum setup Uji',
    '/partner add A sector:ngo',
    '/partner assign budi partner:A role:representative',
    '/partnership pulse',
    '@budi /partnership answer pulse:1 theme:1 score:2',
    '@budi /partnership comment "Pelapor kami sakit"',
    '/partnership review A',
    '/forum announce "Belum jadi dikirim"',
    '/strategy propose Gladi change:x rationale:y closes:2d secret:yes',
    '@budi /strategy vote S-1 object reason:Terpaksa',
  );
  const folder = join(newFolder(), 'out');
  const files = await exportForum(store, (await forumsNamed(store, 'Uji'))[0]!, folder);
  const all = files.map(file => readFileSync(join(folder, file), 'utf8')).join('\n');
  for (const secret of [
    'Pelapor kami sakit',
    'review.opened',
    'Belum jadi dikirim',
    'Terpaksa',
    'announcement.written',
  ])
    expect(all).not.toContain(secret);
  expect(JSON.parse(readFileSync(join(folder, 'pulseCounts.json'), 'utf8'))).toEqual([]);
  expect(JSON.parse(readFileSync(join(folder, 'pulses.json'), 'utf8'))).toHaveLength(1);
});

it.each(databases)(
  'an export keeps the order of the keys, whatever is changed in between ($name)',
  async ({ open }) => {
    const store = await open();
    await using world = await aWorld({ store });
    await world.all(
      '/forum setup Uji',
      '/partner add A sector:ngo',
      '/partner add B sector:ngo',
      '/activity log Awal partners:"B, A"',
      '/activity log Lama date:1/1/2026',
      '/goal add Satu',
      '/goal add Dua',
    );
    const numbers = async (...names: string[]) => {
      const folder = join(newFolder(), 'out');
      await exportForum(store, (await forumsNamed(store, 'Uji'))[0]!, folder);
      return names.map(name => {
        const rows = JSON.parse(readFileSync(join(folder, `${name}.json`), 'utf8')) as { number: number }[];
        return rows.map(one => one.number);
      });
    };
    const names = ['activities', 'partners', 'goals', 'evidence'];
    expect(await numbers(...names)).toEqual([[1, 2], [1, 2], [1, 2], []]);
    // A row that was changed stands elsewhere in PostgreSQL; SQLite may read through an index of another order.
    await world.all('/activity edit K-1 result:Baik', '/partner edit A focus:air', '/activity evidence K-2 foto');
    await store.write(null, tx =>
      tx.update(store.tables.goals).set({ description: 'x' }).where(eq(store.tables.goals.number, 1)),
    );
    await world.all('/activity evidence K-1 foto');
    expect(await numbers(...names)).toEqual([
      [1, 2],
      [1, 2],
      [1, 2],
      [2, 1],
    ]);
  },
);

it('doctor --check goes through the record of every forum: pages, references, ledger, line by line', async () => {
  const file = join(newFolder(), 'rembug.db');
  const settings = readSettings({
    DATABASE_URL: `file:${file}`,
    DISCORD_TOKEN: 'x',
    DISCORD_API_URL: 'http://127.0.0.1:9',
  });
  {
    await using world = await aWorld({ store: await openStore(`file:${file}`) });
    await world.all(
      '/forum setup Uji',
      '/finance record Iuran direction:in amount:1jt',
      '/finance record Sewa direction:out amount:500rb',
    );
  }
  const findings = async () =>
    (await examine(settings, catalogue.en.cli, { recordOnly: true })).map(one => [one.name, one.ok]);
  const names = ['settings', 'database', 'integrity', 'references', 'structure', 'forums', 'ledger'];
  expect(await findings()).toEqual(names.map(name => [name, true]));
  const { default: Database } = await import('better-sqlite3');
  const db = new Database(file);
  db.pragma('foreign_keys = OFF');
  for (const { name } of db
    .prepare("SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'entries'")
    .all() as { name: string }[])
    db.exec(`DROP TRIGGER "${name}"`);
  db.exec('UPDATE entries SET amount = 99 WHERE number = 2');
  db.exec("INSERT INTO seats SELECT id, 99, 99, 'member', 1 FROM forums");
  db.close();
  expect(await findings()).toEqual(names.map(name => [name, !['references', 'structure', 'ledger'].includes(name)]));
});
