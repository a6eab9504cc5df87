import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { databases } from '../databases.ts';
import { onBothWires } from '../platforms/wired.ts';
import { aWorld } from '../world.ts';

const folder = mkdtempSync(join(tmpdir(), 'rembug-'));
const fileOf = (name: string, content: string): string => {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
};

const PARTNERS = 'Nama Lembaga;Unsur;Kontak\nBPBD Kota;pemda;Sari\nRadio Kota;toko;\nPMI Kota;LSM;\n';

describe.each(databases)('/import on $name', ({ open }) => {
  it('shows what a file holds before anything is written, enters it at a click, and takes it back', async () => {
    await using world = await aWorld({ store: await open() });
    await world.all('/forum setup "Forum Uji" announce:umum coordinators:koor');
    const file = fileOf('mitra.csv', PARTNERS);
    const shown = await world.run(`/impor berkas jenis:mitra berkas:"${file}"`);
    expect(shown.text).toContain('Isi berkas mitra.csv: mitra');
    expect(shown.text).toContain('2 baru, 0 berubah, 0 sudah ada, 0 meragukan, 1 salah');
    expect(shown.text).toContain('B3 Radio Kota: salah. toko tidak dikenal.');
    expect((await world.run('/partner list')).text).not.toContain('BPBD');
    const reasons = join(folder, `alasan-${world.store.constructor.name}-${Math.floor(performance.now())}.csv`);
    await world.all(`:save ${reasons}`);
    expect(readFileSync(reasons, 'utf8')).toContain('3,Radio Kota,salah,B3,');
    await world.run(`/impor berkas jenis:mitra berkas:"${file}"`);
    const done = await world.run(':click Masukkan');
    expect(done.text).toContain('Impor 1 selesai: 2 baris mitra');
    expect(done.posts).toEqual([]);
    expect((await world.run('/partner show "BPBD Kota"')).text).toContain('Sari');
    // The same preview once more has nothing left to enter, and makes no second import.
    expect(await world.run(':click Masukkan')).toMatchObject({ ok: false, error: { code: 'closed' } });
    expect((await world.store.read.select().from(world.store.tables.imports)).length).toBe(1);
    const again = await world.run(`/import file kind:partners file:"${file}"`);
    expect(again.text).toContain('0 baru, 0 berubah, 2 sudah ada');
    expect(again.text).not.toContain('[Masukkan]');
    expect((await world.run('/import undo 1')).text).toContain('Impor 1 diurungkan: 2 baris');
    expect((await world.run('/partner list')).text).not.toContain('BPBD');
    expect(await world.run('/import undo 1')).toMatchObject({ ok: false, error: { code: 'closed' } });
    expect(await world.run('/import undo 7')).toMatchObject({ ok: false, error: { code: 'not_found' } });
    expect(world.logged).toEqual([]);
  });

  it('is for coordinators, and refuses what is no table in words', async () => {
    await using world = await aWorld({ store: await open() });
    await world.all('/forum setup "Forum Uji"', '@budi /me show');
    const file = fileOf('mitra2.csv', PARTNERS);
    for (const line of [`/import file kind:partners file:"${file}"`, '/import template kind:money', '/import undo 1'])
      expect(await world.run(`@budi ${line}`)).toMatchObject({ ok: false, error: { code: 'forbidden' } });
    expect(await world.run('/import file kind:partners file:tiada.csv')).toMatchObject({ ok: false });
    const pdf = fileOf('x.pdf', '%PDF-1.7 x');
    const refused = await world.run(`/import file kind:partners file:"${pdf}"`);
    expect([refused.ok, refused.text.includes('bukan tabel')]).toEqual([false, true]);
    const other = fileOf('lain.csv', 'a;b\n1;2\n');
    expect((await world.run(`/import file kind:money file:"${other}"`)).text).toContain(
      'Tidak ada judul kolom untuk uang',
    );
    const template = await world.run('/import template kind:kegiatan');
    expect(template.text).toContain('Wajib ada: Judul, Tanggal');
    expect(world.logged).toEqual([]);
  });

  it('two who enter the same file at once enter it once, and two who take it back take it back once', async () => {
    const store = await open();
    await using world = await aWorld({ store });
    await world.all('/forum setup "Forum Uji"', '/forum coordinator budi action:add');
    const second = await aWorld({ store, actor: 'budi' });
    const file = fileOf('mitra3.csv', PARTNERS);
    for (const one of [world, second]) await one.all(`/impor berkas jenis:mitra berkas:"${file}"`);
    const twice = async (one: string, other: string) =>
      (await Promise.all([world.run(one), second.run(other)])).map(({ error }) => error?.code ?? 'done').sort();
    expect(await twice(':click Masukkan', ':click Masukkan')).toEqual(['closed', 'done']);
    const { imports, partners } = store.tables;
    expect((await store.read.select().from(partners)).map(one => one.name)).toEqual(['BPBD Kota', 'PMI Kota']);
    expect(await store.read.select().from(imports)).toHaveLength(1);
    expect(await twice('/import undo 1', '/import undo 1')).toEqual(['closed', 'done']);
    expect(await store.read.select().from(partners)).toEqual([]);
    expect([...world.logged, ...second.logged]).toEqual([]);
  });

  it('takes a file of either platform', async () => {
    const store = await open();
    await using app = await onBothWires(store);
    const { discord, slack, slash, say, ana, sari } = app;
    const bytes = Buffer.from(PARTNERS);
    const shown = await slash('import', 'file', {
      kind: 'partners',
      file: { filename: 'mitra.csv', bytes, contentType: 'text/csv' },
    });
    expect(shown.text).toContain('2 baru');
    const entered = await discord.click(shown.message, 'Masukkan', ana).answered();
    expect(entered.text).toContain('Impor 1 selesai: 2 baris mitra');
    await say('saya lihat');
    // On Slack Sari coordinates as well.
    await store.write(null, tx => tx.update(tx.tables.members).set({ coordinator: true }));
    const form = await say('impor berkas');
    const files = [{ filename: 'tujuan.csv', bytes: Buffer.from('Tujuan\nAir bersih\n') }];
    const checked = await slack.submitView(form.view, { kind: 'goals', file: files }, sari).answered();
    expect(checked.text).toContain('tujuan.csv');
    expect([discord.failures, slack.failures, app.logged]).toEqual([[], [], []]);
  });
});
