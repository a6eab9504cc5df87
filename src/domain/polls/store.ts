import { and, asc, count as counting, desc, eq, isNotNull, isNull } from 'drizzle-orm';
import { question } from '../../storage/once.ts';
import type { Tables } from '../../storage/schema/index.ts';
import type { PollRule } from '../../storage/schema/polls.ts';
import type { Reader, Tx } from '../../storage/store.ts';
import { fold } from '../../storage/words.ts';
import { codeOf, nextNumber, PREFIX } from '../codes.ts';
import { rowsNamed } from '../numbered.ts';
import { newestPage, type Page } from '../page.ts';
import type { Source } from '../source.ts';
import { castChoices } from '../strategies/ballots.ts';
import { POLL_BOX } from '../strategies/box.ts';
import { countElectors } from '../strategies/electorate.ts';
import { openChoices } from '../strategies/open-count.ts';
import { type CastChoice, countPoll } from './tally.ts';

type Row = Tables['polls']['$inferSelect'];
/** A poll, and where its ballots lie: it is voted on by the engine of decisions. */
export type Poll = Row & { readonly box: typeof POLL_BOX };
export type PollOption = Tables['pollOptions']['$inferSelect'];
export type { PollCount, PollFollow, PollRule } from '../../storage/schema/polls.ts';

/** Maximum of options on a ballot. */
export const MAXIMUM_OPTIONS = 50;

export const asPoll = (row: Row): Poll => ({ ...row, box: POLL_BOX });

/** The forum's polls; open and recent ones come first. */
export const pollSource: Source<Poll> = {
  thing: 'poll',
  prefix: PREFIX.poll,
  code: row => codeOf('poll', row.number),
  label: row => row.title,
  byNumber: ({ db, forumId }, number) => pollByNumber(db, forumId, number),
  named: async ({ db, forumId }, typed, limit, whole) =>
    (await rowsNamed(db, db.tables.polls, forumId, { typed, whole, limit }, row => row.outcome !== null)).map(asPoll),
};

export async function pollByNumber(db: Reader, forumId: string, number: number): Promise<Poll | null> {
  const { polls } = db.tables;
  const [row] = await db
    .select()
    .from(polls)
    .where(and(eq(polls.forumId, forumId), eq(polls.number, number)));
  return row ? asPoll(row) : null;
}

type NewOption = Pick<PollOption, 'text'> & Partial<Pick<PollOption, 'detail' | 'link' | 'date' | 'at' | 'candidate'>>;

/**
 * Puts a poll down with its options; a candidate of an election is asked first, unless it is the person who puts it.
 */
export async function addPoll(
  tx: Tx,
  forumId: string,
  data: {
    title: string;
    rule: PollRule;
    createdBy: number;
    closesAt: Date;
    seed: string;
    options: readonly NewOption[];
  },
  now: Date,
): Promise<Poll> {
  const number = await nextNumber(tx, forumId, 'poll');
  const { options, ...rest } = data;
  const [row] = await tx
    .insert(tx.tables.polls)
    .values({
      ...rest,
      forumId,
      number,
      folded: fold(data.title),
      round: 1,
      createdAt: now,
      opensAt: now,
      outcome: null,
      closedAt: null,
      closeReason: null,
      count: null,
      picks: [],
      follow: null,
    })
    .returning();
  const poll = asPoll(row!);
  for (const option of options) await addOption(tx, poll, option, data.createdBy);
  return poll;
}

/** Adds an option at the end of the ballot; gives its number. */
export async function addOption(tx: Tx, poll: Poll, option: NewOption, by: number): Promise<PollOption> {
  const { pollOptions: o } = tx.tables;
  const of = and(eq(o.forumId, poll.forumId), eq(o.poll, poll.number));
  const [last] = await tx.select({ n: counting() }).from(o).where(of);
  const isAsked = option.candidate != null && option.candidate !== by;
  const [row] = await tx
    .insert(o)
    .values({
      detail: null,
      link: null,
      date: null,
      at: null,
      candidate: null,
      ...option,
      forumId: poll.forumId,
      poll: poll.number,
      option: (last?.n ?? 0) + 1,
      state: isAsked ? 'asked' : 'listed',
      addedBy: by,
    })
    .returning();
  return row!;
}

/** Every option, in the order of the ballot. */
export async function optionsOf(db: Reader, poll: Pick<Row, 'forumId' | 'number'>): Promise<PollOption[]> {
  const { pollOptions: o } = db.tables;
  return db
    .select()
    .from(o)
    .where(and(eq(o.forumId, poll.forumId), eq(o.poll, poll.number)))
    .orderBy(asc(o.option));
}

/** Stores what a candidate has said. */
export async function answerCandidacy(tx: Tx, option: PollOption, state: 'listed' | 'declined'): Promise<void> {
  const { pollOptions: o } = tx.tables;
  const mine = and(eq(o.forumId, option.forumId), eq(o.poll, option.poll), eq(o.option, option.option));
  await tx.update(o).set({ state }).where(mine);
}

/** Changes a poll; what is absent stays. */
export async function changePoll(tx: Tx, poll: Poll, set: Partial<Row>): Promise<Poll> {
  const { polls } = tx.tables;
  const [row] = await tx
    .update(polls)
    .set(set)
    .where(and(eq(polls.forumId, poll.forumId), eq(polls.number, poll.number)))
    .returning();
  return asPoll(row!);
}

/** Lists up to `limit` polls that are open, the newest first. */
export const openPolls = question(
  ['polls'],
  (db, forumId: string, limit: number) => {
    const { polls: p } = db.tables;
    return db
      .select()
      .from(p)
      .where(and(eq(p.forumId, forumId), isNull(p.outcome)))
      .orderBy(desc(p.number))
      .limit(limit);
  },
  rows => rows.map(asPoll),
);

/** One page of polls, the newest first. */
export async function listPolls(
  db: Reader,
  forumId: string,
  filter: { state?: 'open' | 'closed'; before?: number | undefined },
  limit: number,
): Promise<Page<Poll>> {
  const { polls: p } = db.tables;
  const state = filter.state === 'open' ? isNull(p.outcome) : filter.state ? isNotNull(p.outcome) : undefined;
  const where = and(eq(p.forumId, forumId), state);
  const page = await newestPage(db, p, where, filter.before, limit);
  return { ...page, rows: page.rows.map(asPoll) };
}

/** Returns what was cast, equal ballots together; of a secret poll that is over what was kept without names. */
export async function castOf(db: Reader, poll: Poll): Promise<CastChoice[]> {
  if (poll.rule.secret && poll.outcome !== null) {
    const { pollSecretVotes: v } = db.tables;
    return db
      .select({ choice: v.choice, n: counting() })
      .from(v)
      .where(and(eq(v.forumId, poll.forumId), eq(v.poll, poll.number)))
      .groupBy(v.choice);
  }
  const cast = poll.rule.secret ? await castChoices(db, poll) : await openChoices(db, poll);
  return cast.flatMap(({ choice, n }) => (choice === null ? [] : [{ choice, n }]));
}

/** Tells how a poll stands now, by its own rule. */
export async function countNow(db: Reader, poll: Poll) {
  const listed = (await optionsOf(db, poll)).filter(one => one.state === 'listed').map(one => one.option);
  const { tie: rule } = poll.rule;
  const breaking = { rule, seed: poll.seed, picks: poll.picks };
  return countPoll(poll.rule, listed, await castOf(db, poll), { electorate: await countElectors(db, poll), breaking });
}

/** Counts how many have voted, of how many: what may be told of a poll whose tally nobody may see yet. */
export const turnoutNow = async (db: Reader, poll: Poll): Promise<{ voted: number; electorate: number }> => ({
  voted: (await castOf(db, poll)).reduce((sum, { n }) => sum + n, 0),
  electorate: await countElectors(db, poll),
});
