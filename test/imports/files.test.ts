import { describe, expect, it } from 'vitest';
import { fillDemo } from '../../src/cli/demo.ts';
import { createLog } from '../../src/contract/log.ts';
import { catalogue } from '../../src/language/messages.ts';
import { reportFile } from '../../src/reports/files.ts';
import type { Store } from '../../src/storage/store.ts';
import { contextOf } from '../context.ts';
import { databases } from '../databases.ts';
import { aWorld, START } from '../world.ts';
import { check, enter, rowsOf, said, womenIn } from './enter.ts';

const FORUM = [
  '/forum setup "Forum Uji"',
  '/partner add "BPBD Kota"',
  '/partner add "PMI Kota"',
  '/goal add Siaga',
] as const;

async function aForum(store: Store, ...lines: string[]) {
  const world = await aWorld({ store });
  await world.all(...FORUM, ...lines);
  return world;
}

describe('files as people make them', () => {
  it('a template that was filled in is read, in either language', async () => {
    await using world = await aForum(await databases[0]!.open());
    for (const [m, name] of [
      [catalogue.id, 'Pangan cukup'],
      [catalogue.en, 'Air bersih'],
    ] as const) {
      const { title, due } = m.imports.headings.goals;
      expect((await enter(world.store, 'goals', `${title[0]};${due[0]}\n${name};31/12/2027\n`)).n).toBe(1);
    }
  });

  it('headings of no kind, an export of the record, and headings without rows are refused', async () => {
    await using world = await aForum(await databases[0]!.open());
    const why = (text: string) => check(world.store, 'partners', text).catch(error => error.message);
    expect(await why('a,b\n1,2\n')).toBe('no_heading');
    expect(await why('Nama,Sektor\n')).toBe('no_rows');
    expect(await why('number,name,sector,candidateSince\n1,A,ngo,\n')).toBe('other_forum');
  });
});

it.each(databases)(
  'the workbook of a report comes into an empty forum with the same figures ($name)',
  async ({ open }) => {
    const demo = await open();
    const log = createLog(
      { level: 'error', format: 'json' },
      () => START,
      () => {},
    );
    await fillDemo({ store: demo, log, defaults: { locale: 'id', zone: 'Asia/Jakarta' } }, START);
    const [forum] = await demo.read.select().from(demo.tables.forums).orderBy(demo.tables.forums.createdAt);
    const context = contextOf(demo, forum!);
    const span = { from: '2025-01-01', to: '2026-12-31' };
    const report = await reportFile(context, forum!, span, 'xlsx');
    await using world = await aWorld({ store: await open(), start: START });
    await world.all('/forum setup "Forum Lain"');
    for (const kind of ['partners', 'goals', 'indicators', 'activities', 'agreements', 'money', 'values'] as const) {
      const planned = await check(world.store, kind, report.bytes);
      expect([kind, ...said(planned).filter((_, i) => planned.rows[i]!.verdict === 'wrong')]).toEqual([kind]);
      await enter(world.store, kind, report.bytes);
      expect((await check(world.store, kind, report.bytes)).counts).toMatchObject({ new: 0, changed: 0 });
    }
    const of = async (store: Store, table: 'activities' | 'goals' | 'partners' | 'agreements') => {
      const all = store === demo ? await rowsIn(demo, forum!.id, table) : await rowsOf(store, table);
      return all
        .map(one => [one.title ?? one.name, one.date, one.participants, womenIn(one), one.kind, one.signed])
        .sort();
    };
    for (const table of ['activities', 'goals', 'agreements'] as const)
      expect([table, await of(world.store, table)]).toEqual([table, await of(demo, table)]);
    await demo.close();
  },
);

async function rowsIn(store: Store, forumId: string, table: 'activities' | 'goals' | 'partners' | 'agreements') {
  const of = store.tables[table];
  const all = (await store.read.select().from(of as never)) as Record<string, unknown>[];
  return all.filter(one => one.forumId === forumId && one.state !== 'undone');
}
