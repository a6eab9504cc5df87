import type { Reader, Tx } from '../../storage/store.ts';
import { sealSecrets } from '../strategies/ballots.ts';
import { type ReminderStep, reminderTimes } from '../strategies/rules.ts';
import { candidatesNow } from './candidates.ts';
import { changePoll, countNow, type Poll, type PollOption } from './store.ts';
import { outcomeOf } from './tally.ts';
import type { Tie } from './ties.ts';

/** Counts a poll, stores the outcome with every number, and cuts the ties of secret ballots. */
export async function closePoll(
  tx: Tx,
  poll: Poll,
  how: { now: Date; reason: string | null; newKey: () => string },
): Promise<Poll> {
  const count = await countNow(tx, poll);
  await sealSecrets(tx, poll, how.newKey);
  return changePoll(tx, poll, {
    outcome: outcomeOf(count),
    count,
    // The stored instant is the end of the poll, however late the bot gets to count it.
    closedAt: how.reason === null && poll.closesAt < how.now ? poll.closesAt : how.now,
    closeReason: how.reason,
  });
}

/** Ends a poll without an outcome; its ballots stay, sealed. */
export async function withdrawPoll(tx: Tx, poll: Poll, reason: string, now: Date, newKey: () => string): Promise<Poll> {
  await sealSecrets(tx, poll, newKey);
  return changePoll(tx, poll, { outcome: 'withdrawn', closedAt: now, closeReason: reason });
}

/** The tie that the chair is to break; null: there is none. */
export const openTie = ({ outcome, rule, count }: Poll) =>
  outcome === 'tied' && rule.tie === 'chair' ? (count?.ties.find(tie => tie.chosen === null) ?? null) : null;

/**
 * Lists the options of a tie from which the chair may choose, out of all options of the poll. A candidate who was forgotten since wins no tie and leaves
 * first: nobody elects a number. In a transferable vote the winners of a tie are elected already, and only the order of
 * their surpluses is open.
 */
export async function choicesOf(
  db: Reader,
  poll: Poll,
  { tied, to }: Tie,
  options: readonly PollOption[],
): Promise<readonly number[]> {
  const members = await candidatesNow(
    db,
    poll.forumId,
    options.filter(one => tied.includes(one.option)),
  );
  const isForgotten = (option: number): boolean => members.get(option) === null;
  if (to === 'win') return poll.rule.method === 'stv' ? tied : tied.filter(option => !isForgotten(option));
  return tied.some(isForgotten) ? tied.filter(isForgotten) : tied;
}

/** Breaks the open tie as the chair says, and counts on from there. */
export async function breakTie(tx: Tx, poll: Poll, option: number): Promise<Poll> {
  const tie = openTie(poll);
  if (!tie) return poll;
  const said = await changePoll(tx, poll, { picks: [...poll.picks, { ...tie, chosen: option, by: 'chair' }] });
  const count = await countNow(tx, said);
  return changePoll(tx, said, { outcome: outcomeOf(count), count });
}

/** Returns what a planned reminder of a poll is about: the poll and the step. */
export const pollReminder = (poll: Poll, step: ReminderStep): string => `${poll.number}:${step}`;

/** Returns what falls due about polls: their reminders and their closing; the keys hold the instants. */
export function planPoll(poll: Poll): { key: string; kind: string; subject: string; due: Date }[] {
  const one = (kind: string, subject: string, due: Date) => ({
    key: `${kind}:${subject}:${due.toISOString()}`,
    kind,
    subject,
    due,
  });
  return [
    ...reminderTimes(poll.opensAt, poll.closesAt).map(({ step, at }) =>
      one('poll_reminder', pollReminder(poll, step), at),
    ),
    one('poll_closes', String(poll.number), poll.closesAt),
  ];
}
