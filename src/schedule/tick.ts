import cron from 'node-cron';

/** Minimum time since the last wake after which the next is overdue, ms. */
const OVERDUE_MS = 70_000;
const WATCH_MS = 10_000;

/**
 * Wakes `tick` each minute, in one turn at a time; a wake that comes late or twice does no harm. A clock that is set
 * back does not keep it: the timetable waits for an instant by that clock, and is made anew when a wake is overdue.
 */
export function everyMinute(tick: () => Promise<void>, onError: (error: unknown) => void): { stop(): Promise<void> } {
  let last = performance.now();
  let turn: Promise<void> | null = null;
  const wake = (): void => {
    last = performance.now();
    turn ??= tick()
      .catch(onError)
      .finally(() => {
        turn = null;
      });
  };
  // A minute that was missed is made up for by the next one.
  const timetable = () => cron.schedule('* * * * *', wake, { suppressMissedWarning: true });
  let task = timetable();
  const watch = setInterval(() => {
    if (performance.now() - last < OVERDUE_MS) return;
    void task.destroy();
    task = timetable();
    wake();
  }, WATCH_MS);
  return {
    async stop() {
      clearInterval(watch);
      await task.destroy();
      await turn;
    },
  };
}
