import { main, mutation, optional } from '../../src/bot/command.ts';
import { date, line, paragraph } from '../../src/bot/kinds.ts';
import { entity, evidence, list as listOf } from '../../src/bot/references.ts';
import { Refusal } from '../../src/contract/refusal.ts';
import type { Agreement } from '../../src/domain/agreements/row.ts';
import { addParties, agreementSource, changeAgreement } from '../../src/domain/agreements/store.ts';
import { releaseFile } from '../../src/domain/files/store.ts';
import { partnerSource } from '../../src/domain/partners.ts';
import { agreementCard } from '../../src/views/agreement.ts';
import { takesPart } from '../partner/names.ts';
import { assertMayChange, changed, code, documented } from './common.ts';
import { askToConfirm } from './confirm.ts';

/** Fills in or corrects what an agreement says; how it was before stays in its history. */
export const edit = mutation({
  id: 'ad',
  name: 'edit',
  words: m => m.agreement.command.edit,
  who: 'member',
  options: {
    agreement: main(entity(agreementSource)),
    title: optional(line({ max: 200 })),
    purpose: optional(paragraph({ max: 1000 })),
    partners: optional(listOf(entity(partnerSource))),
    signed: optional(date()),
    link: optional(evidence({ files: 1 })),
  },
  stands: (_, { agreement: { title, purpose, signed } }) => ({ title, purpose, signed }),
  async run(ctx, { agreement, partners = [], link, ...plain }) {
    const parties = await assertMayChange(ctx, agreement);
    const kept = link === undefined ? {} : await documented(ctx, link);
    const set: Partial<Agreement> = Object.fromEntries(
      Object.entries({ ...plain, ...kept }).filter(([, value]) => value !== undefined),
    );
    const added = partners.map(one => one.number).filter(one => !parties.includes(one));
    const fields = Object.keys(set);
    if (!fields.length && !added.length)
      throw new Refusal('missing_option', m => m.core.nothingChanged, { option: 'purpose' });
    for (const one of partners) takesPart(one, 'partners');
    if (agreement.expires && set.signed && set.signed > agreement.expires)
      throw new Refusal('invalid_option', m => m.agreement.endsBefore, { option: 'signed' });
    if (set.file !== undefined && agreement.file && agreement.file !== set.file)
      await releaseFile(ctx.tx, ctx.forumId, agreement.file, ctx.now);
    const said = fields.length ? await changeAgreement(ctx.tx, agreement, set) : agreement;
    const edited = await addParties(ctx.tx, said, added, ctx.now);
    if (added.length) await askToConfirm(ctx, edited);
    const before = Object.fromEntries(fields.map(key => [key, agreement[key as keyof Agreement]]));
    await changed(ctx, edited, 'edited', { before, set, ...(added.length && { added }) });
    return agreementCard(ctx, edited, ctx.m.agreement.edited({ code: code(agreement) }));
  },
});
