import type { RenderContext } from '../contract/render-context.ts';
import { type Block, list, text } from '../contract/view.ts';
import { daysOff } from '../domain/days-off.ts';
import type { Poll, PollCount, PollOption } from '../domain/polls/store.ts';
import { CHECK_OPTIONS } from '../domain/polls/tally.ts';
import { formatDate, localDate, when } from '../language/dates.ts';
import { plain, type Text, t } from '../language/text.ts';
import { scalePicture } from './pictures.ts';

const BAR = 10;
/** Maximum number of rounds and ties that are told in a message; the record has them all. */
const ROUNDS = 12;

/** Returns what an option is called: of a date poll the day, or the instant in the reader's zone. */
function optionText({ m, locale, zone }: RenderContext, poll: Pick<Poll, 'rule'>, option: PollOption): Text {
  if (poll.rule.kind === 'check') return m.poll.check[CHECK_OPTIONS[option.option - 1]!];
  if (option.at) return [when(option.at, zone, locale)];
  return option.date ? formatDate(option.date, locale) : option.text;
}

export const optionLabel = (context: RenderContext, poll: Pick<Poll, 'rule'>, option: PollOption): string =>
  plain(optionText(context, poll, option));

/** Names options by number, as they are printed. */
export function namesOf(context: RenderContext, poll: Pick<Poll, 'rule'>, options: readonly PollOption[]) {
  const labels = new Map(options.map(option => [option.option, optionLabel(context, poll, option)]));
  const name = (option: number): string => labels.get(option) ?? `#${option}`;
  return { name, names: (some: readonly number[]): string => some.map(name).join(', ') };
}

function bar(part: number, of: number): string {
  const filled = of > 0 ? Math.round((part * BAR) / of) : 0;
  return '█'.repeat(filled) + '░'.repeat(BAR - filled);
}

/** The options as they stand on the ballot, each with its bar where the tally may be seen. */
export async function optionLines(
  context: RenderContext,
  poll: Poll,
  options: readonly PollOption[],
  count: PollCount | null,
): Promise<Text[]> {
  const w = context.m.poll;
  const off = poll.rule.kind === 'date' ? await daysOff(context.db, context.forumId) : null;
  const scores = new Map(count?.scores.map(one => [one.option, one]));
  const most = Math.max(0, ...(count?.scores.map(one => Number(one.score)) ?? []));
  return options.map(option => {
    const score = scores.get(option.option);
    const day = option.at ? localDate(option.at, context.zone) : option.date;
    const said = [
      option.state === 'asked' ? w.candidateAsked : option.state === 'declined' ? w.candidateDeclined : null,
      day && off?.has(day) ? w.holiday : null,
      option.detail,
      option.link,
    ].filter(Boolean);
    const more = said.length ? ` (${said.join('; ')})` : '';
    const dates = score?.yes === undefined ? '' : ` (${w.datesOf({ yes: score.yes, maybe: score.maybe ?? 0 })})`;
    const tally = score ? ` ${bar(Number(score.score), most)} ${score.score}${dates}` : '';
    const won = count?.winners.includes(option.option) && poll.outcome === 'decided' ? ' ✔' : '';
    return t`${String(option.option)}. ${optionText(context, poll, option)}${more}${tally}${won}`;
  });
}

/** The tally as a picture, with its words. */
export function pollPicture(
  context: RenderContext,
  poll: Poll,
  options: readonly PollOption[],
  count: PollCount,
): Block | null {
  const { name } = namesOf(context, poll, options);
  const rows = count.scores.map(({ option, score }) => ({ name: name(option), value: Number(score), text: score }));
  const most = Math.max(1, ...rows.map(row => row.value));
  const about = context.m.poll.votedOf(count);
  return scalePicture(context, { title: poll.title, about, most }, rows);
}

/** Returns what came out, and every tie with what broke it. */
export function standingFacts(
  context: RenderContext,
  poll: Poll,
  options: readonly PollOption[],
  count: PollCount,
): (readonly [Text, Text | null])[] {
  const w = context.m.poll;
  const { names } = namesOf(context, poll, options);
  return [
    [poll.rule.kind === 'date' ? w.best : w.winners, names(count.winners) || null],
    [w.tied, names(count.tied) || null],
    ...tieLines(context, poll, options, count)
      .slice(0, ROUNDS)
      .map(line => [w.tie, line] as const),
  ];
}

/** Says each tie in a sentence. */
export function tieLines(
  context: RenderContext,
  poll: Poll,
  options: readonly PollOption[],
  count: PollCount,
): string[] {
  const w = context.m.poll;
  const { name, names } = namesOf(context, poll, options);
  return count.ties.map(({ tied, chosen, by }) => {
    if (chosen === null || by === null) return w.tieOpen({ names: names(tied) });
    if (by === 'earlier_round') return w.tieEarlier({ names: names(tied), chosen: name(chosen) });
    return w.tieBroken({ names: names(tied), chosen: name(chosen), how: w.ties[by] });
  });
}

/** The rounds of a count, a line each; of ranked pairs the majorities that were locked. */
export function roundLines(
  context: RenderContext,
  poll: Poll,
  options: readonly PollOption[],
  count: PollCount,
): string[] {
  const w = context.m.poll;
  const { name, names } = namesOf(context, poll, options);
  const pairs = (count.locked ?? []).map(one =>
    w.lockedPair({ winner: name(one.winner), loser: name(one.loser), votes: one.votes, against: one.against }),
  );
  const rounds = count.rounds.map((round, i) =>
    w.round({
      n: i + 1,
      totals: round.totals.map(([option, votes]) => `${name(option)} ${votes}`).join(', '),
      exhausted: Number(round.exhausted) > 0 ? `; ${w.exhausted} ${round.exhausted}` : '',
      after: [
        round.elected.length ? w.elected({ names: names(round.elected) }) : '',
        round.excluded === null ? '' : w.excluded({ name: name(round.excluded) }),
        round.surplusOf === null ? '' : w.surplus({ name: name(round.surplusOf) }),
      ].join(''),
    }),
  );
  return [...pairs, ...rounds];
}

/** The count round by round, as far as a message takes it. */
export function roundBlocks(
  context: RenderContext,
  poll: Poll,
  options: readonly PollOption[],
  count: PollCount,
): (Block | null)[] {
  const lines = roundLines(context, poll, options, count);
  if (!lines.length) return [];
  const w = context.m.poll;
  const title = count.locked ? w.locked : w.rounds;
  const quota = count.quota === undefined ? '' : ` (${w.quota({ n: count.quota })})`;
  return [text(`${title}${quota}`), list(lines.slice(0, ROUNDS))];
}
