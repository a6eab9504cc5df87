import { and, asc, eq, gte, isNotNull, lt, lte, ne } from 'drizzle-orm';
import { partnersOf } from '../domain/activities.ts';
import { partiesOf } from '../domain/agreements/store.ts';
import { dateIn, instantsOf, type Span } from '../domain/calendar.ts';
import { codeOf } from '../domain/codes.ts';
import type { Forum } from '../domain/forums.ts';
import { approvalOf } from '../domain/money/counted.ts';
import { isTrue } from '../storage/literal.ts';
import type { Look } from '../views/look.ts';

/** A cell: text, a number, a local date, or nothing. Each keeps its type wherever the report goes. */
export type Cell = string | number | { readonly date: string } | null;

/** One subject of a report. */
export interface Sheet {
  readonly name: string;
  /** What its rows are, in a sentence. */
  readonly about: string;
  readonly head: readonly string[];
  readonly rows: readonly (readonly Cell[])[];
}

const day = (date: string | null): Cell => (date === null ? null : { date });

/** What is reported, by the name it has in addresses: the same in every language. */
const SUBJECTS = {
  activities: activitySheet,
  indicators: indicatorSheet,
  decisions: decisionSheet,
  issues: issueSheet,
  money: moneySheet,
  agreements: agreementSheet,
};
export type SheetKey = keyof typeof SUBJECTS;
export const SHEETS = Object.keys(SUBJECTS) as readonly SheetKey[];

/** One subject of what the forum may show of a time. */
export const sheetOf = (key: SheetKey, look: Look, forum: Forum, span: Span): Promise<Sheet> =>
  SUBJECTS[key](look, forum, span);

/**
 * Everything that the forum may show of a time, a sheet a subject. Private issues, the authors of anonymous ones and
 * the choices of secret votes are not in it; money waiting for approval is marked.
 */
export async function sheetsOf(look: Look, forum: Forum, span: Span): Promise<Sheet[]> {
  const sheets: Sheet[] = [];
  for (const key of SHEETS) sheets.push(await sheetOf(key, look, forum, span));
  return sheets;
}

async function activitySheet({ db, forumId, m }: Look, _: Forum, span: Span): Promise<Sheet> {
  const { activities: a } = db.tables;
  const rows = await db
    .select()
    .from(a)
    .where(and(eq(a.forumId, forumId), ne(a.state, 'undone'), gte(a.date, span.from), lte(a.date, span.to)))
    .orderBy(asc(a.date), asc(a.number));
  const partners = await partnersOf(
    db,
    forumId,
    rows.map(row => row.number),
  );
  const c = m.report.columns;
  return {
    ...m.report.sheets.activities,
    head: [c.code, c.date, c.title, c.kind, c.state, c.location, c.participants, c.women, c.partners, c.goal, c.result],
    rows: rows.map(row => [
      codeOf('activity', row.number),
      day(row.date),
      row.title,
      m.activity.kinds[row.kind],
      m.activity.states[row.state],
      row.location,
      row.participants,
      row.women,
      (partners.get(row.number) ?? []).map(one => one.name).join(', '),
      row.goal === null ? null : codeOf('goal', row.goal),
      row.result,
    ]),
  };
}

async function indicatorSheet({ db, forumId, m }: Look, forum: Forum, span: Span): Promise<Sheet> {
  const { reports: r, indicators: i, partners: p } = db.tables;
  const [from, until] = instantsOf(span, forum.zone);
  const rows = await db
    .select({ report: r, indicator: i, partner: p.name })
    .from(r)
    .innerJoin(i, and(eq(i.forumId, r.forumId), eq(i.number, r.indicator)))
    .leftJoin(p, and(eq(p.forumId, r.forumId), eq(p.number, r.partner)))
    .where(and(eq(r.forumId, forumId), isTrue(r.inForce), gte(r.reportedAt, from), lt(r.reportedAt, until)))
    .orderBy(asc(r.indicator), asc(r.period), asc(r.partner));
  const c = m.report.columns;
  return {
    ...m.report.sheets.indicators,
    head: [c.code, c.name, c.unit, c.period, c.partner, c.value, c.numerator, c.denominator, c.onTime, c.note],
    rows: rows.map(({ report, indicator, partner }) => [
      codeOf('indicator', indicator.number),
      indicator.name,
      indicator.unit,
      report.period,
      partner ?? m.indicator.wholeForum,
      report.value,
      report.numerator,
      report.denominator,
      report.onTime ? m.core.yes : m.core.no,
      report.note ?? report.reason,
    ]),
  };
}

async function decisionSheet({ db, forumId, m }: Look, forum: Forum, span: Span): Promise<Sheet> {
  const { strategies: s } = db.tables;
  const [from, until] = instantsOf(span, forum.zone);
  const rows = await db
    .select()
    .from(s)
    .where(and(eq(s.forumId, forumId), isNotNull(s.outcome), gte(s.closedAt, from), lt(s.closedAt, until)))
    .orderBy(asc(s.number));
  const c = m.report.columns;
  return {
    ...m.report.sheets.decisions,
    head: [
      c.code,
      c.date,
      c.title,
      c.change,
      c.outcome,
      c.agree,
      c.disagree,
      c.abstain,
      c.object,
      c.present,
      c.electorate,
    ],
    rows: rows.map(row => [
      codeOf('strategy', row.number),
      row.closedAt && day(dateIn(row.closedAt, forum.zone)),
      row.title,
      row.change,
      row.outcome && m.strategy.outcomes[row.outcome],
      row.arithmetic?.agree ?? null,
      row.arithmetic?.disagree ?? null,
      row.arithmetic?.abstain ?? null,
      row.arithmetic?.object ?? null,
      row.arithmetic?.present ?? null,
      row.arithmetic?.electorate ?? null,
    ]),
  };
}

async function issueSheet({ db, forumId, m }: Look, forum: Forum, span: Span): Promise<Sheet> {
  const { issues: i } = db.tables;
  const [from, until] = instantsOf(span, forum.zone);
  const rows = await db
    .select()
    .from(i)
    .where(and(eq(i.forumId, forumId), eq(i.isPrivate, false), gte(i.createdAt, from), lt(i.createdAt, until)))
    .orderBy(asc(i.number));
  const c = m.report.columns;
  return {
    ...m.report.sheets.issues,
    head: [c.code, c.date, c.title, c.severity, c.state, c.resolved, c.resolution],
    rows: rows.map(row => [
      codeOf('issue', row.number),
      day(dateIn(row.createdAt, forum.zone)),
      row.title,
      m.issue.severities[row.severity],
      m.issue.states[row.state],
      row.resolvedAt && day(dateIn(row.resolvedAt, forum.zone)),
      row.resolution,
    ]),
  };
}

async function moneySheet({ db, forumId, m }: Look, _: Forum, span: Span): Promise<Sheet> {
  const { entries: e, ledgerLines: l, partners: p } = db.tables;
  const rows = await db
    .select({ entry: e, approved: l.position, partner: p.name })
    .from(e)
    .leftJoin(l, approvalOf(db.tables))
    .leftJoin(p, and(eq(p.forumId, e.forumId), eq(p.number, e.partner)))
    .where(and(eq(e.forumId, forumId), gte(e.date, span.from), lte(e.date, span.to)))
    .orderBy(asc(e.number));
  const c = m.report.columns;
  return {
    ...m.report.sheets.money,
    head: [c.code, c.date, c.direction, c.amount, c.purpose, c.partner, c.activity, c.takesBack, c.reason, c.counted],
    rows: rows.map(({ entry, approved, partner }) => [
      codeOf('entry', entry.number),
      day(entry.date),
      m.finance.directionChoices[entry.direction],
      entry.amount / 100,
      entry.purpose,
      partner,
      entry.activity === null ? null : codeOf('activity', entry.activity),
      entry.reverses === null ? null : codeOf('entry', entry.reverses),
      entry.reason,
      !entry.needsApproval || approved !== null ? m.core.yes : m.core.no,
    ]),
  };
}

async function agreementSheet({ db, forumId, m }: Look): Promise<Sheet> {
  const { agreements: a } = db.tables;
  const rows = await db.select().from(a).where(eq(a.forumId, forumId)).orderBy(asc(a.number));
  const parties = await partiesOf(
    db,
    forumId,
    rows.map(row => row.number),
  );
  const c = m.report.columns;
  return {
    ...m.report.sheets.agreements,
    head: [c.code, c.title, c.kind, c.partners, c.purpose, c.signed, c.expires, c.ended],
    rows: rows.map(row => [
      codeOf('agreement', row.number),
      row.title,
      m.agreement.kinds[row.kind],
      (parties.get(row.number) ?? []).map(one => one.name).join(', '),
      row.purpose,
      day(row.signed),
      day(row.expires),
      row.endReason,
    ]),
  };
}
