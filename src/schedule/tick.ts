import cron from 'node-cron';

/** Wakes `tick` each minute, in one turn at a time; a wake that comes late or twice does no harm. */
export function everyMinute(tick: () => Promise<void>, onError: (error: unknown) => void): { stop(): Promise<void> } {
  const task = cron.schedule('* * * * *', () => tick().catch(onError), { noOverlap: true });
  return {
    async stop() {
      await task.destroy();
    },
  };
}
