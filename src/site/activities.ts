import { type Activity, activityByNumber, listActivities, partnersOf } from '../domain/activities.ts';
import { areaNames } from '../domain/areas/area.ts';
import { codeOf } from '../domain/codes.ts';
import { goalByNumber } from '../domain/goals.ts';
import { womenOf } from '../domain/groups/counts.ts';
import { type Markup, markup, type Piece } from '../language/markup.ts';
import { countsText } from '../views/groups.ts';
import { areaChoice } from './areas.ts';
import { anchor, date, facts, files, number, pages, paragraph, shortDate, table } from './components.ts';
import { evidencePiece } from './kept.ts';
import type { PageContext, Sheet } from './page-context.ts';

const A_PAGE = 50;

const codeIn = (activity: Activity): string => codeOf('activity', activity.number);

/** Counts how many people came, and how many of them were women. */
function people(pageContext: PageContext, { participants, groups }: Pick<Activity, 'participants' | 'groups'>): Piece {
  if (participants === null) return null;
  const all = number(pageContext, participants);
  const women = womenOf({ groups });
  return women === null ? all : pageContext.render.m.site.peopleText({ all, women: number(pageContext, women) });
}

/** A table of some activities, or the word that there are none. */
export async function activityTable(pageContext: PageContext, rows: readonly Activity[]): Promise<Markup> {
  const { render: context, links } = pageContext;
  const { nothing, newestFirst } = context.m.site;
  if (!rows.length) return paragraph(nothing, 'faint');
  const c = context.m.report.columns;
  const w = context.m.activity;
  const partners = await partnersOf(
    context.db,
    context.forumId,
    rows.map(row => row.number),
  );
  return table(
    newestFirst({ n: rows.length }),
    [
      { label: c.title.name },
      { label: c.date.name, kind: 'short' },
      { label: c.kind.name, kind: 'short' },
      { label: c.state.name, kind: 'short' },
      { label: c.location.name },
      { label: c.participants.name },
      { label: c.partners.name },
    ],
    rows.map(row => [
      anchor(links.to(`/activities/${codeIn(row)}`), `${codeIn(row)} ${row.title}`),
      shortDate(pageContext, row.date),
      w.kinds[row.kind],
      w.states[row.state],
      row.location,
      people(pageContext, row),
      (partners.get(row.number) ?? []).map(one => one.name).join(', '),
    ]),
  );
}

/** Links to the files of who does what where. */
function whoWhatWhereLinks({ render: context, links, area }: PageContext): Markup {
  const link = (as: 'csv' | 'xlsx') => anchor(links.to(`/hxl.${as}`, { area: area?.code ?? null }), as.toUpperCase());
  return markup`<p class="files small">${context.m.site.hxl}: ${link('csv')}, ${link('xlsx')}</p>`;
}

/** A page of activities, the newest entry first. */
export async function activitiesSheet(pageContext: PageContext): Promise<Sheet> {
  const { render: context, before, area } = pageContext;
  const w = context.m.site;
  const filter = { ...(before !== null && { before: { number: before } }), ...(area && { area }) };
  const { rows, more } = await listActivities(context.db, context.forumId, filter, A_PAGE);
  const body = await activityTable(pageContext, rows);
  return {
    title: w.parts.activities,
    about: w.abouts.activities,
    part: 'activities',
    path: '/activities',
    body: markup`<h1>${w.parts.activities}</h1>${paragraph(w.abouts.activities, 'lead')}${files(pageContext, 'activities')}${whoWhatWhereLinks(pageContext)}${await areaChoice(pageContext, 'activities')}${body}${pages(pageContext, '/activities', more ? (rows.at(-1)?.number ?? null) : null)}`,
  };
}

/** One activity; null where there is none, or it was undone. Lists of who came are only counted: they hold names. */
export async function activitySheet(pageContext: PageContext, wanted: number): Promise<Sheet | null> {
  const { render: context } = pageContext;
  const activity = await activityByNumber(context.db, context.forumId, wanted);
  if (!activity || activity.state === 'undone') return null;
  const w = context.m.activity;
  const c = context.m.report.columns;
  const partners = (await partnersOf(context.db, context.forumId, [wanted])).get(wanted) ?? [];
  const goal = activity.goal === null ? null : await goalByNumber(context.db, context.forumId, activity.goal);
  const title = `${codeIn(activity)} ${activity.title}`;
  return {
    title,
    about: `${activity.title}: ${w.kinds[activity.kind]}, ${w.states[activity.state]}`,
    part: 'activities',
    path: `/activities/${codeIn(activity)}`,
    body: markup`<h1>${title}</h1>${facts([
      [c.state.name, w.states[activity.state]],
      [c.kind.name, w.kinds[activity.kind]],
      [c.date.name, date(pageContext, activity.date)],
      [c.location.name, activity.location],
      [c.area.name, areaNames(activity.area)],
      [c.participants.name, people(pageContext, activity)],
      [context.m.groups.title, activity.groups && countsText(context, activity.groups)],
      [c.partners.name, partners.map(one => one.name).join(', ')],
      [c.goal.name, goal && `${codeOf('goal', goal.number)} ${goal.title}`],
      [c.result.name, activity.result && markup`<span class="pre">${activity.result}</span>`],
      [c.reason.name, activity.cancelReason],
      [context.m.site.evidence, await evidencePiece(pageContext, 'activity', wanted)],
    ])}`,
  };
}
