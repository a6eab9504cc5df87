import { isNowhere } from '../contract/act.ts';
import { Refusal } from '../contract/refusal.ts';
import { facts, list, note, text, type View, view } from '../contract/view.ts';
import type { Messages } from '../language/messages.ts';
import { capital, code, type Text, t } from '../language/text.ts';
import type { ReadContext } from './act-context.ts';
import type { Action, Command } from './command.ts';
import { mayRun, whoText } from './permit.ts';
import type { Registry } from './registry.ts';

/** Tells how an action is typed in this language: `/kegiatan catat`. */
const pathOf = (m: Messages, command: Command, action: Action): string =>
  ['/'.concat(command.words(m).name), action.words(m).name].filter(Boolean).join(' ');

const shown = (action: Action) => Object.entries(action.options).filter(([, option]) => !option.hidden);

const visible = (command: Command): readonly Action[] => command.actions.filter(action => !action.hidden);

/**
 * Returns what this person may do here: all commands, or the one that was typed, or one of its actions.
 * @throws Refusal `not_found` where no command is called so.
 */
export function helpFor(registry: Registry, ctx: ReadContext, topic: string | null): View {
  if (!topic) return overview(registry, ctx);
  const found = registry.find(topic.replace(/^\//, '').split(/\s+/));
  if (found.kind === 'unknown') throw new Refusal('not_found', m => m.help.noTopic({ typed: topic }));
  return commandHelp(ctx, found.command, found.kind === 'action' && found.action.name ? found.action : undefined);
}

/** Returns what this person may do here, a line a command. */
function overview(registry: Registry, ctx: ReadContext): View {
  const { m } = ctx;
  const mine = registry.commands
    .map(command => ({
      command,
      actions: visible(command).filter(action => mayRun(ctx.roles, action) && (ctx.hasForum || action.outside)),
    }))
    .filter(({ actions }) => actions.length);
  return view(m.help.title, {
    blocks: [
      text(ctx.hasForum ? m.help.intro : isNowhere(ctx.place) ? m.core.noForumDirect : m.core.noForum),
      facts(
        mine.map(({ command, actions }): [Text, Text] => [
          [code(`/${command.words(m).name}`)],
          t`${command.words(m).summary}${actions.length > 1 ? `: ${actions.map(one => one.words(m).name).join(', ')}` : ''}`,
        ]),
      ),
    ],
  });
}

/** A command with its actions and examples, or one action with its options. */
function commandHelp(ctx: ReadContext, command: Command, only?: Action): View {
  const { m } = ctx;
  const words = command.words(m);
  if (only) return actionHelp(ctx, command, only);
  return view([code(`/${words.name}`)], {
    blocks: [
      text(words.summary),
      list(
        visible(command).map(action => {
          const { summary, example } = action.words(m);
          return t`${summary} (${whoText(m, action)}): ${code([pathOf(m, command, action), example].filter(Boolean).join(' '))}`;
        }),
      ),
    ],
  });
}

function actionHelp(ctx: ReadContext, command: Command, action: Action): View {
  const { m } = ctx;
  const words = action.words(m);
  return view([code(pathOf(m, command, action))], {
    blocks: [
      text(words.summary),
      facts(
        shown(action).map(([key, option]): [Text, Text] => {
          const { name, help } = words.options[key]!;
          return [
            option.required ? t`${name} (${m.help.required})` : name,
            t`${help}. ${capital(option.kind.accepts(m, ctx))}.`,
          ];
        }),
      ),
      text(t`${m.help.example}: ${code([pathOf(m, command, action), words.example].filter(Boolean).join(' '))}`),
      note(m.help.who({ who: whoText(m, action) })),
    ],
  });
}
