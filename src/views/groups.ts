import type { RenderContext } from '../contract/render-context.ts';
import type { DimensionSum } from '../domain/groups/counts.ts';
import { BUILT_IN, type Counts, isBuiltIn, isKnownGroup } from '../domain/groups/dimensions.ts';
import type { Amount } from '../domain/indicators/fraction.ts';
import type { Messages } from '../language/messages.ts';
import { formatNumber } from '../language/numbers.ts';
import { type Text, t } from '../language/text.ts';
import { formatAmount } from './indicator-words.ts';

/** Returns what a group is called: known ones by the catalogue, a forum's own by its name. */
export const groupName = ({ groups }: Messages, key: string): string => (isKnownGroup(key) ? groups.names[key] : key);

/** Returns what a dimension is called. */
export const dimensionName = ({ groups }: Messages, key: string): string =>
  isBuiltIn(key) ? groups.dimensions[key] : key;

const ORDER: readonly string[] = Object.values(BUILT_IN).flat();
const placeOf = (key: string): number => (ORDER.includes(key) ? ORDER.indexOf(key) : ORDER.length);

/** The keys of counts as they are shown: known groups in the order of their dimensions, then the others by name. */
export const inOrder = (keys: Iterable<string>): string[] =>
  [...keys].sort((one, other) => placeOf(one) - placeOf(other) || (one < other ? -1 : 1));

/** Counts by group in words: `perempuan 27, laki-laki 41`. */
export const countsText = (context: Pick<RenderContext, 'm' | 'locale'>, counts: Counts<Amount>): string =>
  inOrder(Object.keys(counts))
    .map(key => `${groupName(context.m, key)} ${formatAmount(counts[key]!, context)}`)
    .join(', ');

/** The sums of a dimension in words, with the people whose group nobody told. */
export function dimensionText({ m, locale }: RenderContext, { dimension, groups, unknown }: DimensionSum): Text {
  const n = (people: number): string => formatNumber(people, locale);
  const said = groups.map(({ key, people }) => `${groupName(m, key)} ${n(people)}`);
  const all = unknown ? [...said, `${m.groups.unknown} ${n(unknown)}`] : said;
  return t`${dimensionName(m, dimension.key)}: ${all.join(', ')}`;
}
