import { type AnyColumn, and, eq, inArray, isNull, notInArray, or, type Table } from 'drizzle-orm';
import type { Tables } from '../../storage/schema/index.ts';
import type { Reader } from '../../storage/store.ts';
import type { Member } from '../people.ts';
import { numbersOf } from '../persons.ts';
import { goneOf, mayMean } from './pseudonymize.ts';

type Row = Record<string, unknown>;

/**
 * Every column that holds a member's number, by table; a test compares it with the schema. Who raised an anonymous issue,
 * how a secret ballot was cast once it is closed, and what a survey was answered are stored nowhere beside a number.
 */
export const NAMED_IN = {
  accounts: ['member'],
  seats: ['member'],
  seatRequests: ['member'],
  goals: ['createdBy'],
  activities: ['createdBy'],
  minutes: ['writtenBy'],
  evidence: ['addedBy'],
  issues: ['raisedBy', 'owner'],
  mediators: ['member'],
  strategies: ['proposedBy', 'reviewedBy'],
  voters: ['member'],
  ballots: ['castBy'],
  secretBallots: ['castBy'],
  proxies: ['givenBy'],
  polls: ['createdBy'],
  pollOptions: ['candidate', 'addedBy'],
  pollVoters: ['member'],
  pollBallots: ['castBy'],
  pollSecretBallots: ['castBy'],
  frameworks: ['createdBy'],
  assessments: ['createdBy', 'closedBy'],
  assessmentAnswers: ['member'],
  assessmentSettlements: ['settledBy'],
  agreements: ['createdBy'],
  agreementParties: ['confirmedBy'],
  actions: ['owner', 'doneBy', 'createdBy'],
  indicators: ['createdBy'],
  indicatorPartners: ['member'],
  reports: ['reportedBy'],
  snoozes: ['member'],
  entries: ['recordedBy'],
  ledgerLines: ['member'],
  ledgerMonths: ['member'],
  budgets: ['setBy'],
  attendances: ['answeredBy'],
  series: ['createdBy'],
  invitees: ['member'],
  calendarTokens: ['member'],
  reviews: ['mediator', 'openedBy'],
  reviewNotes: ['member'],
  announcements: ['writtenBy', 'sentBy'],
  alertOffers: ['decidedBy'],
  sightings: ['member'],
  invitations: ['createdBy'],
  links: ['member', 'other'],
  deliveries: ['member'],
  imports: ['madeBy', 'undoneBy'],
  events: ['member'],
} as const satisfies Partial<Record<keyof Tables, readonly string[]>>;

/** Columns that only the machine needs, or that are somebody else's secret. */
const HIDDEN = new Set(['forumId', 'seq', 'folded', 'search', 'hash', 'claim', 'tries', 'nextAt', 'ref', 'seed']);

const visible = (row: Row): Row => Object.fromEntries(Object.entries(row).filter(([key]) => !HIDDEN.has(key)));

/** Everything that is stored about one person, a list a table. */
export async function aboutPerson(db: Reader, member: Member): Promise<Record<string, Row[]>> {
  const { forumId } = member;
  const numbers = await numbersOf(db, member);
  const { members, electors, strategies, pollElectors, polls } = db.tables;
  const rowsOf = async (name: keyof Tables, columns: readonly string[]): Promise<Row[]> => {
    const table = db.tables[name] as unknown as Table & Record<string, AnyColumn>;
    const named = or(...columns.map(column => inArray(table[column]!, numbers)));
    const rows = await db
      .select()
      .from(table as never)
      .where(and(eq(table.forumId!, forumId), named));
    return (rows as Row[]).map(visible);
  };
  const about: Record<string, Row[]> = {
    person: (
      await db
        .select()
        .from(members)
        .where(and(eq(members.forumId, forumId), inArray(members.number, numbers)))
    ).map(visible),
  };
  for (const [name, columns] of Object.entries(NAMED_IN)) about[name] = await rowsOf(name as keyof Tables, columns);
  about.issues = await withinSight(db, forumId, about.issues ?? [], numbers);
  about.events!.push(...(await eventsAbout(db, forumId, numbers)).map(visible));
  const names = [...(await goneOf(db, forumId, numbers)).names.keys()];
  const { invitations: i, partners: p } = db.tables;
  const asked = and(eq(i.forumId, forumId), inArray(i.askedBy, names));
  about.invitations!.push(...(await db.select().from(i).where(asked)).map(visible));
  about.partners = await db
    .select({ number: p.number, name: p.name, contact: p.contact })
    .from(p)
    .where(and(eq(p.forumId, forumId), inArray(p.contact, names)));
  about.electors = (
    await db
      .select({ elector: electors, rule: strategies.rule })
      .from(electors)
      .innerJoin(strategies, and(eq(strategies.forumId, electors.forumId), eq(strategies.number, electors.strategy)))
      .where(and(eq(electors.forumId, forumId), inArray(electors.unit, numbers)))
  )
    .filter(({ rule }) => rule.basis === 'member')
    .map(({ elector }) => visible(elector));
  about.pollElectors = (
    await db
      .select({ elector: pollElectors, rule: polls.rule })
      .from(pollElectors)
      .innerJoin(polls, and(eq(polls.forumId, pollElectors.forumId), eq(polls.number, pollElectors.poll)))
      .where(and(eq(pollElectors.forumId, forumId), inArray(pollElectors.unit, numbers)))
  )
    .filter(({ rule }) => rule.basis === 'member')
    .map(({ elector }) => visible(elector));
  about.drafts = [];
  about.codeAttempts = [];
  for (const { platform, workspace, account } of await placesOfAccounts(db, forumId, numbers)) {
    const { drafts: d, codeAttempts: c } = db.tables;
    const typed = and(eq(d.platform, platform), eq(d.workspace, workspace), eq(d.account, account));
    const tried = and(eq(c.platform, platform), eq(c.workspace, workspace), eq(c.account, account));
    about.drafts.push(...(await db.select().from(d).where(typed)).map(visible));
    about.codeAttempts.push(...(await db.select().from(c).where(tried)).map(visible));
  }
  return about;
}

/**
 * Leaves out what the person may not see: of a private issue that they neither raised nor mediate, only the number and
 * the owner stay.
 */
async function withinSight(db: Reader, forumId: string, issues: readonly Row[], numbers: readonly number[]) {
  const { mediators: m } = db.tables;
  const mine = await db
    .select({ issue: m.issue })
    .from(m)
    .where(and(eq(m.forumId, forumId), inArray(m.member, [...numbers])));
  const seen = new Set<unknown>(mine.map(one => one.issue));
  const shows = (row: Row): boolean =>
    row.isPrivate !== true || numbers.includes(row.raisedBy as number) || seen.has(row.number);
  return issues.map(row => (shows(row) ? row : { number: row.number, owner: row.owner, isPrivate: true }));
}

/** Returns what others did that concerns the person: made a coordinator, seated, given an issue or an indicator. */
async function eventsAbout(db: Reader, forumId: string, numbers: readonly number[]): Promise<Row[]> {
  const { events: e } = db.tables;
  const others = or(isNull(e.member), notInArray(e.member, [...numbers]));
  const named = numbers.map(number => mayMean(e.data, number));
  const about = and(eq(e.thing, 'member'), inArray(e.number, [...numbers]));
  const rows = await db
    .select()
    .from(e)
    .where(and(eq(e.forumId, forumId), others, or(about, ...named)));
  return rows.filter(({ thing, number, data }) =>
    thing === 'member' ? numbers.includes(number) : numbers.includes(data.member as number),
  );
}

/** The accounts of a person in each place of the forum: what lies about an account lies by place. */
export async function placesOfAccounts(db: Reader, forumId: string, numbers: readonly number[]) {
  const { accounts: a, places: p } = db.tables;
  return db
    .select({ platform: p.platform, workspace: p.workspace, account: a.account })
    .from(a)
    .innerJoin(p, and(eq(p.forumId, a.forumId), eq(p.platform, a.platform)))
    .where(and(eq(a.forumId, forumId), inArray(a.member, [...numbers])));
}
