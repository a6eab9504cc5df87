import { dateIn } from '../domain/calendar.ts';
import { codeOf } from '../domain/codes.ts';
import { type Issue, OPEN, publicIssues } from '../domain/issues/store.ts';
import { namesOf } from '../domain/partners.ts';
import { type Markup, markup } from './markup.ts';
import { files, pages, paragraph, section, shortDate, table } from './pieces.ts';
import type { Scene, Sheet } from './scene.ts';

const A_PAGE = 50;
/** So many that were resolved last are shown below the open ones. */
const RESOLVED = 10;

const SIGN = { undetermined: '○', low: '●', medium: '▲', high: '‼', critical: '‼' } as const;
const KIND = { undetermined: '', low: '', medium: 'warning', high: 'bad', critical: 'bad' } as const;

const severity = ({ look }: Scene, issue: Issue): Markup =>
  markup`<span class="badge ${KIND[issue.severity]}">${SIGN[issue.severity]} ${look.m.issue.severities[issue.severity]}</span>`;

/** Some issues that are not private, as a table, or the word that there are none; who raised them is not told. */
export async function issueTable(scene: Scene, rows: readonly Issue[]): Promise<Markup> {
  const { look, forum } = scene;
  const { noIssues, newestFirst } = look.m.site;
  if (!rows.length) return paragraph(noIssues, 'faint');
  const c = look.m.report.columns;
  const names = await namesOf(look.db, look.forumId);
  return table(
    newestFirst({ n: rows.length }),
    [
      { label: c.title.name },
      { label: c.severity.name, kind: 'short' },
      { label: c.state.name },
      { label: c.partner.name },
      { label: look.m.site.raisedOn, kind: 'short' },
      { label: look.m.site.dueOn, kind: 'short' },
    ],
    rows.map(row => [
      `${codeOf('issue', row.number)} ${row.title}`,
      severity(scene, row),
      // For whom or what it waits is free text, which often names a person.
      look.m.issue.states[row.state],
      row.partner === null ? null : names.get(row.partner),
      shortDate(scene, dateIn(row.createdAt, forum.zone)),
      row.due && shortDate(scene, row.due),
    ]),
  );
}

function resolvedTable(scene: Scene, rows: readonly Issue[]): Markup {
  const { look, forum } = scene;
  const c = look.m.report.columns;
  return table(
    look.m.site.newestFirst({ n: rows.length }),
    [{ label: c.title.name }, { label: c.resolved.name, kind: 'short' }, { label: c.resolution.name }],
    rows.map(row => [
      `${codeOf('issue', row.number)} ${row.title}`,
      row.resolvedAt && shortDate(scene, dateIn(row.resolvedAt, forum.zone)),
      row.resolution,
    ]),
  );
}

/** The open issues that are not private, the newest first, and how the last ones were resolved. */
export async function issuesSheet(scene: Scene): Promise<Sheet> {
  const { look, before } = scene;
  const w = look.m.site;
  const { rows, more } = await publicIssues(
    look.db,
    look.forumId,
    { states: OPEN, before: before ?? undefined },
    A_PAGE,
  );
  const resolved =
    before === null
      ? (await publicIssues(look.db, look.forumId, { states: ['resolved', 'closed'] }, RESOLVED)).rows
      : [];
  const open = await issueTable(scene, rows);
  return {
    title: w.parts.issues,
    about: w.abouts.issues,
    part: 'issues',
    path: '/issues',
    body: markup`<h1>${w.parts.issues}</h1>${paragraph(w.abouts.issues, 'lead')}${files(scene, 'issues')}${section('open', w.openIssues, open)}${pages(scene, '/issues', more ? (rows.at(-1)?.number ?? null) : null)}${resolved.length ? section('resolved', w.resolvedIssues, resolvedTable(scene, resolved)) : null}`,
  };
}
