import { and, asc, eq, gt, gte, lte } from 'drizzle-orm';
import type { RenderContext } from '../../contract/render-context.ts';
import { type Activity, partnersOf } from '../../domain/activities.ts';
import { type Area, withinArea } from '../../domain/areas/area.ts';
import type { Span } from '../../domain/calendar.ts';
import { codeOf } from '../../domain/codes.ts';
import { listGoals } from '../../domain/goals.ts';
import type { BuiltInGroup } from '../../domain/groups/dimensions.ts';
import { type Cell, dateCell, inPages } from '../sheet.ts';
import { areaCodes, type HxlTable, LIST } from './table.ts';
import { AREA_TAGS, GROUP_TAGS } from './tags.ts';

/** The groups that have a column of their own. */
const ASKED_GROUPS: readonly BuiltInGroup[] = [
  ...(['women', 'men', 'age_0_4', 'age_5_17', 'age_18_59', 'age_60', 'disability'] as const),
];

const TAGS = [
  '#activity+code',
  '#activity+name',
  '#activity+type',
  '#status',
  '#org+name+list',
  '#sector+code',
  ...AREA_TAGS,
  '#loc+name',
  '#date+start',
  '#reached',
  ...ASKED_GROUPS.map(key => GROUP_TAGS[key]),
];

/**
 * Table of who does what where: the activities of a time, one a row, so that people are counted once, with a row of hashtags of
 * the Humanitarian Exchange Language (1.1) below the headings. What was undone or cancelled is no activity.
 */
export async function whoWhatWhere(context: RenderContext, span: Span, area: Area | null = null): Promise<HxlTable> {
  const { db, forumId, m } = context;
  const sectors = new Map((await listGoals(db, forumId)).map(goal => [goal.number, goal.sector]));
  const rows = await inPages<{ activity: Activity; row: Cell[] }>(async (after, limit) => {
    const { activities: a } = db.tables;
    const page = await db
      .select()
      .from(a)
      .where(
        and(
          eq(a.forumId, forumId),
          gte(a.date, span.from),
          lte(a.date, span.to),
          area ? withinArea(a.area, area) : undefined,
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
        ...areaCodes(activity.area),
        activity.location,
        dateCell(activity.date),
        activity.participants,
        ...ASKED_GROUPS.map(key => activity.groups?.[key] ?? null),
      ],
    }));
  });
  const shown = rows.filter(({ activity }) => activity.state === 'planned' || activity.state === 'done');
  const w = m.report.hxl;
  return {
    name: m.report.sheets.activities.name,
    head: [...w.activity, ...w.areas, ...w.people],
    tags: TAGS,
    rows: shown.map(({ row }) => row),
  };
}
