import { button } from '../contract/buttons.ts';
import type { PostType, PostTypes, SendContext, Suppressed } from '../contract/post-type.ts';
import { list, note, quote, text, type View, view } from '../contract/view.ts';
import { codeOf } from '../domain/codes.ts';
import { memberByNumber } from '../domain/people.ts';
import { ballotBySeq, casterOf, groups, positions } from '../domain/strategies/ballots.ts';
import { electorName, electorsOf, voterOf } from '../domain/strategies/electorate.ts';
import { type Strategy, strategyByNumber } from '../domain/strategies/store.ts';
import { count } from '../domain/strategies/tally.ts';
import { t } from '../language/text.ts';
import { ballotCard, isBlocking, outcomeCard, reviewedCard } from './ballot.ts';

const GONE = { suppressed: 'gone' };

const about = (
  lasting: boolean,
  show: (context: SendContext, strategy: Strategy, subject: string) => Promise<View | Suppressed>,
): PostType => ({
  keptCurrent: lasting,
  async view(context, subject) {
    const strategy = await strategyByNumber(context.db, context.forumId, Number(subject.split(':')[0]));
    return strategy ? show(context, strategy, subject) : GONE;
  },
});

/** Returns who has not voted, judged at the moment of sending. */
async function silentUnits(context: SendContext, strategy: Strategy): Promise<ReadonlySet<number>> {
  const all = await positions(context.db, strategy);
  return new Set(all.filter(one => one.choice === null).map(one => one.unit));
}

const isOver = (context: SendContext, strategy: Strategy): boolean =>
  strategy.outcome !== null || strategy.closesAt <= context.now;

async function reminder(context: SendContext, strategy: Strategy): Promise<View | Suppressed> {
  const voter = context.to === null ? null : await voterOf(context.db, strategy, context.to);
  if (!voter || isOver(context, strategy)) return { suppressed: 'the vote is over' };
  if (!(await silentUnits(context, strategy)).has(voter.unit)) return { suppressed: 'has voted' };
  const title = context.m.strategy.reminderTitle({ code: codeOf('strategy', strategy.number) });
  return { ...(await ballotCard(context, strategy, title)), tone: 'warning' };
}

async function missing(context: SendContext, strategy: Strategy): Promise<View | Suppressed> {
  if (isOver(context, strategy)) return { suppressed: 'the vote is over' };
  const silent = await silentUnits(context, strategy);
  const names = (await electorsOf(context.db, strategy)).filter(one => silent.has(one.unit)).map(one => one.name);
  if (!names.length) return { suppressed: 'everybody has voted' };
  return view(context.m.strategy.reminderCoordinators({ code: codeOf('strategy', strategy.number) }), {
    tone: 'warning',
    blocks: [text(strategy.title), list(names.slice(0, 30))],
    controls: [[button(context.m, 'showRecord', 'ss', { strategy: codeOf('strategy', strategy.number) })]],
  });
}

async function replaced(context: SendContext, strategy: Strategy, subject: string): Promise<View | Suppressed> {
  // A secret ballot has no number, so its unit is named.
  const named = /^u(\d+)$/.exec(subject.split(':')[1] ?? '')?.[1];
  const ballot = named ? null : await ballotBySeq(context.db, strategy, Number(subject.split(':')[1]));
  const unit = named ? Number(named) : ballot?.unit;
  if (unit === undefined) return GONE;
  const caster = ballot?.castBy ?? (await casterOf(context.db, strategy, unit));
  const by = caster === null ? null : await memberByNumber(context.db, context.forumId, caster);
  const partner = await electorName(context.db, strategy, unit);
  const w = context.m.strategy;
  const code = codeOf('strategy', strategy.number);
  return view(w.replaced({ code, partner, by: by?.name ?? context.m.core.somebody }), {
    blocks: [text(w.replacedHint)],
    controls: [[button(context.m, 'showRecord', 'ss', { strategy: code })]],
  });
}

/** An objection in an open vote, for the proposer and the coordinators; a talk is opened with who raised it. */
async function objection(context: SendContext, strategy: Strategy, subject: string): Promise<View | Suppressed> {
  const ballot = await ballotBySeq(context.db, strategy, Number(subject.split(':')[1]));
  if (!ballot?.inForce || ballot.choice !== 'object') return { suppressed: 'taken back' };
  if (isOver(context, strategy)) return { suppressed: 'the vote is over' };
  const { m, db, forumId } = context;
  const w = m.strategy;
  const id = codeOf('strategy', strategy.number);
  const member = context.to === null ? null : await memberByNumber(db, forumId, context.to);
  const coordinates = context.to === null || member?.coordinator === true;
  const partner = strategy.rule.basis === 'partner' ? codeOf('partner', ballot.unit) : null;
  const blocks = isBlocking(
    strategy,
    count(strategy.rule, await groups(db, strategy), strategy.overrideReason !== null),
  );
  return view(w.objection({ name: await electorName(db, strategy, ballot.unit), code: id }), {
    tone: 'warning',
    blocks: [text(strategy.title), ballot.reason ? quote(ballot.reason) : null, note(blocks ? w.blocks : w.counts)],
    controls: [
      [
        coordinates && partner ? button(m, 'openTalk', 'yv', { partner }, 'primary') : null,
        button(m, 'amendProposal', 'sa', { strategy: id }),
        button(m, 'showRecord', 'ss', { strategy: id }),
      ].filter(control => control !== null),
    ],
  });
}

/** The words of a proposal have changed, and a ballot that somebody cast does not count any more. */
async function again(context: SendContext, strategy: Strategy, subject: string): Promise<View | Suppressed> {
  if (isOver(context, strategy) || strategy.round !== Number(subject.split(':')[1])) return { suppressed: 'over' };
  return ballotCard(context, strategy, context.m.strategy.again({ code: codeOf('strategy', strategy.number) }));
}

/** Another person of the same partner has taken a ballot back: told to the person who had cast it. */
async function takenBack(context: SendContext, strategy: Strategy, subject: string): Promise<View> {
  const partner = await electorName(context.db, strategy, Number(subject.split(':u')[1]));
  const code = codeOf('strategy', strategy.number);
  return view(context.m.strategy.takenBack({ code, partner }), {
    blocks: [text(strategy.title)],
    controls: [[button(context.m, 'showRecord', 'ss', { strategy: code })]],
  });
}

async function review(context: SendContext, strategy: Strategy): Promise<View | Suppressed> {
  if (strategy.outcome !== 'carried' || strategy.review === 'end') return { suppressed: 'ended' };
  const { m } = context;
  const id = { strategy: codeOf('strategy', strategy.number) };
  return view(m.strategy.reviewTitle({ code: id.strategy }), {
    blocks: [text(t`${strategy.title}: ${strategy.change}`), text(m.strategy.reviewHint)],
    controls: [
      [
        button(m, 'keep', 'sk', { ...id, verdict: 'keep' }, 'primary'),
        button(m, 'change', 'sk', { ...id, verdict: 'change' }),
        button(m, 'end', 'sk', { ...id, verdict: 'end' }, 'danger'),
      ],
    ],
  });
}

/** Post types about votes. */
export const voteSubjects: PostTypes = {
  ballot: about(true, (context, strategy) => ballotCard(context, strategy)),
  outcome: about(false, outcomeCard),
  ballot_replaced: about(false, replaced),
  ballot_taken_back: about(false, takenBack),
  vote_reminder: { ...about(false, reminder), isPublic: true },
  vote_missing: about(false, missing),
  vote_review: about(false, review),
  vote_again: about(false, again),
  objection: about(false, objection),
  decision_reviewed: about(false, reviewedCard),
};
