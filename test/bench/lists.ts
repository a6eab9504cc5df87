import type { Act } from '../../src/contract/act.ts';
import { execute, newDatabase, startPostgres } from '../postgres.ts';
import { aForum, fillActivities } from './forum.ts';
import { middle, ms, ratio } from './measure.ts';
import { atMost, row, section } from './page.ts';

const FEW = 100;
const MANY = 100_000;
const TIMES = 100;
/** Entry with a word that no other has. */
const RARE = 16;

type Forum = Awaited<ReturnType<typeof aForum>>;

const typed =
  (act: (line: string, key: string, ask?: Act['ask']) => Act, line: string) =>
  (forum: Forum): Promise<unknown> =>
    forum.bot.perform(act(line, 'l'));

/** Lists, searches and suggestions of a forum with few activities and of one with many, by turns. */
export async function lists(act: (line: string, key: string, ask?: Act['ask']) => Act): Promise<void> {
  const suggested = (words: string) => (forum: Forum) =>
    forum.bot.suggest(act('', 'a', { kind: 'chosen', path: ['activity', 'show'], given: {} }), 'activity', words);
  const kinds: readonly [what: string, run: (forum: Forum) => Promise<unknown>, most?: number][] = [
    ['`/activity list`, first page', typed(act, '/activity list')],
    ['`/activity list`, near its end', typed(act, '/activity list before:K-50')],
    ['`/activity search`, a rare word', typed(act, '/activity search langka'), 2],
    ['`/activity search`, a frequent word, which is counted', typed(act, '/activity search evakuasi')],
    ['`/activity search`, a frequent word and a rare one', typed(act, '/activity search "evakuasi langka"'), 2],
    ['autocomplete by code', suggested('K-7'), 2],
    ['autocomplete by name, a frequent word', suggested('evak'), 2],
    ['a rare word', suggested('lang'), 2],
    ['a word that none has', suggested('tiada'), 2],
    ['a frequent word and a rare one', suggested('evakuasi lang'), 2],
    ['a rare word and a frequent one', suggested('langka evak'), 2],
    ['two frequent words that none has together', suggested('rapat evak')],
  ];
  section(
    'Lists',
    `| what | database | ${FEW} activities | ${MANY.toLocaleString('en')} | grows by | at most |`,
    'Processor time on SQLite, time on the clock on PostgreSQL; both sizes by turns, so that what else the machine does',
    'meets both. Lists and frequent words tell how many there are in all, which is counted: those rows have no bound.',
  );
  const server = await startPostgres();
  for (const database of ['SQLite', 'PostgreSQL'] as const) {
    const forums: Forum[] = [];
    for (const size of [FEW, MANY]) {
      const url = database === 'SQLite' ? undefined : await newDatabase(server.url);
      forums.push(await filled(url, size));
      // Does what the server does by itself a minute later.
      if (url) await execute(url, 'VACUUM ANALYZE activities');
    }
    const now = database === 'SQLite' ? processorMs : () => performance.now();
    for (const [what, run, most] of kinds) {
      const [few, many] = (await byTurns(forums, run, now)) as [number, number];
      const name = `${what}, ${database}`;
      row(what, database, ms(few), ms(many), ratio(many, few), most ? atMost(name, many / few, most) : '');
    }
    for (const forum of forums) await forum.store.close();
  }
  await server.stop();
}

function processorMs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1_000;
}

async function filled(url: string | undefined, size: number): Promise<Forum> {
  const forum = await aForum(url);
  await fillActivities(forum.store, forum.forumId, 1, size, { [RARE]: 'evakuasi langka' });
  return forum;
}

/** The middle of what each took, some turns to warm up left out. */
async function byTurns(
  forums: readonly Forum[],
  run: (forum: Forum) => Promise<unknown>,
  now: () => number,
): Promise<number[]> {
  const took: number[][] = forums.map(() => []);
  for (let i = -20; i < TIMES; i++)
    for (const [k, forum] of forums.entries()) {
      const since = now();
      await run(forum);
      if (i >= 0) took[k]!.push(now() - since);
    }
  return took.map(middle);
}
