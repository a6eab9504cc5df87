import { button } from '../contract/buttons.ts';
import type { RenderContext } from '../contract/render-context.ts';
import { type Control, facts, note, text, type View, view } from '../contract/view.ts';
import { codeOf } from '../domain/codes.ts';
import { type DateAnswer, formOf, type PollChoice, parseChoice } from '../domain/polls/choices.ts';
import { inOrderOf, menusOf } from '../domain/polls/showing.ts';
import { optionsOf, type Poll, type PollOption } from '../domain/polls/store.ts';
import { choiceOf } from '../domain/strategies/ballots.ts';
import { t } from '../language/text.ts';
import { menuLabel, optionControls } from './poll.ts';
import { namesOf, optionLabel } from './poll-count.ts';

/** Returns what was cast, in words. */
export function choiceText(
  context: RenderContext,
  poll: Poll,
  options: readonly PollOption[],
  written: string,
): string {
  const { name, names } = namesOf(context, poll, options);
  const choice = parseChoice(formOf(poll.rule), written);
  const w = context.m.poll;
  switch (choice.form) {
    case 'names':
      return names(choice.options);
    case 'ranking':
      return choice.options.map(name).join(' > ');
    case 'points':
      return choice.points.map(([option, points]) => `${name(option)} = ${points}`).join('; ');
    case 'dates':
      return (
        choice.answers.map(([option, answer]) => `${name(option)} = ${w.answers[answer]}`).join('; ') || w.answers.no
      );
  }
}

/**
 * One voter's own ballot, for their eyes alone: the vote that they have cast is marked in the menus. Options stand in the
 * voter's order where the poll shuffles them.
 */
export async function ballotView(context: RenderContext, poll: Poll, unit: number): Promise<View> {
  const { m, db } = context;
  const w = m.poll;
  const id = { poll: codeOf('poll', poll.number) };
  const all = await optionsOf(db, poll);
  const listed = inOrderOf(
    poll,
    all.filter(one => one.state === 'listed'),
    unit,
  );
  const written = await choiceOf(db, poll, unit);
  const form = formOf(poll.rule);
  const cast = written === null ? null : parseChoice(form, written);
  const controls = [
    ...menuControls(context, poll, listed, cast),
    [
      ...(form === 'ranking' || form === 'points' ? [button(m, 'typeVote', 'jv', id, 'primary')] : []),
      ...(cast ? [button(m, 'takeBack', 'ju', id)] : []),
    ],
  ];
  return view(w.ballotTitle({ code: id.poll }), {
    blocks: [
      text(t`${id.poll} ${poll.title}`),
      facts([[w.present, written === null ? null : choiceText(context, poll, all, written)]]),
      written === null ? text(w.noVote) : null,
      note(poll.rule.secret ? w.secretNote : w.openNote),
    ],
    controls: controls.filter(row => row.length),
  });
}

function menuControls(
  context: RenderContext,
  poll: Poll,
  listed: readonly PollOption[],
  cast: PollChoice | null,
): Control[][] {
  const { m } = context;
  const w = m.poll;
  const form = formOf(poll.rule);
  const chosen = cast?.form === 'names' || cast?.form === 'ranking' ? cast.options : [];
  if (form === 'points') return [];
  if (form === 'ranking') {
    const left = listed.filter(one => !chosen.includes(one.option));
    return many(context, poll, left, { key: 'r', label: w.chooseNext, most: 1, chosen: [] });
  }
  if (form === 'names' && (poll.rule.kind === 'single' || poll.rule.kind === 'check'))
    return optionControls(context, poll, listed, chosen);
  if (form === 'names')
    return many(context, poll, listed, { key: 'n', label: w.chooseSome, most: poll.rule.max ?? listed.length, chosen });
  const answered = (wanted: DateAnswer): readonly number[] =>
    cast?.form === 'dates' ? cast.answers.filter(([, answer]) => answer === wanted).map(([option]) => option) : [];
  return [
    ...many(context, poll, listed, { key: 'y', label: w.chooseYes, most: listed.length, chosen: answered('yes') }),
    ...many(context, poll, listed, { key: 'm', label: w.chooseMaybe, most: listed.length, chosen: answered('maybe') }),
  ];
}

/** Menus in which several may be ticked; `part` tells the menu, so that the others keep what is ticked in them. */
function many(
  context: RenderContext,
  poll: Poll,
  listed: readonly PollOption[],
  { key, label, most, chosen }: { key: string; label: string; most: number; chosen: readonly number[] },
): Control[][] {
  const menus = menusOf(listed);
  return menus.map(menu => [
    {
      kind: 'select',
      name: 'option',
      label: menuLabel(context, label, menus, menu),
      does: {
        action: 'jt',
        values: { poll: codeOf('poll', poll.number), part: `${key}${Math.floor((menu[0]!.option - 1) / 25)}` },
      },
      fills: 'choice',
      choices: menu.map(option => ({
        value: String(option.option),
        label: `${option.option}. ${optionLabel(context, poll, option)}`,
      })),
      ...(most > 1 && { most: Math.min(most, menu.length) }),
      chosen: menu
        .map(one => one.option)
        .filter(option => chosen.includes(option))
        .slice(0, most)
        .map(String),
    },
  ]);
}
