import type { Arithmetic, CHOICES, OUTCOMES } from '../../storage/schema/decisions.ts';
import type { Rule, Share } from '../../storage/schema/rule.ts';
import { neededBy, reaches, THRESHOLD } from './threshold.ts';

export type Choice = (typeof CHOICES)[number];
export type Outcome = (typeof OUTCOMES)[number];
export type { Arithmetic };

/** Threshold that lifts a standing objection under consent, whatever the rule's own. */
const OVERRIDE: Share = THRESHOLD;

/** A unit of the electorate and the choice that stands for it: its own ballot's, or its proxy holder's. */
export interface Position {
  readonly unit: number;
  readonly sector: string | null;
  readonly choice: Choice | null;
}

/**
 * The choice that stands for each unit: its own, else that of the person who holds its proxy. A holder who recused has
 * no say for others either, and a proxy is not handed on.
 */
export function positionsOf(
  units: readonly { readonly unit: number; readonly sector: string | null }[],
  own: ReadonlyMap<number, Choice>,
  proxies: ReadonlyMap<number, number>,
): Position[] {
  return units.map(({ unit, sector }) => {
    const holder = proxies.get(unit);
    const held = holder === undefined ? undefined : own.get(holder);
    return { unit, sector, choice: own.get(unit) ?? (held === 'recuse' ? null : (held ?? null)) };
  });
}

/** Units of one sector whose choice is the same. */
export interface Group {
  readonly sector: string | null;
  readonly choice: Choice | null;
  readonly n: number;
}

/** Positions by sector and choice. */
export function groupsOf(positions: readonly Position[]): Group[] {
  const groups = new Map<string, Group>();
  for (const { sector, choice } of positions) {
    const key = `${sector}:${choice}`;
    groups.set(key, { sector, choice, n: (groups.get(key)?.n ?? 0) + 1 });
  }
  return [...groups.values()];
}

const sum = (groups: readonly Group[]): number => groups.reduce((total, group) => total + group.n, 0);

/** Counts the units. Abstentions and recusals are present; the base is agree + disagree (+ objections, where they count so). */
export function count(rule: Rule, groups: readonly Group[], overridden: boolean): Arithmetic {
  const n = (choice: Choice): number => sum(groups.filter(group => group.choice === choice));
  const [agree, disagree, abstain, object, recuse] = [
    n('agree'),
    n('disagree'),
    n('abstain'),
    n('object'),
    n('recuse'),
  ];
  const electorate = sum(groups);
  const needed = neededBy(rule, electorate);
  const objectionsCount = rule.method === 'majority' || overridden;
  return {
    electorate,
    present: agree + disagree + abstain + object + recuse,
    needed,
    agree,
    disagree,
    abstain,
    object,
    recuse,
    base: agree + disagree + (objectionsCount ? object : 0),
    missingSectors: missingSectors(rule, groups),
  };
}

/** Sectors of the electorate of which too few are present; a sector smaller than asked for needs all it has. */
function missingSectors({ perSector }: Rule, groups: readonly Group[]): string[] {
  if (!perSector) return [];
  const sectors = [...new Set(groups.flatMap(({ sector }) => (sector ? [sector] : [])))];
  return sectors.filter(sector => {
    const all = groups.filter(group => group.sector === sector);
    return sum(all.filter(group => group.choice !== null)) < Math.min(perSector, sum(all));
  });
}

/**
 * The outcome. First whether enough took part, then whether an objection stands, then the threshold: so a decision
 * nobody attended is never called blocked, and a blocked one never rejected. No agreement at all never carries.
 */
export function decide(rule: Rule, sums: Arithmetic, overridden: boolean): Exclude<Outcome, 'withdrawn'> {
  if (sums.electorate === 0 || sums.present < sums.needed || sums.missingSectors.length) return 'no_quorum';
  if (rule.method === 'consent' && sums.object > 0 && !overridden) return 'blocked';
  const wins = sums.agree > 0 && reaches(rule.threshold, sums.agree, sums.base);
  // Under majority nothing was blocked that an override could lift: its bar stays the rule's own.
  const lifted = rule.method === 'consent' && overridden && sums.object > 0;
  return wins && (!lifted || reaches(OVERRIDE, sums.agree, sums.base)) ? 'carried' : 'rejected';
}
