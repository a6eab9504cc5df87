import { facts, note, type View, view } from '../contract/view.ts';
import type { ForumSettings } from '../domain/forums.ts';
import { type Below, type Floors, floorsOf } from '../domain/strategies/floors.ts';
import type { Quorum, Rule, Share } from '../domain/strategies/threshold.ts';
import { printShare } from '../domain/strategies/threshold.ts';
import { formatDuration } from '../language/dates.ts';
import type { Locale } from '../language/locale.ts';
import type { Messages } from '../language/messages.ts';
import type { Text } from '../language/text.ts';

/** A share as a sign: `⅔`, `60%`. */
export const glyph = (share: Share): string => {
  const known: Readonly<Record<string, string>> = { '2/3': '⅔', '1/2': '½', '3/4': '¾', '3/5': '⅗' };
  const plain = `${share.numerator}/${share.denominator}`;
  return share.denominator === 100 ? `${share.numerator}%` : (known[plain] ?? plain);
};

const named = ({ strategy: w }: Messages, share: Share): string =>
  share.compare === 'more_than' ? w.moreThan({ share: glyph(share) }) : w.atLeast({ share: glyph(share) });

/** A threshold, with the sign that it is compared by. */
const thresholdText = (m: Messages, share: Share): string =>
  share.compare === 'more_than' ? `> ${glyph(share)}` : named(m, share);

export function quorumText(m: Messages, quorum: Quorum, basis: string): Text {
  const w = m.strategy;
  if ('count' in quorum) return w.countOf({ n: quorum.count, basis });
  return w.shareOf({ share: printShare(quorum) === '>1/2' ? w.moreThanHalf : named(m, quorum), basis });
}

/** The rule in plain words, as it stands on the ballot. */
export function ruleText(m: Messages, rule: Rule): Text {
  const w = m.strategy;
  const basis = w.bases[rule.basis];
  const quorum = quorumText(m, rule.quorum, basis);
  return w.ruleText({
    basis,
    quorum: rule.quorumFloor ? w.andAtLeast({ quorum, floor: quorumText(m, rule.quorumFloor, basis) }) : quorum,
    sectors: rule.perSector ? w.perSector({ n: rule.perSector }) : '',
    threshold: thresholdText(m, rule.threshold),
    consent: rule.method === 'consent',
  });
}

/** Says each floor of a forum's decisions in words. */
export function floorText(m: Messages, locale: Locale, floors: Floors): Readonly<Record<Below, Text>> {
  const { floors: w, bases } = m.strategy;
  const basis = bases[floors.basis];
  return {
    basis: w.basis({ basis }),
    quorum: w.quorum({ quorum: quorumText(m, floors.quorum, basis) }),
    threshold: w.threshold({ threshold: glyph(floors.threshold) }),
    shortestMs: w.shortest({ time: formatDuration(floors.shortestMs, locale) }),
  };
}

/** The floors of a forum's decisions. */
export function rulesCard(
  { m, locale }: { m: Messages; locale: Locale },
  settings: ForumSettings,
  head: Text = m.forum.rulesTitle,
): View {
  const floors = floorsOf(settings);
  const basis = m.strategy.bases[floors.basis];
  return view(head, {
    blocks: [
      facts([
        [m.strategy.basis, basis],
        [m.strategy.quorum, quorumText(m, floors.quorum, basis)],
        [m.strategy.threshold, thresholdText(m, floors.threshold)],
        [m.strategy.shortest, formatDuration(floors.shortestMs, locale)],
      ]),
      note(m.forum.rulesHint),
    ],
  });
}
