import type { Action, AnyOption } from '../../src/bot/command.ts';
import { encodeInvocation } from '../../src/bot/invocation.ts';
import { printLine } from '../../src/bot/parse.ts';
import type { Registry } from '../../src/bot/registry.ts';
import type { Ask, Given, Raw } from '../../src/contract/act.ts';
import { dateish, mutated, numberish, type Random, text } from './random.ts';

export const NAMES = ['sari', 'ani', 'budi', 'cici', 'dewi'];

const code = (r: Random): string => `${r.pick(['K', 'I', 'S', 'N', 'T', 'P', 'U', 'M'])}-${r.below(5)}`;

/** A value that an option may take, or nearly. */
function valueFor(r: Random, option: AnyOption): string {
  if (r.chance(12)) return text(r);
  const { kind } = option;
  switch (kind.input) {
    case 'whole':
    case 'number':
    case 'money':
      return numberish(r);
    case 'date':
    case 'instant':
    case 'time':
      return dateish(r);
    case 'choice':
    case 'flag':
      return kind.choices ? r.pick(kind.choices.values) : text(r);
    case 'entity':
      return r.chance(4) ? r.pick(['Mitra', 'banjir', 'a', 'Latihan']) : code(r);
    case 'member':
      return r.chance(4) ? String(r.below(6)) : r.pick(NAMES);
    case 'channel':
      return r.pick(['umum', '#umum', 'C1']);
    case 'file':
      return r.pick(['https://contoh.id/a.pdf', 'foto', 'javascript:alert(1)']);
    case 'list':
      return r.many(24, () => (r.chance(3) ? text(r) : code(r))).join(r.pick([',', ', ', ';', '\n']));
    default:
      return r.chance(3) ? text(r) : r.pick(['Latihan evakuasi', 'x', dateish(r), numberish(r)]);
  }
}

/** Any action, and values for some of its options: the required ones most of the time. */
export function wanted(
  r: Random,
  registry: Registry,
): { path: string[]; action: Action; values: Record<string, string> } {
  const command = r.pick(registry.commands);
  const action = r.pick(command.actions);
  const values: Record<string, string> = {};
  for (const [key, option] of Object.entries(action.options))
    if (option.required ? !r.chance(10) : r.chance(3)) values[key] = valueFor(r, option);
  return { path: [command.name, action.name].filter(Boolean), action, values };
}

/** An invocation as a button carries it: valid, spoilt, or of nobody's making. */
export function wireOf(r: Random, registry: Registry): string {
  const { action, values } = wanted(r, registry);
  if (r.chance(20)) return text(r).slice(0, 120);
  try {
    const wire = encodeInvocation(action, values);
    return r.chance(3) ? mutated(r, wire) : wire;
  } catch (error) {
    // Too long for a button, or a lone surrogate: only an empty one can be written.
    if (!(error instanceof RangeError || error instanceof URIError)) throw error;
    return `1.${action.id}`;
  }
}

function rawOf(r: Random, typed: string): Raw {
  if (!r.chance(15)) return { typed };
  return r.pick<Raw>([
    { account: { account: typed.slice(0, 40) || 'x', home: '', name: typed.slice(0, 80) || 'x', admin: false } },
    { channel: { id: typed.slice(0, 40), name: typed.slice(0, 40) } },
    {
      file: { name: typed.slice(0, 99), type: 'image/png', size: r.below(1e9), url: `https://x.example/${r.below(9)}` },
    },
  ]);
}

const givenOf = (r: Random, values: Readonly<Record<string, string>>): Given =>
  Object.fromEntries(Object.entries(values).map(([key, typed]) => [key, rawOf(r, typed)]));

/** Draws what a person, or somebody who pretends to be the platform, may ask for, in each of its shapes. */
export function ask(r: Random, registry: Registry): Ask {
  const { path, values } = wanted(r, registry);
  switch (r.below(5)) {
    case 0:
    case 1: {
      const line = printLine(path, values);
      return { kind: 'typed', line: r.chance(3) ? mutated(r, line) : line };
    }
    case 2:
      return {
        kind: 'chosen',
        path: r.chance(20) ? r.many(3, () => text(r)) : path,
        given: givenOf(r, r.chance(10) ? { ...values, [text(r)]: text(r) } : values),
        ...(r.chance(10) && { edit: true as const }),
      };
    case 3:
      return { kind: 'pressed', invocation: wireOf(r, registry) };
    default:
      return {
        kind: 'pressed',
        invocation: wireOf(r, registry),
        given: givenOf(r, values),
        ...(r.chance(5) && { unfinished: true as const }),
      };
  }
}
