import { and, asc, count, eq, gte, inArray, isNotNull, isNull, lte, ne, sql } from 'drizzle-orm';
import type { RenderContext } from '../../contract/render-context.ts';
import { type Activity, partnersOf } from '../../domain/activities.ts';
import { instantsOf, type Span } from '../../domain/calendar.ts';
import { codeOf } from '../../domain/codes.ts';
import type { Forum } from '../../domain/forums.ts';
import { womenOf } from '../../domain/groups/counts.ts';
import { askedOf, dimensionsOf } from '../../domain/groups/dimensions.ts';
import { namesBefore } from '../../domain/partners.ts';
import type { Thing } from '../../domain/thing.ts';
import { isTrue } from '../../storage/literal.ts';
import type { Reader } from '../../storage/store.ts';
import { inOrder } from '../../views/groups.ts';
import { type Cell, type ColumnKey, dateCell, groupColumn, pagesOf, type Sheet, sheetWith } from '../sheet.ts';

const COLUMNS = [
  'code',
  'date',
  'title',
  'kind',
  'state',
  'location',
  'participants',
  'women',
  'invited',
  'came',
  'partners',
  'goal',
  'result',
  'reason',
  'evidence',
  'area',
] as const satisfies readonly ColumnKey[];

/** The activities dated in a time, by date, with partners called as at its end. What was undone is not among them. */
export async function activitySheet(context: RenderContext, forum: Forum, span: Span): Promise<Sheet> {
  const { db, forumId, m } = context;
  const { activities: a } = db.tables;
  const pages = pagesOf<Activity>((after, limit) =>
    db
      .select()
      .from(a)
      .where(
        and(
          eq(a.forumId, forumId),
          ne(a.state, 'undone'),
          gte(a.date, span.from),
          lte(a.date, span.to),
          // Compared as a pair, so that the index leads straight to where the page begins.
          after ? sql`(${a.date}, ${a.number}) > (${after.date}, ${after.number})` : undefined,
        ),
      )
      .orderBy(asc(a.date), asc(a.number))
      .limit(limit),
  );
  const rows: Cell[][] = [];
  const names = await namesBefore(db, forumId, instantsOf(span, forum.zone)[1]);
  const found: Activity[] = [];
  for await (const page of pages) {
    rows.push(...(await rowsOf(context, page, names)));
    found.push(...page);
  }
  const keys = groupsIn(forum, found);
  const counted = rows.map((row, i) => [...row, ...keys.map(key => found[i]!.groups?.[key] ?? null)]);
  const more = keys.map(key => groupColumn(m, key));
  return sheetWith(m, 'activities', COLUMNS, counted, more);
}

/** The groups that have a column: those that the forum asks for, and those that were counted. Women have theirs. */
function groupsIn({ settings }: Forum, activities: readonly Activity[]): string[] {
  const asked = askedOf(dimensionsOf(settings), 'activities').flatMap(({ groups }) => groups);
  const counted = activities.flatMap(({ groups }) => Object.keys(groups ?? {}));
  return inOrder(new Set([...asked, ...counted])).filter(key => key !== 'women');
}

async function rowsOf(
  { db, forumId, m }: RenderContext,
  activities: readonly Activity[],
  names: Names,
): Promise<Cell[][]> {
  const numbers = activities.map(row => row.number);
  const partners = await partnersOf(db, forumId, numbers);
  const { invited, came } = await attendances(db, forumId, numbers);
  const evidence = await evidenceCounts(db, forumId, 'activity', numbers);
  return activities.map(row => [
    codeOf('activity', row.number),
    dateCell(row.date),
    row.title,
    m.activity.kinds[row.kind],
    m.activity.states[row.state],
    row.location,
    row.participants,
    womenOf(row),
    invited.get(row.number) ?? null,
    came.get(row.number) ?? null,
    namesIn(partners.get(row.number), names),
    row.goal === null ? null : codeOf('goal', row.goal),
    row.result,
    row.cancelReason,
    evidence.get(row.number) ?? 0,
    row.area,
  ]);
}

/** Describes how partners were called at the end of a time, by number. */
type Names = ReadonlyMap<number, string>;

/** The names of some partners in the order of their numbers: databases sort words differently. */
export const namesIn = (partners: readonly { number: number; name: string }[] = [], names: Names): string | null =>
  [...partners]
    .sort((x, y) => x.number - y.number)
    .map(one => names.get(one.number) ?? one.name)
    .join(', ') || null;

/** Counts how many partners were invited to each activity, and how many of them are written down as present. */
async function attendances(db: Reader, forumId: string, numbers: readonly number[]) {
  const { attendances: at } = db.tables;
  const here = and(eq(at.forumId, forumId), inArray(at.activity, [...numbers]));
  const counted = (where: Parameters<typeof and>[0]) =>
    db.select({ number: at.activity, n: count() }).from(at).where(and(here, where)).groupBy(at.activity);
  return {
    invited: byNumber(numbers.length ? await counted(undefined) : []),
    came: byNumber(numbers.length ? await counted(and(isNotNull(at.came), isTrue(at.came))) : []),
  };
}

/** Counts how many pieces of evidence each thing has that were not withdrawn. */
export async function evidenceCounts(
  db: Reader,
  forumId: string,
  thing: Thing,
  numbers: readonly number[],
): Promise<ReadonlyMap<number, number>> {
  if (!numbers.length) return new Map();
  const { evidence: e } = db.tables;
  const rows = await db
    .select({ number: e.number, n: count() })
    .from(e)
    .where(and(eq(e.forumId, forumId), eq(e.thing, thing), inArray(e.number, [...numbers]), isNull(e.withdrawnAt)))
    .groupBy(e.number);
  return byNumber(rows);
}

const byNumber = (rows: readonly { number: number; n: number }[]): ReadonlyMap<number, number> =>
  new Map(rows.map(({ number, n }) => [number, Number(n)]));
