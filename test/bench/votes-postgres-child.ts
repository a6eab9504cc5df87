// Started by the bench of votes on PostgreSQL: fills forums on a database of its own through a build that is named, and
// votes when it is told to.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { createAppBot } from '../../src/app/app.ts';
import type { Act, Bot } from '../../src/contract/act.ts';
import type { openStore } from '../../src/storage/open.ts';
import { UNLIMITED } from '../unlimited.ts';
import { countedIds, START } from '../world.ts';
import type { VotesRun, VotesTask } from './votes-postgres.ts';

const { folder, database, forums, atOnce } = JSON.parse(process.argv[2]!) as VotesTask;
const PARTNERS = 6;
const STRATEGIES = 3;
const CHOICES = ['agree', 'abstain'];

const built = async <T>(path: string): Promise<T> =>
  (await import(pathToFileURL(join(folder, 'dist/src', path)).href)) as T;

const log = { debug() {}, info() {}, warn() {}, error: console.error };
const ids = countedIds();
const store = await (await built<{ openStore: typeof openStore }>('storage/open.js')).openStore(database);
// 6e9660b has its wiring in one file.
const wiring = existsSync(join(folder, 'dist/src/app/app.js'))
  ? (await built<{ createAppBot: typeof createAppBot }>('app/app.js')).createAppBot
  : (await built<{ botOn: typeof createAppBot }>('house.js')).botOn;
const bot: Bot = wiring({ store, log, defaults: { locale: 'id', zone: 'Asia/Jakarta' } }, { now: () => START }, ids, {
  fairUse: UNLIMITED,
});

const act = (forum: number, account: string, ask: Act['ask']): Act => ({
  key: ids.next(),
  place: { platform: 'console', workspace: `Forum${forum}`, channel: 'umum' },
  who: { account, home: '', name: account, admin: account === 'w0' },
  ask,
  memberOf: name => ({ account: name, home: '', name, admin: false }),
  channelOf: name => ({ id: name, name }),
});

async function perform(one: Act): Promise<void> {
  const answer = await bot.perform(one);
  if (answer.kind !== 'view') throw new Error(JSON.stringify([one.ask, answer]));
}

/** A forum of partners with a representative each, and votes that stay open. */
async function fill(forum: number): Promise<void> {
  const say = (account: string, line: string) => perform(act(forum, account, { kind: 'typed', line }));
  await say('w0', `/forum setup "Forum ${forum}" announce:umum`);
  for (let n = 0; n < PARTNERS; n++) {
    await say('w0', `/partner add "Mitra ${n}" sector:ngo`);
    await say(`w${n}`, '/me show');
    await say('w0', `/partner assign w${n} partner:"Mitra ${n}" role:representative`);
  }
  for (let n = 0; n < STRATEGIES; n++) await say('w0', `/strategy propose "Sirene ${n}" rationale:aman closes:5d`);
}

const turns = Array.from({ length: forums }, (_, n) => n);
const fillers = turns.values();
await Promise.all(
  Array.from({ length: 4 }, async () => {
    for (const forum of fillers) await fill(forum);
  }),
);
let voted = 0;
process.send!('filled');
process.on('message', async (times: number) => {
  const spent = process.cpuUsage();
  const since = performance.now();
  const until = voted + times;
  const lane = async (): Promise<void> => {
    while (voted < until) {
      const n = voted++;
      const round = Math.floor(n / forums);
      const voter = `w${round % PARTNERS}`;
      // Another choice than the last time, so that each vote is written.
      const choice = CHOICES[Math.floor(round / PARTNERS / STRATEGIES) % CHOICES.length]!;
      const strategy = 1 + (Math.floor(round / PARTNERS) % STRATEGIES);
      await perform(act(n % forums, voter, { kind: 'pressed', invocation: `1.sv.S-${strategy}.${choice}` }));
    }
  };
  await Promise.all(Array.from({ length: atOnce }, lane));
  const { user, system } = process.cpuUsage(spent);
  const run: VotesRun = {
    perSecond: (times * 1_000) / (performance.now() - since),
    cpu: (user + system) / 1_000 / times,
  };
  process.send!(run);
});
process.once('disconnect', () => process.exit(0));
