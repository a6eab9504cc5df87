import { XmlDocument } from 'libxml2-wasm';
import { describe, expect, it } from 'vitest';
import { fillDemo } from '../../src/cli/demo.ts';
import { createLog } from '../../src/contract/log.ts';
import { isOrganisationId } from '../../src/domain/open-data.ts';
import { countryOf } from '../../src/reports/iati/countries.ts';
import type { Store } from '../../src/storage/store.ts';
import { databases } from '../databases.ts';
import { fc } from '../properties.ts';
import { isLong } from '../sizes.ts';
import { aWorld, START } from '../world.ts';
import { faultsOf, filesOf, iatiLine, numbersAt, wrongSums } from './iati-files.ts';

describe.each(databases)('IATI on $name', ({ name, open }) => {
  it('has all that a forum publishes, and sums of a year are those of the record', async () => {
    const store = await open();
    await using world = await aWorld({ store });
    await world.all(
      '/forum setup "Forum Uji"',
      '/partner add "Mitra A" sector:government area:34.71',
      '/partner add "Mitra B" sector:community',
      '/partner assign budi partner:"Mitra A" role:representative',
      '/partner assign ani partner:"Mitra B" role:representative',
      '/goal add "Siap banjir" sector:43060',
      '/goal add "Air bersih"',
      '/indicator add "Warga terlatih" goal:T-1 unit:orang baseline:0 baseline_date:1/1/2026 target:200 due:31/12/2026 frequency:quarterly partner:"Mitra A, Mitra B" kind:flow aggregate:sum confirm:yes area:34.71.03',
      '/indicator add "Cakupan peringatan" unit:% frequency:quarterly partner:"Mitra A"',
      '@budi /indicator report N-1 50 period:"Q3 2026" parts:"P=30, L=20"',
      '@ani /indicator report N-1 40 period:"Q3 2026" parts:"P=10, L=30"',
      '@budi /indicator report N-2 58,6 numerator:8900 denominator:15200 period:"Q3 2026"',
      '/activity log Pelatihan date:1/10/2026 area:34.71.03.1005',
      '/finance record Hibah direction:in amount:5jt partner:"Mitra A" date:1/10/2026',
      '/finance record Spanduk direction:out amount:600rb date:2/10/2026',
      '/finance reverse U-2 reason:Keliru',
      '/finance budget goal:T-1 amount:10jt from:1/7/2026 to:31/12/2027',
    );
    const [hidden] = await filesOf(store, ['id']);
    expect(faultsOf(hidden!)).toEqual([]);
    expect(hidden).toMatch(/<iati-activity last-updated-datetime="2026-11-24T/);
    // What looks for faults finds those of the file that was once made: no sector, one identifier for both.
    expect(faultsOf(hidden!.replace(/<sector.*?\/>/g, ''))).not.toEqual([]);
    expect(
      faultsOf(hidden!.replace(/(<iati-identifier>)[^<]*/, `$1${/ref="(XX[^"]*)"/.exec(hidden!)![1]}`)),
    ).not.toEqual([]);
    expect(hidden).toContain('XX-REMBUG-');
    expect(hidden).not.toMatch(/<transaction|<budget/);
    expect((await world.run('/report 2026 format:iati')).text).toContain('belum boleh diterbitkan');
    await world.all('/forum data organisation:ID-KHH-1 area:34.71', '/forum publish', '/forum publish confirm:yes');
    const [file, english] = await filesOf(store);
    expect([faultsOf(file!), faultsOf(english!)]).toEqual([[], []]);
    expect(
      numbersAt(file!, "//indicator[title/narrative[starts-with(.,'N-1')]]/period/actual[not(dimension)]/@value"),
    ).toEqual([90]);
    expect(numbersAt(file!, "//actual[dimension[@name='sex'][@value='female']]/@value")).toEqual([40]);
    expect(numbersAt(file!, '//transaction/value')).toEqual([5_000_000, 600_000, -600_000]);
    // The ledger is kept in rupiah: the file says so once, and of each amount with the day of its value.
    using read = XmlDocument.fromString(file!);
    const all = (path: string): string[] => read.find(path).map(one => one.content);
    expect(all('/iati-activities/iati-activity/@default-currency')).toEqual(['IDR']);
    expect(new Set(all('//value/@currency'))).toEqual(new Set(['IDR']));
    expect(all('//transaction/value/@value-date')).toEqual(all('//transaction/transaction-date/@iso-date'));
    expect(all('//budget/value/@value-date')).toEqual(all('//budget/period-start/@iso-date'));
    expect(numbersAt(file!, '//budget/value').reduce((x, y) => x + y, 0)).toBe(10_000_000);
    expect(numbersAt(file!, '//sector/@percentage').reduce((x, y) => x + y, 0)).toBe(100);
    expect(numbersAt(file!, '//sector/@code').sort()).toEqual([43060, 74020]);
    for (const code of ['34.71', '34.71.03', '34.71.03.1005']) expect(file).toContain(`<location ref="${code}">`);
    const answer = await world.run('/report 2026 format:iati');
    expect(answer.text).toContain('-iati.xml');
    expect(answer.text).not.toContain('belum boleh diterbitkan');
  });

  it('of a forum that has nothing yet keeps schema and rules, public or not', async () => {
    await using world = await aWorld({ store: await open() });
    await world.all('/forum setup "Kosong"');
    for (const lines of [[], ['/forum publish', '/forum publish confirm:yes']]) {
      await world.all(...lines);
      const files = await filesOf(world.store);
      expect(files).toHaveLength(2);
      for (const file of files) expect(faultsOf(file)).toEqual([]);
    }
  });

  it('says that it has changed with what it alone shows, and the country in which the organisation is registered', async () => {
    const store = await open();
    await using world = await aWorld({ store });
    await world.all('/forum setup "Forum Uji"', '/goal add Siaga', '/forum publish', '/forum publish confirm:yes');
    const changed = async (): Promise<string> => {
      const [file] = await filesOf(store, ['id']);
      expect(file).toContain('<recipient-country code="');
      return `${/last-updated-datetime="(.{10})/.exec(file!)![1]} ${/<recipient-country code="(..)"/.exec(file!)![1]}`;
    };
    expect(await changed()).toBe('2026-11-24 ID');
    await world.all(':skip 1d', '/forum data organisation:JP-JCN-1234567890123');
    expect(await changed()).toBe('2026-11-25 JP');
    await world.all(':skip 1d', '/forum data area:34.71');
    // Official areas are Indonesia's, wherever the organisation is registered.
    expect(await changed()).toBe('2026-11-26 ID');
    await world.all(':skip 1d', '/finance budget goal:T-1 amount:10jt');
    expect(await changed()).toBe('2026-11-27 ID');
    await world.all(':skip 1d', '/forum data organisation:XM-DAC-1');
    expect(await changed()).toBe('2026-11-28 ID');
  });

  it('of random forums and hostile words keeps schema and rules, in both languages', async () => {
    const store = await open();
    await using world = await aWorld({ store });
    await world.all('/forum setup Forum', '/forum publish', '/forum publish confirm:yes');
    await fc.assert(
      fc.asyncProperty(fc.array(iatiLine, { minLength: 6, maxLength: 14 }), async lines => {
        for (const one of lines) await world.run(one);
        for (const file of await filesOf(store))
          expect([faultsOf(file), await wrongSums(store, file)]).toEqual([[], []]);
      }),
      { numRuns: isLong ? 250 : 5, seed: 28, endOnFailure: true },
    );
  });

  it.runIf(name === 'sqlite')('of the demo keeps schema and rules', async () => {
    for (const locale of ['id', 'en'] as const) {
      await using store = await asDisposable(open());
      const log = createLog(
        { level: 'error', format: 'json' },
        () => START,
        () => {},
      );
      await fillDemo({ store: store.store, log, defaults: { locale, zone: 'Asia/Jakarta' } }, START, locale);
      for (const file of await filesOf(store.store)) expect(faultsOf(file)).toEqual([]);
    }
  });
});

const asDisposable = async (opening: Promise<Store>) => {
  const store = await opening;
  return { store, [Symbol.asyncDispose]: () => store.close() };
};

it('tells the country by the register of the organisation, if that is a country’s', () => {
  const codes = ['JP-JCN-1', 'NL-KVK-1', 'EU-TR-1', 'UK-1', 'XM-DAC-1', 'XX-REMBUG-1', 'AA-1', 'GB-GOV-1'];
  expect(codes.map(one => countryOf(one, null))).toEqual(['JP', 'NL', 'ID', 'ID', 'ID', 'ID', 'ID', 'GB']);
  expect(countryOf('NL-KVK-1', '34.71 Kota Yogyakarta')).toBe('ID');
});

it('tells organisation identifiers by their form', () => {
  const good = ['ID-KHH-AHU-0012345', 'XI-IATI-1234', 'GB-GOV-1', 'XM-DAC-5-7'];
  const bad = [
    '',
    'id-khh-1',
    'ID-KHH',
    'ID-KHH-',
    'ID-KHH-1/2',
    'ID-KHH-a b',
    'ID-KHH-1?',
    'IDKHH1',
    `ID-KHH-${'1'.repeat(80)}`,
  ];
  expect([good.every(isOrganisationId), bad.filter(isOrganisationId)]).toEqual([true, []]);
});
