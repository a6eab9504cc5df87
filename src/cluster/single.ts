import { setTimeout as pause } from 'node:timers/promises';
import type { Sharing } from '../contract/sharing.ts';

/** The one process on an SQLite database: it holds everything, and nothing has to be agreed upon. */
export function single(): Sharing {
  const freeAt = new Map<string, number>();
  return {
    async divide(_work, pieces) {
      const total = await pieces.wanted();
      const all = Array.from({ length: total }, (_, piece) => piece);
      for (const piece of all) pieces.take(piece, total);
      return {
        stepBack() {},
        async stop() {
          await Promise.all(all.map(piece => pieces.drop(piece)));
        },
      };
    },
    async turn(what, everyMs, signal) {
      const now = performance.now();
      const at = Math.max(now, freeAt.get(what) ?? 0);
      freeAt.set(what, at + everyMs);
      if (at > now) await pause(at - now, undefined, { ...(signal && { signal }) });
    },
  };
}
