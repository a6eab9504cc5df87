import { startPostgres } from '../postgres.ts';
import { type Blow, storm } from '../replicas/storm.ts';
import { row, section } from './page.ts';

const PAUSE_MS = 10_000;
/** Maximum time for which nobody has a shard, milliseconds. */
const TAKEN_OVER_MS = 30_000;
const ROUND: readonly Blow[] = ['kill', 'cut', 'kill', 'restart', 'kill', 'cut'];

/**
 * Three processes under load for so many minutes, struck every ten seconds: what was lost, doubled, taken over. Throws
 * where anything was lost or doubled, somebody was answered what they did not ask for, a message is stuck, a shard had
 * nobody for too long, or a log tells of a bug.
 */
export async function longStorm(minutes: number): Promise<void> {
  const database = await startPostgres();
  const blows = Array.from({ length: Math.ceil((minutes * 60_000) / PAUSE_MS) }, (_, n) => ROUND[n % ROUND.length]!);
  const report = await storm({ blows, pauseMs: PAUSE_MS, people: 20, restMs: 120_000, database });
  await database.stop();
  const line = (what: string, n: number): void => row(what, String(n));
  section(
    'Storm',
    '| what | count |',
    `Written by \`npm run bench -- storm\`: three processes on one PostgreSQL, forty people on both platforms for ${minutes} minutes,`,
    'and every ten seconds a process is killed, its connections are cut or the database is restarted.',
  );
  const lost = [...report.lostActs, ...report.lostVotes, ...report.lostPosts];
  const doubled = [...report.doubledActs, ...report.doubledVotes, ...report.doubledPosts];
  line('blows: processes killed, connections cut, database restarted', blows.length);
  line('acts that people were told are recorded', report.acts.logged);
  line('tries of which nobody heard', report.inFlight);
  line('acts, votes and posts lost', lost.length);
  line('acts, votes and posts doubled and not in flight', doubled.length);
  line('messages sent again, and recorded so', report.sentAgain);
  line('shards taken over', report.outages.length);
  line('the longest without a holder, seconds', Math.round(Math.max(0, ...report.outages) / 1000));
  const { strange, stuck, failures, breaches, unheard } = report;
  const late = report.outages.filter(ms => ms > TAKEN_OVER_MS);
  const wrong = { strange, stuck, failures, breaches, unheard, lost, doubled, late };
  if (Object.values(wrong).some(all => all.length)) throw new Error(`the storm: ${JSON.stringify(wrong)}`);
}
