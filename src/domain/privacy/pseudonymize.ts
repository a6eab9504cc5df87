import { and, eq, inArray, notInArray, or, type SQL, sql } from 'drizzle-orm';
import type { Reader, Tx } from '../../storage/store.ts';

/** Returns what stands where a forgotten person's name stood. */
export const pseudonymOf = (number: number): string => `#${number}`;

/** Describes who is forgotten: one person, under one or more numbers of the forum. */
export interface Gone {
  readonly forumId: string;
  readonly numbers: readonly number[];
  /** Every name the person is or was known by, on any platform, and under which number. */
  readonly names: ReadonlyMap<string, number>;
  /** Names that nobody else in the forum bears: safe to replace wherever they occur. */
  readonly own: ReadonlyMap<string, number>;
}

/** Reads by which names the person of these numbers is known; the first of the numbers is the one in use. */
export async function goneOf(tx: Reader, forumId: string, numbers: readonly number[]): Promise<Gone> {
  const { members: m, accounts: a, events: e } = tx.tables;
  const mine = [...numbers];
  const renamed = await tx
    .select({ data: e.data, number: e.number })
    .from(e)
    .where(and(eq(e.forumId, forumId), eq(e.thing, 'member'), eq(e.kind, 'me.renamed'), inArray(e.number, mine)));
  const rows = [
    ...renamed.map(({ data, number }) => ({ name: String(data.before), number })),
    ...(await tx
      .select({ name: a.name, number: a.member })
      .from(a)
      .where(and(eq(a.forumId, forumId), inArray(a.member, mine)))),
    // Numbers that were linked are called alike: the one that was kept is read last, and stays.
    ...(await tx
      .select({ name: m.name, number: m.number })
      .from(m)
      .where(and(eq(m.forumId, forumId), inArray(m.number, mine)))
      .orderBy(eq(m.number, mine[0]!))),
  ];
  const names = new Map(rows.map(({ name, number }) => [name, number]));
  const some = [...names.keys()];
  const namesakes = [
    ...(await tx
      .select({ name: a.name })
      .from(a)
      .where(and(eq(a.forumId, forumId), notInArray(a.member, mine), inArray(a.name, some)))),
    ...(await tx
      .select({ name: m.name })
      .from(m)
      .where(and(eq(m.forumId, forumId), notInArray(m.number, mine), inArray(m.name, some)))),
  ];
  const others = new Set(namesakes.map(one => one.name));
  return { forumId, numbers, names, own: new Map([...names].filter(([name]) => !others.has(name))) };
}

/** A rough condition on JSON, for the database: all that hold the text, and perhaps some more. */
export const mayHold = (json: unknown, written: string): SQL =>
  sql`cast(${json} as text) like ${`%${written.replace(/[%_\\]/g, '_')}%`}`;

/** A rough condition on JSON: that it names a member by number, as either database writes it. */
export const mayMean = (json: unknown, number: number): SQL =>
  sql`(${mayHold(json, `"member":${number}`)} or ${mayHold(json, `"member": ${number}`)})`;

const escaped = (name: string): string => JSON.stringify(name).slice(1, -1);

/** Tells whether a text stands anywhere in a value as words of its own: “Ani” does not stand in “Tani”. */
function names(value: unknown, patterns: readonly RegExp[]): boolean {
  if (typeof value === 'string') return patterns.some(pattern => pattern.test(value));
  if (value === null || typeof value !== 'object') return false;
  return Object.values(value).some(inner => names(inner, patterns));
}

const asWords = (name: string): RegExp =>
  new RegExp(`(?<![\\p{L}\\p{M}\\p{N}])${name.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&')}(?![\\p{L}\\p{M}\\p{N}])`, 'u');

/**
 * Answers that are kept for a repeated act may show the name: `instead` is answered from then on. The act stays known,
 * so that a repeat does nothing.
 */
export async function unnameAnswers(tx: Tx, { forumId, names: known }: Gone, instead: unknown): Promise<void> {
  const { acts } = tx.tables;
  const some = [...known.keys()];
  const patterns = some.map(asWords);
  const kept = await tx
    .select({ key: acts.key, answer: acts.answer })
    .from(acts)
    .where(and(eq(acts.forumId, forumId), or(...some.map(name => mayHold(acts.answer, escaped(name))))));
  for (const { key, answer } of kept)
    if (names(answer, patterns))
      await tx
        .update(acts)
        .set({ answer: instead })
        .where(and(eq(acts.forumId, forumId), eq(acts.key, key)));
}

type Data = Readonly<Record<string, unknown>>;

const nameless = ({ own }: Gone, value: unknown): unknown => {
  const number = typeof value === 'string' ? own.get(value) : undefined;
  return number === undefined ? value : pseudonymOf(number);
};

/** Seats as they were, each with its member's number beside the name. */
const seatsBefore = ({ numbers }: Gone, data: Data): Data => {
  const rename = (seat: Data): Data => {
    const member = seat.member as number;
    return numbers.includes(member) ? { ...seat, name: pseudonymOf(member) } : seat;
  };
  return Array.isArray(data.before) ? { ...data, before: data.before.map(rename) } : data;
};

/** The kinds of events that keep a person's name by value, and how it goes. */
const NAMING: Readonly<Record<string, (gone: Gone, data: Data) => Data>> = {
  // Earlier versions wrote a name here; now it is a number.
  'issue.assigned': (gone, data) => ({ ...data, member: nameless(gone, data.member) }),
  'partner.assigned': seatsBefore,
  'partner.archived': seatsBefore,
  'partner.changed': (gone, data) => {
    const contact = (values: unknown): unknown => {
      const known = values as Data | undefined;
      return known?.contact === undefined ? values : { ...known, contact: nameless(gone, known.contact) };
    };
    return { ...data, before: contact(data.before), set: contact(data.set) };
  },
};

/**
 * The audit and the electorates of votes by member keep some names by value; wherever the person's stands, the pseudonym
 * goes. Returns the numbers of all things the person had a part in, of whatever kind.
 */
export async function unnameRecord(tx: Tx, gone: Gone, now: Date): Promise<ReadonlySet<number>> {
  const { events } = tx.tables;
  const { forumId, numbers } = gone;
  const acted = await tx
    .selectDistinct({ number: events.number })
    .from(events)
    .where(and(eq(events.forumId, forumId), inArray(events.member, [...numbers])));
  const touched = new Set(acted.map(one => one.number));
  const rows = await tx
    .select({ seq: events.seq, kind: events.kind, number: events.number, data: events.data })
    .from(events)
    .where(
      and(
        eq(events.forumId, forumId),
        inArray(events.thing, ['issue', 'partner']),
        inArray(events.kind, Object.keys(NAMING)),
        or(
          ...[...gone.own.keys()].map(name => mayHold(events.data, escaped(name))),
          ...numbers.map(number => mayMean(events.data, number)),
        ),
      ),
    );
  for (const { seq, kind, number, data } of rows) {
    const without = NAMING[kind]!(gone, data);
    const named = JSON.stringify(without) !== JSON.stringify(data);
    if (named) await tx.update(events).set({ data: without }).where(eq(events.seq, seq));
    if (named || numbers.includes(data.member as number)) touched.add(number);
  }
  const renamed = and(eq(events.thing, 'member'), eq(events.kind, 'me.renamed'), inArray(events.number, [...numbers]));
  await tx
    .update(events)
    .set({ data: {} })
    .where(and(eq(events.forumId, forumId), renamed));
  for (const number of await unnameVoters(tx, gone, now)) touched.add(number);
  return touched;
}

/** Electorates by member, and the options of elections, name people; the pseudonym goes there. Returns the votes. */
async function unnameVoters(tx: Tx, { forumId, numbers }: Gone, now: Date): Promise<number[]> {
  const { strategies: s, polls: p, electors, pollElectors, pollOptions } = tx.tables;
  const decisions = await tx.select({ number: s.number, rule: s.rule }).from(s).where(eq(s.forumId, forumId));
  const polls = await tx
    .select({ number: p.number, rule: p.rule, outcome: p.outcome, closesAt: p.closesAt })
    .from(p)
    .where(eq(p.forumId, forumId));
  const open = polls.filter(poll => poll.outcome === null && now < poll.closesAt).map(poll => poll.number);
  const byMember = (votes: typeof decisions | typeof polls): number[] =>
    votes.filter(vote => vote.rule.basis === 'member').map(vote => vote.number);
  const [some, others] = [byMember(decisions), byMember(polls)];
  for (const unit of numbers) {
    const name = pseudonymOf(unit);
    if (some.length)
      await tx
        .update(electors)
        .set({ name })
        .where(and(eq(electors.forumId, forumId), inArray(electors.strategy, some), eq(electors.unit, unit)));
    if (others.length)
      await tx
        .update(pollElectors)
        .set({ name })
        .where(and(eq(pollElectors.forumId, forumId), inArray(pollElectors.poll, others), eq(pollElectors.unit, unit)));
    await tx
      .update(pollOptions)
      .set({ text: name, detail: null, link: null })
      .where(and(eq(pollOptions.forumId, forumId), eq(pollOptions.candidate, unit)));
    // Nobody elects a number: the candidacy ends while the poll is open, with what was cast for it; the card says so.
    if (open.length)
      await tx
        .update(pollOptions)
        .set({ state: 'declined' })
        .where(and(eq(pollOptions.forumId, forumId), inArray(pollOptions.poll, open), eq(pollOptions.candidate, unit)));
  }
  return [...some, ...others, ...polls.map(one => one.number)];
}
