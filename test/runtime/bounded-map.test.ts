import { expect, it } from 'vitest';
import { BoundedMap } from '../../src/runtime/bounded-map.ts';
import { fc } from '../properties.ts';

it('keeps what was set last, up to its maximum', () => {
  const sets = fc.array(fc.tuple(fc.integer({ min: 0, max: 8 }), fc.integer()));
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 6 }), sets, (maximum, all) => {
      const map = new BoundedMap<number, number>(maximum);
      for (const [key, value] of all) map.set(key, value);
      // The slow way: of each key its last value, in the order of their last settings; of those the last ones.
      const last = all.filter(([key], at) => !all.slice(at + 1).some(([later]) => later === key)).slice(-maximum);
      expect([...map]).toEqual(last);
    }),
  );
});
