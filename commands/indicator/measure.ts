import * as z from 'zod';
import { decimal, invalid, type Kind, typedOf } from '../../src/bot/kinds.ts';
import { Refusal } from '../../src/contract/refusal.ts';
import { unitKindOf, unitsIn } from '../../src/domain/indicators/units.ts';
import { numberAsTyped } from '../../src/language/numbers.ts';

/** A number as it was entered, with the unit behind it. */
export interface Entered {
  /** Decimal text. */
  readonly amount: string;
  /** As it was typed; empty: none. */
  readonly unit: string;
}

const WITH_UNIT =
  /^(.*[\d.,-](?: ?(?:k|rb|ribu|thousand|jt|juta|m|mn|million|miliar|milyar|bn|billion|t|triliun|trilyun|trillion|kuadriliun|quadrillion)\b)?) ?([%\p{L}][%\p{L}\d/. ²³°-]*)$/iu;

/** A number, with or without a unit that is known: of an indicator of the forum, or a common one. */
export const measure = (): Kind<Entered> => {
  const plain = decimal();
  return {
    input: plain.input,
    allowed: z.object({ amount: z.string(), unit: z.string() }),
    print: ({ amount, unit }) => `${numberAsTyped(amount)} ${unit}`.trim(),
    accepts: plain.accepts,
    async read(raw, r) {
      const typed = typedOf(raw).trim();
      const parts = WITH_UNIT.exec(typed);
      if (!parts) return { amount: await plain.read(raw, r), unit: '' };
      const [, amount = '', unit = ''] = parts;
      const known = unitKindOf(unit) !== 'unknown' || (await unitsIn(r.ctx.db, r.ctx.forumId)).has(unit.toLowerCase());
      // `5 rb` is a number with a word for thousands, and no unit.
      const whole = await plain.read(raw, r).catch(() => null);
      if (whole !== null || !known) return { amount: await plain.read(raw, r), unit: '' };
      try {
        return { amount: await plain.read({ typed: amount.trim() }, r), unit };
      } catch (error) {
        if (!(error instanceof Refusal) || !error.candidates.length) throw invalid(plain, raw, r);
        const candidates = error.candidates.map(one => ({ ...one, value: `${one.value} ${unit}` }));
        throw new Refusal(error.code, error.say, { candidates });
      }
    },
  };
};
