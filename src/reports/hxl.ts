import { and, asc, eq, gt, gte, lte } from 'drizzle-orm';
import type { RenderContext } from '../contract/render-context.ts';
import { type Activity, partnersOf } from '../domain/activities.ts';
import { areasOf, codesAbove } from '../domain/areas/area.ts';
import type { Span } from '../domain/calendar.ts';
import { codeOf } from '../domain/codes.ts';
import { listGoals } from '../domain/goals.ts';
import { CSV_MARK, csvLines } from '../views/csv.ts';
import { inPages, PIECE } from './sheet.ts';

type Row = readonly (string | number | null)[];

/** Hashtags of the Humanitarian Exchange Language for the groups of people that Rembug knows. */
const GROUPS = {
  women: '#reached+f',
  men: '#reached+m',
  age_0_4: '#reached+age_0_4',
  age_5_17: '#reached+age_5_17',
  age_18_59: '#reached+age_18_59',
  age_60: '#reached+elderly',
  disability: '#reached+disabled',
} as const;
const GROUP_KEYS = Object.keys(GROUPS) as (keyof typeof GROUPS)[];

const TAGS = [
  '#activity+code',
  '#activity+name',
  '#activity+type',
  '#status',
  '#org+name+list',
  '#sector+code',
  '#adm1+code',
  '#adm2+code',
  '#adm3+code',
  '#adm4+code',
  '#loc+name',
  '#date+start',
  '#reached',
  ...Object.values(GROUPS),
];

/** The levels of official areas, from the province down to the village. */
const LEVELS = [0, 1, 2, 3];

/** Parts the several values that one cell may have. */
const LIST = ' | ';

/** The codes of one level of all areas of an activity; an area that reaches no such level says nothing of it. */
function codesAt(area: string | null, level: number): string | null {
  const codes = areasOf(area).flatMap(({ code }) => codesAbove(code)[level] ?? []);
  return [...new Set(codes)].join(LIST) || null;
}

/**
 * Table of who does what where: the activities of a time, one a row, so that people are counted once, with a row of
 * hashtags of the Humanitarian Exchange Language (1.1) below the headings. What was undone or cancelled is no activity.
 */
export async function hxlText(context: RenderContext, span: Span): Promise<string> {
  const { db, forumId, m } = context;
  const sectors = new Map((await listGoals(db, forumId)).map(goal => [goal.number, goal.sector]));
  const rows = await inPages<{ activity: Activity; row: Row }>(async (after, limit) => {
    const { activities: a } = db.tables;
    const page = await db
      .select()
      .from(a)
      .where(
        and(
          eq(a.forumId, forumId),
          gte(a.date, span.from),
          lte(a.date, span.to),
          after ? gt(a.number, after.activity.number) : undefined,
        ),
      )
      .orderBy(asc(a.number))
      .limit(limit);
    const involved = await partnersOf(
      db,
      forumId,
      page.map(one => one.number),
    );
    return page.map(activity => ({
      activity,
      row: [
        codeOf('activity', activity.number),
        activity.title,
        m.activity.kinds[activity.kind],
        m.activity.states[activity.state],
        (involved.get(activity.number) ?? []).map(one => one.name).join(LIST) || null,
        activity.goal === null ? null : (sectors.get(activity.goal) ?? null),
        ...LEVELS.map(level => codesAt(activity.area, level)),
        activity.location,
        activity.date,
        activity.participants,
        ...GROUP_KEYS.map(key => activity.groups?.[key] ?? null),
      ],
    }));
  });
  const shown = rows.filter(({ activity }) => activity.state === 'planned' || activity.state === 'done');
  const pieces = [CSV_MARK + csvLines([m.report.hxl, TAGS])];
  for (let i = 0; i < shown.length; i += PIECE) pieces.push(csvLines(shown.slice(i, i + PIECE).map(({ row }) => row)));
  return pieces.join('');
}
