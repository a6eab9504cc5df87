import { systemClock } from '../clock.ts';
import { forumAt } from '../domain/forums.ts';
import { CONSOLE, type Ground, openConsole } from '../house.ts';
import { demoBandung, demoYogyakarta } from './demo-script.ts';
import { complain, defineVerb, ground, say } from './verb.ts';

const DAY_MS = 86_400_000;
/** The demo's story begins so many days before it is told. */
const STORY_DAYS = 110;

/** The console's place of the second demo forum, which proves that forums do not see each other. */
export const SECOND = 'bandung';

/**
 * Fills an empty database with two forums, by performing the commands that people would type. Every organisation in
 * them is invented. Null: the database has a forum already and is left alone.
 */
export async function fillDemo(ground: Ground, now: Date): Promise<number | null> {
  const { forums } = ground.store.tables;
  if ((await ground.store.read.select({ id: forums.id }).from(forums).limit(1)).length) return null;
  const start = new Date(now.getTime() - STORY_DAYS * DAY_MS);
  let lines = 0;
  for (const [workspace, script] of [
    [CONSOLE, demoYogyakarta],
    [SECOND, demoBandung],
  ] as const) {
    const { session } = openConsole(ground, { actor: 'sari', start, workspace });
    for (const line of script(start, STORY_DAYS)) {
      const result = await session.run(line);
      if (!result.ok) throw new Error(`demo line refused: ${line}: ${result.error?.message}`);
      lines++;
    }
    if (!(await forumAt(ground.store.read, { platform: 'console', workspace }))) throw new Error('demo forum missing');
  }
  return lines;
}

export const demoVerb = defineVerb({
  options: {},
  takes: {},
  async run(verb) {
    const on = await ground(verb);
    const lines = await fillDemo(on, systemClock.now());
    await on.store.close();
    if (lines === null) complain(verb.words.demoTaken);
    else say(`Two invented forums are ready (${lines} lines). Look around: npm run rembug -- console --as sari`);
    return lines === null ? 1 : 0;
  },
});
