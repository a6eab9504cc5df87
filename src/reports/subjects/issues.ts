import { and, asc, eq, gt, gte, isNull, lt, or } from 'drizzle-orm';
import type { RenderContext } from '../../contract/render-context.ts';
import { dateIn, instantsOf, type Span } from '../../domain/calendar.ts';
import { codeOf } from '../../domain/codes.ts';
import { earlierThan, restored } from '../../domain/earlier.ts';
import type { Forum } from '../../domain/forums.ts';
import type { Issue } from '../../domain/issues/store.ts';
import { namesBefore } from '../../domain/partners.ts';
import { type ColumnKey, dateCell, inPages, type Sheet, sheetWith } from '../sheet.ts';

const COLUMNS = [
  'code',
  'date',
  'title',
  'severity',
  'state',
  'partner',
  'indicator',
  'due',
  'resolved',
  'resolution',
  'reopened',
  'area',
] as const satisfies readonly ColumnKey[];

/**
 * Public issues raised, open or resolved in a time, as they were at its end; who raised them, and their details, are not
 * said.
 */
export async function issueSheet({ db, forumId, m }: RenderContext, forum: Forum, span: Span): Promise<Sheet> {
  const { issues: i } = db.tables;
  const [from, until] = instantsOf(span, forum.zone);
  const all = await inPages<Issue>((after, limit) =>
    db
      .select()
      .from(i)
      .where(
        and(
          eq(i.forumId, forumId),
          eq(i.isPrivate, false),
          lt(i.createdAt, until),
          or(isNull(i.resolvedAt), gte(i.resolvedAt, from)),
          after ? gt(i.number, after.number) : undefined,
        ),
      )
      .orderBy(asc(i.number))
      .limit(limit),
  );
  const earlier = await earlierThan(db, forumId, 'issue', until);
  const names = await namesBefore(db, forumId, until);
  const rows = all
    .map(row => asOf(until, restored(row, earlier, ['resolvedAt'])))
    .filter(({ resolvedAt }) => resolvedAt === null || resolvedAt >= from);
  return sheetWith(
    m,
    'issues',
    COLUMNS,
    rows.map(issue => [
      codeOf('issue', issue.number),
      dateCell(dateIn(issue.createdAt, forum.zone)),
      issue.title,
      m.issue.severities[issue.severity],
      m.issue.states[issue.state],
      issue.partner === null ? null : (names.get(issue.partner) ?? null),
      issue.indicator === null ? null : codeOf('indicator', issue.indicator),
      dateCell(issue.due),
      dateCell(issue.resolvedAt && dateIn(issue.resolvedAt, forum.zone)),
      issue.resolution,
      issue.reopened,
      issue.area,
    ]),
  );
}

/** An issue before what is known of it by its dates alone: changes of long ago did not keep what was before them. */
function asOf(until: Date, issue: Issue): Issue {
  if (issue.resolvedAt && issue.resolvedAt >= until) {
    const state = issue.owner === null ? 'new' : 'in_progress';
    return { ...issue, state, resolvedAt: null, resolution: null };
  }
  return issue.closedAt && issue.closedAt >= until && issue.resolvedAt ? { ...issue, state: 'resolved' } : issue;
}
