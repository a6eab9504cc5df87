import { and, eq, gte, inArray, lte } from 'drizzle-orm';
import type { Reader } from '../storage/store.ts';
import { type Activity, partnersOf } from './activities.ts';
import { type Area, areasOf, codesAbove, levelOf, meet } from './areas/area.ts';
import { gazetteer } from './areas/gazetteer.ts';
import { addMonths, type Span } from './calendar.ts';
import { codeOf } from './codes.ts';
import { listGoals } from './goals.ts';
import { listIndicators } from './indicators/store.ts';
import { listPartners, type Partner } from './partners.ts';

type Kind = Activity['kind'];

/** Work in an area or for a goal: who says that they work there, and how many activities of which kind. */
export interface Coverage {
  readonly key: string;
  readonly name: string;
  readonly partners: readonly Partner[];
  readonly kinds: ReadonlyMap<Kind, number>;
}

/** Map of who does what where, and of the gaps. */
export interface CoverageMap {
  readonly span: Span;
  readonly rows: readonly Coverage[];
  /** Areas of the forum, or goals, in which nobody works. */
  readonly gaps: readonly string[];
  /** Activities that name no area, or no goal. */
  readonly elsewhere: number;
}

/** Level of a row of areas: what lies deeper, villages, is counted with the district that it lies in. */
const ROW_LEVEL = 3;
/** Number of months that the map looks back and ahead. */
const MONTHS = 12;

interface Counted {
  readonly activity: Pick<Activity, 'number' | 'kind' | 'area' | 'goal'>;
  readonly partners: readonly number[];
}

/**
 * The activities that were done in the year before a date, or are planned for the year after it, with who does them.
 */
async function activitiesAround(db: Reader, forumId: string, span: Span): Promise<Counted[]> {
  const { activities: a } = db.tables;
  const rows = await db
    .select({ number: a.number, kind: a.kind, area: a.area, goal: a.goal })
    .from(a)
    .where(
      and(eq(a.forumId, forumId), inArray(a.state, ['planned', 'done']), gte(a.date, span.from), lte(a.date, span.to)),
    );
  const numbers = rows.map(row => row.number);
  const involved = await partnersOf(db, forumId, numbers);
  return rows.map(activity => ({
    activity,
    partners: (involved.get(activity.number) ?? []).map(one => one.number),
  }));
}

class Rows {
  readonly #rows = new Map<string, { name: string; partners: Set<number>; kinds: Map<Kind, number> }>();

  at(key: string, name: string) {
    const row = this.#rows.get(key) ?? { name, partners: new Set<number>(), kinds: new Map<Kind, number>() };
    this.#rows.set(key, row);
    return row;
  }

  count(key: string, name: string, { activity, partners }: Counted): void {
    const row = this.at(key, name);
    row.kinds.set(activity.kind, (row.kinds.get(activity.kind) ?? 0) + 1);
    for (const one of partners) row.partners.add(one);
  }

  made(all: readonly Partner[]): Coverage[] {
    return [...this.#rows].map(([key, { name, partners, kinds }]) => ({
      key,
      name,
      partners: all.filter(one => partners.has(one.number)),
      kinds,
    }));
  }
}

/** The area of a row: itself, or the district in which it lies. Its name ends with what it lies in. */
export function rowArea({ code, name }: Area): Area {
  if (levelOf(code) <= ROW_LEVEL) return { code, name };
  return { code: codesAbove(code)[ROW_LEVEL - 1]!, name: name.slice(name.indexOf(', ') + 2) };
}

const rowsOfAreas = (stored: string | null): Area[] => [
  ...new Map(
    areasOf(stored)
      .map(rowArea)
      .map(one => [one.code, one]),
  ).values(),
];

const spanAround = (today: string): Span => ({ from: addMonths(today, -MONTHS), to: addMonths(today, MONTHS) });

/**
 * Reads who does what in which official area. A gap is an area of the forum, or a part of it one level below where the
 * list of areas is installed, with which nothing that anybody does has ground in common.
 */
export async function coverageByArea(
  db: Reader,
  forumId: string,
  forumArea: string | null,
  today: string,
): Promise<CoverageMap> {
  const span = spanAround(today);
  const partners = await listPartners(db, forumId);
  const activities = await activitiesAround(db, forumId, span);
  const rows = new Rows();
  for (const partner of partners)
    for (const { code, name } of rowsOfAreas(partner.area)) rows.at(code, name).partners.add(partner.number);
  for (const one of activities)
    for (const { code, name } of rowsOfAreas(one.activity.area)) rows.count(code, name, one);
  const covered = [...partners.map(one => one.area), ...activities.map(one => one.activity.area)].flatMap(areasOf);
  return {
    span,
    rows: rows.made(partners).sort((x, y) => (x.key < y.key ? -1 : 1)),
    gaps: (await partsOfForum(forumArea))
      .filter(part => !covered.some(one => meet(one.code, part.code)))
      .map(({ name, code }) => `${name} (${code})`),
    elsewhere: activities.filter(one => !areasOf(one.activity.area).length).length,
  };
}

/** Lists the parts of the forum's areas, down to districts; an area that cannot be divided is its own only part. */
async function partsOfForum(stored: string | null): Promise<Area[]> {
  const own = areasOf(stored);
  const table = own.length ? await gazetteer() : null;
  return own.flatMap(area => {
    const below = levelOf(area.code) < ROW_LEVEL ? (table?.below(area.code) ?? []) : [];
    return below.length ? below : [area];
  });
}

/** Reads who does what for which goal; a gap is an open goal that no activity serves and for which nobody reports. */
export async function coverageByGoal(db: Reader, forumId: string, today: string): Promise<CoverageMap> {
  const span = spanAround(today);
  const partners = await listPartners(db, forumId);
  const goals = (await listGoals(db, forumId)).filter(goal => !goal.closedAt);
  const activities = await activitiesAround(db, forumId, span);
  const indicators = await listIndicators(db, forumId);
  const rows = new Rows();
  for (const { number, title } of goals) {
    const name = `${codeOf('goal', number)} ${title}`;
    rows.at(codeOf('goal', number), name);
    for (const one of activities) if (one.activity.goal === number) rows.count(codeOf('goal', number), name, one);
  }
  const made = rows.made(partners);
  const measured = new Set(indicators.map(one => one.goal));
  return {
    span,
    rows: made,
    gaps: made.filter((one, i) => !one.kinds.size && !measured.has(goals[i]!.number)).map(one => one.name),
    elsewhere: activities.filter(one => one.activity.goal === null).length,
  };
}
