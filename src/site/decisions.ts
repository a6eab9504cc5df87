import { dateIn } from '../domain/calendar.ts';
import { codeOf } from '../domain/codes.ts';
import { goalByNumber } from '../domain/goals.ts';
import { publicIssue } from '../domain/issues/store.ts';
import { memberByNumber } from '../domain/people.ts';
import { groups } from '../domain/strategies/ballots.ts';
import { standing } from '../domain/strategies/standing.ts';
import {
  currentVersion,
  listStrategies,
  type Strategy,
  strategyByNumber,
  versionOf,
} from '../domain/strategies/store.ts';
import { count } from '../domain/strategies/tally.ts';
import { formatInstant } from '../language/dates.ts';
import { plain } from '../language/text.ts';
import { arithmeticText, reasonText, shownOverride } from '../views/ballot.ts';
import { OUTCOME } from '../views/outcome.ts';
import { ruleText } from '../views/rules.ts';
import { type Markup, markup } from './markup.ts';
import { anchor, date, facts, files, number, pages, paragraph, section, table } from './pieces.ts';
import { type Scene, type Sheet, showsNames } from './scene.ts';

const A_PAGE = 20;
/** More positions than this are counted, not listed. */
const LISTED = 200;

const codeIn = (strategy: Strategy): string => codeOf('strategy', strategy.number);

/** How a proposal stands, by word, sign and colour; it does not depend on the time of day. */
export function outcomeBadge({ look }: Scene, strategy: Strategy): Markup {
  const w = look.m.strategy;
  if (!strategy.outcome) return markup`<span class="badge">… ${strategy.openedAt ? w.open : w.pending}</span>`;
  const { sign, mark } = OUTCOME[strategy.outcome];
  return markup`<span class="badge ${mark === 'plain' ? '' : mark}">${sign} ${w.outcomes[strategy.outcome]}</span>`;
}

export const decisionLink = ({ links }: Scene, strategy: Strategy): Markup =>
  anchor(links.to(`/decisions/${codeIn(strategy)}`), `${codeIn(strategy)} ${strategy.title}`);

/** When a vote ended, or will. */
const whenText = (scene: Scene, strategy: Strategy): Markup | string =>
  strategy.closedAt
    ? date(scene, dateIn(strategy.closedAt, scene.forum.zone))
    : formatInstant(strategy.openedAt ? strategy.closesAt : strategy.opensAt, scene.forum.zone, scene.look.locale);

/** The numbers: of a running vote how many have voted, of a decided one its whole arithmetic. */
async function numbersOf({ look }: Scene, strategy: Strategy): Promise<[label: string, value: string | null][]> {
  const w = look.m.strategy;
  if (!strategy.outcome) {
    if (!strategy.openedAt) return [];
    const sums = count(strategy.rule, await groups(look.db, strategy), strategy.overrideReason !== null);
    return [[w.voted, look.m.site.votedText({ n: sums.present, of: sums.electorate, needed: sums.needed })]];
  }
  const sums = strategy.arithmetic;
  if (!sums) return [];
  return [
    [w.tally, plain(w.tallyText(sums))],
    [w.arithmetic, plain(arithmeticText(look.m, strategy, sums))],
  ];
}

/** Some proposals as cards. */
export async function decisionCards(scene: Scene, rows: readonly Strategy[]): Promise<Markup> {
  const w = scene.look.m.strategy;
  const cards: Markup[] = [];
  for (const row of rows) {
    const label = row.outcome ? scene.look.m.site.decidedOn : row.openedAt ? w.closes : w.opens;
    cards.push(
      markup`<li class="card"><h3>${decisionLink(scene, row)}</h3>${paragraph(outcomeBadge(scene, row))}${paragraph(row.change, 'pre')}${facts([[label, whenText(scene, row)], ...(await numbersOf(scene, row))])}</li>`,
    );
  }
  return markup`<ul class="cards wide">${cards}</ul>`;
}

/** The strategy as it stands, a line a carried change; null before the first. */
export async function strategyInForce(scene: Scene): Promise<Markup | null> {
  const { look, forum } = scene;
  const version = await currentVersion(look.db, look.forumId);
  if (!version) return null;
  const w = look.m.site;
  const lines = version.after.split('\n').filter(Boolean);
  return section(
    'strategy',
    w.strategyTitle({ version: version.version }),
    paragraph([w.strategySince, ' ', date(scene, dateIn(version.at, forum.zone))], 'faint'),
    lines.length ? markup`<ul>${lines.map(line => markup`<li>${line}</li>`)}</ul>` : paragraph(w.nothing, 'faint'),
  );
}

/** The strategy in force, and a page of proposals, the newest first. */
export async function decisionsSheet(scene: Scene): Promise<Sheet> {
  const { look, before } = scene;
  const w = look.m.site;
  const { rows, more } = await listStrategies(look.db, look.forumId, { before: before ?? undefined }, A_PAGE);
  const body = rows.length ? await decisionCards(scene, rows) : paragraph(w.nothing, 'faint');
  return {
    title: w.parts.decisions,
    about: w.abouts.decisions,
    part: 'decisions',
    path: '/decisions',
    body: markup`<h1>${w.parts.decisions}</h1>${paragraph(w.abouts.decisions, 'lead')}${files(scene, 'decisions')}${before === null ? await strategyInForce(scene) : null}${section('proposals', w.proposals, body)}${pages(scene, '/decisions', more ? (rows.at(-1)?.number ?? null) : null)}`,
  };
}

/** One proposal in full; null where there is none. */
export async function decisionSheet(scene: Scene, wanted: number): Promise<Sheet | null> {
  const { look, forum } = scene;
  const strategy = await strategyByNumber(look.db, look.forumId, wanted);
  if (!strategy) return null;
  const w = look.m.strategy;
  const at = (instant: Date) => formatInstant(instant, forum.zone, look.locale);
  const goal = strategy.goal === null ? null : await goalByNumber(look.db, look.forumId, strategy.goal);
  const issue = strategy.issue === null ? null : await publicIssue(look.db, look.forumId, strategy.issue);
  const proposer = showsNames(scene) ? await memberByNumber(look.db, look.forumId, strategy.proposedBy) : null;
  const version = await versionOf(look.db, strategy);
  const title = `${codeIn(strategy)} ${strategy.title}`;
  const outcome = strategy.outcome ? w.outcomes[strategy.outcome] : strategy.openedAt ? w.open : w.pending;
  return {
    title,
    about: `${strategy.title}: ${outcome}`,
    part: 'decisions',
    path: `/decisions/${codeIn(strategy)}`,
    body: markup`<h1>${title}</h1>${paragraph(outcomeBadge(scene, strategy), 'lead')}<blockquote class="pre">${strategy.change}</blockquote>${facts(
      [
        [w.rationale, plain(reasonText(look.m, strategy))],
        [w.goal, goal && `${codeOf('goal', goal.number)} ${goal.title}`],
        [w.issue, issue && `${codeOf('issue', issue.number)} ${issue.title}`],
        [w.proposer, proposer?.name],
        [w.opens, at(strategy.openedAt ?? strategy.opensAt)],
        [w.closes, at(strategy.closedAt ?? strategy.closesAt)],
        [w.rule, plain(ruleText(look.m, strategy.rule))],
        ...(await numbersOf(scene, strategy)),
        [w.closeReason, strategy.closeReason],
        [w.urgent, strategy.rule.urgent],
        [w.overrideReason, shownOverride(strategy)],
        [w.version, version],
        [w.reviewOn, strategy.reviewOn && date(scene, strategy.reviewOn)],
      ],
    )}${await positionsOf(scene, strategy)}`,
  };
}

/**
 * Who stood where, once an open vote is decided; why, they told the forum and not everybody. Of a secret vote nothing
 * but the tally is public, and where members vote their names are shown only if the forum agreed to that.
 */
async function positionsOf(scene: Scene, strategy: Strategy): Promise<Markup | null> {
  const { look } = scene;
  const w = look.m.strategy;
  if (!strategy.outcome || strategy.outcome === 'withdrawn' || !strategy.openedAt) return null;
  if (strategy.rule.secret) return section('positions', w.positions, paragraph(look.m.site.secretVote));
  if (strategy.rule.basis === 'member' && !showsNames(scene))
    return section('positions', w.positions, paragraph(look.m.site.memberVote));
  const of = strategy.arithmetic?.electorate ?? 0;
  if (of > LISTED)
    return section('positions', w.positions, paragraph(look.m.site.manyVoters({ of: number(scene, of) })));
  const c = w.columns;
  const rows = (await standing(look.db, strategy)).map(one => [
    one.name,
    one.sector ? (look.m.partner.sectors as Readonly<Record<string, string>>)[one.sector] : null,
    `${one.choice ? w.choices[one.choice] : look.m.site.notVoted}${one.proxy ? w.byProxy({ holder: one.proxy }) : ''}${one.left ? w.leftForum : ''}`,
  ]);
  const caption = look.m.site.positionsText({ n: rows.length });
  return section(
    'positions',
    w.positions,
    table(caption, [{ label: c.unit }, { label: c.sector, kind: 'short' }, { label: c.choice, kind: 'short' }], rows),
    strategy.rule.basis === 'partner' && files(scene, 'positions'),
  );
}
