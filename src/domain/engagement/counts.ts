import { and, count, countDistinct, eq, gte, inArray, isNotNull, isNull, lt, lte, ne, or, sql } from 'drizzle-orm';
import { isTrue } from '../../storage/literal.ts';
import type { Reader } from '../../storage/store.ts';
import { type AgreementState, stateOf } from '../agreements/rules.ts';
import { among, isNamed } from '../among.ts';
import { instantsOf, type Span } from '../calendar.ts';
import type { Forum } from '../forums.ts';
import { grouped } from '../grouped.ts';
import { approvalOf, isCounted } from '../money/counted.ts';
import { exactSum, halvesOf } from '../money/exact-sum.ts';
import type { Measure } from './score.ts';

/** The partners and the time for which something is counted. One statement counts it for all of them together. */
export interface Scope {
  readonly db: Reader;
  readonly forum: Forum;
  readonly partners: readonly number[];
  readonly span: Span;
}

type ByPartner<T> = ReadonlyMap<number, T>;

const HOUR_MS = 3_600_000;

/** Returns how often something happened, by partner. */
const counts = (rows: readonly { partner: number; n: number }[]): ByPartner<number> =>
  new Map(rows.map(({ partner, n }) => [partner, n]));

/** Activities that the partners took part in. */
export async function activitiesJoined({ db, forum, partners, span: { from, to } }: Scope): Promise<ByPartner<number>> {
  const { activities: a, activityPartners: of } = db.tables;
  const rows = await db
    .select({ partner: of.partner, n: count() })
    .from(of)
    .innerJoin(a, and(eq(a.forumId, of.forumId), eq(a.number, of.activity)))
    .where(
      and(
        eq(of.forumId, forum.id),
        among(of.partner, partners),
        eq(a.state, 'done'),
        gte(a.date, from),
        lte(a.date, to),
      ),
    )
    .groupBy(of.partner);
  return counts(rows);
}

/** Activities that the partners' own people entered. */
export async function activitiesLed({ db, forum, partners, span: { from, to } }: Scope): Promise<ByPartner<number>> {
  const { activities: a, seats: s } = db.tables;
  // SQLite joins what is joined crosswise in its order: beginning with dates it would look through everybody's activities.
  const rows = await db
    .select({ partner: s.partner, n: count() })
    .from(s)
    .crossJoin(a)
    .where(
      and(
        ...[eq(s.forumId, forum.id), among(s.partner, partners)],
        ...[
          eq(a.forumId, s.forumId),
          eq(a.createdBy, s.member),
          eq(a.state, 'done'),
          gte(a.date, from),
          lte(a.date, to),
        ],
      ),
    )
    .groupBy(s.partner);
  return counts(rows);
}

/** Money that the partners have promised by their agreements, as far as it falls due in the time. */
export async function moneyPledged({ db, forum, partners, span: { from, to } }: Scope): Promise<ByPartner<bigint>> {
  const { actions: a } = db.tables;
  const rows = await db
    .select({ partner: a.partner, ...halvesOf(a.amount) })
    .from(a)
    .where(
      and(
        eq(a.forumId, forum.id),
        isNotNull(a.partner),
        among(a.partner, partners),
        isNotNull(a.amount),
        isNull(a.cancelledAt),
        gte(a.due, from),
        lte(a.due, to),
      ),
    )
    .groupBy(a.partner);
  return new Map(rows.map(row => [row.partner!, exactSum(row)]));
}

/** Money that came in from the partners and is counted. */
export async function moneyGiven({ db, forum, partners, span: { from, to } }: Scope): Promise<ByPartner<bigint>> {
  const { entries: e, ledgerLines: l } = db.tables;
  const rows = await db
    .select({ partner: e.partner, ...halvesOf(e.amount) })
    .from(e)
    .leftJoin(l, approvalOf(db.tables))
    .where(
      and(
        eq(e.forumId, forum.id),
        isNotNull(e.partner),
        among(e.partner, partners),
        eq(e.direction, 'in'),
        gte(e.date, from),
        lte(e.date, to),
        isCounted(db.tables),
      ),
    )
    .groupBy(e.partner);
  return new Map(rows.map(row => [row.partner!, exactSum(row)]));
}

/** Activities to which the partners came, of those where it was written down whether they did. */
export async function attendance({ db, forum, partners, span: { from, to } }: Scope): Promise<ByPartner<Measure>> {
  const { activities: a, attendances: at } = db.tables;
  // For a few partners the query begins with their invitations: SQLite would search all activities for each of them.
  const date = isNamed(partners) ? sql`${a.date} || ''` : sql`${a.date}`;
  const rows = await db
    .select({ partner: at.partner, came: at.came, n: count() })
    .from(at)
    .innerJoin(a, and(eq(a.forumId, at.forumId), eq(a.number, at.activity)))
    .where(
      and(
        eq(at.forumId, forum.id),
        among(at.partner, partners),
        isNotNull(at.came),
        eq(a.state, 'done'),
        gte(date, from),
        lte(date, to),
      ),
    )
    .groupBy(at.partner, at.came);
  const total = (some: readonly { n: number }[]): number => some.reduce((sum, one) => sum + one.n, 0);
  return new Map(
    [...grouped(rows, row => row.partner)].map(([partner, of]) => [
      partner,
      { n: total(of.filter(row => row.came)), of: total(of) },
    ]),
  );
}

/**
 * Actions of the partners that were done by their day, of those that can be judged: done, or past their day. What was
 * cancelled was not awaited.
 */
export async function commitmentsKept(
  { db, forum, partners, span: { from, to } }: Scope,
  today: string,
): Promise<ByPartner<Measure>> {
  const { actions: a } = db.tables;
  const isJudged = or(isNotNull(a.doneOn), lt(a.due, today));
  const rows = await db
    .select({ partner: a.partner, n: count(sql`case when ${lte(a.doneOn, a.due)} then 1 end`), of: count() })
    .from(a)
    .where(
      and(
        eq(a.forumId, forum.id),
        isNotNull(a.partner),
        among(a.partner, partners),
        isNull(a.cancelledAt),
        gte(a.due, from),
        lte(a.due, to),
        isJudged,
      ),
    )
    .groupBy(a.partner);
  return new Map(rows.map(({ partner, n, of }) => [partner!, { n, of }]));
}

/**
 * Votes of partners that closed in the time, and those in which each partner had a say: by its own ballot or by the one
 * of the holder of its proxy. Whether one voted is known of secret votes too, what one voted is not.
 */
export async function votesHeard({ db, forum, partners, span }: Scope): Promise<ByPartner<Measure>> {
  const [from, until] = instantsOf(span, forum.zone);
  const { strategies: s, electors: e, ballots: b, proxies: p } = db.tables;
  const closed = await db
    .select({ number: s.number, rule: s.rule })
    .from(s)
    .where(and(eq(s.forumId, forum.id), ne(s.outcome, 'withdrawn'), gte(s.closedAt, from), lt(s.closedAt, until)));
  const numbers = closed.filter(row => row.rule.basis === 'partner').map(row => row.number);
  if (!numbers.length) return new Map();
  const asked = await db
    .select({ partner: e.unit, n: count() })
    .from(e)
    .where(and(eq(e.forumId, forum.id), inArray(e.strategy, numbers), among(e.unit, partners)))
    .groupBy(e.unit);
  const own = db
    .select({ strategy: b.strategy, unit: b.unit })
    .from(b)
    .where(and(eq(b.forumId, forum.id), inArray(b.strategy, numbers), among(b.unit, partners), isTrue(b.inForce)));
  // A partner that recused itself has no say for others either, as in the outcome.
  const held = db
    .select({ strategy: p.strategy, unit: p.unit })
    .from(p)
    .innerJoin(b, and(eq(b.forumId, p.forumId), eq(b.strategy, p.strategy), eq(b.unit, p.holder), isTrue(b.inForce)))
    .where(
      and(
        eq(p.forumId, forum.id),
        inArray(p.strategy, numbers),
        among(p.unit, partners),
        or(isNull(b.choice), ne(b.choice, 'recuse')),
      ),
    );
  const heard = own.unionAll(held).as('heard');
  const said = counts(
    await db
      .select({ partner: heard.unit, n: countDistinct(heard.strategy) })
      .from(heard)
      .groupBy(heard.unit),
  );
  return new Map(asked.map(({ partner, n }) => [partner, { n: said.get(partner) ?? 0, of: n }]));
}

/** The median of the hours until somebody took up one of the partner's issues; absent: none was taken up. */
export async function responseHours({ db, forum, partners, span }: Scope): Promise<ByPartner<number>> {
  const [from, until] = instantsOf(span, forum.zone);
  const { issues: i } = db.tables;
  const rows = await db
    .select({ partner: i.partner, raised: i.createdAt, answered: i.firstResponseAt })
    .from(i)
    .where(
      and(
        eq(i.forumId, forum.id),
        isNotNull(i.partner),
        among(i.partner, partners),
        eq(i.isPrivate, false),
        isNotNull(i.firstResponseAt),
        gte(i.createdAt, from),
        lt(i.createdAt, until),
      ),
    );
  return new Map([...grouped(rows, row => row.partner!)].map(([partner, all]) => [partner, median(all.map(hoursOf))]));
}

const hoursOf = ({ raised, answered }: { raised: Date; answered: Date | null }): number =>
  (answered!.getTime() - raised.getTime()) / HOUR_MS;

function median(all: number[]): number {
  all.sort((x, y) => x - y);
  const middle = Math.floor(all.length / 2);
  return all.length % 2 ? all[middle]! : (all[middle - 1]! + all[middle]!) / 2;
}

/** Tells how the agreements of the partners stand that have not ended. */
export async function agreementStates(
  { db, forum, partners }: Scope,
  today: string,
): Promise<ByPartner<AgreementState[]>> {
  const { agreements: a, agreementParties: of } = db.tables;
  const rows = await db
    .select({ partner: of.partner, agreement: a })
    .from(of)
    .innerJoin(a, and(eq(a.forumId, of.forumId), eq(a.number, of.agreement)))
    .where(and(eq(of.forumId, forum.id), among(of.partner, partners), isNull(a.endedAt)))
    .orderBy(a.number);
  return new Map(
    [...grouped(rows, row => row.partner)].map(([partner, all]) => [
      partner,
      all.map(({ agreement }) => stateOf(agreement, today)),
    ]),
  );
}
