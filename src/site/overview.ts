import { listActivities, sumActivities } from '../domain/activities.ts';
import { EVER } from '../domain/calendar.ts';
import { codeOf } from '../domain/codes.ts';
import { listGoals } from '../domain/goals.ts';
import { type Indicator, listIndicators } from '../domain/indicators/store.ts';
import { countPublicIssues, OPEN, publicIssues } from '../domain/issues/store.ts';
import { netOf, totalsOf } from '../domain/money/totals.ts';
import { listPartners } from '../domain/partners.ts';
import { coordinators } from '../domain/people.ts';
import { listStrategies } from '../domain/strategies/store.ts';
import { formatMoney } from '../language/numbers.ts';
import { nOf } from '../views/indicator-words.ts';
import { activityTable } from './activities.ts';
import { decisionCards, strategyInForce } from './decisions.ts';
import {
  badge,
  indicatorCard,
  indicatorLink,
  moreIndicators,
  type Stood,
  standing,
  targetOf,
  valueNow,
} from './indicators.ts';
import { issueTable } from './issues.ts';
import { type Markup, markup, type Piece } from './markup.ts';
import { moneyFigures, moneyPicture } from './money.ts';
import { bySector, sectorName } from './partners.ts';
import { anchor, type Column, figures, files, number, paragraph, section, table } from './pieces.ts';
import { type Scene, type Sheet, showsNames } from './scene.ts';

/** What the first page shows of each; the parts show all. */
const GOALS = 20;
const INDICATORS = 60;
/** So many are judged: each costs a few questions. */
const JUDGED = 300;
const DRAWN = 4;
const ACTIVITIES = 5;
const DECISIONS = 4;
const ISSUES = 5;

/** What needs attention stands first. */
const URGENCY = { red: 0, amber: 1, green: 2, met: 3 } as const;

/** The first page: how the forum stands, at a glance, with the way to everything else. */
export async function overviewSheet(scene: Scene): Promise<Sheet> {
  const { look, forum } = scene;
  const w = look.m.site;
  const indicators = await listIndicators(look.db, look.forumId);
  const stood = await standing(scene, indicators.slice(0, JUDGED));
  const body = [
    markup`<h1>${forum.name}</h1>${paragraph(w.lead, 'lead')}`,
    await figuresOf(scene, indicators.length, stood),
    drawnIndicators(scene, stood),
    await goalsOf(scene, indicators, stood.slice(0, INDICATORS)),
    await strategyInForce(scene),
    await decisionsOf(scene),
    await activitiesOf(scene),
    await moneyOf(scene),
    await issuesOf(scene),
    await partnersOf(scene),
    showsNames(scene) ? await peopleOf(scene) : null,
  ];
  return { title: w.parts.overview, about: w.lead, part: null, path: '', body: markup`${body}` };
}

const more = ({ links }: Scene, part: string, label: string): Markup => paragraph(anchor(links.to(`/${part}`), label));

async function figuresOf(scene: Scene, indicators: number, stood: readonly Stood[]): Promise<Markup> {
  const { look } = scene;
  const w = look.m.site;
  const done = await sumActivities(look.db, look.forumId, EVER);
  const totals = await totalsOf(look.db, look.forumId);
  const states = (['met', 'green', 'amber', 'red'] as const)
    .map(colour => [look.m.indicator.colours[colour], stood.filter(one => one.now.colour === colour).length] as const)
    .filter(([, n]) => n)
    .map(([word, n]) => markup`<span class="line"><span class="badge">${word}</span> ${n}</span>`);
  const some = stood.length < indicators ? w.coloursOf({ n: stood.length, all: indicators }) : null;
  return figures([
    [look.m.indicator.list, indicators, [some && markup`<span class="line">${some}</span>`, states]],
    [w.doneActivities, number(scene, done.count)],
    [
      w.participants,
      number(scene, done.participants),
      done.women ? w.womenText({ women: number(scene, done.women) }) : null,
    ],
    [look.m.finance.balance, formatMoney(netOf(totals), look.locale)],
    [w.openIssues, number(scene, await countPublicIssues(look.db, look.forumId, OPEN))],
    [w.parts.partners, (await listPartners(look.db, look.forumId)).length],
  ]);
}

function drawnIndicators(scene: Scene, stood: readonly Stood[]): Markup | null {
  const shown = stood
    .filter(one => one.now.colour)
    .sort((a, b) => URGENCY[a.now.colour!] - URGENCY[b.now.colour!])
    .slice(0, DRAWN);
  if (!shown.length) return null;
  const w = scene.look.m.site;
  return section(
    'attention',
    w.attention,
    markup`<ul class="cards wide">${shown.map(one => indicatorCard(scene, one))}</ul>`,
    more(scene, 'indicators', w.allIndicators),
  );
}

/** Goals with the indicators that are shown, and the way to the others; last, the indicators that serve no goal. */
async function goalsOf(scene: Scene, indicators: readonly Indicator[], stood: readonly Stood[]): Promise<Markup> {
  const { look } = scene;
  const w = look.m.indicator;
  const lastShown = stood.at(-1)?.indicator.number ?? 0;
  const all = await listGoals(look.db, look.forumId);
  // Those that are closed come last.
  const goals = [...all.filter(goal => !goal.closedAt), ...all.filter(goal => goal.closedAt)].slice(0, GOALS);
  const rowsOf = (some: readonly Stood[]): Piece[][] =>
    some.map(one => [
      indicatorLink(scene, one.indicator),
      badge(scene, one.now, one.names),
      valueNow(scene, one),
      targetOf(scene, one.indicator),
      nOf(look, one.now),
    ]);
  const columns: Column[] = [
    { label: look.m.indicator.list },
    { label: w.status, kind: 'short' },
    { label: w.value },
    { label: w.target },
    { label: w.partners, kind: 'short' },
  ];
  const tableOf = (goal: number | null, title: string): Piece => {
    const its = indicators.filter(one => one.goal === goal);
    const shown = stood.filter(one => one.indicator.goal === goal);
    const caption = markup`<span class="hid">${goal === null ? title : look.m.site.indicatorsOf({ goal: title })}</span>`;
    const rows = shown.length ? table(caption, columns, rowsOf(shown)) : null;
    return its.length ? [rows, moreIndicators(scene, its, lastShown)] : paragraph(look.m.site.noIndicators, 'faint');
  };
  const lines = goals.map(goal => {
    const title = `${codeOf('goal', goal.number)} ${goal.title}`;
    const state = goal.closedAt ? `${look.m.goal.closedState}: ${goal.outcome ?? ''}` : null;
    return markup`<h3>${title}</h3>${state && paragraph(state)}${tableOf(goal.number, title)}`;
  });
  const { withoutGoal } = look.m.site;
  if (indicators.some(one => one.goal === null))
    lines.push(markup`<h3>${withoutGoal}</h3>${tableOf(null, withoutGoal)}`);
  return section(
    'goals',
    look.m.goal.list,
    lines.length ? lines : paragraph(look.m.site.nothing, 'faint'),
    goals.length < all.length ? more(scene, 'indicators', look.m.site.allIndicators) : null,
    files(scene, 'indicators'),
  );
}

async function decisionsOf(scene: Scene): Promise<Markup> {
  const { look } = scene;
  const w = look.m.site;
  const { rows } = await listStrategies(look.db, look.forumId, {}, DECISIONS);
  const cards = rows.length ? await decisionCards(scene, rows) : paragraph(w.nothing, 'faint');
  return section('decisions', w.latestDecisions, cards, more(scene, 'decisions', w.allDecisions));
}

async function activitiesOf(scene: Scene): Promise<Markup> {
  const { look } = scene;
  const w = look.m.site;
  const { rows } = await listActivities(look.db, look.forumId, {}, ACTIVITIES);
  const latest = await activityTable(scene, rows);
  return section('activities', w.latestActivities, latest, more(scene, 'activities', w.allActivities));
}

async function moneyOf(scene: Scene): Promise<Markup> {
  const { look } = scene;
  const w = look.m.site;
  const totals = await totalsOf(look.db, look.forumId);
  return section(
    'money',
    w.parts.money,
    await moneyFigures(scene, totals),
    moneyPicture(scene, totals),
    more(scene, 'money', w.allMoney),
  );
}

async function issuesOf(scene: Scene): Promise<Markup> {
  const { look } = scene;
  const w = look.m.site;
  const { rows } = await publicIssues(look.db, look.forumId, { states: OPEN }, ISSUES);
  const open = await issueTable(scene, rows);
  return section('issues', w.openIssues, open, more(scene, 'issues', w.allIssues));
}

async function partnersOf(scene: Scene): Promise<Markup> {
  const { look } = scene;
  const w = look.m.site;
  const lines = bySector(await listPartners(look.db, look.forumId)).map(
    ([sector, of]) =>
      markup`<li><strong>${sectorName(scene, sector)}</strong> (${of.length}): ${of.map(one => one.name).join(', ')}</li>`,
  );
  return section(
    'partners',
    w.bySector,
    lines.length ? markup`<ul>${lines}</ul>` : paragraph(w.nothing, 'faint'),
    more(scene, 'partners', w.allPartners),
  );
}

async function peopleOf({ look }: Scene): Promise<Markup> {
  const people = await coordinators(look.db, look.forumId);
  return section('people', look.m.forum.coordinators, paragraph(people.map(person => person.name).join(', ')));
}
