import type { RenderContext } from '../contract/render-context.ts';
import { pollPositions } from '../domain/polls/positions.ts';
import { countNow, optionsOf, type Poll } from '../domain/polls/store.ts';
import { csvOf } from './csv.ts';
import { choiceText } from './poll-ballot.ts';
import { namesOf, optionLabel, roundLines, tieLines } from './poll-count.ts';

/** The record of a poll: its options with their scores, the count round by round, and of an open poll that is over each voter. */
export async function pollCsv(context: RenderContext, poll: Poll, isShown: boolean): Promise<string> {
  const w = context.m.poll;
  const options = await optionsOf(context.db, poll);
  const count = isShown ? (poll.count ?? (await countNow(context.db, poll))) : null;
  const { names } = namesOf(context, poll, options);
  const scores = new Map(count?.scores.map(one => [one.option, one]));
  const rows: string[][] = [
    [w.title, poll.title],
    [w.columns.kind, w.kinds[poll.rule.kind]],
    [w.columns.outcome, poll.outcome ? w.outcomes[poll.outcome] : w.open],
    ...(count
      ? [
          [w.columns.voted, String(count.voted)],
          [w.columns.electorate, String(count.electorate)],
          [w.columns.winners, names(count.winners)],
        ]
      : []),
    [],
    [w.columns.option, w.columns.text, w.columns.score, w.columns.yes, w.columns.maybe],
    ...options.map(option => {
      const score = scores.get(option.option);
      const more = [score?.yes, score?.maybe].map(n => (n === undefined ? '' : String(n)));
      return [String(option.option), optionLabel(context, poll, option), score?.score ?? '', ...more];
    }),
  ];
  if (count)
    for (const line of [...roundLines(context, poll, options, count), ...tieLines(context, poll, options, count)])
      rows.push([line]);
  rows.push([], [w.columns.voter, w.columns.choice, w.columns.at]);
  for (const one of await pollPositions(context.db, poll)) {
    const isNamed = poll.outcome !== null && !poll.rule.secret && one.choice !== null;
    const said = isNamed ? choiceText(context, poll, options, one.choice!) : one.hasVoted ? w.cast : w.notCast;
    rows.push([one.name, said, isNamed ? (one.castAt?.toISOString() ?? '') : '']);
  }
  return csvOf(rows);
}
