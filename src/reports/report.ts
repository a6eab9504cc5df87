import type { RenderContext } from '../contract/render-context.ts';
import { type Area, areasText } from '../domain/areas/area.ts';
import { instantsOf, type Span } from '../domain/calendar.ts';
import { earlierThan } from '../domain/earlier.ts';
import type { Forum } from '../domain/forums.ts';
import { licenceLine } from '../domain/open-data.ts';
import { formatDate, formatInstant } from '../language/dates.ts';
import { zoneName } from '../language/locale.ts';
import { catalogue } from '../language/messages.ts';
import { lastChange } from './last-change.ts';
import { dateCell, type Sheet, sheetWith } from './sheet.ts';
import { type SheetKey, sheetsOf } from './sheets.ts';
import { type Figures, figuresOf, summarySheet } from './summary.ts';

/** The record of a forum over a time, in the forum's language and zone, no matter who asks and when. */
export interface WholeReport {
  readonly context: RenderContext;
  readonly title: string;
  readonly span: Span;
  /** The area that it is about; null: the whole forum. */
  readonly area: Area | null;
  readonly figures: Figures;
  /** Sheet that says where it comes from and what is not in it, a row a fact. */
  readonly about: Sheet;
  readonly sheets: ReadonlyMap<SheetKey, Sheet>;
}

/** The context that everybody in the forum has: its language and its zone. What is asked with may hold more than a context. */
export const forumContext = ({ db, forumId, now }: RenderContext, forum: Forum): RenderContext => ({
  db,
  forumId,
  now,
  m: catalogue[forum.locale],
  locale: forum.locale,
  zone: forum.zone,
});

/**
 * Reads a report. The same record and time give the same report; of a time that is over it is the same ever after, but
 * for what is entered for it late.
 */
export async function reportOf(
  asked: RenderContext,
  today: Forum,
  span: Span,
  onProgress: (done: number, of: number) => void = () => undefined,
  area: Area | null = null,
): Promise<WholeReport> {
  const context = forumContext(asked, today);
  const forum = await forumAtEnd(context, today, span);
  const day = (date: string): string => formatDate(date, context.locale);
  const title = context.m.report.title({ forum: forum.name, from: day(span.from), to: day(span.to), area: area?.name });
  const sheets = await sheetsOf(context, forum, span, onProgress, area);
  const figures = await figuresOf(context, forum, span, key => sheets.get(key)!, area);
  return { context, title, span, area, figures, about: await aboutSheet(context, forum, span, area), sheets };
}

/** A forum called as it was at the end of a time. */
export async function forumAtEnd({ db, forumId }: RenderContext, forum: Forum, span: Span): Promise<Forum> {
  const [, until] = instantsOf(span, forum.zone);
  const name = (await earlierThan(db, forumId, 'forum', until)).get(0)?.name;
  return typeof name === 'string' ? { ...forum, name } : forum;
}

async function aboutSheet(context: RenderContext, forum: Forum, span: Span, area: Area | null): Promise<Sheet> {
  const { m, locale, zone } = context;
  const w = m.report;
  const { licence } = forum.settings;
  const at = await lastChange(context, forum, span, ['licence']);
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
      ...(area ? [[w.columns.area.name, `${areasText([area])}. ${w.ofAreaText}`]] : []),
      [w.licence, licence ? licenceLine(licence) : w.licenceText],
      [w.waitingNote, w.waitingText],
      ...Object.values(w.leftOutTexts).map(text => [w.leftOut, text]),
      [w.aheadNote, w.aheadText],
      [w.limits, w.limitsText],
    ],
  );
}

/** The whole report as sheets: key figures first, then the subjects, what their columns mean, and where it is from. */
export function bookOf({ context, figures, sheets, about }: WholeReport): Sheet[] {
  const { m } = context;
  const all = [summarySheet(m, figures), ...sheets.values()];
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
