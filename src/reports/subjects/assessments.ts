import { and, asc, eq, gte, isNotNull, lt } from 'drizzle-orm';
import type { RenderContext } from '../../contract/render-context.ts';
import type { Framework } from '../../domain/assessments/framework.ts';
import type { Points, Result } from '../../domain/assessments/results.ts';
import { dateIn, instantsOf, type Span } from '../../domain/calendar.ts';
import { codeOf } from '../../domain/codes.ts';
import type { Forum } from '../../domain/forums.ts';
import { inLocale } from '../../language/locale.ts';
import { levelText } from '../../views/assessment-words.ts';
import { type Cell, type ColumnKey, dateCell, type Sheet, sheetWith } from '../sheet.ts';

const ASSESSMENTS = [
  'code',
  'date',
  'assessed',
  'instrument',
  'section',
  'points',
  'pointsMost',
  'share',
  'level',
  'answered',
  'questions',
] as const satisfies readonly ColumnKey[];

/**
 * The assessments that were closed in a time: a row for the whole, then one for each section. Who answered what is left
 * out, as all that people say for themselves.
 */
export async function assessmentSheet(context: RenderContext, forum: Forum, span: Span): Promise<Sheet> {
  const { m, db, forumId, locale } = context;
  const { assessments: a, frameworks: f } = db.tables;
  const [from, until] = instantsOf(span, forum.zone);
  const closed = await db
    .select({ one: a, data: f.data })
    .from(a)
    .innerJoin(f, and(eq(f.forumId, a.forumId), eq(f.number, a.framework)))
    .where(and(eq(a.forumId, forumId), isNotNull(a.closedAt), gte(a.closedAt, from), lt(a.closedAt, until)))
    .orderBy(asc(a.number));
  const rows: Cell[][] = [];
  for (const { one, data } of closed) {
    const framework = data as Framework;
    const result = one.result as Result | null;
    if (!result) continue;
    const row = (section: string, points: Points, level: string | null): Cell[] => [
      codeOf('assessment', one.number),
      dateCell(one.closedAt && dateIn(one.closedAt, forum.zone)),
      one.title,
      `${inLocale(framework.name, locale)} (${framework.version})`,
      section,
      points.sum,
      points.most,
      points.percent,
      level,
      points.answered,
      points.of,
    ];
    const level = framework.bands.length ? levelText(context, framework, result) : null;
    rows.push(row(m.assessment.whole, result.total, level));
    for (const [i, section] of framework.sections.entries())
      rows.push(row(`${section.key} ${inLocale(section.name, locale)}`, result.sections[i]!, null));
  }
  return sheetWith(m, 'assessments', ASSESSMENTS, rows);
}
