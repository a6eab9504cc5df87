import { XmlDocument, type XmlNode } from 'libxml2-wasm';

/**
 * The language of IATI's rulesets (IATI-Rulesets, SPEC.rst), as far as the standard ruleset uses it: a context, the name
 * of a rule, and its cases with XPath expressions.
 */
interface Case {
  readonly condition?: string;
  readonly paths?: readonly string[];
  readonly prefix?: readonly string[];
  readonly separator?: string;
  readonly one?: string;
  readonly all?: string;
  readonly date?: string;
  readonly less?: string;
  readonly more?: string;
  readonly start?: string;
  readonly end?: string;
  readonly regex?: string;
  readonly sum?: number;
  readonly min?: number;
  readonly max?: number;
  readonly if?: string;
  readonly then?: string;
  readonly foreach?: string;
  readonly do?: Rules;
  readonly subs?: readonly string[];
  readonly ruleInfo?: { readonly id: string; readonly message: string };
}
type Rules = Readonly<Record<string, { readonly cases: readonly Case[] }>>;
export type Ruleset = Readonly<Record<string, Rules>>;

interface Setting {
  readonly now: Date;
  /** Beginnings of the identifiers that registers give out. */
  readonly registers: readonly string[];
}

const DAY = 86_400_000;
/** A year may have a leap day. */
const YEAR = 366 * DAY;

const nodes = (context: XmlNode, paths: readonly string[] = []): XmlNode[] => paths.flatMap(path => context.find(path));
const texts = (context: XmlNode, paths: readonly string[] = []): string[] =>
  nodes(context, paths).map(one => one.content);
const holds = (context: XmlNode, expression: string): boolean => context.eval(`boolean(${expression})`) === true;
const dateOf = (context: XmlNode, path: string, { now }: Setting): number | null => {
  if (path === 'NOW') return now.getTime();
  const text = context.find(path)[0]?.content;
  return text === undefined ? null : Date.parse(text);
};
const unspaced = (text: string): boolean => text === text.trim();

/** Tells of each rule whether it holds for one case in one context. */
const HOLDS: Readonly<Record<string, (context: XmlNode, one: Case, setting: Setting) => boolean>> = {
  unique: (context, { paths }) => {
    const all = texts(context, paths);
    return new Set(all).size === all.length;
  },
  startswith(context, { paths, prefix = [], separator = '' }, { registers }) {
    const beginnings = prefix[0] === 'ORG-ID-PREFIX' ? registers : texts(context, prefix);
    return texts(context, paths).every(text => beginnings.some(one => text.startsWith(one + separator)));
  },
  atleast_one: (context, { paths }) => nodes(context, paths).length > 0,
  no_more_than_one: (context, { paths }) => nodes(context, paths).length < 2,
  one_or_all(context, { one, all }) {
    if (context.find(one!).length) return true;
    if (all === 'lang') return holds(context, 'not(descendant::narrative[not(@xml:lang)])');
    if (all === 'currency') return holds(context, 'not(descendant::value[not(@currency)])');
    return holds(context, `not(transaction[not(${all})])`);
  },
  date_now: (context, { date }, setting) => (dateOf(context, date!, setting) ?? 0) <= setting.now.getTime(),
  date_order(context, { less, more }, setting) {
    const [first, second] = [dateOf(context, less!, setting), dateOf(context, more!, setting)];
    return first === null || second === null || first <= second;
  },
  time_limit(context, { start, end }, setting) {
    const [from, to] = [dateOf(context, start!, setting), dateOf(context, end!, setting)];
    return from === null || to === null || to - from <= YEAR;
  },
  between_dates(context, { date, start, end }, setting) {
    const [at, from, to] = [date!, start!, end!].map(path => dateOf(context, path, setting));
    return at == null || from == null || to == null || (from <= at && at <= to);
  },
  regex_matches: (context, { paths, regex }) => texts(context, paths).every(text => new RegExp(regex!).test(text)),
  no_spaces: (context, { paths }) => texts(context, paths).every(unspaced),
  strict_sum(context, { paths, sum }) {
    const all = texts(context, paths);
    const cents = all.reduce((total, text) => total + Math.round(Number(text) * 1e6), 0);
    return all.length === 0 || cents === Math.round(sum! * 1e6);
  },
  range: (context, { paths, min, max }) =>
    texts(context, paths).every(text => Number(text) >= min! && Number(text) <= max!),
  if_then: (context, one) => !holds(context, one.if!) || holds(context, one.then!),
};

const replaced = (value: unknown, by: string): unknown =>
  Array.isArray(value)
    ? value.map(one => replaced(one, by))
    : typeof value === 'string'
      ? value.replaceAll('$1', by)
      : value;

function faultsOf(context: XmlNode, rules: Rules, setting: Setting): string[] {
  return Object.entries(rules).flatMap(([rule, { cases }]) =>
    cases.flatMap(one => {
      if (rule === 'loop') {
        const values = [...new Set(texts(context, [one.foreach!]))];
        return values.flatMap(value => {
          const inner = Object.entries(one.do!).map(([name, body]) => {
            const filled = body.cases.map(each => {
              const keys = Object.entries(each).map(([key, given]) => [
                key,
                one.subs!.includes(key) || key === 'condition' ? replaced(given, value) : given,
              ]);
              return Object.fromEntries(keys) as Case;
            });
            return [name, { cases: filled }] as const;
          });
          return faultsOf(context, Object.fromEntries(inner), setting);
        });
      }
      const check = HOLDS[rule];
      if (!check) throw new Error(`the ruleset has a rule that is not known here: ${rule}`);
      if (one.condition !== undefined && !holds(context, one.condition)) return [];
      return check(context, one, setting) ? [] : [`${one.ruleInfo?.id} ${one.ruleInfo?.message}`];
    }),
  );
}

/** The rules that a document breaks. */
export function faultsByRules(xml: string, ruleset: Ruleset, setting: Setting): string[] {
  using document = XmlDocument.fromString(xml);
  return Object.entries(ruleset).flatMap(([path, rules]) =>
    document.find(path).flatMap(context => faultsOf(context, rules, setting)),
  );
}
