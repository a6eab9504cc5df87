import { closePoll } from '../domain/polls/closing.ts';
import { type Poll, pollByNumber } from '../domain/polls/store.ts';
import { silentUnits } from '../domain/strategies/ballots.ts';
import { votersOf } from '../domain/strategies/electorate.ts';
import type { ReminderStep } from '../domain/strategies/rules.ts';
import type { Handlers, JobContext, JobResult } from './run.ts';

const EVER = Number.POSITIVE_INFINITY;
const DAY_MS = 86_400_000;

const pollOf = (duty: JobContext): Promise<Poll | null> =>
  pollByNumber(duty.tx, duty.forumId, Number(duty.occurrence.subject.split(':')[0]));

/** Counts and stores the outcome, and says it once. The instant that counts is the stored one. */
async function closes(duty: JobContext): Promise<JobResult> {
  const poll = await pollOf(duty);
  if (!poll || poll.outcome) return { suppressed: 'decided already' };
  if (poll.closesAt > duty.now) return { suppressed: 'extended' };
  const closed = await closePoll(duty.tx, poll, { now: duty.now, reason: null, newKey: () => duty.newId() });
  const { number, outcome } = closed;
  await duty.record({ kind: 'poll.closed', thing: 'poll', number, data: { outcome, reason: null } });
  await duty.stale({ kind: 'poll', subject: String(number) });
  await duty.post({ kind: 'poll_outcome', subject: String(number) }, { purpose: 'announce' }, { atOnce: true });
  return 'done';
}

/** Reminds those who have not voted, and nobody else: representative, then alternate, then the coordinators. */
async function remind(duty: JobContext): Promise<JobResult> {
  const poll = await pollOf(duty);
  if (!poll || poll.outcome || poll.closesAt <= duty.now) return { suppressed: 'decided already' };
  const step = duty.occurrence.subject.split(':')[1] as ReminderStep;
  const silent = await silentUnits(duty.tx, poll);
  if (!silent.size) return { suppressed: 'everybody has voted' };
  const subject = String(poll.number);
  if (step === 'coordinators') {
    await duty.post({ kind: 'poll_missing', subject }, { purpose: 'coordinators' });
    return 'done';
  }
  const isAddressed = (role: string): boolean => step !== 'representative' || role !== 'alternate';
  const silentVoters = (await votersOf(duty.tx, poll)).filter(one => silent.has(one.unit) && isAddressed(one.role));
  await duty.tell(
    { kind: 'poll_reminder', subject },
    silentVoters.map(one => one.member),
  );
  return 'done';
}

/** Handles polls. One closes however late the bot is; a reminder is worth a day. */
export const pollHandlers: Handlers = {
  poll_closes: { windowMs: EVER, run: closes },
  poll_reminder: { windowMs: DAY_MS, run: remind },
};
