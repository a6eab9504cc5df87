import { button } from '../contract/buttons.ts';
import type { RenderContext } from '../contract/render-context.ts';
import {
  type Block,
  type Control,
  facts,
  list,
  note,
  opening,
  quote,
  type Tone,
  text,
  type View,
  view,
} from '../contract/view.ts';
import { codeOf } from '../domain/codes.ts';
import { goalByNumber } from '../domain/goals.ts';
import { indicatorByNumber } from '../domain/indicators/store.ts';
import { publicIssue } from '../domain/issues/store.ts';
import type { Page } from '../domain/page.ts';
import { memberByNumber } from '../domain/people.ts';
import { groups } from '../domain/strategies/ballots.ts';
import { archivedElectors } from '../domain/strategies/electorate.ts';
import { positionsByName, secretReasons } from '../domain/strategies/positions-by-name.ts';
import { type Strategy, strategyByNumber, versionOf } from '../domain/strategies/store.ts';
import { type Arithmetic, count } from '../domain/strategies/tally.ts';
import { type Share, THRESHOLD } from '../domain/strategies/threshold.ts';
import { formatDate, localDate, when } from '../language/dates.ts';
import type { Messages } from '../language/messages.ts';
import { join, type Text, t } from '../language/text.ts';
import { fromDecision } from './action.ts';
import { withUnit } from './indicator-words.ts';
import { readOn } from './paging.ts';
import { votePicture } from './pictures.ts';
import { glyph, ruleText } from './rules.ts';
import { voteList } from './vote-list.ts';

/** Maximum number of positions that a message lists; more are counted, and the export has them all. */
const LISTED = 30;

const TONES: Readonly<Record<NonNullable<Strategy['outcome']>, Tone>> = {
  carried: 'good',
  rejected: 'warning',
  blocked: 'bad',
  no_quorum: 'warning',
  withdrawn: 'plain',
};

/** Says the reason of a proposal, which may come without one. */
export const reasonText = (m: Messages, { rationale }: Strategy): Text => rationale || m.strategy.noRationale;

/** Returns what a proposal says, and how it stands: the same size with three voters and with a hundred thousand. */
export async function ballotCard(context: RenderContext, strategy: Strategy, head?: Text): Promise<View> {
  const { m, locale, zone, db, forumId } = context;
  const w = m.strategy;
  const code = codeOf('strategy', strategy.number);
  const titled = t`${code} ${strategy.title}`;
  const whole = readOn(context, code);
  const goal = strategy.goal === null ? null : await goalByNumber(db, forumId, strategy.goal);
  const issue = strategy.issue === null ? null : await publicIssue(db, forumId, strategy.issue);
  const proposer = await memberByNumber(db, forumId, strategy.proposedBy);
  const { rule } = strategy;
  const gone = strategy.outcome ? [] : await archivedElectors(db, strategy);
  return view(head ?? titled, {
    tone: strategy.outcome ? TONES[strategy.outcome] : head ? 'good' : 'plain',
    blocks: [
      head ? text(titled) : null,
      opening(quote(strategy.change), whole),
      opening(
        facts([
          [w.state, stateText(context, strategy)],
          [w.rationale, reasonText(m, strategy)],
          [w.goal, goal && t`${codeOf('goal', goal.number)} ${goal.title}`],
          [w.issue, issue && t`${codeOf('issue', issue.number)} ${issue.title}`],
          [w.indicator, await indicatorText(context, strategy)],
          [w.proposer, proposer?.name],
          [w.round, strategy.round > 1 ? String(strategy.round) : null],
          strategy.openedAt
            ? [w.closes, [when(strategy.closesAt, zone, locale)]]
            : [w.opens, [when(strategy.opensAt, zone, locale)]],
          [w.rule, ruleText(m, rule)],
          [w.urgent, rule.urgent],
          [w.ends, await endedText(context, strategy.ends)],
          [w.overrideReason, shownOverride(strategy)],
        ]),
        whole,
      ),
      ...(await standingBlocks(context, strategy)),
      gone.length ? note(w.archivedElectors({ names: gone.join(', ') })) : null,
      strategy.outcome ? null : note(rule.secret ? w.secretNote : w.openNote),
    ],
    controls: controlsOf(context, strategy),
  });
}

/**
 * Returns the reason for overriding objections; null for an open secret vote, where it would tell that somebody has
 * objected.
 */
export const shownOverride = ({ rule, outcome, overrideReason }: Strategy): string | null =>
  rule.secret && !outcome ? null : overrideReason;

/** The decision that a proposal ends. */
async function endedText({ db, forumId }: RenderContext, number: number | null): Promise<Text | null> {
  const ended = number === null ? null : await strategyByNumber(db, forumId, number);
  return ended && t`${codeOf('strategy', ended.number)} ${ended.title}`;
}

/** Returns what the last review said, and who said it; or which decision ended this one. */
async function reviewText(context: RenderContext, strategy: Strategy): Promise<Text | null> {
  const { m, locale, zone, db, forumId } = context;
  const w = m.strategy;
  if (strategy.endedBy !== null) return w.endedBy({ code: codeOf('strategy', strategy.endedBy) });
  if (!strategy.review || !strategy.reviewedAt) return null;
  const by = strategy.reviewedBy === null ? null : await memberByNumber(db, forumId, strategy.reviewedBy);
  return w.reviewText({
    verdict: w.reviewedAs[strategy.review],
    at: formatDate(localDate(strategy.reviewedAt, zone), locale),
    by: by?.name ?? m.core.somebody,
    reason: strategy.reviewReason ? t`: “${strategy.reviewReason}”` : '',
  });
}

/** A review that changed or ended a decision, as it is announced. */
export async function reviewedCard(context: RenderContext, strategy: Strategy): Promise<View> {
  const { m, db, forumId } = context;
  const w = m.strategy;
  const id = codeOf('strategy', strategy.number);
  const by = strategy.reviewedBy === null ? null : await memberByNumber(db, forumId, strategy.reviewedBy);
  const verdict = strategy.review ? w.reviewedAs[strategy.review] : w.open;
  return view(w.decisionReviewed({ code: id, verdict, by: by?.name ?? m.core.somebody }), {
    tone: 'warning',
    blocks: [
      text(t`${strategy.title}: ${strategy.change}`),
      strategy.reviewReason ? quote(strategy.reviewReason) : null,
    ],
    controls: [[button(m, 'showRecord', 'ss', { strategy: id })]],
  });
}

/** The indicator that a change answers, with the target it would set. */
async function indicatorText(context: RenderContext, { indicator: number, newTarget }: Strategy): Promise<Text | null> {
  const indicator = number === null ? null : await indicatorByNumber(context.db, context.forumId, number);
  if (!indicator) return null;
  const name = `${codeOf('indicator', indicator.number)} ${indicator.name}`;
  return newTarget === null
    ? name
    : context.m.strategy.newTarget({ name, target: withUnit(context, indicator, newTarget) });
}

function stateText({ m, now }: RenderContext, strategy: Strategy): string {
  const w = m.strategy;
  if (strategy.outcome) return w.outcomes[strategy.outcome];
  if (!strategy.openedAt) return w.pending;
  return now >= strategy.closesAt ? w.counting : w.open;
}

/** Tells how an open vote stands (without a tally where it is secret), or how it ended. */
async function standingBlocks(context: RenderContext, strategy: Strategy): Promise<(Block | null)[]> {
  const w = context.m.strategy;
  if (strategy.outcome) return decidedBlocks(context, strategy);
  if (!strategy.openedAt) return [];
  const sums = count(strategy.rule, await groups(context.db, strategy), strategy.overrideReason !== null);
  return [
    { kind: 'progress', label: w.quorum, done: sums.present, of: sums.needed },
    facts([
      [w.voted, `${sums.present} / ${sums.electorate}`],
      [w.tally, strategy.rule.secret ? null : w.tallyText(sums)],
    ]),
    isBlocking(strategy, sums) ? note(w.blockedNow({ n: sums.object })) : null,
  ];
}

/** Tells whether objections stand in the way as things are, where everybody may know of them. */
export const isBlocking = ({ rule, overrideReason }: Strategy, sums: Arithmetic): boolean =>
  !rule.secret && rule.method === 'consent' && overrideReason === null && sums.object > 0;

async function decidedBlocks(context: RenderContext, strategy: Strategy): Promise<(Block | null)[]> {
  const { m, locale } = context;
  const w = m.strategy;
  const sums = strategy.arithmetic;
  const version = await versionOf(context.db, strategy);
  const title = `${codeOf('strategy', strategy.number)} ${strategy.title}`;
  const { outcome } = strategy;
  return [
    sums && outcome && votePicture(context, { title, outcome, sums, threshold: thresholdOf(strategy, sums) }),
    facts([
      [w.tally, sums && w.tallyText(sums)],
      [w.arithmetic, sums && arithmeticText(m, strategy, sums)],
      [w.closeReason, strategy.closeReason],
      [w.version, version === null ? null : String(version)],
      [w.reviewOn, strategy.reviewOn && formatDate(strategy.reviewOn, locale)],
      [w.reviewOutcome, await reviewText(context, strategy)],
    ]),
  ];
}

/** Returns what was compared in the end: an override is decided by two thirds, whatever the rule's own threshold. */
const thresholdOf = ({ rule, overrideReason }: Strategy, sums: Arithmetic): Share =>
  overrideReason !== null && sums.object > 0 ? THRESHOLD : rule.threshold;

/** The numbers of an outcome, as they are printed and as they were compared. */
export function arithmeticText(m: Messages, strategy: Strategy, sums: Arithmetic): Text {
  const w = m.strategy;
  const threshold = thresholdOf(strategy, sums);
  const sign = threshold.compare === 'more_than' ? '> ' : '≥ ';
  const said = w.arithmeticText({ ...sums, threshold: `${sign}${glyph(threshold)}` });
  const sectors: Readonly<Record<string, string>> = m.partner.sectors;
  const names = sums.missingSectors.map(sector => sectors[sector] ?? sector).join(', ');
  return names ? join([said, w.missingSectors({ names })], '; ') : said;
}

function controlsOf({ m, now }: RenderContext, strategy: Strategy): Control[][] {
  const id = { strategy: codeOf('strategy', strategy.number) };
  if (strategy.outcome) {
    const record = button(m, 'showRecord', 'ss', id);
    return [strategy.outcome === 'carried' ? [record, ...fromDecision(m, id.strategy)] : [record]];
  }
  if (!strategy.openedAt || now >= strategy.closesAt) return [];
  return [
    // No colour says how to vote.
    [
      button(m, 'agree', 'sv', { ...id, choice: 'agree' }),
      button(m, 'disagree', 'sv', { ...id, choice: 'disagree' }),
      button(m, 'abstain', 'sv', { ...id, choice: 'abstain' }),
      button(m, 'object', 'sb', id),
      button(m, 'recuse', 'sr', id),
    ],
  ];
}

/** Tells how each unit stands, by name; of a secret vote only who took part. */
export async function positionBlocks(context: RenderContext, strategy: Strategy): Promise<(Block | null)[]> {
  const w = context.m.strategy;
  if (!strategy.openedAt) return [];
  const all = await positionsByName(context.db, strategy);
  if (all.length > LISTED) return [];
  const unnamed = strategy.rule.secret && strategy.outcome ? await secretReasons(context.db, strategy) : [];
  const items = all.map(one => {
    const hidden = strategy.rule.secret && one.choice !== 'recuse';
    const choice = hidden ? (one.voted ? w.voted : w.notVoted) : one.choice ? w.choices[one.choice] : w.notVoted;
    const proxy = one.proxy ? w.byProxy({ holder: one.proxy }) : '';
    const left = one.left ? w.leftForum : '';
    return w.position({
      name: one.name,
      choice: `${choice.toLowerCase()}${proxy}${left}`,
      reason: one.reason ? ` (“${one.reason}”)` : '',
    });
  });
  return [
    text(w.positions),
    list(items),
    unnamed.length ? text(w.secretObjections) : null,
    unnamed.length ? list(unnamed.slice(0, LISTED)) : null,
  ];
}

/** The outcome, said once where decisions are announced. */
export async function outcomeCard(context: RenderContext, strategy: Strategy): Promise<View> {
  const w = context.m.strategy;
  const code = codeOf('strategy', strategy.number);
  const outcome = strategy.outcome ? w.outcomes[strategy.outcome] : w.open;
  const card = await ballotCard(context, strategy, w.outcomeTitle({ code, outcome }));
  const more = strategy.outcome === 'withdrawn' ? [] : await positionBlocks(context, strategy);
  return { ...card, blocks: [...card.blocks, ...more.filter(block => block !== null)] };
}

/** A page of proposals. */
export const strategyList = (context: RenderContext, page: Page<Strategy>): Promise<View> =>
  voteList(context, 'strategy', 'sl', page, row => stateText(context, row));
