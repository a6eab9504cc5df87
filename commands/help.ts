import { type Command, mainOptional, query } from '../src/bot/command.ts';
import { line } from '../src/bot/kinds.ts';

const whole = query({
  id: 'hlp',
  name: '',
  words: m => m.help.command.whole,
  who: 'anyone',
  outside: true,
  options: { topic: mainOptional(line({ max: 100 })) },
  run: async (ctx, { topic }) => ctx.help(topic ?? null),
});

export const help: Command = { name: 'help', words: m => m.help.command, actions: [whole] };
