const msOf = ({ user, system }: NodeJS.CpuUsage): number => (user + system) / 1_000;

/**
 * Looks at the processor time in each turn of the event loop, of all threads: what other programs of the machine cannot
 * lengthen. The loop never rests meanwhile.
 */
export function watchTurns() {
  let most = 0;
  let since = process.cpuUsage();
  let last = since;
  let isOver = false;
  const look = (): void => {
    const now = process.cpuUsage();
    most = Math.max(most, msOf(now) - msOf(last));
    last = now;
    if (!isOver) setImmediate(look).unref();
  };
  look();
  return {
    /** The most of one turn and the sum of all, milliseconds, since it was asked last. */
    told(): { readonly turn: number; readonly cpu: number } {
      const figures = { turn: most, cpu: msOf(process.cpuUsage(since)) };
      most = 0;
      since = process.cpuUsage();
      last = since;
      return figures;
    },
    stop(): void {
      isOver = true;
    },
  };
}
