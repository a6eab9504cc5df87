import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import Database from 'better-sqlite3';
import { asc } from 'drizzle-orm';
import { readMigrationFiles } from 'drizzle-orm/migrator';
import pg from 'pg';
import { expect, it } from 'vitest';
import { openStore } from '../../src/storage/open.ts';
import { newPostgresUrl } from '../databases.ts';
import { newFolder } from '../program.ts';
import { aWorld, START } from '../world.ts';

/** The last migration before promises and steps were actions. */
const BEFORE = 34;
const AT = START.getTime() - 40 * 86_400_000;
/** Still the day before in UTC, and the day after in Jakarta. */
const NIGHT = Date.UTC(2026, 10, 3, 18);

/** Rows as they stood before, as statements that both databases take; `at` writes an instant. */
const rowsOf = (at: (ms: number) => string, yes: string): string[] => [
  `INSERT INTO forums (id, name, locale, zone, settings, created_at) VALUES ('f', 'F', 'id', 'Asia/Jakarta', '{}', ${at(AT)})`,
  `INSERT INTO places (platform, workspace, forum_id, name, joined_at) VALUES ('console', 'local', 'f', 'F', ${at(AT)})`,
  ...['sari', 'ani', 'budi'].flatMap((name, i) => [
    `INSERT INTO members (forum_id, number, name, folded, coordinator, created_at) VALUES ('f', ${i + 1}, '${name}', '${name}', ${i ? yes.replace('1', '0').replace('true', 'false') : yes}, ${at(AT)})`,
    `INSERT INTO accounts (forum_id, platform, home, account, name, workspace, member, last_seen_at) VALUES ('f', 'console', '', '${name}', '${name}', 'local', ${i + 1}, ${at(AT)})`,
  ]),
  `INSERT INTO partners (forum_id, number, name, folded, created_at) VALUES ('f', 1, 'A', 'a', ${at(AT)}), ('f', 2, 'B', 'b', ${at(AT)})`,
  `INSERT INTO seats (forum_id, member, partner, role, since) VALUES ('f', 2, 1, 'representative', ${at(AT)}), ('f', 3, 2, 'representative', ${at(AT)})`,
  `INSERT INTO agreements (forum_id, number, title, folded, kind, created_by, created_at, confirmed_at) VALUES ('f', 1, 'Nota', 'nota', 'informal', 1, ${at(AT)}, ${at(AT)})`,
  `INSERT INTO agreement_parties (forum_id, agreement, partner) VALUES ('f', 1, 1), ('f', 1, 2)`,
  `INSERT INTO commitments (forum_id, agreement, item, partner, what, amount, due, done_on, done_by, note, created_at) VALUES
    ('f', 1, 1, 1, 'Pompa Élan', 500000, '2026-11-01', '2026-10-30', 2, 'beres', ${at(AT + 1)}),
    ('f', 1, 2, 2, 'Perahu', NULL, '2026-11-26', NULL, NULL, NULL, ${at(AT + 2)}),
    ('f', 1, 3, 2, 'Tenda', NULL, '2026-11-01', NULL, NULL, NULL, ${at(AT + 3)})`,
  `INSERT INTO events (forum_id, at, member, kind, thing, number, data) VALUES ('f', ${at(AT + 2)}, 3, 'agreement.committed', 'agreement', 1, '{"item": 2, "what": "Perahu"}')`,
  `INSERT INTO reviews (forum_id, number, partner, mediator, opened_by, opened_at, closed_at, outcome) VALUES ('f', 1, 1, NULL, 1, ${at(AT)}, ${at(AT + 9)}, 'Sepakat'), ('f', 2, 1, NULL, 1, ${at(AT + 10)}, NULL, NULL)`,
  ...[
    [1, 'statement', 'Kami kekurangan orang', null, 2, AT + 4],
    [1, 'step', 'Pelapor', '2026-11-05', 1, AT + 5],
    [2, 'step', 'Jadwal', '2026-12-01', 2, AT + 11],
    [2, 'done', '1', null, 2, NIGHT],
  ].map(
    ([review, kind, content, due, member, ms]) =>
      `INSERT INTO review_notes (forum_id, review, kind, content, due, member, at) VALUES ('f', ${review}, '${kind}', '${content}', ${due ? `'${due}'` : 'NULL'}, ${member}, ${at(ms as number)})`,
  ),
  `INSERT INTO occurrences (forum_id, key, kind, subject, due, state) VALUES ('f', 'commitment:1:2:-1', 'commitment', '1:2:-1', ${at(START.getTime() + 86_400_000)}, 'pending')`,
];

const old = (dialect: string) =>
  readMigrationFiles({
    migrationsFolder: fileURLToPath(new URL(`../../migrations/${dialect}`, import.meta.url)),
  }).slice(0, BEFORE + 1);
const LEDGER = 'CREATE TABLE migrations (hash TEXT PRIMARY KEY, made_at BIGINT NOT NULL)';

async function sqlite(): Promise<string> {
  const file = join(newFolder(), 'x.db');
  const db = new Database(file);
  db.pragma('foreign_keys = OFF');
  db.exec(LEDGER.replace('BIGINT', 'INTEGER'));
  for (const { sql, hash, folderMillis } of old('sqlite')) {
    for (const statement of sql) db.exec(statement);
    db.prepare('INSERT INTO migrations VALUES (?, ?)').run(hash, folderMillis);
  }
  for (const statement of rowsOf(String, '1')) db.exec(statement);
  db.close();
  return `file:${file}`;
}

async function postgres(): Promise<string> {
  const url = await newPostgresUrl();
  const client = new pg.Client(url);
  await client.connect();
  await client.query(LEDGER);
  for (const { sql, hash, folderMillis } of old('postgres')) {
    for (const statement of sql) await client.query(statement);
    await client.query('INSERT INTO migrations VALUES ($1, $2)', [hash, folderMillis]);
  }
  for (const statement of rowsOf(ms => `to_timestamp(${ms} / 1000.0)`, 'true')) await client.query(statement);
  await client.end();
  return url;
}

it.each([
  { name: 'sqlite', make: sqlite },
  { name: 'postgres', make: postgres },
])(
  'promises and steps of before are actions with author, day and state; their buttons still work ($name)',
  async ({ make }) => {
    const store = await openStore(await make());
    await using world = await aWorld({ store });
    await world.run(':skip 1m');
    const { actions: a, reviewNotes, occurrences } = store.tables;
    const rows = await store.read.select().from(a).orderBy(asc(a.number));
    const shown = rows.map(row => [
      ...[row.title, row.folded, row.origin, row.originNumber, row.item, row.isPrivate, row.partner, row.amount],
      ...[row.due, row.doneOn, row.doneBy, row.result, row.createdBy],
    ]);
    expect(shown).toEqual([
      ['Pompa Élan', 'pompa elan', 'agreement', 1, 1, false, 1, 500_000, '2026-11-01', '2026-10-30', 2, 'beres', 1],
      ['Perahu', 'perahu', 'agreement', 1, 2, false, 2, null, '2026-11-26', null, null, null, 3],
      ['Tenda', 'tenda', 'agreement', 1, 3, false, 2, null, '2026-11-01', null, null, null, 1],
      ['Pelapor', 'pelapor', 'talk', 1, 1, true, 1, null, '2026-11-05', '2026-11-04', 2, null, 1],
      ['Jadwal', 'jadwal', 'talk', 2, 2, true, 1, null, '2026-12-01', null, null, null, 2],
    ]);
    expect((await store.read.select().from(reviewNotes)).map(note => note.content)).toEqual(['Kami kekurangan orang']);
    const pending = (await store.read.select().from(occurrences)).filter(one => one.state === 'pending');
    expect(
      pending
        .filter(one => /action|commitment/.test(one.kind))
        .map(one => one.subject)
        .sort(),
    ).toEqual([
      ...['2:2026-11-26:after_3', '2:2026-11-26:after_7', '2:2026-11-26:day_before', '2:2026-11-26:due'],
      ...['5:2026-12-01:after_3', '5:2026-12-01:after_7', '5:2026-12-01:day_before', '5:2026-12-01:due'],
    ]);
    // What an earlier version wrote below a card and a talk.
    let presses = 0;
    const press = async (account: string, invocation: string): Promise<string> => {
      const answer = await world.bot.perform({
        key: `press${presses++}`,
        place: { platform: 'console', workspace: 'local', channel: null },
        who: { account, home: '', name: account, admin: false },
        ask: { kind: 'pressed', invocation },
        memberOf: () => null,
        channelOf: () => null,
      });
      return answer.kind === 'view' ? answer.view.title.toString() : answer.kind;
    };
    expect(await press('budi', '1.ak.P-1.2')).toContain('A-2');
    expect(await press('ani', '1.yd.M-1.2')).toContain('A-5');
    expect((await world.run('@budi /agreement kept P-1 item:3')).text).toContain('Tindakan A-3 selesai');
    expect((await world.run('@ani /partnership done A step:2')).error?.code).toBe('closed');
    expect((await world.run('/action add Baru')).text).toContain('A-6');
    expect(world.logged).toEqual([]);
  },
);
