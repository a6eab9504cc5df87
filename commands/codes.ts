import type { WriteContext } from '../src/bot/act-context.ts';
import { Refusal } from '../src/contract/refusal.ts';
import { guessedTooOften, noteWrongCode } from '../src/domain/invitations.ts';
import type { Messages } from '../src/language/messages.ts';
import type { Text } from '../src/language/text.ts';

/**
 * Enters a code that somebody was given, unless this account or place has guessed too often. A wrong one is written down
 * although the act is refused.
 */
export async function entered<T>(
  ctx: WriteContext,
  wrong: (m: Messages) => Text,
  enter: () => Promise<T | null>,
): Promise<T> {
  const { platform, workspace } = ctx.place;
  const who = { platform, workspace, account: ctx.identity.account };
  if (await guessedTooOften(ctx.db, who, ctx.now)) throw new Refusal('limit', m => m.forum.tooManyCodes);
  const found = await enter();
  if (found) return found;
  throw new Refusal('not_found', wrong, { option: 'code', afterwards: tx => noteWrongCode(tx, who, ctx.now) });
}
