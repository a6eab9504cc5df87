import { closePoll } from '../domain/polls/closing.ts';
import { type Poll, pollByNumber } from '../domain/polls/store.ts';
import { silentUnits } from '../domain/strategies/ballots.ts';
import { votersOf } from '../domain/strategies/electorate.ts';
import type { ReminderStep } from '../domain/strategies/rules.ts';
import type { Handlers, JobContext, JobResult } from './run.ts';

const EVER = Number.POSITIVE_INFINITY;
const DAY_MS = 86_400_000;

const pollOf = (job: JobContext): Promise<Poll | null> =>
  pollByNumber(job.tx, job.forumId, Number(job.occurrence.subject.split(':')[0]));

/** Counts and stores the outcome, and says it once. The instant that counts is the stored one. */
async function closes(job: JobContext): Promise<JobResult> {
  const poll = await pollOf(job);
  if (!poll || poll.outcome) return { suppressed: 'decided already' };
  if (poll.closesAt > job.now) return { suppressed: 'extended' };
  const closed = await closePoll(job.tx, poll, { now: job.now, reason: null, newKey: () => job.newId() });
  const { number, outcome } = closed;
  await job.record({ kind: 'poll.closed', thing: 'poll', number, data: { outcome, reason: null } });
  await job.stale({ kind: 'poll', subject: String(number) });
  await job.post({ kind: 'poll_outcome', subject: String(number) }, { purpose: 'announce' }, { atOnce: true });
  return 'done';
}

/** Reminds those who have not voted, and nobody else: representative, then alternate, then the coordinators. */
async function remind(job: JobContext): Promise<JobResult> {
  const poll = await pollOf(job);
  if (!poll || poll.outcome || poll.closesAt <= job.now) return { suppressed: 'decided already' };
  const step = job.occurrence.subject.split(':')[1] as ReminderStep;
  const silent = await silentUnits(job.tx, poll);
  if (!silent.size) return { suppressed: 'everybody has voted' };
  const subject = String(poll.number);
  if (step === 'coordinators') {
    await job.post({ kind: 'poll_missing', subject }, { purpose: 'coordinators' });
    return 'done';
  }
  const isAddressed = (role: string): boolean => step !== 'representative' || role !== 'alternate';
  const silentVoters = (await votersOf(job.tx, poll)).filter(one => silent.has(one.unit) && isAddressed(one.role));
  await job.tell(
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
