import * as z from 'zod';
import { decimal, invalid, type Kind, type KindInput, reads, typedOf } from '../../src/bot/kinds.ts';
import type { Raw } from '../../src/contract/act.ts';
import { Refusal } from '../../src/contract/refusal.ts';
import { unitKindOf, unitsIn } from '../../src/domain/indicators/units.ts';
import { numberAsTyped } from '../../src/language/numbers.ts';

/** A number as it was entered, with the unit behind it. */
export interface Entered {
  /** Decimal text. */
  readonly amount: string;
  /** Unit as it was typed; empty: none. */
  readonly unit: string;
}

/** Words that scale the number before them; none of them is a unit, however large the number is. */
const SCALES =
  'rb|ribu|thousand|jt|juta|mn|million|miliar|milyar|bn|billion|triliun|trilyun|trillion|kuadriliun|quadrillion';
const WITH_UNIT = new RegExp(
  `^(.*[\\d.,-](?: ?(?:k|m|t|${SCALES})\\b)?) ?(?!(?:${SCALES})\\b)([%\\p{L}][%\\p{L}\\d/. ²³°-]*)$`,
  'iu',
);

const plain = decimal();

/** The number and the unit that were typed; null where no unit stands behind a number. */
async function parted(raw: Raw, r: KindInput): Promise<Entered | null> {
  const [, amount, unit] = WITH_UNIT.exec(typedOf(raw).trim()) ?? [];
  // `5 rb` is a number with a word for thousands, and no unit.
  if (amount === undefined || unit === undefined || (await reads(plain, typedOf(raw), r))) return null;
  return { amount: amount.trim(), unit };
}

const isKnown = async (unit: string, { ctx }: KindInput): Promise<boolean> =>
  unitKindOf(unit) !== 'unknown' || (await unitsIn(ctx.db, ctx.forumId)).has(unit.toLowerCase());

/**
 * A number, with or without a unit behind it. Whether it is the right unit is for those to ask who know the indicator;
 * of words without an option's name it takes the units of the forum's indicators and the common ones. `known`: no others at
 * all, where nobody asks.
 */
export const measure = ({ known = false } = {}): Kind<Entered> => ({
  input: plain.input,
  allowed: () => z.object({ amount: z.string(), unit: z.string() }),
  print: ({ amount, unit }) => `${numberAsTyped(amount)} ${unit}`.trim(),
  accepts: plain.accepts,
  async read(raw, r) {
    const typed = await parted(raw, r);
    if (!typed) return { amount: await plain.read(raw, r), unit: '' };
    if (known && !(await isKnown(typed.unit, r))) throw invalid(plain, raw, r);
    try {
      return { amount: await plain.read({ typed: typed.amount }, r), unit: typed.unit };
    } catch (error) {
      if (!(error instanceof Refusal) || !error.candidates.length) throw invalid(plain, raw, r);
      const candidates = error.candidates.map(one => ({ ...one, value: `${one.value} ${typed.unit}` }));
      throw new Refusal(error.code, error.say, { candidates });
    }
  },
  async knows(typed, r) {
    const measured = await parted({ typed }, r);
    return measured ? (await isKnown(measured.unit, r)) && reads(plain, measured.amount, r) : reads(plain, typed, r);
  },
});
