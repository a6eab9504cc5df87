import { describe, expect, it } from 'vitest';
import { fieldFormOf } from '../../src/reports/field-form.ts';
import { xlsxOf } from '../../src/reports/xlsx.ts';
import type { Store } from '../../src/storage/store.ts';
import { databases } from '../databases.ts';
import { readForm } from '../standards/xlsform.ts';
import { aWorld, START } from '../world.ts';
import { check, enter, forumIn, rowsOf, said, undo } from './enter.ts';

const FORUM = [
  '/forum setup "Forum Uji"',
  '/partner add "BPBD Kota"',
  '/partner add "PMI Kota"',
  '/forum data groups:"jenis kelamin (indikator)"',
  '/indicator add "Warga terlatih" unit:orang aggregate:sum frequency:monthly partner:"BPBD Kota, PMI Kota"',
  '/indicator add "Rumah tahan gempa" unit:% frequency:monthly partner:"PMI Kota" confirm:yes',
  '/indicator add "Tinggi air" unit:cm frequency:monthly',
] as const;

async function aForum(store: Store) {
  const world = await aWorld({ store });
  await world.all(...FORUM);
  return world;
}

async function formOf(store: Store, number: number, reporters: readonly number[]) {
  const forum = await forumIn(store);
  const all = await rowsOf(store, 'indicators');
  const partners = (await rowsOf(store, 'partners')).filter(one => reporters.includes(one.number as number));
  const indicator = all.find(one => one.number === number);
  return readForm(
    await fieldFormOf({ forum, indicator: indicator as never, reporters: partners as never, today: '2026-11-25' }),
  );
}

const HEAD = ['start', 'end', 'rembug_form', 'date', 'partner', 'value', 'group_women', 'group_men', 'note', '_uuid'];

describe.each(databases)('field forms on $name', ({ open }) => {
  it('hold what the reference of XLSForm asks for, read by a reader of our own', async () => {
    await using world = await aForum(await open());
    const people = await formOf(world.store, 1, [1, 2]);
    expect(people.faults).toEqual([]);
    expect(people.settings.form_id).toMatch(/^rembug_.+_N1$/);
    const typed = (form: typeof people) => form.survey.map(one => `${one.type}|${one.name}`);
    expect(typed(people)).toEqual([
      'start|start',
      'end|end',
      'calculate|rembug_form',
      'date|date',
      'select_one partners|partner',
      'integer|value',
      'integer|group_women',
      'integer|group_men',
      'select_one yes_no|has_constraint',
      'text|constrained',
      'text|note',
    ]);
    expect(people.choices.map(one => one.name)).toEqual(['yes', 'no', 'M-1', 'M-2']);
    const share = await formOf(world.store, 2, [2]);
    expect(share.faults).toEqual([]);
    expect(typed(share)).toEqual(expect.arrayContaining(['integer|denominator', 'integer|numerator']));
    expect(share.survey.find(one => one.name === 'numerator')?.constraint).toMatch(
      /^\. >= 0 and \. <= \$\{denominator\}$/,
    );
    expect(share.survey.find(one => one.name === 'constrained')?.relevant).toMatch(/^\$\{has_constraint\} = 'yes'$/);
    expect(share.survey.find(one => one.name === 'partner')?.calculation).toBe("'M-2'");
    const level = await formOf(world.store, 3, []);
    expect([level.faults, level.survey.some(one => one.name === 'partner')]).toEqual([[], false]);
    const said = await world.run('/indicator form N-1');
    expect(said.text).toContain('Formulir lapangan N-1 Warga terlatih');
    expect(said.text).toContain('N-1-form.xlsx');
  });

  it('bring their submissions in, add them up, know doubles by their instanceID, and are taken back', async () => {
    await using world = await aForum(await open());
    const { store } = world;
    const form = `rembug_${(await forumIn(store)).id}_N1`;
    const row = (date: string, partner: string, value: string, women: string, men: string, id: string) => [
      date,
      date,
      form,
      date,
      partner,
      value,
      women,
      men,
      'Lapangan',
      id,
    ];
    const csv = (...rows: string[][]) => [HEAD, ...rows].map(one => one.map(cell => `"${cell}"`).join(';')).join('\n');
    const first = csv(
      row('2026-11-02', 'M-1', '12', '7', '5', 'a-1'),
      row('2026-11-09', 'M-1', '8', '3', '5', 'a-2'),
      row('2026-11-03', 'PMI Kota', '20', '11', '9', 'uuid:b-1'),
      row('2026-11-04', 'M-2', '5', '1', '4', 'uuid:B-1'),
      row('2026-12-04', 'M-2', '5', '1', '4', 'c-1'),
    );
    const before = await rowsOf(store, 'reports');
    const planned = await check(store, 'kobo', first);
    expect(planned.counts).toMatchObject({ new: 3, doubtful: 1, wrong: 1 });
    const { number } = await enter(store, 'kobo', first);
    const reports = async () =>
      (await rowsOf(store, 'reports'))
        .filter(one => one.inForce)
        .map(one => [one.indicator, one.period, one.partner, one.value, one.parts])
        .sort();
    expect(await reports()).toEqual([
      [1, '2026-11', 1, '20', { women: '10', men: '10' }],
      [1, '2026-11', 2, '20', { women: '11', men: '9' }],
    ]);
    // Every value is kept as it was sent.
    const events = await store.read.select().from(store.tables.events);
    const kept = events.flatMap(
      one => (one.data as { submissions?: { id: string; value: string }[] }).submissions ?? [],
    );
    expect(kept.map(one => [one.id, one.value])).toEqual([
      ['a-1', '12'],
      ['a-2', '8'],
      ['b-1', '20'],
    ]);
    // The next export holds the earlier submissions too; one of them was edited.
    const second = csv(
      row('2026-11-02', 'M-1', '12', '7', '5', 'a-1'),
      row('2026-11-09', 'M-1', '9', '4', '5', 'a-2'),
      row('2026-11-10', 'M-1', '4', '4', '0', 'a-3'),
    );
    expect((await check(store, 'kobo', second)).counts).toMatchObject({ new: 1, changed: 1, same: 1 });
    const later = await enter(store, 'kobo', second);
    expect((await reports())[0]).toEqual([1, '2026-11', 1, '25', { women: '15', men: '10' }]);
    expect((await check(store, 'kobo', second)).counts).toMatchObject({ new: 0, changed: 0, same: 3 });
    await undo(store, later.number);
    expect((await reports())[0]).toEqual([1, '2026-11', 1, '20', { women: '10', men: '10' }]);
    await undo(store, number);
    expect(await rowsOf(store, 'reports')).toEqual(before);
    expect((await check(store, 'kobo', first)).counts).toMatchObject({ new: 3 });
  });

  it('come as a workbook with labels or names; what people reported, other forms and odd figures are told', async () => {
    await using world = await aForum(await open());
    const { store } = world;
    const id = (await forumIn(store)).id;
    const columns = [
      'rembug_form',
      'Tanggal pengamatan',
      'numerator',
      'denominator',
      'meta/instanceID',
      'meta/rootUuid',
    ];
    const rows = [
      [`rembug_${id}_N2`, { date: '2026-11-02' }, 3, 4, 'uuid:x1', 'uuid:x0'],
      [`rembug_${id}_N2`, { date: '2026-11-05' }, 1, 6, 'uuid:y1', null],
      [`rembug_${id}_N2`, { date: '2026-11-05' }, 1, 0, 'uuid:z1', null],
      [`rembug_lain_N2`, { date: '2026-11-05' }, 1, 6, 'uuid:w1', null],
      [`rembug_${id}_N9`, { date: '2026-11-05' }, 1, 6, 'uuid:v1', null],
    ];
    const book = await xlsxOf([{ name: 'Data', columns: columns.map(name => ({ name })), rows }], 'id');
    const planned = await check(store, 'kobo', book);
    expect(planned.counts).toMatchObject({ new: 2, wrong: 3 });
    expect(said(planned).join('\n')).toContain('rembug_lain_N2 bukan formulir forum ini');
    await enter(store, 'kobo', book);
    const [report] = await rowsOf(store, 'reports');
    expect(report).toMatchObject({ indicator: 2, partner: 2, value: '40', numerator: '4', denominator: '10' });
    // A decimal point stays one, however many digits follow; of a level the last observation stands.
    const level = (value: string, day: string, key: string) => `rembug_${id}_N3,${day},${value},${key}`;
    const csv = ['rembug_form,date,value,KEY', level('1.250', '2026-11-20', 'k1'), level('0.875', '2026-11-02', 'k2')];
    await enter(store, 'kobo', csv.join('\n'));
    expect((await rowsOf(store, 'reports')).find(one => one.indicator === 3)).toMatchObject({
      value: '1.25',
      partner: 0,
    });
    await world.run('/indicator correct N-3 period:2026-11 value:2 reason:salah');
    const more = [...csv, level('3.5', '2026-11-21', 'k3')].join('\n');
    expect((await check(store, 'kobo', more, START)).counts).toMatchObject({ same: 2, doubtful: 1 });
  });
});
