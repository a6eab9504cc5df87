import type { WriteContext } from '../src/bot/act-context.ts';
import type { Proof } from '../src/bot/references.ts';
import { Refusal } from '../src/contract/refusal.ts';
import { addEvidence, type EvidenceKind, guessKind, isPublicKind } from '../src/domain/evidence.ts';
import { bindFile, type KeptFile } from '../src/domain/files/store.ts';
import type { Thing } from '../src/domain/thing.ts';

/** Makes a kept file part of the record. @throws Refusal `closed` where it has been deleted meanwhile. */
export async function bind(ctx: WriteContext, file: KeptFile): Promise<void> {
  if (!(await bindFile(ctx.tx, ctx.forumId, file.hash)))
    throw new Refusal('closed', m => m.core.fileExpired({ name: file.name }));
}

/** Adds what was given as evidence of a thing; its kind is guessed where nobody said. */
export async function attachProof(
  ctx: WriteContext,
  of: { readonly thing: Thing; readonly number: number },
  proof: Proof,
  kind?: EvidenceKind,
): Promise<void> {
  const base = { ...of, addedBy: ctx.actor.member };
  if (typeof proof === 'string') {
    const one = { ...base, kind: kind ?? guessKind(proof), content: proof, file: null };
    return addEvidence(ctx.tx, ctx.forumId, one, ctx.now);
  }
  const mayShow = ctx.forum.settings.public === true && (of.thing === 'activity' || of.thing === 'indicator');
  for (const file of proof) {
    await bind(ctx, file);
    const one = { ...base, kind: kind ?? guessKind(file.name, file.type), content: file.name, file: file.hash };
    await addEvidence(ctx.tx, ctx.forumId, one, ctx.now);
    if (mayShow && isPublicKind(one.kind)) ctx.tell(ctx.m.core.fileOnPage({ name: file.name }));
  }
}
