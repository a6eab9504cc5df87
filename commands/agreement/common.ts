import type { WriteContext } from '../../src/bot/act-context.ts';
import type { Proof } from '../../src/bot/references.ts';
import { Refusal, type Refusals, refuseIf } from '../../src/contract/refusal.ts';
import type { Agreement } from '../../src/domain/agreements/row.ts';
import { type AgreementNo, mayChange } from '../../src/domain/agreements/rules.ts';
import { partiesOf } from '../../src/domain/agreements/store.ts';
import { codeOf } from '../../src/domain/codes.ts';
import { bind } from '../evidence.ts';

const refusals: Refusals<AgreementNo> = {
  not_party: () => new Refusal('forbidden', m => m.agreement.notParty),
  ended: () => new Refusal('closed', m => m.agreement.alreadyEnded),
};

export const code = (agreement: Agreement): string => codeOf('agreement', agreement.number);

/** Returns where the document of an agreement is: its name and content where it is kept, else what was typed. */
export async function documented(ctx: WriteContext, link: Proof): Promise<Pick<Agreement, 'link' | 'file'>> {
  const [file] = typeof link === 'string' ? [] : link;
  if (typeof link === 'string' || !file) return { link: String(link), file: null };
  await bind(ctx, file);
  return { link: file.name, file: file.hash };
}

/** The numbers of the parties, if the actor may change the agreement. */
export async function assertMayChange(ctx: WriteContext, agreement: Agreement): Promise<number[]> {
  const found = await partiesOf(ctx.db, ctx.forumId, [agreement.number]);
  const parties = (found.get(agreement.number) ?? []).map(one => one.number);
  refuseIf(mayChange(ctx.actor, agreement, parties), refusals);
  return parties;
}

/** Writes a change into the history, and has what stands about the agreement brought up to date. */
export async function changed(ctx: WriteContext, agreement: Agreement, kind: string, data = {}): Promise<void> {
  await ctx.record({ kind: `agreement.${kind}`, thing: 'agreement', number: agreement.number, data });
  await ctx.stale({ kind: 'agreement', subject: String(agreement.number) });
}
