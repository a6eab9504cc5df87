import { expect, it } from 'vitest';
import { ActQueue, Busy } from '../../src/bot/act-queue.ts';

const LIMITS = { running: 2, runningOfOne: 1, waiting: 6, waitingOfOne: 4, waitMs: 600_000 };

/** Acts that end when they are told to. */
function controlled(queue: ActQueue) {
  const begun: string[] = [];
  const ends = new Map<string, () => void>();
  const act = (place: string, name: string): Promise<string> =>
    queue.run(place, async () => {
      begun.push(name);
      await new Promise<void>(done => ends.set(name, done));
      return name;
    });
  const settle = async (): Promise<void> => {
    for (let i = 0; i < 20; i++) await new Promise(done => setImmediate(done));
  };
  const end = async (name: string): Promise<void> => {
    ends.get(name)!();
    await settle();
  };
  return { begun, act, end, settle };
}

it('Y8: a flood of one place does not hold up another; places take turns', async () => {
  const { begun, act, end, settle } = controlled(new ActQueue(LIMITS));
  const all = [act('a', 'a1'), act('a', 'a2'), act('a', 'a3'), act('a', 'a4'), act('b', 'b1'), act('c', 'c1')];
  await settle();
  expect(begun).toEqual(['a1', 'b1']);
  await end('a1');
  expect(begun.slice(2)).toEqual(['a2']);
  await end('b1');
  // The place that had its turn last waits for the others.
  expect(begun.slice(3)).toEqual(['c1']);
  for (const name of ['a2', 'c1', 'a3', 'a4']) await end(name);
  expect(await Promise.all(all)).toEqual(['a1', 'a2', 'a3', 'a4', 'b1', 'c1']);
});

it('Y8: beyond its length an act is refused before anything of it is begun, and a quiet place still gets in', async () => {
  const queue = new ActQueue(LIMITS);
  const { begun, act, end, settle } = controlled(queue);
  const flood = Array.from({ length: 8 }, (_, n) => act('a', `a${n}`).catch(error => error));
  await settle();
  expect(queue.length).toBe(4);
  const refused = (await Promise.all(flood.slice(5))) as unknown[];
  expect(refused.every(one => one instanceof Busy)).toBe(true);
  const quiet = act('b', 'b1');
  await settle();
  expect(begun).toEqual(['a0', 'b1']);
  await end('b1');
  await quiet;
  for (const name of ['a0', 'a1', 'a2', 'a3', 'a4']) await end(name);
  expect(begun).toEqual(['a0', 'b1', 'a1', 'a2', 'a3', 'a4']);
  expect(queue.length).toBe(0);
});

it('Y8: what would be answered too late is refused and never begun', async () => {
  let now = 0;
  const queue = new ActQueue({ ...LIMITS, running: 1 }, () => now);
  const { begun, act, end } = controlled(queue);
  const first = act('a', 'a1');
  const late = act('a', 'a2').catch(error => error);
  now = 300_000;
  const inTime = act('b', 'b1');
  now = 600_001;
  await end('a1');
  await first;
  expect(await late).toBeInstanceOf(Busy);
  expect(begun).toEqual(['a1', 'b1']);
  await end('b1');
  await inTime;
  expect(queue.length).toBe(0);
});

it('an act that fails gives its turn back', async () => {
  const queue = new ActQueue({ running: 1, runningOfOne: 1, waiting: 10, waitingOfOne: 10, waitMs: 600_000 });
  const fails = queue.run('a', () => Promise.reject(new Error('bug')));
  const next = queue.run('a', () => Promise.resolve('done'));
  await expect(fails).rejects.toThrow('bug');
  await expect(next).resolves.toBe('done');
});
