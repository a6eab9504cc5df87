import { systemIds } from '../contract/clock.ts';
import { factOf, rememberFact } from '../domain/facts.ts';
import type { Store } from '../storage/store.ts';
import { defineVerb, say, withRecord } from './verb.ts';

/** Name under which the database holds the last request to take the settings anew; each has an id of its own. */
const FACT = 'reload';

/** The last request; null: there was none. */
export const lastReload = (store: Store): Promise<string | null> => factOf(store, FACT);

/** Asks every process that runs on the database to take its settings anew, wherever it runs. */
export const reloadVerb = defineVerb({
  options: {},
  takes: {},
  async run(verb) {
    return withRecord(verb, async store => {
      await rememberFact(store, FACT, systemIds.next());
      say(verb.words.reloadAsked);
      return 0;
    });
  },
});
