import { and, eq, gte, isNotNull, lte } from 'drizzle-orm';
import type { RenderContext } from '../../contract/render-context.ts';
import { type Area, areasOf } from '../../domain/areas/area.ts';
import { dateIn, instantsOf, type Span } from '../../domain/calendar.ts';
import type { Forum } from '../../domain/forums.ts';
import { placeholderOf } from '../../domain/open-data.ts';
import { everyPartner, type Partner, partnersBefore } from '../../domain/partners.ts';
import { element, elementInPieces, type Markup, xmlPieces } from '../../language/markup.ts';
import { mapInTurns } from '../../runtime/in-turns.ts';
import { lastChange } from '../last-change.ts';
import { forumAtEnd, forumContext } from '../report.ts';
import { goalsAtEnd } from '../subjects/goals.ts';
import {
  ACCOUNTABLE,
  ACTIVITY_PAGE,
  ACTUAL_START,
  ADMINISTRATIVE_AREA,
  DEFAULT_SECTOR,
  documentLink,
  FUNDING,
  IMPLEMENTATION,
  IMPLEMENTING,
  OTHER_ORGANISATION,
  organisationType,
  said,
} from './codes.ts';
import { countryOf } from './countries.ts';
import { budgetElements, budgetsSetAt, CURRENCY, countedEntries, transactionElement } from './money.ts';
import { type IndicatorParts, indicatorParts, resultElements } from './results.ts';

/** The identifier under which a forum reports, and the one of its activity: the first with the forum's id behind it. */
function identifiersOf(forum: Forum): { readonly organisation: string; readonly activity: string } {
  const organisation = forum.settings.organisation ?? placeholderOf(forum);
  return { organisation, activity: `${organisation}-${forum.id}` };
}

/**
 * A forum's results as one activity of the International Aid Transparency Initiative, version 2.03: a result a goal,
 * with its indicators, their baselines, and the periods that touch a time with target and actual value; with the budget
 * and the ledger where the forum's page is public. A forum that has no organisation identifier gets a placeholder. It comes in pieces: a large one is put together but once.
 * @param page the address of the forum's public page; null: it has none that the public reaches.
 */
export async function iatiPieces(
  asked: RenderContext,
  today: Forum,
  span: Span,
  page: string | null = null,
): Promise<string[]> {
  const context = forumContext(asked, today);
  const { locale, m } = context;
  const forum = await forumAtEnd(context, today, span);
  const isPublic = today.settings.public === true;
  const changes = [
    await lastChange(context, forum, span, ['organisation', 'area']),
    isPublic ? await budgetsSetAt(context, span) : null,
  ].filter(at => at !== null);
  const changed = changes.length ? new Date(Math.max(...changes.map(Number))) : null;
  const entries = isPublic ? await countedEntries(context, forum, span) : [];
  const known = new Map((await everyPartner(context.db, context.forumId)).map(one => [one.number, one]));
  const funders = new Set(
    entries.flatMap(one => (one.direction === 'in' && one.partner !== null ? [one.partner] : [])),
  );
  const { organisation, activity } = identifiersOf(forum);
  const address = isPublic && page?.startsWith('http') ? page : null;
  const indicators = await indicatorParts(context, forum, span, address);
  const partners = await participantsIn(context, forum, span, indicators);
  const participating = (partner: Partner, role: string): Markup =>
    said('participating-org', partner.name, { role, type: organisationType(partner.sector) });
  const about = [
    element('iati-identifier', {}, activity),
    said('reporting-org', forum.name, { ref: organisation, type: OTHER_ORGANISATION }),
    said('title', forum.name),
    said('description', m.report.iati.description({ forum: forum.name })),
    said('participating-org', forum.name, { ref: organisation, role: ACCOUNTABLE, type: OTHER_ORGANISATION }),
    ...[...funders].flatMap(one => (known.has(one) ? participating(known.get(one)!, FUNDING) : [])),
    ...partners.map(one => participating(one, IMPLEMENTING)),
    element('activity-status', { code: IMPLEMENTATION }),
    element('activity-date', { 'iso-date': dateIn(forum.createdAt, forum.zone), type: ACTUAL_START }),
    element('recipient-country', { code: countryOf(organisation, forum.settings.area ?? null) }),
    ...(await areasIn(context, forum, span, indicators)).map(locationElement),
    ...(await sectorElements(context, forum, span)),
    ...(isPublic ? await budgetElements(context, span) : []),
    ...(await mapInTurns(entries, entry => transactionElement(entry, known))),
    ...(address === null
      ? []
      : [documentLink(address, 'text/html', m.report.iati.page({ forum: forum.name }), ACTIVITY_PAGE)]),
    ...(await resultElements(context, forum, span, indicators)),
  ];
  const told = {
    'last-updated-datetime': changed?.toISOString() ?? null,
    'xml:lang': locale,
    'default-currency': CURRENCY,
  };
  const whole = elementInPieces('iati-activity', told, about);
  return xmlPieces(elementInPieces('iati-activities', { version: '2.03' }, whole));
}

/**
 * The partners there were at the end of a time, as they were then, and who reports what is told of it. A time before the
 * forum began here was entered afterwards, with the partners of today.
 */
async function participantsIn(
  context: RenderContext,
  forum: Forum,
  span: Span,
  { reporting }: IndicatorParts,
): Promise<Partner[]> {
  const [, until] = instantsOf(span, forum.zone);
  const all = await partnersBefore(context.db, context.forumId, until);
  const isBefore = ({ createdAt }: Partner): boolean => createdAt < until || forum.createdAt >= until;
  return all.filter(one => one.archivedAt === null && (isBefore(one) || reporting.has(one.number)));
}

/** The official areas of a time by their codes: the forum's, its indicators', and those where something took place. */
async function areasIn(
  { db, forumId }: RenderContext,
  { settings }: Forum,
  span: Span,
  { areas }: IndicatorParts,
): Promise<Area[]> {
  const { activities: a } = db.tables;
  const took = await db
    .selectDistinct({ area: a.area })
    .from(a)
    .where(
      and(eq(a.forumId, forumId), eq(a.state, 'done'), isNotNull(a.area), gte(a.date, span.from), lte(a.date, span.to)),
    );
  const stored = [settings.area ?? null, ...areas, ...took.map(row => row.area)];
  const found = new Map(stored.flatMap(areasOf).map(one => [one.code, one]));
  return [...found.values()].sort((x, y) => (x.code < y.code ? -1 : 1));
}

const locationElement = ({ code, name }: Area): Markup =>
  element(
    'location',
    { ref: code },
    element('location-reach', { code: ADMINISTRATIVE_AREA }),
    said('name', `${name} (${code})`),
    element('location-class', { code: ADMINISTRATIVE_AREA }),
  );

/** The sectors of the goals, in equal shares that make a hundred; the default where no goal names one. */
async function sectorElements(context: RenderContext, forum: Forum, span: Span): Promise<Markup[]> {
  const goals = await goalsAtEnd(context, forum, span);
  const shares = new Map<string, number>();
  for (const { sector } of goals) shares.set(sector ?? DEFAULT_SECTOR, (shares.get(sector ?? DEFAULT_SECTOR) ?? 0) + 1);
  const codes = [...shares].sort(([x], [y]) => (x < y ? -1 : 1));
  if (codes.length < 2) return [element('sector', { vocabulary: '1', code: codes[0]?.[0] ?? DEFAULT_SECTOR })];
  const cents = codes.map(([, n]) => Math.floor((n * 10_000) / goals.length));
  cents[0]! += 10_000 - cents.reduce((sum, n) => sum + n, 0);
  return codes.map(([code], i) => {
    const percentage = `${Math.floor(cents[i]! / 100)}.${String(cents[i]! % 100).padStart(2, '0')}`;
    return element('sector', { vocabulary: '1', code, percentage });
  });
}
