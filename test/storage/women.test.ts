import { asc } from 'drizzle-orm';
import { describe, expect, it } from 'vitest';
import { changeActivity } from '../../src/domain/activities.ts';
import { newestWith } from '../../src/domain/activity-words.ts';
import { openStore } from '../../src/storage/open.ts';
import { type Literals, oldDatabases } from './old.ts';

/** The last migration before groups of people. */
const BEFORE = 39;
const AT = Date.UTC(2026, 0, 5, 1);

const activity = (at: string, n: number, people: string): string =>
  `INSERT INTO activities (forum_id, number, title, kind, state, date, participants, women, search, created_by, created_at) VALUES ('f', ${n}, 'Gladi ${n}', 'other', 'done', '2026-01-0${n}', ${people}, 'gladi ${n}', 1, ${at})`;

const rowsOf = ({ at, yes, no }: Literals): string[] => [
  `INSERT INTO forums (id, name, locale, zone, settings, created_at) VALUES ('f', 'F', 'id', 'Asia/Jakarta', '{}', ${at(AT)})`,
  `INSERT INTO members (forum_id, number, name, folded, coordinator, created_at) VALUES ('f', 1, 'sari', 'sari', ${yes}, ${at(AT)})`,
  `INSERT INTO partners (forum_id, number, name, folded, created_at) VALUES ('f', 1, 'A', 'a', ${at(AT)})`,
  ...['45, 20', '45, 0', 'NULL, 7', '45, NULL'].map((people, i) => activity(at(AT), i + 1, people)),
  `INSERT INTO indicators (number, name, unit, aggregate, version, forum_id, folded, direction, frequency, value_kind, partners_aggregate, due_days, lock_days, green, amber, needs_proof, created_by, created_at) VALUES (1, 'Latih', 'orang', 'sum', 1, 'f', '', 'up', 'monthly', 'flow', 'sum', 10, 30, 90, 70, ${no}, 1, ${at(AT)})`,
  ...[`'{"L": "41", "Perempuan": 27}'`, `'{"p": "1.5", "P": "2"}'`, `'{"RW 5": "3"}'`, 'NULL'].map(
    (parts, i) =>
      `INSERT INTO reports (forum_id, indicator, period, partner, kind, value, parts, state, reported_by, reported_at, on_time, in_force) VALUES ('f', 1, '2026-0${i + 1}', 0, 'value', '68', ${parts}, 'submitted', 1, ${at(AT)}, ${yes}, ${yes})`,
  ),
  `INSERT INTO imports (forum_id, number, kind, file, counts, made_by, made_at) VALUES ('f', 1, 'activities', 'a.csv', '{}', 1, ${at(AT)})`,
  ...[`'{"women": 5, "result": "x"}'`, `'{"women": null}'`, 'NULL'].map(
    (before, i) =>
      `INSERT INTO import_rows (forum_id, import, item, thing, number, before, after, event) VALUES ('f', 1, ${i}, 'activity', 1, ${before}, '{}', 1)`,
  ),
];

describe.each(oldDatabases(BEFORE, rowsOf))('women and parts of before, on $name', ({ make }) => {
  it('are groups of people, and nothing of them is lost', async () => {
    const store = await openStore(await make());
    const { activities: a, reports: r, importRows: i } = store.tables;
    const all = await store.read.select().from(a).orderBy(asc(a.number));
    expect(all.map(one => [one.participants, one.groups])).toEqual([
      [45, { women: 20 }],
      [45, { women: 0 }],
      [null, { women: 7 }],
      [45, null],
    ]);
    const reports = await store.read.select().from(r).orderBy(asc(r.period));
    expect(reports.map(one => one.parts)).toEqual([
      { men: '41', women: 27 },
      // Two names of one group: which of them is meant nobody can tell.
      { p: '1.5', P: '2' },
      { 'RW 5': '3' },
      null,
    ]);
    const rows = await store.read.select().from(i).orderBy(asc(i.item));
    expect(rows.map(one => one.before)).toEqual([{ groups: { women: 5 }, result: 'x' }, { groups: null }, null]);
    // The search still hears of what is written.
    await store.write('f', tx => changeActivity(tx, all[0]!, { title: 'Simulasi gempa' }, new Date(AT)));
    const found = await newestWith(store.read, 'f', 'simulasi', 5);
    expect(found.map(one => one.number)).toEqual([1]);
    expect((await newestWith(store.read, 'f', 'gladi', 5)).map(one => one.number)).toEqual([4, 3, 2]);
    await store.close();
  });
});
