import { factOf, rememberFact } from '../domain/facts.ts';
import { coordinators } from '../domain/people.ts';
import { seatRequestOf } from '../domain/seat-requests.ts';
import { selfJoined } from '../domain/self-joined.ts';
import type { Store } from '../storage/store.ts';
import { type Planned, plan, planned } from './occurrences.ts';
import type { Handlers, JobContext, JobResult } from './run.ts';

const EVER = Number.POSITIVE_INFINITY;
/** Time after which the coordinators are told of a request for a seat that nobody answers, ms. */
const UNANSWERED_MS = 7 * 86_400_000;

/** Instant at which an unanswered request is brought up again. */
export const seatRequestWaits = (partner: number, member: number, now: Date): Planned => {
  const due = new Date(now.getTime() + UNANSWERED_MS);
  return planned('seat_request_waits', `${partner}:${member}:${now.getTime()}`, due);
};

async function waits(job: JobContext): Promise<JobResult> {
  const [partner, member, at] = job.occurrence.subject.split(':').map(Number);
  const asked = await seatRequestOf(job.tx, job.forumId, member ?? 0);
  if (asked?.partner !== partner || asked?.at.getTime() !== at) return { suppressed: 'answered' };
  const subject = `${partner}:${member}`;
  await job.post({ kind: 'seat_request_waits', subject }, { purpose: 'coordinators' });
  await job.tell(
    { kind: 'seat_request', subject },
    (await coordinators(job.tx, job.forumId)).map(one => one.number),
  );
  return 'done';
}

/** Name under which the installation remembers that its coordinators were told who had joined by themselves. */
const REVIEWED = 'self-joined';

/**
 * Plans, once after the upgrade, that the coordinators of each forum are told who sits for a partner without anybody's
 * yes. A forum without such people is left alone.
 */
export async function planSeatReview(store: Store, now: Date): Promise<void> {
  if ((await factOf(store, REVIEWED)) !== null) return;
  const { forums } = store.tables;
  let found = false;
  for (const { id } of await store.read.select({ id: forums.id }).from(forums)) {
    if (!(await selfJoined(store.read, id)).length) continue;
    found = true;
    await store.write(id, tx => plan(tx, id, planned('self_joined', 'once', now)));
  }
  if (found) await rememberFact(store, REVIEWED, now.toISOString());
}

async function reviews(job: JobContext): Promise<JobResult> {
  if (!(await selfJoined(job.tx, job.forumId)).length) return { suppressed: 'nobody' };
  const topic = { kind: 'self_joined', subject: 'once' };
  await job.post(topic, { purpose: 'coordinators' });
  await job.tell(
    topic,
    (await coordinators(job.tx, job.forumId)).map(one => one.number),
  );
  return 'done';
}

/** Handles seats. */
export const seatHandlers: Handlers = {
  seat_request_waits: { windowMs: EVER, run: waits },
  self_joined: { windowMs: EVER, run: reviews },
};
