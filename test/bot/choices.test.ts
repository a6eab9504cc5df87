import { describe, expect, it } from 'vitest';
import { registryOf } from '../../src/app/app.ts';
import type { AnyOption } from '../../src/bot/command.ts';
import type { KindInput } from '../../src/bot/kinds.ts';
import { catalogue } from '../../src/language/messages.ts';
import { fold } from '../../src/storage/words.ts';
import { databases } from '../databases.ts';
import { aWorld } from '../world.ts';

const catalogues = [catalogue.id, catalogue.en];

const choices = registryOf()
  .commands.flatMap(command =>
    command.actions.flatMap(action =>
      Object.entries(action.options).map(([name, option]): [string, AnyOption['kind']] => [
        `/${command.name} ${action.name} ${name}`,
        option.kind,
      ]),
    ),
  )
  .filter(([, kind]) => kind.choices);

const read = (kind: AnyOption['kind'], typed: string): Promise<unknown> =>
  kind.read({ typed }, { ctx: { catalogues, locale: 'id' }, option: 'x' } as unknown as KindInput);

const words = (text: string): string =>
  fold(text)
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();

describe.each(choices)('%s', (_, kind) => {
  const { values, label, synonyms } = kind.choices!;

  it('G22: takes every label that is printed, in both languages and however it is written', async () => {
    for (const value of values)
      for (const m of catalogues)
        for (const typed of [value, label(m, value), label(m, value).toUpperCase(), ` ${words(label(m, value))} `])
          expect([typed, kind.print(await read(kind, typed))]).toEqual([typed, value]);
  });

  it('G26: takes every synonym, and each belongs to one value', async () => {
    const owners = new Map<string, string>();
    for (const value of values)
      for (const word of [...catalogues.map(m => label(m, value)), value, ...synonyms(value)]) {
        expect([word, owners.get(words(word)) ?? value]).toEqual([word, value]);
        owners.set(words(word), value);
        expect([word, kind.print(await read(kind, word))]).toEqual([word, value]);
      }
  });
});

it.each(databases)('G22, G26: a coordinator may type what the field says ($name)', async ({ open }) => {
  await using world = await aWorld({ store: await open() });
  const [, ...texts] = await world.all(
    '/forum mulai "Forum Uji"',
    '/mitra tambah "Warga Kali" sektor:masyarakat',
    '/mitra tambah "Toko Maju" sektor:"dunia usaha"',
    '/mitra tambah "CV Tani" sektor:"lembaga usaha"',
    '/mitra tambah Unpad sektor:kampus',
    '/mitra tambah ITB sektor:"perguruan tinggi"',
    '/mitra tambah Bappeda sektor:pemda',
    '/mitra tambah Fatayat sektor:ormas',
    '/kegiatan catat Talud jenis:infrastruktur',
    '/kegiatan catat "Gladi gempa" jenis:gladi',
    '/kegiatan catat "Simulasi banjir" jenis:simulasi',
    '/kegiatan catat "Sosialisasi jalur" jenis:sosialisasi',
    '/kegiatan catat "Rapat forum" jenis:rapat',
    '/keuangan catat Konsumsi arah:pengeluaran jumlah:"Rp 50.000"',
    '/indikator tambah Kesiapan gabung:rata-rata arah:naik',
  );
  expect(texts.slice(0, 3).map(text => /komunitas|swasta/.exec(text)?.[0])).toEqual(['komunitas', 'swasta', 'swasta']);
  expect(
    texts.slice(7, 12).map(text => /prasarana|gladi|penyuluhan|rapat/.exec(text.split('\n').slice(1).join(' '))?.[0]),
  ).toEqual(['prasarana', 'gladi', 'gladi', 'penyuluhan', 'rapat']);
});
