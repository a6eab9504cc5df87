import type { Clock } from '../contract/clock.ts';
import { createWatch } from '../feeds/watch.ts';
import { inBackground } from '../runtime/event-loop.ts';
import type { Services } from './app.ts';
import type { Settings } from './settings.ts';

/** Watches the feeds of alerts that the settings allow, one pass at a time; `offered` hears that something is new. */
export function watchFeeds(
  { store, log }: Services,
  { alertFeeds, publicUrl }: Settings,
  clock: Clock,
  offered: () => void = () => undefined,
): { wake(): void; stop(): Promise<void> } {
  const agent = `Rembug${publicUrl ? ` (+${publicUrl})` : ''}`;
  const watch = createWatch({ store, log, clock, feeds: alertFeeds, agent });
  let pass: Promise<void> | null = null;
  return {
    wake() {
      if (!alertFeeds.length) return;
      pass ??= inBackground(() => watch.pass())
        .then(found => {
          if (found) offered();
        })
        .catch(error => log.error('feeds of alerts not watched', { error }))
        .finally(() => {
          pass = null;
        });
    },
    async stop() {
      watch.stop();
      await pass;
    },
  };
}
