import { and, eq } from 'drizzle-orm';
import { XmlDocument } from 'libxml2-wasm';
import { EVER, type Span } from '../../src/domain/calendar.ts';
import type { Locale } from '../../src/language/locale.ts';
import { catalogue } from '../../src/language/messages.ts';
import { iatiPieces } from '../../src/reports/iati/iati.ts';
import { isTrue } from '../../src/storage/literal.ts';
import type { Store } from '../../src/storage/store.ts';
import { fc } from '../properties.ts';
import { START } from '../world.ts';
import { faultsByRules, type Ruleset } from './ruleset.ts';
import { faultsBySchema, hasSchema, schemaText } from './schemas.ts';

const SCHEMA = 'iati-activities-schema.xsd';
const RULES = 'iati-rulesets-standard.json';
export const isPublished = hasSchema(SCHEMA) && hasSchema(RULES);
const ruleset = isPublished ? (JSON.parse(schemaText(RULES)) as Ruleset) : {};
/** Registers that the forums here name, and the one that stands for none. */
const REGISTERS = ['ID-KHH', 'XX-REMBUG'];

/**
 * Lists what a file breaks of the published schema and rules; where these are not at hand, of what we know of them
 * ourselves.
 */
export function faultsOf(xml: string, now = START): string[] {
  if (isPublished)
    return [...faultsBySchema(xml, SCHEMA), ...faultsByRules(xml, ruleset, { now, registers: REGISTERS })];
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

export async function filesOf(
  store: Store,
  locales: readonly Locale[] = ['id', 'en'],
  span: Span = EVER,
  now = START,
): Promise<string[]> {
  const files: string[] = [];
  for (const forum of await store.read.select().from(store.tables.forums))
    for (const locale of locales) {
      const context = { db: store.read, forumId: forum.id, m: catalogue[locale], locale, zone: forum.zone, now };
      files.push((await iatiPieces(context, { ...forum, locale }, span, `https://contoh.id/f/${forum.id}`)).join(''));
    }
  return files;
}

/** The attribute values at a path of a file, as an independent reader finds them. */
export const numbersAt = (xml: string, path: string): number[] => {
  using document = XmlDocument.fromString(xml);
  return document.find(path).map(one => Number(one.content));
};

const near = (one: number, other: number): boolean => Math.abs(one - other) < 0.001;

/** The indicators of a file whose actuals of all periods do not add up to what was reported, though they should. */
export async function wrongSums(store: Store, xml: string): Promise<string[]> {
  const { indicators: i, reports: r } = store.tables;
  const additive = await store.read
    .select()
    .from(i)
    .where(and(eq(i.valueKind, 'flow'), eq(i.aggregate, 'sum')));
  const wrong: string[] = [];
  for (const { forumId, number } of additive) {
    const reports = await store.read
      .select({ value: r.value })
      .from(r)
      .where(and(eq(r.forumId, forumId), eq(r.indicator, number), isTrue(r.inForce), eq(r.state, 'submitted')));
    const path = `//indicator[title/narrative[starts-with(., 'N-${number} ')]]/period/actual[not(dimension)]/@value`;
    const told = numbersAt(xml, path).reduce((sum, one) => sum + one, 0);
    const stored = reports.reduce((sum, one) => sum + Number(one.value), 0);
    if (!near(told, stored)) wrong.push(`N-${number}: ${told} is not ${stored}`);
  }
  return wrong;
}

const HOSTILE = '<b>&amp;]]>"\' {=1+1} \u202e𝔘 ‍ é';

const words = fc.oneof(
  fc.constant(HOSTILE),
  fc.string({ unit: 'binary', minLength: 1, maxLength: 30 }),
  fc.constant('Sirene'),
);
const quoted = (text: string): string => `"${text.replace(/["“”\r\n]/g, ' ')}"`;
/** A line that makes something of a forum which stands in its file, with hostile words among others. */
export const iatiLine: fc.Arbitrary<string> = fc.oneof(
  words.map(text => `/goal add ${quoted(text)} description:${quoted(text)}`),
  words.map(text => `/partner add ${quoted(text)} sector:media`),
  fc
    .tuple(words, fc.constantFrom('weekly', 'monthly', 'annual'), fc.constantFrom('%', 'orang', ''))
    .map(
      ([text, frequency, unit]) =>
        `/indicator add ${quoted(text)} definition:${quoted(text)} frequency:${frequency} unit:"${unit}" baseline:1 target:9 due:31/12/2027 confirm:yes`,
    ),
  words.map(
    text => `/indicator add ${quoted(text)} kind:flow aggregate:sum frequency:monthly area:34.71.03 confirm:yes`,
  ),
  fc
    .tuple(fc.nat(8), fc.nat(1000), fc.integer({ min: 1, max: 10 }))
    .map(
      ([n, value, month]) =>
        `/indicator report N-${n + 1} ${(value / 7).toFixed(3).replace('.', ',')} period:"${month}/2026" confirm:yes`,
    ),
  fc.nat(900).map(n => `/indicator report N-1 ${n} period:2026-10 parts:"P=${n}" confirm:yes`),
  fc.nat(8).map(n => `/goal edit T-${n + 1} sector:43060`),
  fc.nat(8).map(n => `/finance budget goal:T-${n + 1} amount:${n + 1}jt from:1/7/2026 to:31/12/2028`),
  words.map(text => `/activity log ${quoted(text)} date:1/10/2026 area:"34.71.03.1005; 34.04" participants:9`),
  fc.constantFrom('ID-KHH-AHU-1', 'ID-KHH-2').map(id => `/forum data organisation:${id} area:34.71`),
  fc
    .tuple(words, fc.integer({ min: 1, max: 10 ** 9 }))
    .map(([text, n]) => `/finance record ${quoted(text)} direction:in amount:${n}`),
  words.map(text => `/forum settings name:${quoted(text)}`),
);
