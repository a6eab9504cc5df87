import type { ReadContext } from '../src/bot/act-context.ts';
import { type Action, paging, type Query } from '../src/bot/command.ts';
import { flag } from '../src/bot/kinds.ts';
import { text, type View, view } from '../src/contract/view.ts';
import { withCopyButton } from '../src/views/copy-button.ts';
import { plainText } from '../src/views/plain-text.ts';

/** Returns what a card shows as plain words, to be copied elsewhere. */
export const asPlain = ({ m }: Pick<ReadContext, 'm'>, card: View): View =>
  view(m.core.copyTitle, { blocks: [text(plainText(card))] });

/** The action that shows one thing with a code, with a button that gives it as plain words, for other groups and letters. */
export function copyable(action: Action): Action {
  const [main] = Object.entries(action.options).filter(([, option]) => option.main && option.kind.letter);
  if (!main || action.writes || action.name !== 'show') return action;
  const [key, { kind }] = main;
  const shows: Query<Action['options']> = {
    ...action,
    options: { ...action.options, plain: paging(flag()) },
    words: m => {
      const words = action.words(m);
      return { ...words, options: { ...words.options, plain: m.core.plainOption } };
    },
    async run(ctx, { plain, ...values }) {
      const shown = await action.run(ctx, values);
      if (plain) return asPlain(ctx, shown);
      return withCopyButton(ctx, shown, action.id, { [key]: kind.print(values[key]) });
    },
  };
  return shows;
}
