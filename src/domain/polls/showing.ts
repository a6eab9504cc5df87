import type { Poll, PollOption } from './store.ts';
import { hashOfSeed } from './ties.ts';

/** Tells whether the tally may be shown to somebody who has voted or not; in a channel nobody has. */
export function showsTally({ outcome, rule }: Pick<Poll, 'outcome' | 'rule'>, hasVoted: boolean): boolean {
  if (outcome !== null) return outcome !== 'withdrawn';
  if (rule.secret) return false;
  return rule.results === 'live' || (rule.results === 'voted' && hasVoted);
}

/** Maximum number of options in a menu. */
export const IN_MENU = 25;

/** The options in the order of one voter: the same each time they look, another one for each voter. */
export function inOrderOf(
  poll: Pick<Poll, 'rule' | 'seed'>,
  options: readonly PollOption[],
  unit: number,
): readonly PollOption[] {
  if (!poll.rule.shuffle) return options;
  const place = (option: PollOption): string => hashOfSeed(`${poll.seed}/${unit}/${option.option}`);
  return [...options].sort((a, b) => (place(a) < place(b) ? -1 : 1));
}

/** The options of each menu, by their numbers: an option never moves to another menu. */
export function menusOf(options: readonly PollOption[]): readonly (readonly PollOption[])[] {
  const parts = new Map<number, PollOption[]>();
  for (const option of options) {
    const part = Math.floor((option.option - 1) / IN_MENU);
    parts.set(part, [...(parts.get(part) ?? []), option]);
  }
  return [...parts].sort(([a], [b]) => a - b).map(([, part]) => part);
}
