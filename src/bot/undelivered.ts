import { button } from '../contract/buttons.ts';
import { type View, view } from '../contract/view.ts';
import { catalogue } from '../language/messages.ts';
import { encodeInvocation } from './invocation.ts';
import type { Known } from './known.ts';
import type { Wanted } from './resolve.ts';

/** An answer with files, with what is said where they do not arrive; any other as it is. */
export function withLost({ locale }: Known, wanted: Wanted, answer: View): View {
  if (answer.lost || !answer.blocks.some(block => block.kind === 'file')) return answer;
  const m = catalogue[locale];
  const values = typedIn(wanted);
  const again = values ? [[button(m, 'sendAgain', wanted.action.id, values)]] : [];
  return { ...answer, lost: view(m.core.fileLost({ what: answer.title }), { tone: 'warning', controls: again }) };
}

/** Returns what was asked for, as a button carries it; null where it is too long, or no words say it. */
function typedIn({ action, given }: Wanted): Record<string, string> | null {
  const all = Object.entries(given).flatMap(([option, raw]) => ('typed' in raw ? [[option, raw.typed] as const] : []));
  if (all.length < Object.keys(given).length) return null;
  const values = Object.fromEntries(all);
  try {
    encodeInvocation(action, values);
    return values;
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
}
