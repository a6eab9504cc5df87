import { dateIn } from '../domain/calendar.ts';
import { codeOf } from '../domain/codes.ts';
import { type Issue, OPEN, publicIssues } from '../domain/issues/store.ts';
import { namesOf } from '../domain/partners.ts';
import { type Markup, markup } from '../language/markup.ts';
import { areaChoice } from './areas.ts';
import { files, pages, paragraph, section, shortDate, table } from './components.ts';
import type { PageContext, Sheet } from './page-context.ts';

const A_PAGE = 50;
/** Maximum number of resolved issues below the open ones, the latest ones. */
const RESOLVED = 10;

const SIGN = { undetermined: '○', low: '●', medium: '▲', high: '‼', critical: '‼' } as const;
const KIND = { undetermined: '', low: '', medium: 'warning', high: 'bad', critical: 'bad' } as const;

const severity = ({ render: context }: PageContext, issue: Issue): Markup =>
  markup`<span class="badge ${KIND[issue.severity]}">${SIGN[issue.severity]} ${context.m.issue.severities[issue.severity]}</span>`;

/** Shows some issues that are not private, as a table, or the word that there are none; who raised them is not told. */
export async function issueTable(pageContext: PageContext, rows: readonly Issue[]): Promise<Markup> {
  const { render: context, forum } = pageContext;
  const { noIssues, newestFirst } = context.m.site;
  if (!rows.length) return paragraph(noIssues, 'faint');
  const c = context.m.report.columns;
  const names = await namesOf(context.db, context.forumId);
  return table(
    newestFirst({ n: rows.length }),
    [
      { label: c.title.name },
      { label: c.severity.name, kind: 'short' },
      { label: c.state.name },
      { label: c.partner.name },
      { label: context.m.site.raisedOn, kind: 'short' },
      { label: context.m.site.dueOn, kind: 'short' },
    ],
    rows.map(row => [
      `${codeOf('issue', row.number)} ${row.title}`,
      severity(pageContext, row),
      // For whom or what it waits is free text, which often names a person.
      context.m.issue.states[row.state],
      row.partner === null ? null : names.get(row.partner),
      shortDate(pageContext, dateIn(row.createdAt, forum.zone)),
      row.due && shortDate(pageContext, row.due),
    ]),
  );
}

function resolvedTable(pageContext: PageContext, rows: readonly Issue[]): Markup {
  const { render: context, forum } = pageContext;
  const c = context.m.report.columns;
  return table(
    context.m.site.newestFirst({ n: rows.length }),
    [{ label: c.title.name }, { label: c.resolved.name, kind: 'short' }, { label: c.resolution.name }],
    rows.map(row => [
      `${codeOf('issue', row.number)} ${row.title}`,
      row.resolvedAt && shortDate(pageContext, dateIn(row.resolvedAt, forum.zone)),
      row.resolution,
    ]),
  );
}

/** The open issues that are not private, the newest first, and how the last ones were resolved. */
export async function issuesSheet(pageContext: PageContext): Promise<Sheet> {
  const { render: context, before, area } = pageContext;
  const w = context.m.site;
  const { rows, more } = await publicIssues(
    context.db,
    context.forumId,
    { states: OPEN, before: before ?? undefined, area },
    A_PAGE,
  );
  const resolved =
    before === null
      ? (await publicIssues(context.db, context.forumId, { states: ['resolved', 'closed'], area }, RESOLVED)).rows
      : [];
  const open = await issueTable(pageContext, rows);
  return {
    title: w.parts.issues,
    about: w.abouts.issues,
    part: 'issues',
    path: '/issues',
    body: markup`<h1>${w.parts.issues}</h1>${paragraph(w.abouts.issues, 'lead')}${files(pageContext, 'issues')}${await areaChoice(pageContext, 'issues')}${section('open', w.openIssues, open)}${pages(pageContext, '/issues', more ? (rows.at(-1)?.number ?? null) : null)}${resolved.length ? section('resolved', w.resolvedIssues, resolvedTable(pageContext, resolved)) : null}`,
  };
}
