import { type Activity, activityByNumber, listActivities, partnersOf } from '../domain/activities.ts';
import { codeOf } from '../domain/codes.ts';
import { evidenceOf } from '../domain/evidence.ts';
import { goalByNumber } from '../domain/goals.ts';
import { type Markup, markup, type Piece } from './markup.ts';
import { anchor, date, facts, files, number, pages, paragraph, shortDate, table } from './pieces.ts';
import type { Scene, Sheet } from './scene.ts';

const A_PAGE = 50;

const codeIn = (activity: Activity): string => codeOf('activity', activity.number);

/** How many people came, and how many of them were women. */
export function people(scene: Scene, { participants, women }: Pick<Activity, 'participants' | 'women'>): Piece {
  if (participants === null) return null;
  const all = number(scene, participants);
  return women === null ? all : scene.look.m.site.peopleText({ all, women: number(scene, women) });
}

/** A table of some activities, or the word that there are none. */
export async function activityTable(scene: Scene, rows: readonly Activity[]): Promise<Markup> {
  const { look, links } = scene;
  const { nothing, newestFirst } = look.m.site;
  if (!rows.length) return paragraph(nothing, 'faint');
  const c = look.m.report.columns;
  const w = look.m.activity;
  const partners = await partnersOf(
    look.db,
    look.forumId,
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
      shortDate(scene, row.date),
      w.kinds[row.kind],
      w.states[row.state],
      row.location,
      people(scene, row),
      (partners.get(row.number) ?? []).map(one => one.name).join(', '),
    ]),
  );
}

/** A page of activities, the newest entry first. */
export async function activitiesSheet(scene: Scene): Promise<Sheet> {
  const { look, before } = scene;
  const w = look.m.site;
  const filter = before === null ? {} : { before: { number: before } };
  const { rows, more } = await listActivities(look.db, look.forumId, filter, A_PAGE);
  const body = await activityTable(scene, rows);
  return {
    title: w.parts.activities,
    about: w.abouts.activities,
    part: 'activities',
    path: '/activities',
    body: markup`<h1>${w.parts.activities}</h1>${paragraph(w.abouts.activities, 'lead')}${files(scene, 'activities')}${body}${pages(scene, '/activities', more ? (rows.at(-1)?.number ?? null) : null)}`,
  };
}

/** One activity; null where there is none, or it was undone. Of evidence only how much there is: lists hold names. */
export async function activitySheet(scene: Scene, wanted: number): Promise<Sheet | null> {
  const { look } = scene;
  const activity = await activityByNumber(look.db, look.forumId, wanted);
  if (!activity || activity.state === 'undone') return null;
  const w = look.m.activity;
  const c = look.m.report.columns;
  const partners = (await partnersOf(look.db, look.forumId, [wanted])).get(wanted) ?? [];
  const goal = activity.goal === null ? null : await goalByNumber(look.db, look.forumId, activity.goal);
  const proof = (await evidenceOf(look.db, look.forumId, 'activity', wanted)).length;
  const title = `${codeIn(activity)} ${activity.title}`;
  return {
    title,
    about: `${activity.title}: ${w.kinds[activity.kind]}, ${w.states[activity.state]}`,
    part: 'activities',
    path: `/activities/${codeIn(activity)}`,
    body: markup`<h1>${title}</h1>${facts([
      [c.state.name, w.states[activity.state]],
      [c.kind.name, w.kinds[activity.kind]],
      [c.date.name, date(scene, activity.date)],
      [c.location.name, activity.location],
      [c.participants.name, people(scene, activity)],
      [c.partners.name, partners.map(one => one.name).join(', ')],
      [c.goal.name, goal && `${codeOf('goal', goal.number)} ${goal.title}`],
      [c.result.name, activity.result && markup`<span class="pre">${activity.result}</span>`],
      [c.reason.name, activity.cancelReason],
      [look.m.site.evidence, proof ? look.m.site.evidenceText({ n: proof }) : null],
    ])}`,
  };
}
