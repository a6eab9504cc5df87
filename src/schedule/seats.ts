import { coordinators } from '../domain/people.ts';
import { seatRequestOf } from '../domain/seat-requests.ts';
import { type Planned, planned } from './occurrences.ts';
import type { Done, Duty, Handlers } from './run.ts';

const EVER = Number.POSITIVE_INFINITY;
/** A request to sit for a partner that nobody answers for so long is told to the coordinators. */
const UNANSWERED_MS = 7 * 86_400_000;

/** When it is looked at whether a request was answered. */
export const seatRequestWaits = (partner: number, member: number, now: Date): Planned => {
  const due = new Date(now.getTime() + UNANSWERED_MS);
  return planned('seat_request_waits', `${partner}:${member}:${now.getTime()}`, due);
};

async function waits(duty: Duty): Promise<Done> {
  const [partner, member, at] = duty.occurrence.subject.split(':').map(Number);
  const asked = await seatRequestOf(duty.tx, duty.forumId, member ?? 0);
  if (asked?.partner !== partner || asked?.at.getTime() !== at) return { suppressed: 'answered' };
  const subject = `${partner}:${member}`;
  await duty.post({ kind: 'seat_request_waits', subject }, { purpose: 'coordinators' });
  await duty.tell(
    { kind: 'seat_request', subject },
    (await coordinators(duty.tx, duty.forumId)).map(one => one.number),
  );
  return 'done';
}

/** What falls due about seats. */
export const seatHandlers: Handlers = { seat_request_waits: { windowMs: EVER, run: waits } };
