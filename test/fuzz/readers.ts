import { memberIn, typedText } from '../../adapters/slack/line.ts';
import { registryOf } from '../../src/app/app.ts';
import { decodeInvocation, encodeInvocation } from '../../src/bot/invocation.ts';
import { leadingWords, parseOptions, printLine } from '../../src/bot/parse.ts';
import { readPeriod } from '../../src/bot/read-period.ts';
import { Refusal } from '../../src/contract/refusal.ts';
import { readShare } from '../../src/domain/strategies/threshold.ts';
import { clean, cleanLine } from '../../src/language/clean.ts';
import { readDate, readDuration, readInstant } from '../../src/language/dates.ts';
import { readZone } from '../../src/language/locale.ts';
import { readMoney, readNumber, readWhole } from '../../src/language/numbers.ts';
import { isCron } from '../../src/schedule/cron.ts';
import { fold, wordsOf } from '../../src/storage/words.ts';
import { START } from '../world.ts';
import { wanted, wireOf } from './ask.ts';
import type { Problem } from './core.ts';
import { dateish, mutated, numberish, type Random, text } from './random.ts';

const registry = registryOf();
const reading = { now: START, zone: 'Asia/Jakarta', locale: 'id' as const };
const nobody = { known: () => null, named: () => null } as unknown as Parameters<typeof memberIn>[1];

const finite = (value: number): boolean => Number.isFinite(value);
const numbered = (typed: string, read: typeof readNumber): boolean => {
  const found = read(typed, 'id');
  return 'value' in found ? finite(found.value) : true;
};

/** Each reads what was typed and says whether what it made of it is sound. */
const READERS: readonly (readonly [name: string, make: (r: Random) => string, sound: (typed: string) => boolean])[] = [
  ['number', numberish, typed => numbered(typed, readNumber)],
  ['whole', numberish, typed => numbered(typed, readWhole)],
  ['money', numberish, typed => numbered(typed, readMoney)],
  ['share', numberish, typed => (readShare(typed)?.denominator ?? 1) > 0],
  ['date', dateish, typed => /^\d{4}-\d\d-\d\d$/.test(readDate(typed, reading) ?? '2026-01-01')],
  ['instant', dateish, typed => finite((readInstant(typed, { ...reading, defaultTime: '09:00' }) ?? START).getTime())],
  ['duration', dateish, typed => finite(readDuration(typed) ?? 0)],
  ['period', dateish, typed => (readPeriod(typed, 'monthly', '2026-11-24')?.key ?? '2026').length > 0],
  [
    'cron',
    r => r.many(6, () => r.pick(['*', '0', '8', '1-5', '*/5', '99', text(r)])).join(' '),
    typed => [true, false].includes(isCron(typed)),
  ],
  ['zone', text, typed => (readZone(typed) ?? 'x').length > 0],
  // Cleaned text stays as it is, and holds nothing that a database or a terminal stumbles over.
  ['clean', text, typed => clean(clean(typed)) === clean(typed) && !/[\0\p{Cs}]/u.test(clean(typed))],
  [
    'fold',
    text,
    typed => fold(cleanLine(typed)).length >= 0 && wordsOf(typed).every(word => /^[\p{L}\p{N}]+$/u.test(word)),
  ],
  ['slack text', text, typed => typedText(typed).length <= typed.length + 1 && memberIn(typed, nobody) === null],
];

/** Reads one input with what reads it; null where all is well. */
export function readOne(r: Random): Problem | null {
  const turn = r.below(READERS.length + 3);
  const reader = READERS[turn];
  if (reader) {
    const [name, make, sound] = reader;
    return checked(name, r.chance(6) ? text(r) : make(r), sound);
  }
  if (turn === READERS.length) return checked('button', wireOf(r, registry), soundButton);
  const { path, action, values } = wanted(r, registry);
  const line = printLine(path, values);
  if (turn === READERS.length + 1) return checked('line', mutated(r, line), typed => soundLine(typed));
  return checked('printed line', line, typed => soundPrinted(typed, action.options, values));
}

function checked(name: string, input: string, sound: (typed: string) => boolean): Problem | null {
  try {
    return sound(input) ? null : { what: `${name}: not sound`, input };
  } catch (error) {
    return { what: `${name}: ${(error as Error).stack}`, input };
  }
}

/** Tells whether what is taken for an invocation is written exactly so. */
function soundButton(wire: string): boolean {
  const read = decodeInvocation(wire, registry.byId);
  return !read || encodeInvocation(registry.byId(read.action)!, read.values) === wire;
}

/** A line is refused, or gives options that its action has. */
function soundLine(line: string): boolean {
  const found = registry.find(leadingWords(line));
  if (found.kind !== 'action') return true;
  try {
    const { values } = parseOptions(found.action, line, found.used, registry.catalogues);
    return Object.keys(values).every(key => key in found.action.options);
  } catch (error) {
    if (error instanceof Refusal) return true;
    throw error;
  }
}

/** Tells whether what is printed is read back as it was; hidden actions have no line. */
function soundPrinted(line: string, options: object, values: Record<string, string>): boolean {
  const found = registry.find(leadingWords(line));
  if (found.kind !== 'action' || found.action.options !== options) return true;
  const read = parseOptions(found.action, line, found.used, registry.catalogues);
  return Object.entries(values).every(([key, value]) => read.values[key] === value);
}
