import { and, asc, count, desc, eq, exists, inArray, lt, or, sql } from 'drizzle-orm';
import { question } from '../../storage/once.ts';
import type { Tables } from '../../storage/schema/index.ts';
import type { Reader, Tx } from '../../storage/store.ts';
import { fold } from '../../storage/words.ts';
import { isSelf } from '../actor.ts';
import { type Area, withinArea } from '../areas/area.ts';
import { codeOf, nextNumber, PREFIX } from '../codes.ts';
import { rowByNumber } from '../numbered.ts';
import { newestPage, type Page } from '../page.ts';
import { holdsWords, type Reach, type Source, shortestFirst } from '../source.ts';

export type Issue = Tables['issues']['$inferSelect'];

/** The states of an issue that somebody still has to do something about. */
export const OPEN: readonly Issue['state'][] = ['new', 'in_progress', 'waiting'];

/** Returns what the person may see: what is not private, and what they raised or mediate. */
export function issuesInSight({ db, forumId, actor }: Reach) {
  const { issues, mediators } = db.tables;
  const mediates = db
    .select({ one: sql`1` })
    .from(mediators)
    .where(and(eq(mediators.forumId, forumId), eq(mediators.issue, issues.number), eq(mediators.member, actor.member)));
  return and(
    eq(issues.forumId, forumId),
    or(eq(issues.isPrivate, false), inArray(issues.raisedBy, actor.numbers), exists(mediates)),
  );
}

/** The forum's issues, as far as the person may see them; open and recent ones first. */
export const issueSource: Source<Issue> = {
  thing: 'issue',
  prefix: PREFIX.issue,
  code: row => codeOf('issue', row.number),
  label: row => row.title,
  async byNumber(reach, number) {
    const { issues } = reach.db.tables;
    const [row] = await reach.db
      .select()
      .from(issues)
      .where(and(issuesInSight(reach), eq(issues.number, number)));
    return row ?? null;
  },
  async named(reach, typed, limit, whole) {
    const { issues } = reach.db.tables;
    const found = await reach.db
      .select()
      .from(issues)
      .where(and(issuesInSight(reach), holdsWords(issues.folded, typed)))
      .orderBy(...shortestFirst(issues.folded, whole), desc(issues.number))
      .limit(200);
    const late = (row: Issue): number =>
      (OPEN.includes(row.state) ? 0 : 2) +
      (row.owner === reach.actor.member || isSelf(reach.actor, row.raisedBy) ? 0 : 1);
    return found.sort((a, b) => late(a) - late(b) || b.number - a.number).slice(0, limit);
  },
};

/** An issue by its number, for what happens by itself: who may see it is judged where it is shown. */
export const issueByNumber = (db: Reader, forumId: string, number: number): Promise<Issue | null> =>
  rowByNumber(db, db.tables.issues, forumId, number);

/** Open issues that are not private and were to be done before a local date, the latest first. */
export const lateIssues = question(
  ['issues'],
  (db, forumId: string, today: string, limit: number) => {
    const { issues: i } = db.tables;
    const isOpen = and(eq(i.forumId, forumId), eq(i.isPrivate, false), inArray(i.state, [...OPEN]));
    return db
      .select()
      .from(i)
      .where(and(isOpen, lt(i.due, today)))
      .orderBy(asc(i.due), asc(i.number))
      .limit(limit);
  },
  (rows): readonly Issue[] => rows,
);

/** An issue, no matter who looks: for posts in channels, which show only what is not private. */
export async function publicIssue(db: Reader, forumId: string, number: number): Promise<Issue | null> {
  const { issues } = db.tables;
  const [row] = await db
    .select()
    .from(issues)
    .where(and(eq(issues.forumId, forumId), eq(issues.number, number), eq(issues.isPrivate, false)));
  return row ?? null;
}

/** One page of the issues that are not private, the newest first: for everybody. */
export async function publicIssues(
  db: Reader,
  forumId: string,
  filter: { states: readonly Issue['state'][]; before?: number | undefined; area?: Area | null },
  limit: number,
): Promise<Page<Issue>> {
  const { issues } = db.tables;
  const where = and(
    eq(issues.forumId, forumId),
    eq(issues.isPrivate, false),
    inArray(issues.state, [...filter.states]),
    filter.area ? withinArea(issues.area, filter.area) : undefined,
  );
  return newestPage(db, issues, where, filter.before, limit);
}

/** Counts how many issues that are not private are in some states. */
export async function countPublicIssues(
  db: Reader,
  forumId: string,
  states: readonly Issue['state'][],
): Promise<number> {
  const { issues } = db.tables;
  const [row] = await db
    .select({ n: count() })
    .from(issues)
    .where(and(eq(issues.forumId, forumId), eq(issues.isPrivate, false), inArray(issues.state, [...states])));
  return row?.n ?? 0;
}

/** One page of the issues in sight, the newest first. */
export async function listIssues(
  reach: Reach,
  filter: {
    states?: readonly Issue['state'][] | undefined;
    before?: number | undefined;
    /** Only issues that this member looks after. */
    owner?: number | undefined;
    /** Only issues of an official area, and of what lies in it. */
    area?: Area | undefined;
  },
  limit: number,
): Promise<Page<Issue>> {
  const { issues } = reach.db.tables;
  const where = and(
    issuesInSight(reach),
    filter.states && inArray(issues.state, [...filter.states]),
    filter.owner === undefined ? undefined : eq(issues.owner, filter.owner),
    filter.area && withinArea(issues.area, filter.area),
  );
  return newestPage(reach.db, issues, where, filter.before, limit);
}

/** Raises an issue. `raisedBy` null: anonymous, the author is stored nowhere. */
export async function addIssue(
  tx: Tx,
  forumId: string,
  issue: Pick<Issue, 'title' | 'detail' | 'severity' | 'isPrivate' | 'partner' | 'raisedBy' | 'due' | 'indicator'> &
    Partial<Pick<Issue, 'area'>>,
  mediators: readonly number[],
  now: Date,
): Promise<Issue> {
  const number = await nextNumber(tx, forumId, 'issue');
  const [row] = await tx
    .insert(tx.tables.issues)
    .values({
      ...issue,
      forumId,
      number,
      folded: fold(issue.title),
      state: 'new',
      owner: null,
      waitingFor: null,
      waitingUntil: null,
      resolution: null,
      reason: null,
      createdAt: now,
      firstResponseAt: null,
      changedAt: now,
      resolvedAt: null,
      closedAt: null,
      reopened: 0,
    })
    .returning();
  if (mediators.length)
    await tx.insert(tx.tables.mediators).values(mediators.map(member => ({ forumId, issue: number, member })));
  return row!;
}

/** Changes an issue; the first change by somebody is the first response. */
export async function changeIssue(tx: Tx, issue: Issue, set: Partial<Issue>, now: Date): Promise<Issue> {
  const { issues } = tx.tables;
  const [row] = await tx
    .update(issues)
    .set({
      firstResponseAt: issue.firstResponseAt ?? now,
      ...set,
      ...(set.title !== undefined && { folded: fold(set.title) }),
      changedAt: now,
    })
    .where(and(eq(issues.forumId, issue.forumId), eq(issues.number, issue.number)))
    .returning();
  return row!;
}

export async function mediatorsOf(
  db: Reader,
  forumId: string,
  issue: number,
): Promise<{ number: number; name: string }[]> {
  const { mediators, members } = db.tables;
  return db
    .select({ number: members.number, name: members.name })
    .from(mediators)
    .innerJoin(members, and(eq(members.forumId, mediators.forumId), eq(members.number, mediators.member)))
    .where(and(eq(mediators.forumId, forumId), eq(mediators.issue, issue)))
    .orderBy(asc(members.number));
}
