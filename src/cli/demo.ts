import { CONSOLE, openConsole, type Services } from '../app/app.ts';
import { systemClock } from '../contract/clock.ts';
import { factOf } from '../domain/facts.ts';
import { forumAt } from '../domain/forums.ts';
import { LOCALES, type Locale } from '../language/locale.ts';
import { shownAddress } from '../storage/address.ts';
import type { Reader, Store, Tx } from '../storage/store.ts';
import { converse } from './converse.ts';
import { inEnglish } from './demo-english.ts';
import { demoBandung, demoYogyakarta, storyUntil } from './demo-script.ts';
import { conversation } from './start.ts';
import { complain, defineVerb, openServices, say, UsageError } from './verb.ts';

/** The console's place of the second demo forum, which proves that forums do not see each other. */
export const SECOND = 'bandung';

/** The database of the demo where none is set: nothing of it comes into the one in which people work. */
const OWN_DATABASE = 'file:./data/demo.db';

/** Name under which a database remembers that its forums are the demo's. */
const FILLED = 'demo';

/** The same store inside one unit of work: all that is done with it is committed together, or not at all. */
const inside = (store: Store, tx: Tx): Store => ({ ...store, read: tx as Reader, write: (_key, work) => work(tx) });

/**
 * Fills an empty database with two forums, by performing the commands that people would type; all of it or nothing.
 * Every organisation in them is invented. False: the database has a forum already and is left alone.
 */
export const fillDemo = (services: Services, now: Date, locale: Locale = services.defaults.locale): Promise<boolean> =>
  services.store.write('demo', async tx => {
    const { forums, facts } = tx.tables;
    if ((await tx.select({ id: forums.id }).from(forums).limit(1)).length) return false;
    const story = storyUntil(now);
    const on = { ...services, store: inside(services.store, tx), defaults: { ...services.defaults, locale } };
    for (const [workspace, script] of [
      [CONSOLE, demoYogyakarta],
      [SECOND, demoBandung],
    ] as const) {
      const { session } = openConsole(on, { actor: 'sari', start: story.start, workspace });
      for (const typed of script(story)) {
        const line = locale === 'en' ? inEnglish(typed) : typed;
        const result = await session.run(line);
        if (!result.ok) throw new Error(`demo line refused: ${line}: ${result.error?.message}`);
      }
    }
    await tx.insert(facts).values({ name: FILLED, value: now.toISOString() });
    return true;
  });

/** Ways to enter the forums of a demo. */
const ENTRANCES: Readonly<Record<string, string>> = {
  [CONSOLE]: 'npm run demo',
  [SECOND]: `npm run demo -- --forum ${SECOND}`,
};

export const demoVerb = defineVerb({
  options: { locale: LOCALES, open: true, forum: Object.keys(ENTRANCES) },
  takes: {},
  async run(verb, given) {
    const { settings, words } = verb;
    const locale = LOCALES.find(one => one === given.locale);
    if (given.locale !== undefined && !locale) throw new UsageError(wrong => wrong.locale);
    const places = Object.keys(ENTRANCES);
    if (given.forum !== undefined && !places.includes(given.forum))
      throw new UsageError(wrong => wrong.place({ places: places.join(', ') }));
    if (given.forum !== undefined && !given.open) throw new UsageError(wrong => wrong.forumOpen);
    const databaseUrl = settings.isDatabaseOpen ? OWN_DATABASE : settings.databaseUrl;
    const own = { ...verb, settings: { ...settings, databaseUrl, discord: null, slack: null } };
    const on = await openServices(own);
    try {
      const likely = settings.isLocaleOpen && process.stdout.isTTY ? verb.systemLocale : settings.locale;
      const isNew = await fillDemo(on, systemClock.now(), locale ?? likely);
      const isOurs = (await factOf(on.store, FILLED)) !== null;
      if (!isOurs || !(isNew || given.open)) {
        complain(isOurs ? words.demoThere({ database: shownAddress(databaseUrl) }) : words.demoTaken);
        return 1;
      }
      if (!isNew && locale && (await localeOf(on.store)) !== locale)
        complain(words.demoLocale({ database: shownAddress(databaseUrl) }));
      say(words.demoReady({ database: shownAddress(databaseUrl) }), ...(await entrances(on.store)));
    } finally {
      await on.store.close();
    }
    if (!given.open) return 0;
    return conversation(own, { as: 'sari', ...(given.forum && { forum: given.forum }) });
  },
});

/** The language that the demo was made in. */
const localeOf = async (store: Store): Promise<Locale | undefined> =>
  (await forumAt(store.read, { platform: 'console', workspace: CONSOLE }))?.locale;

async function entrances(store: Store): Promise<string[]> {
  const lines: string[] = [];
  for (const [workspace, line] of Object.entries(ENTRANCES)) {
    const forum = await forumAt(store.read, { platform: 'console', workspace });
    if (forum) lines.push(`- ${forum.name}: ${line}`);
  }
  return lines;
}

/** The instant at which docs/tour.md begins. */
const TOUR_BEGINS = '2026-11-24T01:00:00Z';

/** The conversation of docs/tour.md, to be typed along: on a database of its own, which is forgotten at the end. */
export const tourVerb = defineVerb({
  options: { json: true },
  takes: {},
  run: (verb, given) => {
    const settings = { ...verb.settings, databaseUrl: 'file::memory:', locale: 'id', isLocaleOpen: false } as const;
    if (!given.json && !(process.stdin.isTTY && process.stdout.isTTY)) complain(verb.words.tourUntyped);
    return converse({ ...verb, settings }, { ...given, as: 'sari', now: TOUR_BEGINS });
  },
});
