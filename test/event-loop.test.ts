import { expect, it } from 'vitest';
import { inBackground, isTurnOver, nextTurn, shareTurn } from '../src/runtime/event-loop.ts';

/** Keeps the loop until this turn is over. */
function spend(): void {
  while (!isTurnOver());
}

it('Y9: work that takes long shares the loop; what is quick goes on in the same turn', async () => {
  let turns = 0;
  const count = setInterval(() => turns++, 0);
  let passed = false;
  const quick = shareTurn().then(() => {
    passed = true;
  });
  await Promise.resolve().then(() => Promise.resolve());
  await quick;
  expect(passed).toBe(true);
  for (let i = 0; i < 5; i++) {
    spend();
    await shareTurn();
  }
  clearInterval(count);
  expect(turns).toBeGreaterThan(0);
});

it('Y9: those who wait go on one a turn, each as often as the others', async () => {
  const order: string[] = [];
  const worker = async (name: string): Promise<void> => {
    for (let i = 0; i < 3; i++) {
      spend();
      await shareTurn();
      order.push(name);
    }
  };
  await Promise.all(['a', 'b', 'c'].map(worker));
  expect(order.slice(0, 3).sort()).toEqual(['a', 'b', 'c']);
  expect(order.slice(3, 6).sort()).toEqual(['a', 'b', 'c']);
});

it('Y9: acts go before work in the background, which is never stopped for good', async () => {
  const order: string[] = [];
  const wait = (name: string) => nextTurn().then(() => order.push(name));
  const waiting = [
    ...['d1', 'd2', 'd3'].map(name => inBackground(() => wait(name))),
    ...['a1', 'a2', 'a3', 'a4', 'a5', 'a6', 'a7', 'a8'].map(wait),
  ];
  await Promise.all(waiting);
  expect(order.filter(name => name.startsWith('a'))).toEqual(['a1', 'a2', 'a3', 'a4', 'a5', 'a6', 'a7', 'a8']);
  expect(order.indexOf('a4')).toBeLessThan(order.indexOf('d3'));
  // Every fourth turn is for what nobody waits for.
  expect(order.indexOf('d1')).toBeLessThan(4);
});
