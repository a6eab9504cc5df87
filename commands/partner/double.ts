import type { WriteContext } from '../../src/bot/act-context.ts';
import { mutation } from '../../src/bot/command.ts';
import type { View } from '../../src/contract/view.ts';
import { codeOf } from '../../src/domain/codes.ts';
import { doubleOfPartner } from '../../src/domain/double-names.ts';
import { anyPartnerSource, archivePartner, changePartner, type Partner } from '../../src/domain/partners.ts';
import { catalogue } from '../../src/language/messages.ts';
import { partnerCard } from '../../src/views/partner.ts';
import { anotherOne, filledFrom, refuseUsed, twoOf, withSameName } from '../double.ts';
import { takesPart } from './names.ts';

/** Asks whether a partner that was added just now is one that takes part or is invited already. */
export async function withDouble(ctx: WriteContext, own: Partner, card: View): Promise<View> {
  const twin = await doubleOfPartner(ctx.db, own);
  return withSameName(ctx.m, card, anyPartnerSource, { own, twin, same: 'pk', other: 'px' });
}

/** Archives the new partner, since it is the same; the earlier one takes over what only the new one told. */
export const same = mutation({
  id: 'pk',
  name: 'same',
  words: m => m.partner.command.same,
  who: 'coordinator',
  hidden: true,
  options: twoOf(anyPartnerSource),
  async run(ctx, { thing: gone, of: kept }) {
    takesPart(gone, 'thing');
    takesPart(kept, 'of');
    await refuseUsed(ctx, 'partner', gone, kept);
    const said = { code: codeOf('partner', gone.number), of: codeOf('partner', kept.number) };
    await archivePartner(ctx.tx, gone, ctx.now);
    const reason = catalogue[ctx.forum.locale].doubles.sameAs({ code: said.of });
    await ctx.record({ kind: 'partner.archived', thing: 'partner', number: gone.number, data: { before: [], reason } });
    const set = filledFrom(kept, gone, ['sector', 'contact', 'focus', 'influence', 'interest', 'area']);
    if (!Object.keys(set).length) return partnerCard(ctx, kept, ctx.m.doubles.put(said));
    const changed = (await changePartner(ctx.tx, kept, set))!;
    const before = Object.fromEntries(Object.keys(set).map(key => [key, null]));
    await ctx.record({ kind: 'partner.changed', thing: 'partner', number: kept.number, data: { before, set } });
    return partnerCard(ctx, changed, ctx.m.doubles.put(said));
  },
});

export const other = anotherOne('px', m => m.partner.command.other, anyPartnerSource);
