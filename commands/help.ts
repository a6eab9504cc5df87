import { type Command, mainOptional, query } from '../src/bot/command.ts';
import { commandHelp, overview } from '../src/bot/help.ts';
import { line } from '../src/bot/kinds.ts';
import { Refusal } from '../src/contract/refusal.ts';

const whole = query({
  id: 'hlp',
  name: '',
  words: m => m.help.command.whole,
  who: 'anyone',
  outside: true,
  options: { topic: mainOptional(line({ max: 100 })) },
  async run(ctx, { topic }) {
    if (!topic) return overview(ctx);
    const found = ctx.registry.find(topic.replace(/^\//, '').split(/\s+/));
    if (found.kind === 'unknown') throw new Refusal('not_found', m => m.help.noTopic({ typed: topic }));
    return commandHelp(ctx, found.command, found.kind === 'action' && found.action.name ? found.action : undefined);
  },
});

export const help: Command = { name: 'help', words: m => m.help.command, actions: [whole] };
