import { CalledOff, type Maker } from '../../src/reports/maker.ts';

/** A maker that tells how far it is and goes on for ever: what it makes can only be called off. */
export function endlessMaker() {
  let closed = false;
  const ends = new Set<() => void>();
  const maker: Maker = {
    make: (_, { onProgress, signal } = {}) =>
      new Promise((_, fail) => {
        const end = (): void => fail(new CalledOff());
        if (closed) return end();
        ends.add(end);
        signal?.addEventListener('abort', end);
        onProgress?.(3, 12);
      }),
    async close() {
      closed = true;
      for (const end of ends) end();
    },
  };
  return maker;
}
