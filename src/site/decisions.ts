import { dateIn } from '../domain/calendar.ts';
import { codeOf } from '../domain/codes.ts';
import { goalByNumber } from '../domain/goals.ts';
import { publicIssue } from '../domain/issues/store.ts';
import { memberByNumber } from '../domain/people.ts';
import { groups } from '../domain/strategies/ballots.ts';
import { positionsByName } from '../domain/strategies/positions-by-name.ts';
import {
  currentVersion,
  listStrategies,
  type Strategy,
  strategyByNumber,
  versionOf,
} from '../domain/strategies/store.ts';
import { count } from '../domain/strategies/tally.ts';
import { formatInstant } from '../language/dates.ts';
import { type Markup, markup } from '../language/markup.ts';
import { plain } from '../language/text.ts';
import { arithmeticText, reasonText, shownOverride } from '../views/ballot.ts';
import { OUTCOME } from '../views/outcome.ts';
import { ruleText } from '../views/rules.ts';
import { anchor, date, facts, files, number, pages, paragraph, section, table } from './components.ts';
import { type PageContext, type Sheet, showsNames } from './page-context.ts';
import { closedPolls } from './polls.ts';

const A_PAGE = 20;
/** Maximum number of positions that are listed; more are counted. */
const LISTED = 200;

const codeIn = (strategy: Strategy): string => codeOf('strategy', strategy.number);

/** Tells how a proposal stands, by word, sign and colour; it does not depend on the time of day. */
function outcomeBadge({ render: context }: PageContext, strategy: Strategy): Markup {
  const w = context.m.strategy;
  if (!strategy.outcome) return markup`<span class="badge">… ${strategy.openedAt ? w.open : w.pending}</span>`;
  const { sign, mark } = OUTCOME[strategy.outcome];
  return markup`<span class="badge ${mark === 'plain' ? '' : mark}">${sign} ${w.outcomes[strategy.outcome]}</span>`;
}

const decisionLink = ({ links }: PageContext, strategy: Strategy): Markup =>
  anchor(links.to(`/decisions/${codeIn(strategy)}`), `${codeIn(strategy)} ${strategy.title}`);

/** Instant at which a vote ended, or will end. */
const whenText = (pageContext: PageContext, strategy: Strategy): Markup | string =>
  strategy.closedAt
    ? date(pageContext, dateIn(strategy.closedAt, pageContext.forum.zone))
    : formatInstant(
        strategy.openedAt ? strategy.closesAt : strategy.opensAt,
        pageContext.forum.zone,
        pageContext.render.locale,
      );

/** The numbers: of a running vote how many have voted, of a decided one its whole arithmetic. */
async function numbersOf(
  { render: context }: PageContext,
  strategy: Strategy,
): Promise<[label: string, value: string | null][]> {
  const w = context.m.strategy;
  if (!strategy.outcome) {
    if (!strategy.openedAt) return [];
    const sums = count(strategy.rule, await groups(context.db, strategy), strategy.overrideReason !== null);
    return [[w.voted, context.m.site.votedText({ n: sums.present, of: sums.electorate, needed: sums.needed })]];
  }
  const sums = strategy.arithmetic;
  if (!sums) return [];
  return [
    [w.tally, plain(w.tallyText(sums))],
    [w.arithmetic, plain(arithmeticText(context.m, strategy, sums))],
  ];
}

/** Shows some proposals as cards. */
export async function decisionCards(pageContext: PageContext, rows: readonly Strategy[]): Promise<Markup> {
  const w = pageContext.render.m.strategy;
  const cards: Markup[] = [];
  for (const row of rows) {
    const label = row.outcome ? pageContext.render.m.site.decidedOn : row.openedAt ? w.closes : w.opens;
    cards.push(
      markup`<li class="card"><h3>${decisionLink(pageContext, row)}</h3>${paragraph(outcomeBadge(pageContext, row))}${paragraph(row.change, 'pre')}${facts([[label, whenText(pageContext, row)], ...(await numbersOf(pageContext, row))])}</li>`,
    );
  }
  return markup`<ul class="cards wide">${cards}</ul>`;
}

/** The strategy as it stands, a line a carried change; null before the first. */
export async function strategyInForce(pageContext: PageContext): Promise<Markup | null> {
  const { render: context, forum } = pageContext;
  const version = await currentVersion(context.db, context.forumId);
  if (!version) return null;
  const w = context.m.site;
  const lines = version.after.split('\n').filter(Boolean);
  return section(
    'strategy',
    w.strategyTitle({ version: version.version }),
    paragraph([w.strategySince, ' ', date(pageContext, dateIn(version.at, forum.zone))], 'faint'),
    lines.length ? markup`<ul>${lines.map(line => markup`<li>${line}</li>`)}</ul>` : paragraph(w.nothing, 'faint'),
  );
}

/** The strategy in force, and a page of proposals, the newest first. */
export async function decisionsSheet(pageContext: PageContext): Promise<Sheet> {
  const { render: context, before } = pageContext;
  const w = context.m.site;
  const { rows, more } = await listStrategies(context.db, context.forumId, { before: before ?? undefined }, A_PAGE);
  const body = rows.length ? await decisionCards(pageContext, rows) : paragraph(w.nothing, 'faint');
  return {
    title: w.parts.decisions,
    about: w.abouts.decisions,
    part: 'decisions',
    path: '/decisions',
    body: markup`<h1>${w.parts.decisions}</h1>${paragraph(w.abouts.decisions, 'lead')}${files(pageContext, 'decisions')}${before === null ? await strategyInForce(pageContext) : null}${section('proposals', w.proposals, body)}${before === null ? await closedPolls(pageContext) : null}${pages(pageContext, '/decisions', more ? (rows.at(-1)?.number ?? null) : null)}`,
  };
}

/** One proposal in full; null where there is none. */
export async function decisionSheet(pageContext: PageContext, wanted: number): Promise<Sheet | null> {
  const { render: context, forum } = pageContext;
  const strategy = await strategyByNumber(context.db, context.forumId, wanted);
  if (!strategy) return null;
  const w = context.m.strategy;
  const at = (instant: Date) => formatInstant(instant, forum.zone, context.locale);
  const goal = strategy.goal === null ? null : await goalByNumber(context.db, context.forumId, strategy.goal);
  const issue = strategy.issue === null ? null : await publicIssue(context.db, context.forumId, strategy.issue);
  const proposer = showsNames(pageContext)
    ? await memberByNumber(context.db, context.forumId, strategy.proposedBy)
    : null;
  const version = await versionOf(context.db, strategy);
  const title = `${codeIn(strategy)} ${strategy.title}`;
  const outcome = strategy.outcome ? w.outcomes[strategy.outcome] : strategy.openedAt ? w.open : w.pending;
  return {
    title,
    about: `${strategy.title}: ${outcome}`,
    part: 'decisions',
    path: `/decisions/${codeIn(strategy)}`,
    body: markup`<h1>${title}</h1>${paragraph(outcomeBadge(pageContext, strategy), 'lead')}<blockquote class="pre">${strategy.change}</blockquote>${facts(
      [
        [w.rationale, plain(reasonText(context.m, strategy))],
        [w.goal, goal && `${codeOf('goal', goal.number)} ${goal.title}`],
        [w.issue, issue && `${codeOf('issue', issue.number)} ${issue.title}`],
        [w.proposer, proposer?.name],
        [w.opens, at(strategy.openedAt ?? strategy.opensAt)],
        [w.closes, at(strategy.closedAt ?? strategy.closesAt)],
        [w.rule, plain(ruleText(context.m, strategy.rule))],
        ...(await numbersOf(pageContext, strategy)),
        [w.closeReason, strategy.closeReason],
        [w.urgent, strategy.rule.urgent],
        [w.overrideReason, shownOverride(strategy)],
        [w.version, version],
        [w.reviewOn, strategy.reviewOn && date(pageContext, strategy.reviewOn)],
      ],
    )}${await positionsOf(pageContext, strategy)}`,
  };
}

/**
 * Shows who stood where, once an open vote is decided; why, they told the forum alone. Of a secret vote nothing
 * but the tally is public, and where members vote their names are shown only if the forum agreed to that.
 */
async function positionsOf(pageContext: PageContext, strategy: Strategy): Promise<Markup | null> {
  const { render: context } = pageContext;
  const w = context.m.strategy;
  if (!strategy.outcome || strategy.outcome === 'withdrawn' || !strategy.openedAt) return null;
  if (strategy.rule.secret) return section('positions', w.positions, paragraph(context.m.site.secretVote));
  if (strategy.rule.basis === 'member' && !showsNames(pageContext))
    return section('positions', w.positions, paragraph(context.m.site.memberVote));
  const of = strategy.arithmetic?.electorate ?? 0;
  if (of > LISTED)
    return section('positions', w.positions, paragraph(context.m.site.manyVoters({ of: number(pageContext, of) })));
  const c = w.columns;
  const rows = (await positionsByName(context.db, strategy)).map(one => [
    one.name,
    one.sector ? (context.m.partner.sectors as Readonly<Record<string, string>>)[one.sector] : null,
    `${one.choice ? w.choices[one.choice] : context.m.site.notVoted}${one.proxy ? w.byProxy({ holder: one.proxy }) : ''}${one.left ? w.leftForum : ''}`,
  ]);
  const caption = context.m.site.positionsText({ n: rows.length });
  return section(
    'positions',
    w.positions,
    table(caption, [{ label: c.unit }, { label: c.sector, kind: 'short' }, { label: c.choice, kind: 'short' }], rows),
    strategy.rule.basis === 'partner' && files(pageContext, 'positions'),
  );
}
