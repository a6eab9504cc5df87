import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { fillDemo } from '../../src/cli/demo.ts';
import { exportForum } from '../../src/cli/export.ts';
import { createLog } from '../../src/contract/log.ts';
import { actorOf, memberByNumber } from '../../src/domain/people.ts';
import { gridOfExport } from '../../src/imports/exported.ts';
import { applyImport, planTables, reasonsOf } from '../../src/imports/import.ts';
import { catalogue } from '../../src/language/messages.ts';
import { plain } from '../../src/language/text.ts';
import type { Store } from '../../src/storage/store.ts';
import { newSqliteStore } from '../migrated.ts';
import { aWorld, START } from '../world.ts';
import { forumIn } from './enter.ts';

const KINDS = ['partners', 'goals', 'indicators', 'activities', 'agreements', 'money', 'values'] as const;

type Row = Readonly<Record<string, unknown>>;

/** The tables of an export in a folder, read by plain means. */
const tablesIn = (folder: string) => (name: string) =>
  JSON.parse(readFileSync(join(folder, `${name}.json`), 'utf8')) as Row[];

async function exported(store: Store, forum: Awaited<ReturnType<typeof forumIn>>) {
  const folder = mkdtempSync(join(tmpdir(), 'rembug-'));
  await exportForum(store, forum, folder);
  return tablesIn(folder);
}

/** Totals of a record, told by names alone: what two forums with other numbers must have in common. */
function totalsOf(tables: ReturnType<typeof tablesIn>) {
  const nameOf = (table: string, number: unknown) => {
    const found = tables(table).find(one => one.number === number);
    return found?.name ?? found?.title ?? null;
  };
  const partnersOf = (table: string, column: string, number: unknown) =>
    tables(table)
      .filter(one => one[column] === number)
      .map(one => String(nameOf('partners', one.partner)))
      .sort();
  const sorted = (rows: unknown[][]) => rows.map(row => JSON.stringify(row)).sort();
  const reversed = new Set<unknown>(tables('entries').flatMap(one => one.reverses ?? []));
  const approved = new Set(tables('ledgerLines').flatMap(one => (one.step === 'approved' ? [one.entry] : [])));
  const counts = (one: Row) => one.needsApproval !== true || approved.has(one.number);
  const standing = tables('entries').filter(one => one.reverses === null && !reversed.has(one.number) && counts(one));
  return {
    goals: sorted(tables('goals').map(one => [one.title, one.description, one.due])),
    indicators: sorted(
      tables('indicators')
        .filter(one => one.retiredAt === null)
        .map(one => [
          ...[one.name, one.unit, one.direction, one.baseline, one.target, one.due, one.frequency, one.aggregate],
          ...[nameOf('goals', one.goal), partnersOf('indicatorPartners', 'indicator', one.number)],
        ]),
    ),
    values: sorted(
      tables('reports')
        .filter(one => one.inForce === true && one.state === 'submitted')
        .map(one => [
          ...[nameOf('indicators', one.indicator), one.period, nameOf('partners', one.partner), one.value],
          ...[one.numerator, one.denominator, one.parts, one.note],
        ]),
    ),
    activities: sorted(
      tables('activities')
        .filter(one => one.state !== 'undone')
        .map(one => [
          ...[one.title, one.date, one.kind, one.state, one.location, one.participants, one.groups, one.result],
          ...[nameOf('goals', one.goal), partnersOf('activityPartners', 'activity', one.number)],
        ]),
    ),
    agreements: sorted(
      tables('agreements').map(one => [
        ...[one.title, one.kind, one.signed, one.expires],
        partnersOf('agreementParties', 'agreement', one.number),
      ]),
    ),
    money: sorted(
      standing.map(one => [
        ...[one.direction, one.amount, one.date, one.purpose, one.category],
        ...[nameOf('partners', one.partner), nameOf('activities', one.activity)],
      ]),
    ),
  };
}

it('numbers of an export have decimal points, also where all of them have three decimals', async () => {
  const table = {
    indicators: [
      {
        number: 1,
        name: 'Debit',
        unit: 'm3',
        baseline: '1.125',
        target: '2.250',
        frequency: 'quarterly',
        retiredAt: null,
      },
    ],
  };
  const versions = [{ indicator: 1, version: 1, set: { periodTargets: { '2026-Q4': '1.500' } } }];
  const grid = gridOfExport('indicators', name => ({ ...table, indicatorVersions: versions })[name] ?? []);
  await using world = await aWorld({ start: START });
  await world.all('/forum setup Lain');
  const planned = await planTables(world.store.read, await forumIn(world.store), 'indicators', [grid], START);
  const [row] = 'why' in planned ? [] : planned.rows;
  expect(row?.write).toMatchObject({ set: { baseline: '1.125', target: '2.25' }, periodTargets: { '2026-Q4': '1.5' } });
});

it('an export of the demo comes into an empty forum with the same totals and cards', async () => {
  const demo = await newSqliteStore();
  const log = createLog(
    { level: 'error', format: 'json' },
    () => START,
    () => {},
  );
  await fillDemo({ store: demo, log, defaults: { locale: 'id', zone: 'Asia/Jakarta' } }, START);
  const [first] = await demo.read.select().from(demo.tables.forums).orderBy(demo.tables.forums.createdAt);
  const tables = await exported(demo, first!);
  await using world = await aWorld({ start: START });
  await world.all('/forum setup "Forum Lain"');
  const { store } = world;
  const forum = await forumIn(store);
  for (const kind of KINDS) {
    const grids = [gridOfExport(kind, tables)];
    await store.write(forum.id, async tx => {
      const planned = await planTables(tx, forum, kind, grids, START);
      if ('why' in planned) throw new Error(`${kind} ${planned.why}`);
      const wrong = planned.rows.filter(row => row.verdict === 'wrong' || row.verdict === 'doubtful');
      const told = wrong.map(row => [row.label, ...reasonsOf(catalogue.id, row).map(one => plain(one))]);
      expect([kind, told.filter(([, why]) => !String(why).includes('belum dihitung'))]).toEqual([kind, []]);
      const { seat } = await actorOf(tx, (await memberByNumber(tx, forum.id, 1))!);
      const by = { member: 1, partner: seat?.partner ?? null };
      await applyImport(tx, forum, planned, { file: 'x', by, now: START });
      const again = await planTables(tx, forum, kind, grids, START);
      expect([kind, 'why' in again ? again : again.counts]).toEqual([
        kind,
        expect.objectContaining({ new: 0, changed: 0 }),
      ]);
    });
  }
  const [before, after] = [totalsOf(tables), totalsOf(await exported(store, forum))];
  for (const kind of Object.keys(before) as (keyof typeof before)[])
    expect([kind, after[kind]]).toEqual([kind, before[kind]]);
  await using source = await aWorld({ store: demo, start: START });
  const cards = ['/finance summary from:1/1/2025 to:31/12/2026', '/activity list from:1/9/2026'];
  // Codes count up in each forum by themselves.
  const bare = (text: string) => text.replace(/\b[KISNTPUM]-\d+/g, 'X');
  for (const line of cards)
    expect([line, bare((await world.run(line)).text)]).toEqual([line, bare((await source.run(line)).text)]);
});
