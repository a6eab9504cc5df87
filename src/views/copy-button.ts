import { button } from '../contract/buttons.ts';
import type { PostType, PostTypes } from '../contract/post-type.ts';
import type { RenderContext } from '../contract/render-context.ts';
import type { View } from '../contract/view.ts';
import { codeOf } from '../domain/codes.ts';
import type { Thing } from '../domain/thing.ts';

/** Maximum number of rows of buttons, and of buttons in a row, that both platforms take. */
const ROWS = 5;
const IN_ROW = 5;

/** Returns a card with a button that gives it as plain words, for other groups and letters; as it is where no room is left. */
export function withCopyButton(
  { m }: Pick<RenderContext, 'm'>,
  card: View,
  action: string,
  values: Readonly<Record<string, string>>,
): View {
  const copy = button(m, 'copyText', action, { ...values, plain: 'yes' });
  const last = card.controls.at(-1) ?? [];
  const hasRoom = last.length > 0 && last.length < IN_ROW && last.every(one => one.kind === 'button');
  if (hasRoom) return { ...card, controls: [...card.controls.slice(0, -1), [...last, copy]] };
  return card.controls.length < ROWS ? { ...card, controls: [...card.controls, [copy]] } : card;
}

/** Posted cards that can be had as plain words: the action that shows the thing, and the option that names it. */
const COPIED: Readonly<Record<string, readonly [action: string, option: Thing]>> = {
  activity: ['ks', 'activity'],
  issue: ['is', 'issue'],
  issue_assigned: ['is', 'issue'],
  issue_due: ['is', 'issue'],
  issue_escalated: ['is', 'issue'],
  issue_private: ['is', 'issue'],
  goal_due: ['gs', 'goal'],
  action_given: ['ts', 'action'],
  action_late: ['ts', 'action'],
  action_unclaimed: ['ts', 'action'],
  agreement: ['as', 'agreement'],
  agreement_awaits: ['as', 'agreement'],
  agreement_ends: ['as', 'agreement'],
  assessment: ['bv', 'assessment'],
  entry: ['uw', 'entry'],
  ballot: ['ss', 'strategy'],
  outcome: ['ss', 'strategy'],
  poll: ['js', 'poll'],
  poll_outcome: ['js', 'poll'],
};

const copied = (type: PostType, [action, option]: readonly [string, Thing]): PostType => ({
  ...type,
  async view(context, subject) {
    const shown = await type.view(context, subject);
    if ('suppressed' in shown) return shown;
    const put = (card: View): View =>
      withCopyButton(context, card, action, { [option]: codeOf(option, Number(subject)) });
    return 'last' in shown ? { last: put(shown.last) } : put(shown);
  },
});

/** Returns what is posted, with a button below each card that gives it as plain words. */
export const copyablePosts = (types: PostTypes): PostTypes =>
  Object.fromEntries(
    Object.entries(types).map(([kind, type]) => [kind, COPIED[kind] ? copied(type, COPIED[kind]) : type]),
  );
