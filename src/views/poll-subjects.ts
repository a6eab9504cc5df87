import { button } from '../contract/buttons.ts';
import type { PostType, PostTypes, SendContext, Suppressed } from '../contract/post-type.ts';
import { list, note, text, type View, view } from '../contract/view.ts';
import { codeOf } from '../domain/codes.ts';
import { memberByNumber } from '../domain/people.ts';
import { optionsOf, type Poll, pollByNumber } from '../domain/polls/store.ts';
import { casterOf, silentUnits } from '../domain/strategies/ballots.ts';
import { electorName, electorsOf, voterOf } from '../domain/strategies/electorate.ts';
import { t } from '../language/text.ts';
import { pollCard, pollOutcome } from './poll.ts';

const about = (
  lasting: boolean,
  show: (context: SendContext, poll: Poll, subject: string) => Promise<View | Suppressed>,
): PostType => ({
  keptCurrent: lasting,
  async view(context, subject) {
    const poll = await pollByNumber(context.db, context.forumId, Number(subject.split(':')[0]));
    return poll ? show(context, poll, subject) : { suppressed: 'gone' };
  },
});

const isOver = (context: SendContext, poll: Poll): boolean => poll.outcome !== null || poll.closesAt <= context.now;

const idOf = (poll: Poll) => ({ poll: codeOf('poll', poll.number) });

async function reminder(context: SendContext, poll: Poll): Promise<View | Suppressed> {
  const voter = context.to === null ? null : await voterOf(context.db, poll, context.to);
  if (!voter || isOver(context, poll)) return { suppressed: 'the poll is over' };
  if (!(await silentUnits(context.db, poll)).has(voter.unit)) return { suppressed: 'has voted' };
  return {
    ...(await pollCard(context, poll, context.m.poll.reminderTitle({ code: idOf(poll).poll }))),
    tone: 'warning',
  };
}

async function missing(context: SendContext, poll: Poll): Promise<View | Suppressed> {
  if (isOver(context, poll)) return { suppressed: 'the poll is over' };
  const silent = await silentUnits(context.db, poll);
  const names = (await electorsOf(context.db, poll)).filter(one => silent.has(one.unit)).map(one => one.name);
  if (!names.length) return { suppressed: 'everybody has voted' };
  return view(context.m.poll.reminderCoordinators({ code: idOf(poll).poll }), {
    tone: 'warning',
    blocks: [text(poll.title), list(names.slice(0, 30))],
    controls: [[button(context.m, 'showPoll', 'js', idOf(poll))]],
  });
}

const unitOf = (subject: string): number => Number(subject.split(':u')[1]);

/** Another person of the same partner has cast the ballot anew: told to both. */
async function replaced(context: SendContext, poll: Poll, subject: string): Promise<View> {
  const caster = await casterOf(context.db, poll, unitOf(subject));
  const by = caster === null ? null : await memberByNumber(context.db, context.forumId, caster);
  const partner = await electorName(context.db, poll, unitOf(subject));
  const said = { code: idOf(poll).poll, partner, by: by?.name ?? context.m.core.somebody };
  return view(context.m.poll.replaced(said), {
    blocks: [text(poll.title)],
    controls: [[button(context.m, 'showPoll', 'js', idOf(poll))]],
  });
}

async function takenBack(context: SendContext, poll: Poll, subject: string): Promise<View> {
  const partner = await electorName(context.db, poll, unitOf(subject));
  return view(context.m.poll.takenBack({ code: idOf(poll).poll, partner }), {
    blocks: [text(poll.title)],
    controls: [[button(context.m, 'showPoll', 'js', idOf(poll))]],
  });
}

/** Asks a person who was put forward in an election whether they stand. */
async function candidate(context: SendContext, poll: Poll, subject: string): Promise<View | Suppressed> {
  if (isOver(context, poll)) return { suppressed: 'the poll is over' };
  const option = (await optionsOf(context.db, poll)).find(one => one.option === Number(subject.split(':')[1]));
  if (option?.state !== 'asked') return { suppressed: 'has answered' };
  const { m } = context;
  return view(m.poll.candidateTitle({ code: idOf(poll).poll, title: poll.title }), {
    blocks: [text(m.poll.candidateHint)],
    controls: [
      [button(m, 'acceptCandidacy', 'jy', idOf(poll), 'primary'), button(m, 'declineCandidacy', 'jn', idOf(poll))],
    ],
  });
}

/** Asks a person who was elected whether they take the role. */
async function elected(context: SendContext, poll: Poll): Promise<View | Suppressed> {
  const { follow } = poll;
  if (follow?.thing !== 'coordinator' && follow?.thing !== 'representative') return { suppressed: 'gone' };
  const { m } = context;
  return view(m.poll.electedTitle({ code: idOf(poll).poll, role: m.poll.roles[follow.thing] }), {
    blocks: [text(poll.title)],
    controls: [[button(m, 'agreeRole', 'jg', idOf(poll), 'primary'), button(m, 'refuseRole', 'jn', idOf(poll))]],
  });
}

/** Tells the coordinators that a person who was elected does not take the role. */
async function roleRefused(context: SendContext, poll: Poll, subject: string): Promise<View | Suppressed> {
  const { m, db, forumId } = context;
  const { follow } = poll;
  if (follow?.thing !== 'coordinator' && follow?.thing !== 'representative') return { suppressed: 'gone' };
  const member = await memberByNumber(db, forumId, Number(subject.split(':')[1]));
  const said = { code: idOf(poll).poll, names: member?.name ?? m.core.somebody, role: m.poll.roles[follow.thing] };
  return view(m.poll.refusedTitle(said), {
    tone: 'warning',
    blocks: [text(poll.title), note(m.poll.refusedHint)],
    controls: [[button(m, 'showPoll', 'js', idOf(poll))]],
  });
}

/** A poll was withdrawn: told to those who had voted. */
async function withdrawn(context: SendContext, poll: Poll): Promise<View> {
  return view(context.m.poll.withdrawnTitle({ code: idOf(poll).poll }), {
    blocks: [text(t`${idOf(poll).poll} ${poll.title}`), poll.closeReason ? note(poll.closeReason) : null],
  });
}

/** Post types about polls. */
export const pollSubjects: PostTypes = {
  poll: about(true, (context, poll) => pollCard(context, poll)),
  poll_outcome: about(false, pollOutcome),
  poll_reminder: { ...about(false, reminder), isPublic: true },
  poll_missing: about(false, missing),
  poll_ballot_replaced: about(false, replaced),
  poll_ballot_taken_back: about(false, takenBack),
  poll_candidate: about(false, candidate),
  poll_elected: about(false, elected),
  poll_role_refused: about(false, roleRefused),
  poll_withdrawn: about(false, withdrawn),
};
