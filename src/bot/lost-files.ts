import type { Act, Given } from '../contract/act.ts';
import { Refusal } from '../contract/refusal.ts';
import { note, type View } from '../contract/view.ts';
import type { Messages } from '../language/messages.ts';
import type { Text } from '../language/text.ts';
import type { Reader } from '../storage/store.ts';
import type { HandIn, LostFile } from './hand-in.ts';
import { firstAnswer } from './idempotency.ts';
import type { Known } from './known.ts';
import { mayRun, rolesOf } from './permit.ts';
import { isAsked, type Wanted } from './resolve.ts';

/** Returns what is wrong with a file, in words. */
const sayLost = (m: Messages, { name, why }: LostFile, limitMib: number): Text =>
  m.core.fileNotTaken[why]({ name, limit: limitMib });

/** Returns what was given, with the files whose paths were typed where only a file will do. */
const withTypedFiles = ({ fileOf }: Act, { action, given }: Wanted): Given =>
  Object.fromEntries(
    Object.entries(given).map(([option, raw]) => {
      const isPath = 'typed' in raw && action.options[option]?.kind.onlyFile;
      const file = isPath ? fileOf?.(raw.typed) : null;
      return [option, file ? { file } : raw];
    }),
  );

/**
 * Keeps the files that an act hands in, before it runs. What cannot be kept is left out, and the act goes on without it;
 * where it is about nothing else, it is refused with everything that was typed kept.
 * @throws Refusal `invalid_option` where a required file cannot be kept, or a step of a long form holds one.
 */
export async function handedIn(
  { files, read }: { readonly files: HandIn; readonly read: Reader },
  act: Act,
  known: Known,
  wanted: Wanted,
  now: Date,
): Promise<Wanted> {
  const { action, reopen } = wanted;
  const given = withTypedFiles(act, wanted);
  const isNew = Object.values(given).some(raw => 'file' in raw && !raw.file.kept);
  if (!isNew || reopen || !known.forum || !action.writes || !mayRun(rolesOf(known.actor), action)) return wanted;
  if (await firstAnswer(read, known.forum.id, act.key)) return wanted;
  const { given: taken, lost } = await files.take(act, known.forum.id, given, now);
  return { ...wanted, given: taken, lost };
}

/** Refuses an act that is about a file which could not be kept. @throws Refusal `invalid_option`. */
export function needFiles({ action, given, lost = [], unfinished }: Wanted, limitMib: number): void {
  const needed = lost.find(one => {
    // A forged form may hand in a file under a name that the action does not have.
    const option = action.options[one.option];
    return unfinished || (option !== undefined && !(one.option in given) && isAsked(option, given));
  });
  if (needed) throw new Refusal('invalid_option', m => sayLost(m, needed, limitMib), { option: needed.option });
}

/** An answer that also says which files are missing; what else was done is saved. */
export function withLostFiles(m: Messages, answer: View, lost: readonly LostFile[], limitMib: number): View {
  if (!lost.length) return answer;
  const said = lost.map(one => note(sayLost(m, one, limitMib)));
  return { ...answer, tone: 'warning', blocks: [...said, note(m.core.fileAgain), ...answer.blocks] };
}

/** Returns what is wrong with files, in words; for an act that is refused for something else. */
export const lostWords = (m: Messages, lost: readonly LostFile[], limitMib: number): Text[] =>
  lost.map(one => sayLost(m, one, limitMib));
