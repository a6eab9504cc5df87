import type { Tx } from '../../storage/store.ts';
import { instantAt } from '../calendar.ts';
import { countElectors, freezeElectorate } from './electorate.ts';
import { type ReminderStep, reminderTimes } from './rules.ts';
import { changeStrategy, type Strategy } from './store.ts';

/** Opens a vote and freezes its electorate; null where nobody could vote. */
export async function openVote(tx: Tx, strategy: Strategy, now: Date): Promise<{ leftOut: readonly string[] } | null> {
  const leftOut = await freezeElectorate(tx, strategy);
  if (!(await countElectors(tx, strategy))) return null;
  await changeStrategy(tx, strategy, { openedAt: now });
  return { leftOut };
}

/** Returns what a planned reminder of a vote is about: the strategy and the step. */
export const reminderSubject = (strategy: Strategy, step: ReminderStep): string => `${strategy.number}:${step}`;

/** Returns what falls due about a vote: its opening, its reminders and its closing; the keys hold the instants. */
export function planVote(strategy: Strategy): { key: string; kind: string; subject: string; due: Date }[] {
  const subject = String(strategy.number);
  const one = (kind: string, due: Date, about = subject) => ({
    key: `${kind}:${about}:${due.toISOString()}`,
    kind,
    subject: about,
    due,
  });
  return [
    ...(strategy.openedAt === null && strategy.opensAt > strategy.createdAt
      ? [one('vote_opens', strategy.opensAt)]
      : []),
    ...reminderTimes(strategy.opensAt, strategy.closesAt).map(({ step, at }) =>
      one('vote_reminder', at, reminderSubject(strategy, step)),
    ),
    one('vote_closes', strategy.closesAt),
  ];
}

/** Instant at which a carried decision is reviewed: 08.00 on its review date, in the forum's zone. */
export const reviewOf = (
  strategy: Strategy,
  zone: string,
): { key: string; kind: string; subject: string; due: Date } => ({
  key: `vote_review:${strategy.number}:${strategy.reviewOn}`,
  kind: 'vote_review',
  subject: String(strategy.number),
  due: instantAt(strategy.reviewOn!, '08:00', zone),
});
