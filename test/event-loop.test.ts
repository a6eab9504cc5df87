import { expect, it } from 'vitest';
import { inBackground, isTurnOver, nextTurn, shareTurn } from '../src/runtime/event-loop.ts';
import { mapInTurns, sortInTurns } from '../src/runtime/in-turns.ts';

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

it('Y10: rows are mapped and sorted as at once, and others have their turn meanwhile', async () => {
  let turns = 0;
  let beat: NodeJS.Immediate;
  const count = (): void => {
    turns++;
    beat = setImmediate(count);
  };
  beat = setImmediate(count);
  const rows = Array.from({ length: 50_000 }, (_, n) => ({ n, key: (n * 7_919) % 1_000 }));
  const compare = (x: { key: number }, y: { key: number }): number => x.key - y.key;
  expect(await sortInTurns(rows, compare)).toEqual([...rows].sort(compare));
  expect(await sortInTurns([], compare)).toEqual([]);
  const square = (row: { n: number }): number => {
    spend();
    return row.n * row.n;
  };
  const few = rows.slice(0, 5);
  turns = 0;
  expect(await mapInTurns(few, square)).toEqual([0, 1, 4, 9, 16]);
  clearImmediate(beat);
  expect(turns).toBeGreaterThan(3);
});
