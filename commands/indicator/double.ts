import type { WriteContext } from '../../src/bot/act-context.ts';
import { mutation } from '../../src/bot/command.ts';
import { Refusal } from '../../src/contract/refusal.ts';
import type { View } from '../../src/contract/view.ts';
import { doubleOfIndicator } from '../../src/domain/double-names.ts';
import type { Indicator } from '../../src/domain/indicators/row.ts';
import { indicatorSource } from '../../src/domain/indicators/store.ts';
import { catalogue } from '../../src/language/messages.ts';
import { indicatorCard } from '../../src/views/indicator.ts';
import { anotherOne, refuseUsed, twoOf, withSameName } from '../double.ts';
import { code } from './common.ts';
import { retired } from './edit.ts';

/** Asks whether an indicator that was agreed just now is one that is reported already. */
export async function withDouble(ctx: WriteContext, own: Indicator, card: View): Promise<View> {
  const twin = await doubleOfIndicator(ctx.db, own);
  return withSameName(ctx.m, card, indicatorSource, { own, twin, same: 'nk', other: 'ny' });
}

/** Ends the new indicator, since it is the same; the earlier one stays as it was agreed. */
export const same = mutation({
  id: 'nk',
  name: 'same',
  words: m => m.indicator.command.same,
  who: 'coordinator',
  hidden: true,
  options: twoOf(indicatorSource),
  async run(ctx, { thing: gone, of: kept }) {
    await refuseUsed(ctx, 'indicator', gone, kept);
    if (kept.retiredAt) throw new Refusal('closed', m => m.doubles.isGone({ code: code(kept) }), { option: 'of' });
    const said = { code: code(gone), of: code(kept) };
    await retired(ctx, gone, catalogue[ctx.forum.locale].doubles.sameAs({ code: said.of }));
    return indicatorCard(ctx, kept, ctx.m.doubles.put(said));
  },
});

export const other = anotherOne('ny', m => m.indicator.command.other, indicatorSource);
