import type { Act } from '../../src/contract/act.ts';
import { rankedPairs } from '../../src/domain/polls/pairs.ts';
import { instantRunoff } from '../../src/domain/polls/runoff.ts';
import { bordaDoubled } from '../../src/domain/polls/scores.ts';
import { pollByNumber } from '../../src/domain/polls/store.ts';
import { SCOTTISH_DECIMALS, singleTransferableVote } from '../../src/domain/polls/stv.ts';
import { tieBreaker } from '../../src/domain/polls/ties.ts';
import { catalogue } from '../../src/language/messages.ts';
import { pollCard } from '../../src/views/poll.ts';
import { aForum, START } from './forum.ts';
import { measure, ms, ratio } from './measure.ts';
import { row, section } from './page.ts';

const BALLOTS = 100_000;
const PIECE = 1_000;

/** A generator that gives the same rankings in every run. */
function rankings(n: number, options: number): { ranking: number[]; n: number }[] {
  let state = 1;
  const next = (below: number): number => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return Math.floor((state / 2_147_483_648) * below);
  };
  return Array.from({ length: n }, () => {
    const left = Array.from({ length: options }, (_, i) => i + 1);
    const length = 1 + next(options);
    return { ranking: Array.from({ length }, () => left.splice(next(left.length), 1)[0]!), n: 1 };
  });
}

/** Puts ballots of members who never acted straight into the tables. */
async function fillPoll(
  { store, forumId }: Awaited<ReturnType<typeof aForum>>,
  poll: number,
  voters: number,
): Promise<void> {
  const { members, pollElectors, pollVoters, pollBallots } = store.tables;
  for (let i = 0; i < voters; i += PIECE) {
    const units = Array.from({ length: Math.min(PIECE, voters - i) }, (_, k) => 1_000 + i + k);
    const key = { forumId, poll };
    await store.write(null, async tx => {
      await tx.insert(members).values(
        units.map(number => ({
          forumId,
          number,
          name: `m${number}`,
          folded: `m${number}`,
          coordinator: false,
          createdAt: START,
        })),
      );
      await tx.insert(pollElectors).values(units.map(unit => ({ ...key, unit, name: `m${unit}`, sector: null })));
      await tx.insert(pollVoters).values(units.map(unit => ({ ...key, unit, member: unit, role: 'member' as const })));
      await tx
        .insert(pollBallots)
        .values(
          units.map(unit => ({ ...key, unit, round: 1, choice: '7', castBy: unit, castAt: START, inForce: true })),
        );
    });
  }
}

/** Counting, casting in a poll of 50 options beside casting on a strategy, and the message of few voters and of many. */
export async function polls(act: (line: string, key: string) => Act): Promise<void> {
  section('Polls', '| what | time | beside |');
  const ballots = rankings(BALLOTS, 10);
  const options = Array.from({ length: 10 }, (_, i) => i + 1);
  const breaker = () => tieBreaker({ rule: 'first', seed: null, picks: [] });
  const counts: readonly (readonly [string, () => unknown])[] = [
    ['instant runoff', () => instantRunoff(ballots, options, breaker())],
    ['ranked pairs', () => rankedPairs(ballots, options, breaker())],
    ['Borda', () => bordaDoubled(ballots, options)],
    ['STV, 3 seats, exact', () => singleTransferableVote(ballots, options, { seats: 3, decimals: null }, breaker())],
    [
      'STV, 3 seats, five decimals',
      () => singleTransferableVote(ballots, options, { seats: 3, decimals: SCOTTISH_DECIMALS }, breaker()),
    ],
  ];
  for (const [name, count] of counts)
    row(`${name}: 100,000 ballots of 10 options`, ms((await measure(3, count)).median), '–');
  const forum = await aForum();
  await forum.run('/partner add Satu');
  await forum.run('/partner assign sari partner:Satu role:representative');
  await forum.run('/strategy propose Bench rationale:x closes:30d method:majority');
  await forum.run(
    `/poll create Bench options:"${Array.from({ length: 50 }, (_, i) => `Pilihan ${i + 1}`).join('; ')}" closes:30d`,
  );
  const who = { account: 'sari', home: '', name: 'sari', admin: false };
  const cast = async (line: string, key: string) =>
    (await measure(300, i => forum.bot.perform({ ...act(line, `${key}${i}`), who }))).median;
  const strategy = await cast('/strategy vote S-1 agree', 's');
  const poll = await cast('/poll vote J-1 choice:37', 'p');
  row('a vote in a poll of 50 options, beside one on a strategy', ms(poll), ratio(poll, strategy));
  const size = async (): Promise<number> => {
    const found = (await pollByNumber(forum.store.read, forum.forumId, 1))!;
    const look = {
      m: catalogue.id,
      locale: 'id',
      zone: 'Asia/Jakarta',
      now: START,
      db: forum.store.read,
      forumId: forum.forumId,
    } as const;
    return JSON.stringify(await pollCard(look, found)).length;
  };
  const few = await size();
  await fillPoll(forum, 1, BALLOTS);
  const many = await size();
  row('size of the message, 1 voter and 100,001', `${few} and ${many} characters`, ratio(many, few));
  await forum.store.close();
}
