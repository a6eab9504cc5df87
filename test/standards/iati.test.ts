import fc from 'fast-check';
import { XmlDocument } from 'libxml2-wasm';
import { describe, expect, it } from 'vitest';
import { fillDemo } from '../../src/cli/demo.ts';
import { createLog } from '../../src/contract/log.ts';
import { EVER, type Span } from '../../src/domain/calendar.ts';
import { isOrganisationId } from '../../src/domain/open-data.ts';
import type { Locale } from '../../src/language/locale.ts';
import { catalogue } from '../../src/language/messages.ts';
import { iatiText } from '../../src/reports/iati/iati.ts';
import type { Store } from '../../src/storage/store.ts';
import { databases } from '../databases.ts';
import { isLong } from '../sizes.ts';
import { aWorld, START } from '../world.ts';
import { faultsByRules, type Ruleset } from './ruleset.ts';
import { faultsBySchema, hasSchema, schemaText } from './schemas.ts';

const SCHEMA = 'iati-activities-schema.xsd';
const RULES = 'iati-rulesets-standard.json';
const isPublished = hasSchema(SCHEMA) && hasSchema(RULES);
const ruleset = isPublished ? (JSON.parse(schemaText(RULES)) as Ruleset) : {};
/** Registers that the forums here name, and the one that stands for none. */
const setting = { now: START, registers: ['ID-KHH', 'XX-REMBUG'] };

/** What a file breaks of the published schema and rules; where these are not at hand, of what we know of them ourselves. */
function faultsOf(xml: string): string[] {
  if (isPublished) return [...faultsBySchema(xml, SCHEMA), ...faultsByRules(xml, ruleset, setting)];
  using document = XmlDocument.fromString(xml);
  const own: readonly [string, string][] = [
    ['one activity', 'count(/iati-activities/iati-activity) = 1'],
    [
      'its own identifier',
      '//iati-identifier != //reporting-org/@ref and starts-with(//iati-identifier, //reporting-org/@ref)',
    ],
    ['a sector', 'count(//iati-activity/sector) > 0'],
    ['narratives', 'not(//title[not(narrative/text())] | //description[not(narrative/text())])'],
    ['values', 'not(//actual[not(number(@value) = @value)] | //target[not(number(@value) = @value)])'],
  ];
  return own.flatMap(([what, rule]) => (document.eval(`boolean(${rule})`) === true ? [] : [what]));
}

async function filesOf(store: Store, locales: readonly Locale[] = ['id', 'en'], span: Span = EVER): Promise<string[]> {
  const files: string[] = [];
  for (const forum of await store.read.select().from(store.tables.forums))
    for (const locale of locales) {
      const context = { db: store.read, forumId: forum.id, m: catalogue[locale], locale, zone: forum.zone, now: START };
      files.push(await iatiText(context, { ...forum, locale }, span, `https://contoh.id/f/${forum.id}`));
    }
  return files;
}

const numbersAt = (xml: string, path: string): number[] => {
  using document = XmlDocument.fromString(xml);
  return document.find(path).map(one => Number(one.content));
};

const HOSTILE = '<b>&amp;]]>"\' {=1+1} \u202e𝔘 ‍ é';

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
    expect(numbersAt(file!, '//budget/value').reduce((x, y) => x + y, 0)).toBe(10_000_000);
    expect(numbersAt(file!, '//sector/@percentage').reduce((x, y) => x + y, 0)).toBe(100);
    expect(numbersAt(file!, '//sector/@code').sort()).toEqual([43060, 74020]);
    for (const code of ['34.71', '34.71.03', '34.71.03.1005']) expect(file).toContain(`<location ref="${code}">`);
    const answer = await world.run('/report 2026 format:iati');
    expect(answer.text).toContain('-iati.xml');
    expect(answer.text).not.toContain('belum boleh diterbitkan');
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
    expect(await changed()).toBe('2026-11-26 JP');
    await world.all(':skip 1d', '/finance budget goal:T-1 amount:10jt');
    expect(await changed()).toBe('2026-11-27 JP');
    await world.all(':skip 1d', '/forum data organisation:XM-DAC-1');
    expect(await changed()).toBe('2026-11-28 ID');
  });

  it('of random forums and hostile words keeps schema and rules, in both languages', async () => {
    const store = await open();
    await using world = await aWorld({ store });
    await world.all('/forum setup Forum', '/forum publish', '/forum publish confirm:yes');
    const words = fc.oneof(
      fc.constant(HOSTILE),
      fc.string({ unit: 'binary', minLength: 1, maxLength: 30 }),
      fc.constant('Sirene'),
    );
    const quoted = (text: string): string => `"${text.replace(/["“”\r\n]/g, ' ')}"`;
    const line = fc.oneof(
      words.map(text => `/goal add ${quoted(text)} description:${quoted(text)}`),
      words.map(text => `/partner add ${quoted(text)} sector:media`),
      fc
        .tuple(words, fc.constantFrom('weekly', 'monthly', 'annual'), fc.constantFrom('%', 'orang', ''))
        .map(
          ([text, frequency, unit]) =>
            `/indicator add ${quoted(text)} definition:${quoted(text)} frequency:${frequency} unit:"${unit}" baseline:1 target:9 due:31/12/2027 confirm:yes`,
        ),
      fc.tuple(fc.nat(5), fc.nat(1000)).map(([n, value]) => `/indicator report N-${n + 1} ${value / 7} confirm:yes`),
      fc
        .tuple(words, fc.integer({ min: 1, max: 10 ** 9 }))
        .map(([text, n]) => `/finance record ${quoted(text)} direction:in amount:${n}`),
      words.map(text => `/forum settings name:${quoted(text)}`),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(line, { minLength: 4, maxLength: 8 }), async lines => {
        for (const one of lines) await world.run(one);
        for (const file of await filesOf(store)) expect(faultsOf(file)).toEqual([]);
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
