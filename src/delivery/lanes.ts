import { setTimeout as pause } from 'node:timers/promises';
import type { PostTypes } from '../contract/post-type.ts';
import type { Delivery } from './delivery.ts';
import { isEdit } from './posts.ts';

/** Maximum number of places that are sent to at once; above it only warnings are taken. */
const MOST = 100;
/** Interval at which the queue is looked at for other places while one is slow, ms. */
const LOOK_MS = 500;

/**
 * Sends what `next` gives until it gives no more and all of it is done; returns how much it was. Each place has a lane
 * of its own: what goes there keeps its order, and a place that is slow holds up no other. Once many places are sent to,
 * `next` is asked for warnings alone.
 * @throws what went wrong in a lane or in `next`, once nothing is under way any more
 */
export async function inLanes(
  next: (warningsAlone: boolean) => Promise<readonly Delivery[]>,
  inOrder: (lane: readonly Delivery[]) => Promise<void>,
  stopped: () => boolean,
): Promise<number> {
  const underway = new Set<Promise<void>>();
  const failures: unknown[] = [];
  const begin = (lane: readonly Delivery[]): void => {
    const work = inOrder(lane)
      .catch(error => void failures.push(error))
      .finally(() => underway.delete(work));
    underway.add(work);
  };
  let taken = 0;
  try {
    while (!stopped() && !failures.length) {
      const due = await next(underway.size >= MOST);
      if (!due.length && !underway.size) break;
      for (const lane of lanes(due)) begin(lane);
      taken += due.length;
      await Promise.race([Promise.all(underway), pause(LOOK_MS, undefined, { ref: false })]);
    }
  } finally {
    await Promise.all(underway);
  }
  if (failures.length) throw failures[0];
  return taken;
}

/** Deliveries by where they go. */
export function lanes(due: readonly Delivery[]): Iterable<readonly Delivery[]> {
  const found = new Map<string, Delivery[]>();
  for (const one of due) {
    // The terminal is one stream: what is sent there keeps its order as a whole.
    const place = `${one.platform}:${one.workspace}:${one.channel ?? `~${one.member}`}`;
    const key = one.platform === 'console' ? one.platform : place;
    const lane = found.get(key);
    if (lane) lane.push(one);
    else found.set(key, [one]);
  }
  return found.values();
}

/**
 * Tells whether a message may be made before what became of the one before in its lane is recorded: one to a channel
 * that says nothing of other messages, stands below none, shares none with others and is about something else.
 */
export function isApart(message: readonly Delivery[], before: readonly Delivery[], subjects: PostTypes): boolean {
  const [one, ...more] = message as [Delivery];
  const type = subjects[one.topic];
  if (more.length || one.member !== null || !type || type.tellsOfMessages || type.threadOf) return false;
  if (type.line && isEdit(one)) return false;
  return !before.some(
    other => other.forumId === one.forumId && other.topic === one.topic && other.subject === one.subject,
  );
}
