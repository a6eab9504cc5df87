import type { ReadContext, WriteContext } from '../../src/bot/act-context.ts';
import { mutation, optional, query, required } from '../../src/bot/command.ts';
import { line } from '../../src/bot/kinds.ts';
import { button } from '../../src/contract/buttons.ts';
import { facts, note, text, type View, view } from '../../src/contract/view.ts';
import { isSelf } from '../../src/domain/actor.ts';
import {
  type Choosable,
  type DateAnswer,
  formOf,
  type PollChoice,
  parseChoice,
  readChoice,
  writeChoice,
} from '../../src/domain/polls/choices.ts';
import { IN_MENU } from '../../src/domain/polls/showing.ts';
import { optionsOf, type Poll, type PollOption } from '../../src/domain/polls/store.ts';
import { CHECK_OPTIONS } from '../../src/domain/polls/tally.ts';
import { castBallot, choiceOf, hasVoted, takeBallot } from '../../src/domain/strategies/ballots.ts';
import { type Caster, voterOf } from '../../src/domain/strategies/electorate.ts';
import { readDate, readInstant, when } from '../../src/language/dates.ts';
import { CHECK_WORDS, DATE_WORDS } from '../../src/language/synonyms.ts';
import { t } from '../../src/language/text.ts';
import { fold } from '../../src/storage/words.ts';
import { ballotView, choiceText } from '../../src/views/poll-ballot.ts';
import { optionLabel } from '../../src/views/poll-count.ts';
import { changed, code, pollTopic, refuse, refuseChoice, thePoll, votingFor } from './common.ts';

/** Name of every way to cast a ballot in figures and logs: the choice is nobody's business. */
const BALLOT = 'ballot';

/** Lists the words that each option may be typed by: its own, any way to write a date, a check's synonyms. */
function choosable(ctx: ReadContext, poll: Poll, options: readonly PollOption[], typed: string): Choosable[] {
  return options.map(one => {
    const names = [one.text, optionLabel(ctx, poll, one)];
    if (poll.rule.kind === 'check') {
      const key = CHECK_OPTIONS[one.option - 1]!;
      names.push(key, ...ctx.catalogues.map(m => m.poll.check[key]), ...CHECK_WORDS[key]);
    }
    if (one.date || one.at) names.push(...writtenAlike(ctx, one, typed));
    return { option: one.option, names, state: one.state };
  });
}

/** The parts of a typed line that mean the same day or instant as an option. */
function writtenAlike(ctx: ReadContext, { date, at }: PollOption, typed: string): string[] {
  const parts = typed.split(/[;\n]/).map(part => part.split('=')[0]!.trim());
  return parts.filter(part => {
    if (/^\d{1,3}$/.test(part) || part === '') return false;
    if (date) return readDate(part, ctx) === date;
    return readInstant(part, { now: ctx.now, zone: ctx.zone, defaultTime: '08:00' })?.getTime() === at?.getTime();
  });
}

/** Reads an answer to a date, in any language. */
function answerOf(ctx: ReadContext, word: string): DateAnswer | 'no' | null {
  const typed = fold(word);
  const answers = ['yes', 'maybe', 'no'] as const;
  const names = (answer: (typeof answers)[number]) => [
    answer,
    ...ctx.catalogues.map(m => m.poll.answers[answer]),
    ...DATE_WORDS[answer],
  ];
  return answers.find(answer => names(answer).some(name => fold(name) === typed)) ?? null;
}

/** Casts a ballot and answers with its receipt; nothing is counted here. */
async function cast(
  ctx: WriteContext,
  poll: Poll,
  voter: Caster,
  options: readonly PollOption[],
  written: string,
): Promise<View> {
  const vote = {
    unit: voter.unit,
    choice: written,
    reason: null,
    castBy: ctx.actor.member,
    hasOpen: voter.castBy !== null,
  };
  const { seq, replacedBy } = await castBallot(ctx.tx, poll, vote, ctx.now);
  // The instant of a secret ballot is kept nowhere: neither in the row, nor in the audit.
  if (seq === null) {
    ctx.leaveNoTrace();
    await ctx.stale(pollTopic(poll));
  } else await changed(ctx, poll, 'voted', { unit: voter.unit, ballot: seq });
  const before = replacedBy === null || isSelf(ctx.actor, replacedBy) ? null : replacedBy;
  // The voter learns it from the receipt.
  if (before !== null)
    await ctx.post({ kind: 'poll_ballot_replaced', subject: `${poll.number}:u${voter.unit}` }, { member: before });
  const w = ctx.m.poll;
  const id = { poll: code(poll) };
  return view(w.receipt, {
    tone: 'good',
    blocks: [
      facts([
        [w.title, t`${code(poll)} ${poll.title}`],
        [w.receiptFor, voter.name],
        [w.receiptChoice, seq === null ? w.receiptSecret : choiceText(ctx, poll, options, written)],
        [w.receiptId, seq === null ? null : String(seq)],
        [w.receiptAt, seq === null ? null : [when(ctx.now, ctx.zone, ctx.locale)]],
      ]),
      before === null ? null : note(ctx.m.strategy.receiptReplaces),
      note(w.receiptHint),
    ],
    controls: [[button(ctx.m, 'myVote', 'jb', id), button(ctx.m, 'takeBack', 'ju', id)]],
  });
}

export const vote = mutation({
  id: 'jv',
  countedAs: BALLOT,
  name: 'vote',
  words: m => m.poll.command.vote,
  who: 'member',
  options: { ...thePoll, choice: required(line({ max: 2_000 })) },
  // Buttons of earlier versions name an option by bare digits. A menu of polls that are called alike holds what was typed.
  ofButton: values =>
    values.poll && /^\d+$/.test(values.choice ?? '') ? { ...values, choice: `${values.choice}.` } : values,
  async run(ctx, { poll, choice }) {
    const voter = await votingFor(ctx, poll);
    const options = await optionsOf(ctx.db, poll);
    const read = readChoice(poll.rule, choosable(ctx, poll, options, choice), choice, word => answerOf(ctx, word));
    if ('why' in read) refuseChoice(ctx, poll, options, read);
    return cast(ctx, poll, voter, options, (read as { choice: string }).choice);
  },
});

/** Leaves out of a ballot who no longer stands: a menu is ticked beside the others, which would be refused for it. */
function stillListed(choice: PollChoice, options: readonly PollOption[]): PollChoice {
  const listed = new Set(options.flatMap(({ option, state }) => (state === 'listed' ? [option] : [])));
  if (choice.form !== 'names' && choice.form !== 'ranking') return choice;
  return { ...choice, options: choice.options.filter(option => listed.has(option)) };
}

/** Returns what a ballot says once a menu was ticked: the other menus keep what is ticked in them. */
function ticked(
  form: PollChoice['form'],
  before: PollChoice | null,
  part: string,
  chosen: readonly number[],
): PollChoice | null {
  const [key, menu] = [part[0], Number(part.slice(1))];
  const isHere = (option: number): boolean => Math.floor((option - 1) / IN_MENU) === menu;
  if (form === 'ranking' && key === 'r') {
    const had = before?.form === 'ranking' ? before.options : [];
    return { form, options: [...had.filter(option => !chosen.includes(option)), ...chosen] };
  }
  if (form === 'names' && key === 'o') return { form, options: chosen };
  if (form === 'names' && key === 'n') {
    const had = before?.form === 'names' ? before.options : [];
    return { form, options: [...had.filter(option => !isHere(option)), ...chosen] };
  }
  if (form !== 'dates' || (key !== 'y' && key !== 'm')) return null;
  const answer: DateAnswer = key === 'y' ? 'yes' : 'maybe';
  const had = before?.form === 'dates' ? before.answers : [];
  const kept = had.filter(([option, said]) => !chosen.includes(option) && !(said === answer && isHere(option)));
  return { form, answers: [...kept, ...chosen.map(option => [option, answer] as const)] };
}

export const tick = mutation({
  id: 'jt',
  countedAs: BALLOT,
  hidden: true,
  name: 'tick',
  words: m => m.poll.command.tick,
  who: 'member',
  options: { ...thePoll, part: required(line({ max: 4 })), choice: optional(line({ min: 0, max: 200 })) },
  async run(ctx, { poll, part, choice = '' }) {
    const voter = await votingFor(ctx, poll);
    const options = await optionsOf(ctx.db, poll);
    const form = formOf(poll.rule);
    const written = await choiceOf(ctx.db, poll, voter.unit);
    const chosen = choice.split(';').filter(Boolean).map(Number);
    const before = written === null ? null : stillListed(parseChoice(form, written), options);
    const next = ticked(form, before, part, chosen);
    if (!next) refuseChoice(ctx, poll, options, { why: 'unknown_option', typed: choice });
    const isEmpty = next!.form !== 'dates' && next!.form !== 'points' && next!.options.length === 0;
    if (isEmpty) return takeBack(ctx, poll, voter);
    const typed = writeChoice(next!);
    // A menu's choice is read like typed text, by numbers alone: it proves nothing.
    const numbered = options.map(({ option, state }) => ({ option, names: [], state }));
    const read =
      typed === '-' ? { choice: typed } : readChoice(poll.rule, numbered, typed, word => answerOf(ctx, word));
    if ('why' in read) refuseChoice(ctx, poll, options, read);
    return cast(ctx, poll, voter, options, (read as { choice: string }).choice);
  },
});

export const ballot = query({
  id: 'jb',
  hidden: true,
  name: 'ballot',
  words: m => m.poll.command.ballot,
  who: 'member',
  options: thePoll,
  async run(ctx, { poll }) {
    const voter = await voterOf(ctx.db, poll, ctx.actor.member);
    if (poll.outcome || ctx.now >= poll.closesAt) refuse(ctx, poll, { why: 'closed' });
    if (!voter) refuse(ctx, poll, { why: 'not_elector' });
    return ballotView(ctx, poll, voter!.unit);
  },
});

/** Takes the unit's ballot back, and tells the person who had cast it. */
async function takeBack(ctx: WriteContext, poll: Poll, { unit }: Caster): Promise<View> {
  if (!(await hasVoted(ctx.db, poll, unit))) refuse(ctx, poll, { why: 'nothing_cast' });
  const castBy = await takeBallot(ctx.tx, poll, unit);
  if (poll.rule.secret) {
    ctx.leaveNoTrace();
    await ctx.stale(pollTopic(poll));
  } else await changed(ctx, poll, 'unvoted', { unit });
  const topic = { kind: 'poll_ballot_taken_back', subject: `${poll.number}:u${unit}` };
  if (castBy !== null && castBy !== ctx.actor.member) await ctx.post(topic, { member: castBy });
  return view(ctx.m.poll.unvoted({ code: code(poll) }), { tone: 'good', blocks: [text(ctx.m.poll.unvotedHint)] });
}

export const unvote = mutation({
  id: 'ju',
  name: 'unvote',
  words: m => m.poll.command.unvote,
  who: 'member',
  options: thePoll,
  run: async (ctx, { poll }) => takeBack(ctx, poll, await votingFor(ctx, poll)),
});
