import type { RenderContext } from '../contract/render-context.ts';
import { type Control, list, note, type View, view } from '../contract/view.ts';
import { PACKS, type Pack, type Proposal, proposedIndicators } from '../domain/indicators/packs.ts';
import { cutAt } from '../language/clean.ts';
import { inLocale } from '../language/locale.ts';

/** Maximum length of a choice's label that both platforms take, characters. */
const LABEL = 75;

const lineOf = ({ m, locale }: RenderContext, one: Proposal): string =>
  m.indicator.proposalLine({
    name: inLocale(one.name, locale),
    unit: inLocale(one.unit, locale),
    direction: m.indicator.directions[one.direction],
    frequency: m.indicator.frequencies[one.frequency],
    definition: inLocale(one.definition, locale),
    source: one.source,
  });

/** The indicators of one pack, each to be chosen by itself. */
export function packCard(context: RenderContext, pack: Pack): View {
  const { m, locale } = context;
  const some = proposedIndicators().filter(one => one.pack === pack);
  const menu: Control = {
    kind: 'select',
    name: 'chooseProposal',
    label: m.button.chooseProposal,
    does: { action: 'nq', values: {} },
    fills: 'proposal',
    choices: some.map(one => ({ value: one.key, label: cutAt(inLocale(one.name, locale), LABEL) })),
  };
  return view(m.indicator.packTitle({ pack: m.indicator.packs[pack] }), {
    blocks: [list(some.map(one => lineOf(context, one))), note(m.indicator.packHint)],
    controls: [[menu]],
  });
}

/** The packs there are. */
export function packsCard({ m, locale }: RenderContext): View {
  const names = (pack: Pack): string =>
    proposedIndicators()
      .filter(one => one.pack === pack)
      .map(one => inLocale(one.name, locale))
      .join('; ');
  const menu: Control = {
    kind: 'select',
    name: 'choosePack',
    label: m.button.choosePack,
    does: { action: 'np', values: {} },
    fills: 'pack',
    choices: PACKS.map(pack => ({ value: pack, label: m.indicator.packs[pack] })),
  };
  return view(m.indicator.packsTitle, {
    blocks: [list(PACKS.map(pack => `${m.indicator.packs[pack]}: ${names(pack)}`)), note(m.indicator.packHint)],
    controls: [[menu]],
  });
}
