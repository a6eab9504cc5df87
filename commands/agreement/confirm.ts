import type { WriteContext } from '../../src/bot/act-context.ts';
import { main, mutation, optional } from '../../src/bot/command.ts';
import { entity } from '../../src/bot/references.ts';
import { Refusal } from '../../src/contract/refusal.ts';
import { confirmAgreement, unconfirmedOf } from '../../src/domain/agreements/confirming.ts';
import type { Agreement } from '../../src/domain/agreements/row.ts';
import { agreementSource, partiesOf } from '../../src/domain/agreements/store.ts';
import { type Partner, partnerSource, seatsOf } from '../../src/domain/partners.ts';
import { speaksFor } from '../../src/domain/people.ts';
import { answerersFor } from '../../src/domain/seat-requests.ts';
import { agreementCard } from '../../src/views/agreement.ts';
import { changed, code } from './common.ts';

/** Asks those who speak for each party that has not confirmed; where nobody does, the coordinators. */
export async function askToConfirm(ctx: WriteContext, agreement: Agreement): Promise<void> {
  const asked = new Set<number>();
  for (const party of await unconfirmedOf(ctx.db, agreement))
    for (const member of await answerersFor(ctx.db, ctx.forumId, party.number)) asked.add(member);
  asked.delete(ctx.actor.member);
  const topic = { kind: 'agreement_awaits', subject: String(agreement.number) };
  for (const member of asked) await ctx.post(topic, { member });
}

/**
 * Finds the party for which a person confirms: the one they speak for; for a coordinator also one that nobody speaks
 * for.
 */
async function confirmingFor(ctx: WriteContext, agreement: Agreement, named: Partner | undefined): Promise<number> {
  const parties = ((await partiesOf(ctx.db, ctx.forumId, [agreement.number])).get(agreement.number) ?? []).map(
    one => one.number,
  );
  const own = ctx.actor.seat?.partner;
  const wanted = named?.number ?? own;
  if (wanted !== undefined && parties.includes(wanted) && speaksFor(ctx.actor, wanted)) return wanted;
  if (!ctx.actor.coordinator) throw new Refusal('forbidden', m => m.agreement.notConfirming);
  const silent: number[] = [];
  for (const { number } of await unconfirmedOf(ctx.db, agreement)) {
    const speaks = (await seatsOf(ctx.db, ctx.forumId, number)).some(one => one.role !== 'member');
    if (!speaks && (!named || named.number === number)) silent.push(number);
  }
  if (silent.length === 1) return silent[0]!;
  if (silent.length) throw new Refusal('missing_option', m => m.agreement.whichPartner, { option: 'partner' });
  throw new Refusal('forbidden', m => m.agreement.notConfirming);
}

/** A party says yes to a formal agreement: it holds once all have. */
export const confirm = mutation({
  id: 'ao',
  name: 'confirm',
  words: m => m.agreement.command.confirm,
  who: ['representative', 'coordinator'],
  whoWords: m => m.agreement.confirmers,
  options: { agreement: main(entity(agreementSource)), partner: optional(entity(partnerSource)) },
  async run(ctx, { agreement, partner }) {
    if (agreement.endedAt) throw new Refusal('closed', m => m.agreement.alreadyEnded);
    const said = { code: code(agreement) };
    if (agreement.confirmedAt) throw new Refusal('closed', m => m.agreement.confirmedAlready(said));
    const party = await confirmingFor(ctx, agreement, partner);
    if (!(await unconfirmedOf(ctx.db, agreement)).some(one => one.number === party))
      throw new Refusal('closed', m => m.agreement.confirmedByYou(said));
    const now = await confirmAgreement(ctx.tx, agreement, party, ctx.actor.member, ctx.now);
    await changed(ctx, now, 'confirmed', { partner: party });
    return agreementCard(ctx, now, ctx.m.agreement.confirmed(said));
  },
});
