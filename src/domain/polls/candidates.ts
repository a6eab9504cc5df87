import type { Reader } from '../../storage/store.ts';
import { type Member, memberByNumber } from '../people.ts';
import { currentOf, keptOf } from '../persons.ts';
import type { PollOption } from './store.ts';

/**
 * Finds the members behind candidates, by the number of the option; null: forgotten. A merged account is the person who
 * was kept. An option that names no member is absent.
 */
export async function candidatesNow(
  db: Reader,
  forumId: string,
  options: readonly PollOption[],
): Promise<ReadonlyMap<number, Member | null>> {
  const found = new Map<number, Member | null>();
  const candidates = options.flatMap(({ option, candidate }) => (candidate === null ? [] : [{ option, candidate }]));
  if (!candidates.length) return found;
  const kept = await keptOf(db, forumId);
  for (const { option, candidate } of candidates) {
    const member = await memberByNumber(db, forumId, currentOf(kept, candidate));
    found.set(option, member && !member.forgottenAt ? member : null);
  }
  return found;
}
