import type { ReadContext, WriteContext } from '../../src/bot/act-context.ts';
import { main } from '../../src/bot/command.ts';
import { entity } from '../../src/bot/references.ts';
import { Refusal, type Refusals, refuseIf } from '../../src/contract/refusal.ts';
import { isSelf } from '../../src/domain/actor.ts';
import { codeOf } from '../../src/domain/codes.ts';
import type { ChoiceNo } from '../../src/domain/polls/choices.ts';
import { type Poll, type PollOption, pollSource } from '../../src/domain/polls/store.ts';
import { votedElsewhere } from '../../src/domain/strategies/ballots.ts';
import { type Caster, voterOf } from '../../src/domain/strategies/electorate.ts';
import { when } from '../../src/language/dates.ts';
import { namesOf } from '../../src/views/poll-count.ts';

export const code = (poll: Pick<Poll, 'number'>): string => codeOf('poll', poll.number);

export const WEEK_MS = 7 * 86_400_000;

/** The poll that an action is about. */
export const thePoll = { poll: main(entity(pollSource)) };

/** Returns what a poll's posts are about. */
export const pollTopic = (poll: Poll) => ({ kind: 'poll', subject: String(poll.number) });

/** Reasons that keep somebody from doing something with a poll now. */
export type PollNo =
  | { readonly why: 'decided' }
  | { readonly why: 'closed' }
  | { readonly why: 'not_elector' }
  | { readonly why: 'voted_as_other' }
  | { readonly why: 'nothing_cast' }
  | { readonly why: 'earlier' }
  | { readonly why: 'not_creator' }
  | { readonly why: 'no_adding' }
  | { readonly why: 'not_candidate' };

/** A poll is open up to, not including, its closing: judged by the stored instant alone. */
export function mayBeChanged(poll: Poll, now: Date): PollNo | null {
  if (now >= poll.closesAt) return { why: 'closed' };
  return poll.outcome ? { why: 'decided' } : null;
}

/** A poll is its creator's and the coordinators' to withdraw. */
export const isCreatorOr = (ctx: ReadContext, poll: Poll): PollNo | null =>
  isSelf(ctx.actor, poll.createdBy) || ctx.actor.coordinator ? null : { why: 'not_creator' };

/** Refuses for a reason of polls, in the words of this act's zone. */
export function refuse(ctx: ReadContext, poll: Poll, reason: PollNo | null): void {
  const at = when(poll.closedAt ?? poll.closesAt, ctx.zone, ctx.locale);
  const refusals: Refusals<PollNo> = {
    decided: () =>
      new Refusal('closed', m =>
        m.poll.no.decided({ code: code(poll), outcome: poll.outcome ? m.poll.outcomes[poll.outcome] : m.poll.open }),
      ),
    closed: () => new Refusal('closed', m => m.poll.no.closed({ code: code(poll), at: [at] })),
    not_elector: () => new Refusal('forbidden', m => m.poll.no.notElector),
    voted_as_other: () => new Refusal('conflict', m => m.poll.no.votedAsOther),
    nothing_cast: () => new Refusal('conflict', m => m.poll.no.nothingCast),
    earlier: () => new Refusal('invalid_option', m => m.poll.no.earlier, { option: 'closes' }),
    not_creator: () => new Refusal('forbidden', m => m.poll.no.notCreator),
    no_adding: () => new Refusal('closed', m => m.poll.no.noAdding({ code: code(poll) })),
    not_candidate: () => new Refusal('forbidden', m => m.poll.no.notCandidate({ code: code(poll) })),
  };
  refuseIf(reason, refusals);
}

/** Refuses a ballot that cannot be cast as it was typed; it is kept to be mended. */
export function refuseChoice(ctx: ReadContext, poll: Poll, options: readonly PollOption[], no: ChoiceNo | null): void {
  const { name } = namesOf(ctx, poll, options);
  const invalid = (say: ConstructorParameters<typeof Refusal>[1]) =>
    new Refusal('invalid_option', say, { option: 'choice' });
  const refusals: Refusals<ChoiceNo> = {
    unknown_option: ({ typed }) => invalid(m => m.poll.no.unknownOption({ typed })),
    unclear_option: ({ typed, number }) =>
      new Refusal('ambiguous', m => m.poll.no.unclearOption({ typed, number: `${number}.` }), { option: 'choice' }),
    not_accepted: ({ option }) => invalid(m => m.poll.no.notAccepted({ option: name(option) })),
    has_declined: ({ option }) => invalid(m => m.poll.no.hasDeclined({ option: name(option) })),
    option_twice: ({ option }) => invalid(m => m.poll.no.doubled({ option: name(option) })),
    too_many: ({ max }) => invalid(m => m.poll.no.tooMany({ max })),
    too_many_points: ({ max, given }) => invalid(m => m.poll.no.tooManyPoints({ max, given })),
    no_points: ({ typed }) => invalid(m => m.poll.no.noPoints({ typed })),
    no_answer: ({ typed }) => invalid(m => m.poll.no.noAnswer({ typed })),
    nothing_chosen: () => invalid(m => m.poll.no.nothing),
  };
  refuseIf(no, refusals);
}

/** The unit for which this person may vote now; refuses otherwise, by the stored instants inside the unit of work. */
export async function votingFor(ctx: WriteContext, poll: Poll): Promise<Caster> {
  refuse(ctx, poll, mayBeChanged(poll, ctx.now));
  const voter = await voterOf(ctx.db, poll, ctx.actor.member);
  if (!voter) refuse(ctx, poll, { why: 'not_elector' });
  if (voter!.isLinked && (await votedElsewhere(ctx.db, poll, voter!.unit, ctx.actor.member)))
    refuse(ctx, poll, { why: 'voted_as_other' });
  return voter!;
}

/** Brings every post about a poll up to date and writes the audit. */
export async function changed(
  ctx: WriteContext,
  poll: Poll,
  kind: string,
  data: Record<string, unknown> = {},
): Promise<void> {
  await ctx.record({ kind: `poll.${kind}`, thing: 'poll', number: poll.number, data });
  await ctx.stale(pollTopic(poll));
}
