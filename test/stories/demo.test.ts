import { expect, it } from 'vitest';
import { fillDemo, SECOND } from '../../src/cli/demo.ts';
import { createLog } from '../../src/contract/log.ts';
import { actionState } from '../../src/domain/actions/rules.ts';
import type { Store } from '../../src/storage/store.ts';
import { databases } from '../databases.ts';
import { aWorld, START } from '../world.ts';

/** The demo forums as they are on 24 November 2026. */
async function theDemo(store: Store) {
  const log = createLog(
    { level: 'error', format: 'json' },
    () => START,
    () => {},
  );
  expect(await fillDemo({ store, log, defaults: { locale: 'id', zone: 'Asia/Jakarta' } }, START)).toBe(true);
  const first = await aWorld({ store, start: START });
  await first.run('#');
  return { store, first, second: await aWorld({ store, start: START, workspace: SECOND }) };
}

it.each(databases)(
  'the demo shows a forum in full on $name: indicators in every colour, money, agreements, promises, issues and votes',
  async ({ open }) => {
    const { store, first, second } = await theDemo(await open());
    const text = async (line: string): Promise<string> => (await first.run(line)).text;
    const list = await text('/indicator list');
    for (const [code, said] of [
      ['N-1', '▲ kuning 74,1%'],
      ['N-2', '● hijau 92,3%'],
      ['N-3', '▲ kuning 86,3%'],
      ['N-4', '▲ kuning 75%'],
      ['N-5', '■ merah'],
      ['N-6', '★ di bawah target periode (32 sampai H1 26) 115,4%'],
      ['N-7', '★ tepat pada target periode (6 sampai Q3 26) 100%'],
      ['N-8', '▲ kuning 76,7%'],
      ['N-9', '★ di atas target periode (95 sampai H1 26) 122,2%'],
      ['N-10', '▲ kuning 83,3%'],
      ['N-11', '○ belum dinilai'],
      ['N-12', '★ tercapai'],
    ] as const)
      expect(list.split('\n').find(line => line.includes(`${code} `))).toContain(said);
    expect(await text('/indicator due')).toContain('N-3');
    const money = await text('/finance summary');
    for (const sum of ['Rp 69.000.000', 'Rp 50.500.000', 'Rp 18.500.000']) expect(money).toContain(sum);
    const rows = await store.read.select().from(store.tables.actions);
    const states = rows.map(row => actionState(row, '2026-11-24'));
    expect(['done', 'late', 'open'].map(state => states.filter(one => one === state).length)).toEqual([10, 2, 2]);
    const agreed = await text('/agreement list');
    for (const state of ['berlaku', 'segera berakhir', 'habis masa berlaku']) expect(agreed).toContain(state);
    expect(await text('/strategy show S-1')).toContain('memilih 8 dari 10 (perlu 6)');
    const running = await text('/strategy show S-2');
    for (const said of ['27 Nov 2026 08.00 WIB', '4/6', 'N-5 Warga terpapar']) expect(running).toContain(said);
    const issues = await text('/issue list status:all');
    for (const said of ['kritis', 'menunggu', 'selesai', 'baru']) expect(issues).toContain(said);
    expect((await first.run('@laras /issue list status:all')).text).toContain('Pembagian logo');
    expect((await first.run('@hendra /issue list status:all')).text).not.toContain('Pembagian logo');
    expect(await text('/partner map')).toContain('Radio Siaga Yogyakarta');
    expect((await store.read.select().from(store.tables.activities)).filter(row => row.state === 'done').length).toBe(
      10,
    );
    expect((await second.run('/activity list')).text).toContain('Panen raya');
    expect((await second.run('/partner list')).text).not.toContain('BPBD');
    await store.close();
  },
  // A fill takes some seconds of the processor; on a busy machine that is minutes.
  900_000,
);
