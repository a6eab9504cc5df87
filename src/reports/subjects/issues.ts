import { and, asc, eq, gt, gte, isNull, lt, or } from 'drizzle-orm';
import { dateIn, instantsOf, type Span } from '../../domain/calendar.ts';
import { codeOf } from '../../domain/codes.ts';
import type { Forum } from '../../domain/forums.ts';
import type { Issue } from '../../domain/issues/store.ts';
import type { Look } from '../../views/look.ts';
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
] as const satisfies readonly ColumnKey[];

/** Public issues raised, open or resolved in a time; who raised them, and their details, are not said. */
export async function issueSheet({ db, forumId, m }: Look, forum: Forum, span: Span): Promise<Sheet> {
  const { issues: i, partners: p } = db.tables;
  const [from, until] = instantsOf(span, forum.zone);
  const rows = await inPages<{ issue: Issue; partner: string | null }>((after, limit) =>
    db
      .select({ issue: i, partner: p.name })
      .from(i)
      .leftJoin(p, and(eq(p.forumId, i.forumId), eq(p.number, i.partner)))
      .where(
        and(
          eq(i.forumId, forumId),
          eq(i.isPrivate, false),
          lt(i.createdAt, until),
          or(isNull(i.resolvedAt), gte(i.resolvedAt, from)),
          after ? gt(i.number, after.issue.number) : undefined,
        ),
      )
      .orderBy(asc(i.number))
      .limit(limit),
  );
  return sheetWith(
    m,
    'issues',
    COLUMNS,
    rows.map(({ issue, partner }) => [
      codeOf('issue', issue.number),
      dateCell(dateIn(issue.createdAt, forum.zone)),
      issue.title,
      m.issue.severities[issue.severity],
      m.issue.states[issue.state],
      partner,
      issue.indicator === null ? null : codeOf('indicator', issue.indicator),
      dateCell(issue.due),
      dateCell(issue.resolvedAt && dateIn(issue.resolvedAt, forum.zone)),
      issue.resolution,
      issue.reopened,
    ]),
  );
}
