import { expect, it } from 'vitest';
import { ExpiringMap } from '../../src/runtime/expiring-map.ts';
import { fc } from '../properties.ts';

it('keeps what was set last within its time, up to its maximum, and holds no more', () => {
  const steps = fc.array(fc.record({ key: fc.integer({ min: 0, max: 8 }), after: fc.integer({ min: 0, max: 5 }) }));
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 12 }), fc.integer({ min: 1, max: 6 }), steps, (keptMs, maximum, all) => {
      const map = new ExpiringMap<number, number>(keptMs, maximum);
      const sets: { key: number; value: number; at: number }[] = [];
      let now = 0;
      for (const [value, { key, after }] of all.entries()) {
        now += after;
        map.set(key, value, now);
        sets.push({ key, value, at: now });
        // The slow way: of each key its last value, of those the last ones, as far as they are young enough.
        const last = sets.filter((one, at) => !sets.slice(at + 1).some(later => later.key === one.key)).slice(-maximum);
        const young = last.filter(one => now < one.at + keptMs);
        expect(map.size).toBe(young.length);
        for (let other = 0; other <= 8; other++)
          expect(map.get(other, now)).toBe(young.find(one => one.key === other)?.value);
        expect(map.get(key, now + keptMs)).toBeUndefined();
      }
    }),
  );
});
