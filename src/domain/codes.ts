import { and, eq, sql } from 'drizzle-orm';
import { prepared } from '../storage/prepared.ts';
import type { Reader, Tx } from '../storage/store.ts';
import type { Thing } from './thing.ts';

/** The letters that stand before the numbers of each thing. */
export const PREFIX: Readonly<Record<Thing, string>> = {
  activity: 'K',
  issue: 'I',
  strategy: 'S',
  indicator: 'N',
  goal: 'T',
  agreement: 'P',
  entry: 'U',
  partner: 'M',
  reminder: 'R',
  poll: 'J',
  action: 'A',
  assessment: 'B',
};

/** The code by which people name a thing: `K-12`. */
export const codeOf = (thing: Thing, number: number): string => `${PREFIX[thing]}-${number}`;

/** The letters that with a hyphen and a number are a code everywhere, whatever is asked for. */
const CODE_LETTERS = 'KISNTPUMAJB';

/** Describes what has the form of a code, as people type it. */
export interface TypedCode {
  readonly letter: string;
  readonly number: number;
  /**
   * True: with its hyphen it is a code everywhere. Without one it is a code only where its letter is the one that is
   * asked for.
   */
  readonly hyphen: boolean;
}

/**
 * Reads the form of a code (`K-12`, `k12`; any dash is a hyphen, as phones write one for another). `own` is the letter
 * that is asked for. Null: a word, which may be (part of) a name.
 */
export function codeIn(typed: string, own: string): TypedCode | null {
  const found = /^([a-z])(\p{Pd}?)(\d{1,9})$/iu.exec(typed.trim());
  if (!found) return null;
  const letter = found[1]!.toUpperCase();
  const hyphen = found[2] !== '';
  if (letter !== own && !(hyphen && CODE_LETTERS.includes(letter))) return null;
  return { letter, number: Number(found[3]), hyphen };
}

/** The number in a code of one thing (`K-12`, `k12`); null: what is typed is no code of such a thing. */
export function numberIn(prefix: string, typed: string): number | null {
  const code = codeIn(typed, prefix);
  return code?.letter === prefix ? code.number : null;
}

/** Describes what is numbered in a forum. */
type Numbered =
  | Thing
  | 'member'
  | 'import'
  | 'ledger_line'
  | 'budget'
  | 'pulse'
  | 'review'
  | 'invitation'
  | 'link'
  | 'announcement'
  | 'alert_offer'
  | 'framework'
  | 'series'
  | `joins:${number}`;

/** The next number of a thing in a forum; counted in the unit of work, so without gaps or doubles. */
export const nextNumber = (tx: Tx, forumId: string, thing: Numbered): Promise<number> =>
  nextNumbers(tx, forumId, thing, 1);

/** The next `n` numbers of a thing; gives the first of them. */
export async function nextNumbers(tx: Tx, forumId: string, thing: Numbered, n: number): Promise<number> {
  const [row] = await counted(tx, { forumId, thing, n });
  return row!.last - n + 1;
}

const counted = prepared((tx: Tx, { forumId, thing, n }: { forumId: string; thing: string; n: number }) => {
  const { counters } = tx.tables;
  return tx
    .insert(counters)
    .values({ forumId, thing, last: n })
    .onConflictDoUpdate({ target: [counters.forumId, counters.thing], set: { last: sql`${counters.last} + ${n}` } })
    .returning({ last: counters.last });
});

/** The number that the newest of a forum's things of one kind got; 0: there is none yet. */
export async function lastNumber(db: Reader, forumId: string, thing: Thing): Promise<number> {
  const { counters } = db.tables;
  const where = and(eq(counters.forumId, forumId), eq(counters.thing, thing));
  const [row] = await db.select({ last: counters.last }).from(counters).where(where);
  return row?.last ?? 0;
}
