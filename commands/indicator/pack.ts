import { BeginForm } from '../../src/bot/begin-form.ts';
import { mainOptional, query, required } from '../../src/bot/command.ts';
import { choice, line } from '../../src/bot/kinds.ts';
import { Refusal } from '../../src/contract/refusal.ts';
import { PACKS, proposedIndicators } from '../../src/domain/indicators/packs.ts';
import { inLocale } from '../../src/language/locale.ts';
import { packCard, packsCard } from '../../src/views/indicator-packs.ts';

export const pack = query({
  id: 'np',
  name: 'pack',
  words: m => m.indicator.command.pack,
  who: 'member',
  options: { pack: mainOptional(choice(PACKS, m => m.indicator.packs)) },
  run: async (ctx, { pack: wanted }) => (wanted ? packCard(ctx, wanted) : packsCard(ctx)),
});

/** Opens the form of a new indicator with a proposal's words: all of it can be changed before it is agreed. */
export const chosen = query({
  id: 'nq',
  name: 'from-pack',
  words: m => m.indicator.command.chosen,
  who: 'coordinator',
  hidden: true,
  opensForm: true,
  options: { proposal: required(line({ max: 40 })) },
  async run(ctx, { proposal }) {
    const found = proposedIndicators().find(one => one.key === proposal);
    if (!found)
      throw new Refusal('not_found', m => m.indicator.noProposal({ typed: proposal }), { option: 'proposal' });
    const { name, unit, definition, direction, kind, aggregate, partners_aggregate, frequency, source } = found;
    throw new BeginForm('na', {
      name: inLocale(name, ctx.locale),
      unit: inLocale(unit, ctx.locale),
      direction,
      frequency,
      kind,
      aggregate,
      partners_aggregate,
      definition: `${inLocale(definition, ctx.locale)} (${source})`,
    });
  },
});
