import type { Given, Identity } from '../contract/act.ts';
import type { Input } from '../contract/form.ts';
import { Refusal } from '../contract/refusal.ts';
import { memberOfAccount } from '../domain/people.ts';
import type { ReadActContext } from './act-contexts.ts';
import { accountOf } from './identify.ts';
import { type KindInput, reads, typedOf } from './kinds.ts';
import { takesRest } from './parse.ts';
import type { Wanted } from './resolve.ts';

/** Kinds of which every word that can be read is one. A text is none: it would take any. */
const READABLE: ReadonlySet<Input> = new Set(['number', 'whole', 'money', 'date', 'instant', 'choice']);

/** Kinds that read more than they surely know: of words without a name they take those that they know. */
const SURE: ReadonlySet<Input> = new Set(['member', 'number']);

/**
 * Gives an option to the words of a typed line that none has taken: first as many as go on with the value before them
 * (`25 nov`, `Rp 5 juta`, a name of two words), then all the others together to the one empty option that alone can read
 * them.
 * @throws Refusal `invalid_option` where there is none, or more than one.
 */
export async function placeLoose(ctx: ReadActContext, { action, given, loose }: Wanted): Promise<Given> {
  if (!loose) return given;
  const words = action.words(ctx.m);
  const reading = (key: string): KindInput => ({
    ctx,
    option: words.options[key]!.name,
    writes: action.writes,
    memberOf: ctx.act.memberOf,
    channelOf: ctx.act.channelOf,
    // Nobody becomes a member by a word that may have meant something else.
    member: (who: Identity) => memberOfAccount(ctx.db, ctx.forumId, accountOf(ctx.place, who)),
  });
  const knows = (key: string, typed: string): Promise<boolean> => {
    const { kind } = action.options[key]!;
    if (kind.knows) return kind.knows(typed, reading(key));
    return READABLE.has(kind.input) ? reads(kind, typed, reading(key)) : Promise.resolve(false);
  };
  /** Tells whether an option that has its value can be read with it. */
  const fits = (key: string, typed: string): Promise<boolean> => {
    const { kind } = action.options[key]!;
    return SURE.has(kind.input) ? knows(key, typed) : reads(kind, typed, reading(key));
  };

  const { after } = loose;
  const before = after === null ? undefined : given[after];
  const grown =
    before && 'typed' in before && !takesRest(action, after!)
      ? await longest(before.typed, loose.words, typed => fits(after!, typed))
      : 0;
  const all: Given = grown
    ? { ...given, [after!]: { typed: [typedOf(before!), ...loose.words.slice(0, grown)].join(' ') } }
    : given;
  const rest = loose.words.slice(grown).join(' ');
  if (!rest) return all;

  const empty = Object.keys(action.options).filter(key => !(key in all));
  const fitting: string[] = [];
  for (const key of empty) if (await knows(key, rest)) fitting.push(key);
  if (fitting.length === 1) return { ...all, [fitting[0]!]: { typed: rest } };
  // A word that nothing takes may be the unit of the number before it: the code that knows the unit asks.
  const measured = before && !fitting.length && !rest.includes(' ') ? `${typedOf(all[after!]!)} ${rest}` : '';
  const { kind } = action.options[after ?? ''] ?? {};
  if (measured && kind?.input === 'number' && (await reads(kind, measured, reading(after!))))
    return { ...all, [after!]: { typed: measured } };
  throw new Refusal('invalid_option', m => m.core.nothingTaken({ typed: rest }));
}

/**
 * Counts the words after a value that belong to it: as many as it can be read with. Where it can be read with none
 * of them nor alone, all of them do, and the refusal speaks of what was typed.
 */
async function longest(
  value: string,
  words: readonly string[],
  isRead: (typed: string) => Promise<boolean>,
): Promise<number> {
  for (let n = words.length; n >= 0; n--) if (await isRead([value, ...words.slice(0, n)].join(' '))) return n;
  return words.length;
}
