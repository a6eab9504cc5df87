import { and, desc, eq, exists, inArray, max, or, sql } from 'drizzle-orm';
import type { Span } from '../domain/calendar.ts';
import type { Forum } from '../domain/forums.ts';
import { formatDate, formatInstant } from '../language/dates.ts';
import { zoneName } from '../language/locale.ts';
import { catalogue } from '../language/messages.ts';
import type { Look } from '../views/look.ts';
import { dateCell, type Sheet, sheetWith } from './sheet.ts';
import { SHEETS, sheetsOf } from './sheets.ts';
import { type Figures, figuresOf, summarySheet } from './summary.ts';

/** The record of a forum over a time, in the forum's language and zone, whoever asks and whenever. */
export interface WholeReport {
  readonly look: Look;
  readonly title: string;
  readonly span: Span;
  readonly figures: Figures;
  /** Where it comes from and what is not in it, a row a fact. */
  readonly about: Sheet;
  readonly sheets: readonly Sheet[];
}

/** The same look as everybody in the forum has: its language and its zone. What is asked with may be more than a look. */
export const lookOfForum = ({ db, forumId, now }: Look, forum: Forum): Look => ({
  db,
  forumId,
  now,
  m: catalogue[forum.locale],
  locale: forum.locale,
  zone: forum.zone,
});

/** Reads a report. The same record and time give the same report. */
export async function reportOf(asked: Look, forum: Forum, span: Span): Promise<WholeReport> {
  const look = lookOfForum(asked, forum);
  const day = (date: string): string => formatDate(date, look.locale);
  const title = look.m.report.title({ forum: forum.name, from: day(span.from), to: day(span.to) });
  const sheets = await sheetsOf(look, forum, span);
  const figures = await figuresOf(look, forum, span, key => sheets[SHEETS.indexOf(key)]!);
  return { look, title, span, figures, about: await aboutSheet(look, forum, span), sheets };
}

/** The things of which every change shows in a report. */
const THINGS = ['activity', 'goal', 'indicator', 'entry', 'agreement'];
/** And the changes of others that do: not a ballot cast, or a talk that was opened. */
const KINDS = ['strategy.closed', 'strategy.withdrawn', 'strategy.reviewed'].concat([
  'partner.added',
  'partner.changed',
  'partner.accepted',
  'partner.archived',
]);

/** What a report shows of the forum itself. */
const OF_FORUM = ['name', 'locale', 'zone'];

/** When the record last changed, as far as a report shows it: a private issue moves nothing. */
export async function lastChange({ db, forumId }: Look): Promise<Date | null> {
  const { events: e, issues: i } = db.tables;
  const openIssue = db
    .select({ one: sql`1` })
    .from(i)
    .where(and(eq(i.forumId, e.forumId), eq(i.number, e.number), eq(i.isPrivate, false)));
  const shown = or(inArray(e.thing, THINGS), inArray(e.kind, KINDS), and(eq(e.thing, 'issue'), exists(openIssue)));
  const [row] = await db
    .select({ at: max(e.at) })
    .from(e)
    .where(and(eq(e.forumId, forumId), shown));
  const settings = await db
    .select({ at: e.at, data: e.data })
    .from(e)
    .where(and(eq(e.forumId, forumId), eq(e.thing, 'forum'), eq(e.kind, 'forum.changed')))
    .orderBy(desc(e.at));
  const forum = settings.find(({ data }) => OF_FORUM.some(name => (data.changed as string[]).includes(name)));
  const ats = [row?.at, forum?.at].filter(at => at instanceof Date);
  return ats.length ? new Date(Math.max(...ats.map(Number))) : null;
}

async function aboutSheet(look: Look, forum: Forum, span: Span): Promise<Sheet> {
  const { m, locale, zone } = look;
  const w = m.report;
  const at = await lastChange(look);
  return sheetWith(
    m,
    'about',
    ['fact', 'content'],
    [
      [w.forum, forum.name],
      [w.from, dateCell(span.from)],
      [w.to, dateCell(span.to)],
      [w.zone, `${zoneName(zone, locale, forum.createdAt)} (${zone})`],
      [w.asOf, at && formatInstant(at, zone, locale)],
      [w.madeBy, w.madeByText],
      [w.licence, w.licenceText],
      [w.waitingNote, w.waitingText],
      ...Object.values(w.leftOutTexts).map(text => [w.leftOut, text]),
      [w.aheadNote, w.aheadText],
      [w.limits, w.limitsText],
    ],
  );
}

/** The whole report as sheets: key figures first, then the subjects, what their columns mean, and where it is from. */
export function bookOf({ look, figures, sheets, about }: WholeReport): Sheet[] {
  const { m } = look;
  const all = [summarySheet(m, figures), ...sheets];
  const dictionary = sheetWith(
    m,
    'dictionary',
    ['sheet', 'column', 'meaning', 'type', 'unit'],
    all.flatMap(sheet =>
      sheet.columns.map(({ name, means, type, unit }) => [sheet.name, name, means, m.report.types[type], unit]),
    ),
  );
  return [...all, dictionary, about];
}
