import { z } from 'zod';
import { type Kind, typedOf } from '../../src/bot/kinds.ts';
import { Refusal } from '../../src/contract/refusal.ts';
import { numberAsTyped, readDecimal } from '../../src/language/numbers.ts';

/** A value by groups of people, as decimal text. */
export type Parts = Readonly<Record<string, string>>;

/** A value by groups: `L=41, P=27`. */
export const parts = (): Kind<Parts> => ({
  input: 'line',
  allowed: z.record(z.string().max(30), z.string()),
  print: value =>
    Object.entries(value)
      .map(([name, n]) => `${name}=${numberAsTyped(n)}`)
      .join(', '),
  accepts: m => m.indicator.acceptsParts,
  async read(raw, r) {
    const typed = typedOf(raw);
    const found: Record<string, string> = {};
    for (const piece of typed.split(/[;,]\s*(?=[^\d\s])/)) {
      const pair = /^\s*([^=:]{1,30})[=:]\s*(.+)$/.exec(piece);
      const reading = pair && readDecimal(pair[2]!, r.ctx.locale);
      if (!reading || !('value' in reading))
        throw new Refusal('invalid_option', m =>
          m.core.invalidOption({ option: r.option, typed, accepts: m.indicator.acceptsParts }),
        );
      found[pair![1]!.trim()] = reading.value;
    }
    return found;
  },
});
