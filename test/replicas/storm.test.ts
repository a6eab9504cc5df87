import { expect, it } from 'vitest';
import { startPostgres } from '../postgres.ts';
import { isLong, sized } from '../sizes.ts';
import { storm } from './storm.ts';

/** Maximum time for which nobody has a shard, ms; held where the machine has nothing else to do. */
const TAKEN_OVER_MS = 30_000;
/** People on each platform: at least one for each shard. */
const PEOPLE = sized(6, 12);

it('three processes under load, killed, cut off and their database restarted: nothing is lost, and what is doubled was in flight', async () => {
  const database = await startPostgres();
  const report = await storm({
    blows: ['kill', 'cut', 'kill', 'restart', ...(isLong ? (['kill', 'cut'] as const) : [])],
    pauseMs: sized(1_500, 3_000),
    people: PEOPLE,
    restMs: 120_000,
    database,
  });
  await database.stop();
  const { outages, acts, inFlight, sentAgain, saidIll, ...rest } = report;
  expect(rest).toEqual({
    well: [200, 200, 200],
    codes: [0, 0, 0],
    breaches: [],
    failures: [],
    pings: [{ everyone: false, roles: [], users: [] }, []],
    unheard: [],
    strange: [],
    lostActs: [],
    doubledActs: [],
    lostVotes: [],
    doubledVotes: [],
    lostPosts: [],
    doubledPosts: [],
    stuck: [],
  });
  expect([acts.voters, acts.announced]).toEqual([2 * PEOPLE, 1]);
  expect(acts.logged).toBeGreaterThanOrEqual(4 * PEOPLE);
  expect(outages.length).toBeGreaterThan(0);
  if (isLong) expect(Math.max(...outages)).toBeLessThan(TAKEN_OVER_MS);
  expect(saidIll).toBeGreaterThan(0);
});
