import * as z from 'zod';
import { Refusal } from '../contract/refusal.ts';
import {
  type Asked,
  askedOf,
  type BuiltInDimension,
  type BuiltInGroup,
  type Counts,
  type Dimension,
  dimensionsOf,
  groupMeant,
} from '../domain/groups/dimensions.ts';
import { pairsIn } from '../language/group-pairs.ts';
import type { Messages } from '../language/messages.ts';
import { numberAsTyped, readDecimal, readWhole } from '../language/numbers.ts';
import { groupName } from '../views/groups.ts';
import { invalid, type Kind, type KindInput, typedOf } from './kind.ts';

export const groupWords = (catalogues: readonly Messages[]) => (key: BuiltInGroup) =>
  catalogues.map(m => m.groups.names[key]);
export const dimensionWords = (catalogues: readonly Messages[]) => (key: BuiltInDimension) =>
  catalogues.map(m => m.groups.dimensions[key]);

/** The groups of all dimensions that are asked of something; of nothing, those of the known ones. */
function groupsOf(dimensions: readonly Dimension[], of: Asked): string[] {
  const asked = askedOf(dimensions, of);
  return (asked.length ? asked : dimensions).flatMap(({ groups }) => groups);
}

interface GroupOptions<N> {
  /** The thing that they are groups of: it decides in which fields a form asks. */
  readonly of: Asked;
  /** A group that another option of the action asks for. */
  readonly except?: string;
  /** True if a name that no dimension has is a group nevertheless. */
  readonly own: boolean;
  readonly amount: () => z.ZodType<N>;
  readAmount(typed: string, r: KindInput): N | undefined;
  printAmount(amount: N): string;
}

/** Maximum length of the name of a group that no dimension has, characters. */
const NAME = 30;

const groupKind = <N>(how: GroupOptions<N>): Kind<Counts<N>> => {
  const kind: Kind<Counts<N>> = {
    input: 'line',
    allowed: () => z.record(z.string(), how.amount()) as z.ZodType<Counts<N>>,
    print: value =>
      Object.entries(value)
        .map(([key, n]) => `${key}=${how.printAmount(n)}`)
        .join('; '),
    accepts: m => m.groups.accepts({ names: Object.values(m.groups.names) }),
    formParts: (m, settings) =>
      groupsOf(dimensionsOf(settings), how.of)
        .filter(key => key !== how.except)
        .map(key => {
          const group = groupName(m, key);
          return { key, label: group, help: m.groups.fieldHelp({ group }) };
        }),
    async read(raw, r) {
      const pairs = pairsIn(typedOf(raw));
      if (!pairs) throw invalid(kind, raw, r);
      const dimensions = dimensionsOf(r.ctx.forum.settings);
      const inBounds = how.amount();
      const found: Record<string, N> = {};
      for (const [name, typed] of pairs) {
        const key =
          groupMeant(name, dimensions, groupWords(r.ctx.catalogues)) ?? (how.own ? name.slice(0, NAME) : null);
        if (key === null) {
          const names = groupsOf(dimensions, how.of).map(one => groupName(r.ctx.m, one));
          throw new Refusal('invalid_option', m => m.groups.notKnown({ typed: name, names }));
        }
        const amount = how.readAmount(typed, r);
        const bounds = amount === undefined ? null : inBounds.safeParse(amount);
        if (!bounds?.success) throw invalid(kind, raw, r);
        if (key in found && found[key] !== bounds.data)
          throw new Refusal('invalid_option', m => m.groups.twice({ group: groupName(r.ctx.m, key) }));
        found[key] = bounds.data;
      }
      return found;
    },
  };
  return kind;
};

/** Numbers of people by group (`L=41 P=27`); `-` takes a group out. */
export const peopleByGroup = (except?: string): Kind<Counts<number | null>> =>
  groupKind<number | null>({
    of: 'activities',
    ...(except !== undefined && { except }),
    own: false,
    amount: () => z.number().int().min(0).max(1_000_000_000).nullable(),
    readAmount(typed, r) {
      if (typed === '-') return null;
      const reading = readWhole(typed, r.ctx.locale);
      return 'value' in reading ? reading.value : undefined;
    },
    printAmount: n => (n === null ? '-' : String(n)),
  });

/** A value by group, as exact decimal text: of a value nobody is held to the forum's groups (`RW 5=12`). */
export const valueByGroup = (): Kind<Counts<string>> =>
  groupKind<string>({
    of: 'indicators',
    own: true,
    amount: () => z.string(),
    readAmount(typed, r) {
      const reading = readDecimal(typed, r.ctx.locale);
      return 'value' in reading ? reading.value : undefined;
    },
    printAmount: numberAsTyped,
  });
