import { BeginForm } from '../../src/bot/begin-form.ts';
import { main, query, required } from '../../src/bot/command.ts';
import { line } from '../../src/bot/kinds.ts';
import { Refusal } from '../../src/contract/refusal.ts';

/** The actions that complete something, with the option of each that names it. */
const COMPLETING: Readonly<Record<string, string>> = {
  ke: 'activity',
  pe: 'partner',
  ad: 'agreement',
  ne: 'indicator',
};

/** Asks for what was left out of a form: its answer has a button that leads here. */
export const complete = query({
  id: 'mg',
  name: 'complete',
  hidden: true,
  opensForm: true,
  words: m => m.me.command.complete,
  who: 'member',
  options: { action: main(line({ max: 4 })), thing: required(line({ max: 20 })) },
  async run(_, { action, thing }) {
    const option = COMPLETING[action];
    if (!option) throw new Refusal('not_found', m => m.core.oldButton);
    throw new BeginForm(action, { [option]: thing }, { isRest: true });
  },
});
