import { and, count, eq, gte, inArray, isNotNull, isNull, lt, lte, ne, or } from 'drizzle-orm';
import { isTrue } from '../../storage/literal.ts';
import type { Reader } from '../../storage/store.ts';
import { type AgreementState, stateOf } from '../agreements/rules.ts';
import { dateIn, instantsOf, type Span } from '../calendar.ts';
import type { Forum } from '../forums.ts';
import { approvalOf, isCounted } from '../money/counted.ts';
import { exactSum, halvesOf } from '../money/exact-sum.ts';
import { partnerByNumber } from '../partners.ts';
import type { Judging } from './judging.ts';
import type { Measure, Part } from './score.ts';

/** A partner's engagement in a time, each figure with what it is counted of. */
export interface Engagement {
  readonly parts: Readonly<Record<Part, Measure>>;
  /** Reports that were on time, of those that were due. */
  readonly onTime: Measure;
  /** Activities that the partner took part in, and those that its own people entered. */
  readonly activities: number;
  readonly led: number;
  /** Money in that is counted, of what was promised for the time, in minor units. */
  readonly given: { readonly n: bigint; readonly of: bigint };
  /** The median of the hours until somebody took up one of the partner's issues. */
  readonly responseHours: number | null;
  readonly agreements: readonly AgreementState[];
}

const HOUR_MS = 3_600_000;

const n = (rows: readonly { n: number }[]): number => Number(rows[0]?.n ?? 0);

/** A span as far as it can be judged: until today, and until the partner left. */
async function judgedSpan(db: Reader, forum: Forum, partner: number, { from, to }: Span, today: string): Promise<Span> {
  const archivedAt = (await partnerByNumber(db, forum.id, partner))?.archivedAt;
  const last = archivedAt ? dateIn(archivedAt, forum.zone) : today;
  return { from, to: [to, today, last].sort()[0]! };
}

/** The figures that the composite is made of, and what the reports among them say besides. */
export async function partsOf(
  db: Reader,
  forum: Forum,
  partner: number,
  whole: Span,
  how: Judging,
): Promise<Pick<Engagement, 'parts' | 'onTime'>> {
  const span = await judgedSpan(db, forum, partner, whole, how.today);
  const reports = reporting(partner, span, how);
  const parts = {
    attendance: await attendance(db, forum.id, partner, span),
    reporting: reports.made,
    commitments: await commitments(db, forum.id, partner, span, how.today),
    votes: await votes(db, forum, partner, span),
  };
  return { parts, onTime: reports.onTime };
}

/** Reads a partner's engagement from the record. */
export async function engagementOf(
  db: Reader,
  forum: Forum,
  partner: number,
  whole: Span,
  how: Judging,
): Promise<Engagement> {
  const span = await judgedSpan(db, forum, partner, whole, how.today);
  return {
    ...(await partsOf(db, forum, partner, span, how)),
    activities: await joined(db, forum.id, partner, span),
    led: await led(db, forum.id, partner, span),
    given: {
      n: await given(db, forum.id, partner, span),
      of: await pledged(db, forum.id, partner, whole),
    },
    responseHours: await response(db, forum, partner, span),
    agreements: await agreementStates(db, forum.id, partner, how.today),
  };
}

async function joined(db: Reader, forumId: string, partner: number, { from, to }: Span): Promise<number> {
  const { activities: a, activityPartners: of } = db.tables;
  const rows = await db
    .select({ n: count() })
    .from(of)
    .innerJoin(a, and(eq(a.forumId, of.forumId), eq(a.number, of.activity)))
    .where(
      and(eq(of.forumId, forumId), eq(of.partner, partner), eq(a.state, 'done'), gte(a.date, from), lte(a.date, to)),
    );
  return n(rows);
}

async function led(db: Reader, forumId: string, partner: number, { from, to }: Span): Promise<number> {
  const { activities: a, seats: s } = db.tables;
  const rows = await db
    .select({ n: count() })
    .from(a)
    .innerJoin(s, and(eq(s.forumId, a.forumId), eq(s.member, a.createdBy)))
    .where(
      and(eq(a.forumId, forumId), eq(s.partner, partner), eq(a.state, 'done'), gte(a.date, from), lte(a.date, to)),
    );
  return n(rows);
}

/** Money that a partner has promised by its agreements, as far as it falls due in the time. */
async function pledged(db: Reader, forumId: string, partner: number, { from, to }: Span): Promise<bigint> {
  const { commitments: c } = db.tables;
  const [row] = await db
    .select(halvesOf(c.amount))
    .from(c)
    .where(and(eq(c.forumId, forumId), eq(c.partner, partner), gte(c.due, from), lte(c.due, to)));
  return exactSum(row);
}

async function given(db: Reader, forumId: string, partner: number, { from, to }: Span): Promise<bigint> {
  const { entries: e, ledgerLines: l } = db.tables;
  const [row] = await db
    .select(halvesOf(e.amount))
    .from(e)
    .leftJoin(l, approvalOf(db.tables))
    .where(
      and(
        eq(e.forumId, forumId),
        eq(e.partner, partner),
        eq(e.direction, 'in'),
        gte(e.date, from),
        lte(e.date, to),
        isCounted(db.tables),
      ),
    );
  return exactSum(row);
}

async function attendance(db: Reader, forumId: string, partner: number, { from, to }: Span): Promise<Measure> {
  const { activities: a, attendances: at } = db.tables;
  const rows = await db
    .select({ came: at.came, n: count() })
    .from(at)
    .innerJoin(a, and(eq(a.forumId, at.forumId), eq(a.number, at.activity)))
    .where(
      and(
        eq(at.forumId, forumId),
        eq(at.partner, partner),
        isNotNull(at.came),
        eq(a.state, 'done'),
        gte(a.date, from),
        lte(a.date, to),
      ),
    )
    .groupBy(at.came);
  return { n: n(rows.filter(row => row.came)), of: rows.reduce((total, row) => total + row.n, 0) };
}

/** Reports that fell due in the time: made at all, and made on time. */
function reporting(partner: number, span: Span, how: Judging): { made: Measure; onTime: Measure } {
  const due = how.fellDue(partner, span);
  const made = due.filter(one => one.made);
  const onTime = made.filter(one => one.report?.onTime);
  return { made: { n: made.length, of: due.length }, onTime: { n: onTime.length, of: due.length } };
}

async function commitments(
  db: Reader,
  forumId: string,
  partner: number,
  { from, to }: Span,
  today: string,
): Promise<Measure> {
  const { commitments: c } = db.tables;
  const rows = await db
    .select({ due: c.due, doneOn: c.doneOn })
    .from(c)
    .where(and(eq(c.forumId, forumId), eq(c.partner, partner), gte(c.due, from), lte(c.due, to)));
  const judged = rows.filter(row => row.doneOn !== null || row.due < today);
  return { n: judged.filter(row => row.doneOn !== null && row.doneOn <= row.due).length, of: judged.length };
}

/**
 * Votes of partners that closed in the time, and those in which the partner had a say: by its own ballot or by the one
 * of whoever held its proxy. Whether one voted is known of secret votes too, what one voted is not.
 */
async function votes(db: Reader, forum: Forum, partner: number, span: Span): Promise<Measure> {
  const [from, until] = instantsOf(span, forum.zone);
  const { strategies: s, electors: e, ballots: b, proxies: p } = db.tables;
  const closed = await db
    .select({ number: s.number, rule: s.rule })
    .from(s)
    .innerJoin(e, and(eq(e.forumId, s.forumId), eq(e.strategy, s.number), eq(e.unit, partner)))
    .where(and(eq(s.forumId, forum.id), ne(s.outcome, 'withdrawn'), gte(s.closedAt, from), lt(s.closedAt, until)));
  const numbers = closed.filter(row => row.rule.basis === 'partner').map(row => row.number);
  if (!numbers.length) return { n: 0, of: 0 };
  const own = await db
    .select({ strategy: b.strategy })
    .from(b)
    .where(and(eq(b.forumId, forum.id), inArray(b.strategy, numbers), eq(b.unit, partner), isTrue(b.inForce)));
  // As in the outcome: who recused holds no say for others either.
  const held = await db
    .select({ strategy: b.strategy })
    .from(p)
    .innerJoin(b, and(eq(b.forumId, p.forumId), eq(b.strategy, p.strategy), eq(b.unit, p.holder), isTrue(b.inForce)))
    .where(
      and(
        eq(p.forumId, forum.id),
        inArray(p.strategy, numbers),
        eq(p.unit, partner),
        or(isNull(b.choice), ne(b.choice, 'recuse')),
      ),
    );
  return { n: new Set([...own, ...held].map(row => row.strategy)).size, of: numbers.length };
}

async function response(db: Reader, forum: Forum, partner: number, span: Span): Promise<number | null> {
  const [from, until] = instantsOf(span, forum.zone);
  const { issues: i } = db.tables;
  const rows = await db
    .select({ raised: i.createdAt, answered: i.firstResponseAt })
    .from(i)
    .where(
      and(
        eq(i.forumId, forum.id),
        eq(i.partner, partner),
        eq(i.isPrivate, false),
        isNotNull(i.firstResponseAt),
        gte(i.createdAt, from),
        lt(i.createdAt, until),
      ),
    );
  const hours = rows
    .flatMap(row => (row.answered ? [(row.answered.getTime() - row.raised.getTime()) / HOUR_MS] : []))
    .sort((x, y) => x - y);
  if (!hours.length) return null;
  const middle = Math.floor(hours.length / 2);
  return hours.length % 2 ? hours[middle]! : (hours[middle - 1]! + hours[middle]!) / 2;
}

async function agreementStates(db: Reader, forumId: string, partner: number, today: string): Promise<AgreementState[]> {
  const { agreements: a, agreementParties: of } = db.tables;
  const rows = await db
    .select({ agreement: a })
    .from(of)
    .innerJoin(a, and(eq(a.forumId, of.forumId), eq(a.number, of.agreement)))
    .where(and(eq(of.forumId, forumId), eq(of.partner, partner), isNull(a.endedAt)));
  return rows.map(({ agreement }) => stateOf(agreement, today));
}
