import { dateIn } from '../domain/calendar.ts';
import { positions } from '../domain/strategies/ballots.ts';
import { closeVote } from '../domain/strategies/closing.ts';
import { votersOf } from '../domain/strategies/electorate.ts';
import { openVote, reviewOf } from '../domain/strategies/opening.ts';
import type { ReminderStep } from '../domain/strategies/rules.ts';
import { changeStrategy, type Strategy, strategyByNumber } from '../domain/strategies/store.ts';
import { plan } from './occurrences.ts';
import type { Handlers, JobContext, JobResult } from './run.ts';

const EVER = Number.POSITIVE_INFINITY;
const DAY_MS = 86_400_000;

const strategyOf = (job: JobContext): Promise<Strategy | null> =>
  strategyByNumber(job.tx, job.forumId, Number(job.occurrence.subject.split(':')[0]));

/** Counts and stores the outcome, says it once, and plans the review. The instant that counts is the stored one. */
async function conclude(job: JobContext, strategy: Strategy, reason: string | null): Promise<JobResult> {
  const today = dateIn(job.now, job.forum.zone);
  const closed = await closeVote(job.tx, strategy, { now: job.now, today, reason, newKey: () => job.newId() });
  const { number, outcome } = closed;
  await job.record({ kind: 'strategy.closed', thing: 'strategy', number, data: { outcome, reason } });
  await job.stale({ kind: 'ballot', subject: String(number) });
  await job.post({ kind: 'outcome', subject: String(number) }, { purpose: 'announce' }, { atOnce: true });
  if (closed.reviewOn) await plan(job.tx, job.forumId, reviewOf(closed, job.forum.zone));
  return 'done';
}

async function opens(job: JobContext): Promise<JobResult> {
  const strategy = await strategyOf(job);
  if (!strategy || strategy.outcome || strategy.openedAt) return { suppressed: 'decided or open already' };
  if (!(await openVote(job.tx, strategy, job.now))) {
    // Nobody can vote: the proposal stays, without an electorate, until its end says "no quorum".
    await changeStrategy(job.tx, strategy, { openedAt: job.now });
  }
  await job.record({ kind: 'strategy.opened', thing: 'strategy', number: strategy.number });
  await job.post({ kind: 'ballot', subject: String(strategy.number) }, { purpose: 'announce' }, { atOnce: true });
  return 'done';
}

async function closes(job: JobContext): Promise<JobResult> {
  const strategy = await strategyOf(job);
  if (!strategy || strategy.outcome) return { suppressed: 'decided already' };
  if (strategy.closesAt > job.now) return { suppressed: 'extended' };
  return conclude(job, strategy, null);
}

async function early(job: JobContext): Promise<JobResult> {
  const strategy = await strategyOf(job);
  if (!strategy || strategy.outcome || !strategy.rule.early) return { suppressed: 'decided already' };
  if (strategy.closesAt <= job.now) return { suppressed: 'closing anyway' };
  const waiting = (await positions(job.tx, strategy)).some(one => one.choice === null);
  return waiting ? { suppressed: 'not everybody has voted' } : conclude(job, strategy, 'everybody has voted');
}

/** Reminds those who have not voted, and nobody else: representative, then alternate, then the coordinators. */
async function remind(job: JobContext): Promise<JobResult> {
  const strategy = await strategyOf(job);
  if (!strategy || strategy.outcome || !strategy.openedAt || strategy.closesAt <= job.now)
    return { suppressed: 'decided already' };
  const step = job.occurrence.subject.split(':')[1] as ReminderStep;
  const silent = new Set((await positions(job.tx, strategy)).filter(one => one.choice === null).map(one => one.unit));
  if (!silent.size) return { suppressed: 'everybody has voted' };
  const subject = String(strategy.number);
  if (step === 'coordinators') {
    await job.post({ kind: 'vote_missing', subject }, { purpose: 'coordinators' });
    return 'done';
  }
  for (const voter of await votersOf(job.tx, strategy)) {
    const addressed = step === 'representative' ? voter.role !== 'alternate' : true;
    if (silent.has(voter.unit) && addressed) await job.tell({ kind: 'vote_reminder', subject }, [voter.member]);
  }
  return 'done';
}

/** Asks the proposer and the coordinators to keep, change or end a decision. */
async function reviews(job: JobContext): Promise<JobResult> {
  const strategy = await strategyOf(job);
  if (strategy?.outcome !== 'carried' || strategy.review === 'end') return { suppressed: 'ended' };
  const topic = { kind: 'vote_review', subject: String(strategy.number) };
  await job.post(topic, { member: strategy.proposedBy }, { part: '~proposer' });
  await job.post(topic, { purpose: 'coordinators' });
  return 'done';
}

/** Handles votes. A vote closes however late the bot is; a reminder is worth a day. */
export const voteHandlers: Handlers = {
  vote_opens: { windowMs: EVER, run: opens },
  vote_closes: { windowMs: EVER, run: closes },
  vote_early: { windowMs: EVER, run: early },
  vote_reminder: { windowMs: DAY_MS, run: remind },
  vote_review: { windowMs: EVER, run: reviews },
};
