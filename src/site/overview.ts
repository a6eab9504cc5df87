import { listActivities } from '../domain/activities.ts';
import { EVER } from '../domain/calendar.ts';
import { codeOf } from '../domain/codes.ts';
import { listGoals } from '../domain/goals.ts';
import { sumActivities } from '../domain/groups/activity-sums.ts';
import { dimensionsOf } from '../domain/groups/dimensions.ts';
import type { Indicator } from '../domain/indicators/row.ts';
import { listIndicators } from '../domain/indicators/store.ts';
import { countPublicIssues, OPEN, publicIssues } from '../domain/issues/store.ts';
import { netOf, totalsOf } from '../domain/money/totals.ts';
import { listPartners } from '../domain/partners.ts';
import { coordinators } from '../domain/people.ts';
import { listStrategies } from '../domain/strategies/store.ts';
import { type Markup, markup, type Piece } from '../language/markup.ts';
import { formatMoney } from '../language/numbers.ts';
import { plain } from '../language/text.ts';
import { dimensionText } from '../views/groups.ts';
import { nOf } from '../views/indicator-words.ts';
import { activityTable } from './activities.ts';
import { anchor, type Column, figures, files, number, paragraph, section, table } from './components.ts';
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
import { moneyFigures, moneyPicture } from './money.ts';
import { type PageContext, type Sheet, showsNames } from './page-context.ts';
import { bySector, sectorName } from './partners.ts';

/** Maximum of each on the first page; the parts show all. */
const GOALS = 20;
const INDICATORS = 60;
/** Maximum number of indicators that are judged: each costs a few queries. */
const JUDGED = 300;
const DRAWN = 4;
const ACTIVITIES = 5;
const DECISIONS = 4;
const ISSUES = 5;

/** Order of urgency: what needs attention stands first. */
const URGENCY = { red: 0, amber: 1, green: 2, met: 3 } as const;

/** The first page: how the forum stands, at a glance, with the way to everything else. */
export async function overviewSheet(pageContext: PageContext): Promise<Sheet> {
  const { render: context, forum } = pageContext;
  const w = context.m.site;
  const indicators = await listIndicators(context.db, context.forumId);
  const stood = await standing(pageContext, indicators.slice(0, JUDGED));
  const body = [
    markup`<h1>${forum.name}</h1>${paragraph(w.lead, 'lead')}`,
    await figuresOf(pageContext, indicators.length, stood),
    drawnIndicators(pageContext, stood),
    await goalsOf(pageContext, indicators, stood.slice(0, INDICATORS)),
    await strategyInForce(pageContext),
    await decisionsOf(pageContext),
    await activitiesOf(pageContext),
    await moneyOf(pageContext),
    await issuesOf(pageContext),
    await partnersOf(pageContext),
    showsNames(pageContext) ? await peopleOf(pageContext) : null,
  ];
  return { title: w.parts.overview, about: w.lead, part: null, path: '', body: markup`${body}` };
}

const more = ({ links }: PageContext, part: string, label: string): Markup =>
  paragraph(anchor(links.to(`/${part}`), label));

async function figuresOf(pageContext: PageContext, indicators: number, stood: readonly Stood[]): Promise<Markup> {
  const { render: context } = pageContext;
  const w = context.m.site;
  const done = await sumActivities(context.db, context.forumId, EVER, dimensionsOf(pageContext.forum.settings));
  const totals = await totalsOf(context.db, context.forumId);
  const states = (['met', 'green', 'amber', 'red'] as const)
    .map(
      colour => [context.m.indicator.colours[colour], stood.filter(one => one.now.colour === colour).length] as const,
    )
    .filter(([, n]) => n)
    .map(([word, n]) => markup`<span class="line"><span class="badge">${word}</span> ${n}</span>`);
  const some = stood.length < indicators ? w.coloursOf({ n: stood.length, all: indicators }) : null;
  return figures([
    [context.m.indicator.list, indicators, [some && markup`<span class="line">${some}</span>`, states]],
    [w.doneActivities, number(pageContext, done.count)],
    [
      w.participants,
      number(pageContext, done.people),
      done.dimensions.map(one => markup`<span class="line">${plain(dimensionText(context, one))}</span>`),
    ],
    [context.m.finance.balance, formatMoney(netOf(totals), context.locale)],
    [w.openIssues, number(pageContext, await countPublicIssues(context.db, context.forumId, OPEN))],
    [w.parts.partners, (await listPartners(context.db, context.forumId)).length],
  ]);
}

function drawnIndicators(pageContext: PageContext, stood: readonly Stood[]): Markup | null {
  const shown = stood
    .filter(one => one.now.colour)
    .sort((a, b) => URGENCY[a.now.colour!] - URGENCY[b.now.colour!])
    .slice(0, DRAWN);
  if (!shown.length) return null;
  const w = pageContext.render.m.site;
  return section(
    'attention',
    w.attention,
    markup`<ul class="cards wide">${shown.map(one => indicatorCard(pageContext, one))}</ul>`,
    more(pageContext, 'indicators', w.allIndicators),
  );
}

/** Goals with the indicators that are shown, and the way to the others; last, the indicators that serve no goal. */
async function goalsOf(
  pageContext: PageContext,
  indicators: readonly Indicator[],
  stood: readonly Stood[],
): Promise<Markup> {
  const { render: context } = pageContext;
  const w = context.m.indicator;
  const lastShown = stood.at(-1)?.indicator.number ?? 0;
  const all = await listGoals(context.db, context.forumId);
  // Closed goals come last.
  const goals = [...all.filter(goal => !goal.closedAt), ...all.filter(goal => goal.closedAt)].slice(0, GOALS);
  const rowsOf = (some: readonly Stood[]): Piece[][] =>
    some.map(one => [
      indicatorLink(pageContext, one.indicator),
      badge(pageContext, one.now, one.names),
      valueNow(pageContext, one),
      targetOf(pageContext, one.indicator),
      nOf(context, one.now),
    ]);
  const columns: Column[] = [
    { label: context.m.indicator.list },
    { label: w.status, kind: 'short' },
    { label: w.value },
    { label: w.target },
    { label: w.partners, kind: 'short' },
  ];
  const tableOf = (goal: number | null, title: string): Piece => {
    const its = indicators.filter(one => one.goal === goal);
    const shown = stood.filter(one => one.indicator.goal === goal);
    const caption = markup`<span class="hid">${goal === null ? title : context.m.site.indicatorsOf({ goal: title })}</span>`;
    const rows = shown.length ? table(caption, columns, rowsOf(shown)) : null;
    return its.length
      ? [rows, moreIndicators(pageContext, its, lastShown)]
      : paragraph(context.m.site.noIndicators, 'faint');
  };
  const lines = goals.map(goal => {
    const title = `${codeOf('goal', goal.number)} ${goal.title}`;
    const state = goal.closedAt ? `${context.m.goal.closedState}: ${goal.outcome ?? ''}` : null;
    return markup`<h3>${title}</h3>${state && paragraph(state)}${tableOf(goal.number, title)}`;
  });
  const { withoutGoal } = context.m.site;
  if (indicators.some(one => one.goal === null))
    lines.push(markup`<h3>${withoutGoal}</h3>${tableOf(null, withoutGoal)}`);
  return section(
    'goals',
    context.m.goal.list,
    lines.length ? lines : paragraph(context.m.site.nothing, 'faint'),
    goals.length < all.length ? more(pageContext, 'indicators', context.m.site.allIndicators) : null,
    files(pageContext, 'indicators'),
  );
}

async function decisionsOf(pageContext: PageContext): Promise<Markup> {
  const { render: context } = pageContext;
  const w = context.m.site;
  const { rows } = await listStrategies(context.db, context.forumId, {}, DECISIONS);
  const cards = rows.length ? await decisionCards(pageContext, rows) : paragraph(w.nothing, 'faint');
  return section('decisions', w.latestDecisions, cards, more(pageContext, 'decisions', w.allDecisions));
}

async function activitiesOf(pageContext: PageContext): Promise<Markup> {
  const { render: context } = pageContext;
  const w = context.m.site;
  const { rows } = await listActivities(context.db, context.forumId, {}, ACTIVITIES);
  const latest = await activityTable(pageContext, rows);
  return section('activities', w.latestActivities, latest, more(pageContext, 'activities', w.allActivities));
}

async function moneyOf(pageContext: PageContext): Promise<Markup> {
  const { render: context } = pageContext;
  const w = context.m.site;
  const totals = await totalsOf(context.db, context.forumId);
  return section(
    'money',
    w.parts.money,
    await moneyFigures(pageContext, totals),
    moneyPicture(pageContext, totals),
    more(pageContext, 'money', w.allMoney),
  );
}

async function issuesOf(pageContext: PageContext): Promise<Markup> {
  const { render: context } = pageContext;
  const w = context.m.site;
  const { rows } = await publicIssues(context.db, context.forumId, { states: OPEN }, ISSUES);
  const open = await issueTable(pageContext, rows);
  return section('issues', w.openIssues, open, more(pageContext, 'issues', w.allIssues));
}

async function partnersOf(pageContext: PageContext): Promise<Markup> {
  const { render: context } = pageContext;
  const w = context.m.site;
  const lines = bySector(await listPartners(context.db, context.forumId)).map(
    ([sector, of]) =>
      markup`<li><strong>${sectorName(pageContext, sector)}</strong> (${of.length}): ${of.map(one => one.name).join(', ')}</li>`,
  );
  return section(
    'partners',
    w.bySector,
    lines.length ? markup`<ul>${lines}</ul>` : paragraph(w.nothing, 'faint'),
    more(pageContext, 'partners', w.allPartners),
  );
}

async function peopleOf({ render: context }: PageContext): Promise<Markup> {
  const people = await coordinators(context.db, context.forumId);
  return section('people', context.m.forum.coordinators, paragraph(people.map(person => person.name).join(', ')));
}
