import { button } from '../bot/buttons.ts';
import { list, note, quote, text, type View, view } from '../bot/view.ts';
import type { Sending, Subject, Subjects, Suppressed } from '../delivery/subjects.ts';
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
  show: (look: Sending, strategy: Strategy, subject: string) => Promise<View | Suppressed>,
): Subject => ({
  lasting,
  async view(look, subject) {
    const strategy = await strategyByNumber(look.db, look.forumId, Number(subject.split(':')[0]));
    return strategy ? show(look, strategy, subject) : GONE;
  },
});

/** Who has not voted, judged at the moment of sending. */
async function silentUnits(look: Sending, strategy: Strategy): Promise<ReadonlySet<number>> {
  const all = await positions(look.db, strategy);
  return new Set(all.filter(one => one.choice === null).map(one => one.unit));
}

const isOver = (look: Sending, strategy: Strategy): boolean =>
  strategy.outcome !== null || strategy.closesAt <= look.now;

async function reminder(look: Sending, strategy: Strategy): Promise<View | Suppressed> {
  const voter = look.to === null ? null : await voterOf(look.db, strategy, look.to);
  if (!voter || isOver(look, strategy)) return { suppressed: 'the vote is over' };
  if (!(await silentUnits(look, strategy)).has(voter.unit)) return { suppressed: 'has voted' };
  const title = look.m.strategy.reminderTitle({ code: codeOf('strategy', strategy.number) });
  return { ...(await ballotCard(look, strategy, title)), tone: 'warning' };
}

async function missing(look: Sending, strategy: Strategy): Promise<View | Suppressed> {
  if (isOver(look, strategy)) return { suppressed: 'the vote is over' };
  const silent = await silentUnits(look, strategy);
  const names = (await electorsOf(look.db, strategy)).filter(one => silent.has(one.unit)).map(one => one.name);
  if (!names.length) return { suppressed: 'everybody has voted' };
  return view(look.m.strategy.reminderCoordinators({ code: codeOf('strategy', strategy.number) }), {
    tone: 'warning',
    blocks: [text(strategy.title), list(names.slice(0, 30))],
    controls: [[button(look.m, 'showRecord', 'ss', { strategy: codeOf('strategy', strategy.number) })]],
  });
}

async function replaced(look: Sending, strategy: Strategy, subject: string): Promise<View | Suppressed> {
  // Of a secret ballot the unit is named, since it has no number.
  const named = /^u(\d+)$/.exec(subject.split(':')[1] ?? '')?.[1];
  const ballot = named ? null : await ballotBySeq(look.db, strategy, Number(subject.split(':')[1]));
  const unit = named ? Number(named) : ballot?.unit;
  if (unit === undefined) return GONE;
  const caster = ballot?.castBy ?? (await casterOf(look.db, strategy, unit));
  const by = caster === null ? null : await memberByNumber(look.db, look.forumId, caster);
  const partner = await electorName(look.db, strategy, unit);
  const w = look.m.strategy;
  const code = codeOf('strategy', strategy.number);
  return view(w.replaced({ code, partner, by: by?.name ?? look.m.core.somebody }), {
    blocks: [text(w.replacedHint)],
    controls: [[button(look.m, 'showRecord', 'ss', { strategy: code })]],
  });
}

/** An objection in an open vote, for the proposer and the coordinators; a talk is opened with who raised it. */
async function objection(look: Sending, strategy: Strategy, subject: string): Promise<View | Suppressed> {
  const ballot = await ballotBySeq(look.db, strategy, Number(subject.split(':')[1]));
  if (!ballot?.inForce || ballot.choice !== 'object') return { suppressed: 'taken back' };
  if (isOver(look, strategy)) return { suppressed: 'the vote is over' };
  const { m, db, forumId } = look;
  const w = m.strategy;
  const id = codeOf('strategy', strategy.number);
  const member = look.to === null ? null : await memberByNumber(db, forumId, look.to);
  const coordinates = look.to === null || member?.coordinator === true;
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
async function again(look: Sending, strategy: Strategy, subject: string): Promise<View | Suppressed> {
  if (isOver(look, strategy) || strategy.round !== Number(subject.split(':')[1])) return { suppressed: 'over' };
  return ballotCard(look, strategy, look.m.strategy.again({ code: codeOf('strategy', strategy.number) }));
}

/** Another person of the same partner has taken a ballot back: told to whoever had cast it. */
async function takenBack(look: Sending, strategy: Strategy, subject: string): Promise<View> {
  const partner = await electorName(look.db, strategy, Number(subject.split(':u')[1]));
  const code = codeOf('strategy', strategy.number);
  return view(look.m.strategy.takenBack({ code, partner }), {
    blocks: [text(strategy.title)],
    controls: [[button(look.m, 'showRecord', 'ss', { strategy: code })]],
  });
}

async function review(look: Sending, strategy: Strategy): Promise<View | Suppressed> {
  if (strategy.outcome !== 'carried' || strategy.review === 'end') return { suppressed: 'ended' };
  const { m } = look;
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

/** What is posted about votes. */
export const voteSubjects: Subjects = {
  ballot: about(true, (look, strategy) => ballotCard(look, strategy)),
  outcome: about(false, outcomeCard),
  ballot_replaced: about(false, replaced),
  ballot_taken_back: about(false, takenBack),
  vote_reminder: { ...about(false, reminder), anybodyMayRead: true },
  vote_missing: about(false, missing),
  vote_review: about(false, review),
  vote_again: about(false, again),
  objection: about(false, objection),
  decision_reviewed: about(false, reviewedCard),
};
