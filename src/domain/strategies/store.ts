import { and, asc, desc, eq, isNotNull, isNull, max } from 'drizzle-orm';
import { question } from '../../storage/once.ts';
import { prepared } from '../../storage/prepared.ts';
import type { Tables } from '../../storage/schema/index.ts';
import type { Reader, Tx } from '../../storage/store.ts';
import { fold } from '../../storage/words.ts';
import { codeOf, nextNumber, PREFIX } from '../codes.ts';
import { rowsNamed } from '../numbered.ts';
import { newestPage, type Page } from '../page.ts';
import type { Source } from '../source.ts';

export type Strategy = Tables['strategies']['$inferSelect'];
export type StrategyVersion = Tables['strategyVersions']['$inferSelect'];

/** The forum's proposals; undecided and recent ones come first. */
export const strategySource: Source<Strategy> = {
  thing: 'strategy',
  prefix: PREFIX.strategy,
  code: row => codeOf('strategy', row.number),
  label: row => row.title,
  byNumber: ({ db, forumId }, number) => strategyByNumber(db, forumId, number),
  named: ({ db, forumId }, typed, limit, whole) =>
    rowsNamed(db, db.tables.strategies, forumId, { typed, whole, limit }, row => row.outcome !== null),
};

export const strategyByNumber = question(
  ['strategies'],
  (db, forumId: string, number: number) => {
    const { strategies: s } = db.tables;
    return db
      .select()
      .from(s)
      .where(and(eq(s.forumId, forumId), eq(s.number, number)));
  },
  ([row]): Strategy | null => row ?? null,
);

/** Puts a proposal down; it opens later, when its electorate is frozen. */
export async function addStrategy(
  tx: Tx,
  forumId: string,
  data: Pick<
    Strategy,
    | 'title'
    | 'change'
    | 'rationale'
    | 'goal'
    | 'issue'
    | 'indicator'
    | 'newTarget'
    | 'rule'
    | 'proposedBy'
    | 'opensAt'
    | 'closesAt'
    | 'ends'
  >,
  now: Date,
): Promise<Strategy> {
  const number = await nextNumber(tx, forumId, 'strategy');
  const [row] = await tx
    .insert(tx.tables.strategies)
    .values({
      ...data,
      forumId,
      number,
      folded: fold(data.title),
      round: 1,
      createdAt: now,
      openedAt: null,
      outcome: null,
      closedAt: null,
      closeReason: null,
      overrideReason: null,
      arithmetic: null,
      reviewOn: null,
      review: null,
      reviewReason: null,
      reviewedBy: null,
      reviewedAt: null,
      endedBy: null,
    })
    .returning();
  return row!;
}

/** Changes a proposal; what is absent stays. */
export async function changeStrategy(tx: Tx, strategy: Strategy, set: Partial<Strategy>): Promise<Strategy> {
  const { strategies } = tx.tables;
  const [row] = await tx
    .update(strategies)
    .set(set)
    .where(and(eq(strategies.forumId, strategy.forumId), eq(strategies.number, strategy.number)))
    .returning();
  return row!;
}

/** One page of proposals, the newest first. */
export async function listStrategies(
  db: Reader,
  forumId: string,
  filter: { undecided?: boolean; before?: number | undefined },
  limit: number,
): Promise<Page<Strategy>> {
  const { strategies } = db.tables;
  const where = and(eq(strategies.forumId, forumId), filter.undecided ? isNull(strategies.outcome) : undefined);
  return newestPage(db, strategies, where, filter.before, limit);
}

/** Lists up to `limit` proposals that are not decided, the newest first. */
export const undecidedStrategies = question(
  ['strategies'],
  (db, forumId: string, limit: number) => {
    const { strategies: s } = db.tables;
    return db
      .select()
      .from(s)
      .where(and(eq(s.forumId, forumId), isNull(s.outcome)))
      .orderBy(desc(s.number))
      .limit(limit);
  },
  (rows): readonly Strategy[] => rows,
);

/** The proposals that were decided last, so many at most, the last first. */
export async function lastDecided(db: Reader, forumId: string, limit: number): Promise<Strategy[]> {
  const { strategies } = db.tables;
  return db
    .select()
    .from(strategies)
    .where(and(eq(strategies.forumId, forumId), isNotNull(strategies.outcome)))
    .orderBy(desc(strategies.closedAt), desc(strategies.number))
    .limit(limit);
}

/** The strategy as it stands: its last version; null before the first change was carried. */
export async function currentVersion(db: Reader, forumId: string): Promise<StrategyVersion | null> {
  const { strategyVersions: v } = db.tables;
  const [row] = await db.select().from(v).where(eq(v.forumId, forumId)).orderBy(desc(v.version)).limit(1);
  return row ?? null;
}

/** Lists every version, the first one first. */
export async function versionsOf(db: Reader, forumId: string): Promise<(StrategyVersion & { decision: Strategy })[]> {
  const { strategyVersions: v, strategies } = db.tables;
  const rows = await db
    .select({ version: v, decision: strategies })
    .from(v)
    .innerJoin(strategies, and(eq(strategies.forumId, v.forumId), eq(strategies.number, v.strategy)))
    .where(eq(v.forumId, forumId))
    .orderBy(asc(v.version));
  return rows.map(row => ({ ...row.version, decision: row.decision }));
}

/** Makes the next version of the strategy: the text before, and the text after this decision. */
export async function addVersion(
  tx: Tx,
  strategy: Strategy,
  after: string,
  now: Date,
  made: StrategyVersion['made'] = 'carried',
): Promise<number> {
  const { strategyVersions: v } = tx.tables;
  const before = await currentVersion(tx, strategy.forumId);
  const [row] = await tx
    .select({ last: max(v.version) })
    .from(v)
    .where(eq(v.forumId, strategy.forumId));
  const version = (row?.last ?? 0) + 1;
  const { forumId, number } = strategy;
  await tx.insert(v).values({ forumId, version, strategy: number, before: before?.after ?? '', after, at: now, made });
  return version;
}

/** The version that a decision made, if it was carried. */
export async function versionOf(db: Reader, strategy: Strategy): Promise<number | null> {
  const { forumId, number } = strategy;
  const [row] = await firstVersion(db, { forumId, number });
  return row?.version ?? null;
}

const firstVersion = prepared((db, { forumId, number }: Pick<Strategy, 'forumId' | 'number'>) => {
  const { strategyVersions: v } = db.tables;
  return db
    .select({ version: v.version })
    .from(v)
    .where(and(eq(v.forumId, forumId), eq(v.strategy, number)))
    .orderBy(asc(v.version))
    .limit(1);
});
