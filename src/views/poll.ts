import { button } from '../contract/buttons.ts';
import type { RenderContext } from '../contract/render-context.ts';
import {
  type Block,
  type Control,
  facts,
  list,
  note,
  opening,
  type Tone,
  text,
  type View,
  view,
} from '../contract/view.ts';
import { codeOf } from '../domain/codes.ts';
import type { Page } from '../domain/page.ts';
import { memberByNumber } from '../domain/people.ts';
import { formOf } from '../domain/polls/choices.ts';
import { choicesOf, openTie } from '../domain/polls/closing.ts';
import { menusOf, showsTally } from '../domain/polls/showing.ts';
import { countNow, optionsOf, type Poll, type PollOption, turnoutNow } from '../domain/polls/store.ts';
import { hashOfSeed } from '../domain/polls/ties.ts';
import { when } from '../language/dates.ts';
import { type Text, t } from '../language/text.ts';
import { fromDecision } from './action.ts';
import { readOn } from './paging.ts';
import { optionLabel, optionLines, pollPicture, standingFacts } from './poll-count.ts';
import { quorumText } from './rules.ts';
import { voteList } from './vote-list.ts';

const TONES: Readonly<Record<NonNullable<Poll['outcome']>, Tone>> = {
  decided: 'good',
  tied: 'warning',
  no_quorum: 'warning',
  withdrawn: 'plain',
};

/** Maximum number of options that get a button each; more get a menu. */
const BUTTONS = 5;

/** Reader of a poll: a channel, which is nobody's, or one voter. */
export interface Viewer {
  readonly hasVoted: boolean;
}

/** Shows a poll as far as the viewer may know: the same size with three voters and a hundred thousand. */
export async function pollCard(
  context: RenderContext,
  poll: Poll,
  head?: Text,
  viewer: Viewer = { hasVoted: false },
): Promise<View> {
  const { m, locale, zone, db, forumId } = context;
  const w = m.poll;
  const id = codeOf('poll', poll.number);
  const titled = t`${id} ${poll.title}`;
  const options = await optionsOf(db, poll);
  const creator = await memberByNumber(db, forumId, poll.createdBy);
  const isShown = showsTally(poll, viewer.hasVoted);
  // A result that nobody may see yet is not counted: a card is made anew with each ballot.
  const count = poll.count ?? (isShown ? await countNow(db, poll) : null);
  const { rule, outcome } = poll;
  return view(head ?? titled, {
    tone: outcome ? TONES[outcome] : head ? 'good' : 'plain',
    blocks: [
      head ? text(titled) : null,
      opening(list(await optionLines(context, poll, options, isShown ? count : null)), readOn(context, id)),
      outcome && isShown && count ? pollPicture(context, poll, options, count) : null,
      facts([
        [w.state, stateText(context, poll)],
        [w.creator, creator?.name],
        [w.closes, [when(poll.closedAt ?? poll.closesAt, zone, locale)]],
        [w.voted, w.votedOf(count ?? (await turnoutNow(db, poll)))],
        [w.quorum, rule.quorum && quorumText(m, rule.quorum, m.strategy.bases[rule.basis])],
        [w.rule, ruleText(context, poll)],
        [w.adding, !outcome && rule.adding ? [when(new Date(rule.adding), zone, locale)] : null],
        [w.tie, tieText(context, poll)],
        [w.reason, poll.closeReason],
        ...(outcome && outcome !== 'withdrawn' && count ? standingFacts(context, poll, options, count) : []),
      ]),
      outcome
        ? null
        : note(
            isShown || rule.results === 'live'
              ? rule.secret
                ? w.secretNote
                : w.openNote
              : w.hidden[rule.results === 'voted' ? 'voted' : 'closed'],
          ),
      outcome || !rule.secret ? null : note(w.secretNote),
      await followedNote(context, poll),
    ],
    controls: await controlsOf(context, poll, options),
  });
}

function stateText({ m, now }: RenderContext, poll: Poll): string {
  if (poll.outcome) return m.poll.outcomes[poll.outcome];
  return now >= poll.closesAt ? m.poll.counting : m.poll.open;
}

function ruleText({ m }: RenderContext, { rule }: Poll): string {
  const w = m.poll;
  const method = rule.method in w.methods ? w.methods[rule.method as keyof typeof w.methods] : null;
  return w.ruleText({
    kind: method ? `${w.kinds[rule.kind]} (${method})` : w.kinds[rule.kind],
    basis: w.bases[rule.basis],
    binding: rule.binding,
    secret: rule.secret,
    results: w.results[rule.results],
    more: [
      ...(rule.kind === 'election' ? [w.seats({ n: rule.seats })] : []),
      ...(rule.max !== null ? [w.most({ n: rule.max })] : []),
      ...(rule.points !== null ? [w.points({ n: rule.points })] : []),
      ...(rule.decimals !== null ? [w.decimals({ n: rule.decimals })] : []),
    ],
  });
}

/** Tells how a tie would be broken, said on the ballot; of a lot the hash, and the seed once the poll is over. */
function tieText({ m }: RenderContext, { rule, seed, outcome }: Poll): string {
  const w = m.poll;
  const hash = hashOfSeed(seed);
  if (rule.tie !== 'lot') return w.ties[rule.tie];
  return `${w.ties.lot}: ${outcome ? w.lotSeed({ seed, hash }) : w.lotHash({ hash })}`;
}

async function followedNote({ m, db, forumId }: RenderContext, { follow }: Poll): Promise<Block | null> {
  if (!follow) return null;
  const w = m.poll.followed;
  if (follow.thing === 'activity' || follow.thing === 'strategy')
    return note(w[follow.thing]({ code: codeOf(follow.thing, follow.number ?? 0) }));
  const named = async (numbers: readonly number[] = []): Promise<string> => {
    const names: string[] = [];
    for (const number of numbers) names.push((await memberByNumber(db, forumId, number))?.name ?? m.core.somebody);
    return names.join(', ');
  };
  const agreed = w[follow.thing]({ names: (await named(follow.agreed)) || m.poll.nobodyYet });
  const refused = await named(follow.refused);
  return note(refused ? `${agreed}. ${m.poll.refusedBy({ names: refused })}` : agreed);
}

/** Returns what everybody may press: the options themselves where there are few, and one's own ballot. */
async function controlsOf(context: RenderContext, poll: Poll, options: readonly PollOption[]): Promise<Control[][]> {
  const { m, now } = context;
  const id = { poll: codeOf('poll', poll.number) };
  if (poll.outcome)
    return [
      await tieControls(context, poll, options),
      followControls(context, poll, options),
      [button(m, 'showPoll', 'js', id), ...(poll.outcome === 'decided' ? fromDecision(m, id.poll) : [])],
    ];
  if (now >= poll.closesAt) return [];
  const listed = options.filter(one => one.state === 'listed');
  const isPlain = formOf(poll.rule) === 'names' && poll.rule.max === null && !poll.rule.shuffle;
  const direct = isPlain ? optionControls(context, poll, listed) : [];
  return [...direct, [button(m, direct.length ? 'myVote' : 'votePoll', 'jb', id)]];
}

/** A button for each of a few options, else menus of 25. */
export function optionControls(
  context: RenderContext,
  poll: Poll,
  listed: readonly PollOption[],
  chosen: readonly number[] = [],
): Control[][] {
  const { m } = context;
  const id = { poll: codeOf('poll', poll.number) };
  if (listed.length <= BUTTONS)
    return [
      listed.map(option => ({
        kind: 'button',
        name: 'option',
        label: chosen.includes(option.option)
          ? `✔ ${optionLabel(context, poll, option)}`
          : optionLabel(context, poll, option),
        does: { action: 'jv', values: { ...id, choice: `${option.option}.` } },
        style: 'plain',
      })),
    ];
  const menus = menusOf(listed);
  return menus.map((menu, i) => [
    {
      kind: 'select',
      name: 'option',
      label: menuLabel(context, m.poll.chooseOne, menus, menu),
      does: { action: 'jt', values: { ...id, part: `o${i}` } },
      fills: 'choice',
      choices: menu.map(option => ({
        value: String(option.option),
        label: `${option.option}. ${optionLabel(context, poll, option)}`,
      })),
      chosen: menu.flatMap(({ option }) => (chosen.includes(option) ? [String(option)] : [])),
    },
  ]);
}

/** Returns what a menu is called; of several with the numbers that stand in it. */
export function menuLabel(
  { m }: RenderContext,
  label: string,
  menus: readonly (readonly PollOption[])[],
  menu: readonly PollOption[],
): string {
  if (menus.length < 2) return label;
  const numbers = menu.map(option => option.option);
  return m.poll.partOf({ label, from: Math.min(...numbers), to: Math.max(...numbers) });
}

/** The chair's choice between equal options. */
async function tieControls(context: RenderContext, poll: Poll, options: readonly PollOption[]): Promise<Control[]> {
  const tie = openTie(poll);
  if (!tie) return [];
  const id = codeOf('poll', poll.number);
  const choices = await choicesOf(context.db, poll, tie, options);
  // Nobody elects a number: where all were forgotten the question is put anew.
  if (!choices.length) return [button(context.m, 'pollAnew', 'jc', { kind: poll.rule.kind })];
  const tied = options.filter(one => choices.includes(one.option)).slice(0, 25);
  return [
    {
      kind: 'select',
      name: 'decide',
      label: tie.to === 'win' ? context.m.poll.chairWin : context.m.poll.chairLeave,
      does: { action: 'jd', values: { poll: id } },
      fills: 'option',
      choices: tied.map(option => ({
        value: String(option.option),
        label: `${option.option}. ${optionLabel(context, poll, option)}`,
      })),
    },
  ];
}

/** Returns what a coordinator may make of a result. */
function followControls({ m }: RenderContext, poll: Poll, options: readonly PollOption[]): Control[] {
  if (poll.outcome !== 'decided' || poll.follow) return [];
  const id = { poll: codeOf('poll', poll.number) };
  switch (poll.rule.kind) {
    case 'date':
      return [button(m, 'planSlot', 'jf', id)];
    case 'election': {
      const isPeople = options.some(one => one.candidate !== null && poll.count?.winners.includes(one.option));
      if (!isPeople) return [];
      return [
        button(m, 'askCoordinators', 'jf', { ...id, role: 'coordinator' }),
        button(m, 'askRepresentatives', 'jf', { ...id, role: 'representative' }),
      ];
    }
    default:
      return [button(m, 'proposeChoice', 'jf', id)];
  }
}

/** The outcome, said once where polls are announced. */
export const pollOutcome = (context: RenderContext, poll: Poll): Promise<View> =>
  pollCard(
    context,
    poll,
    context.m.poll.outcomeTitle({ code: codeOf('poll', poll.number), outcome: stateText(context, poll) }),
  );

/** A page of polls. */
export const pollList = (context: RenderContext, page: Page<Poll>): Promise<View> =>
  voteList(context, 'poll', 'jl', page, row => stateText(context, row));
