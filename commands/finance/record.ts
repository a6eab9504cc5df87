import type { WriteContext } from '../../src/bot/act-context.ts';
import { main, mutation, optional, required } from '../../src/bot/command.ts';
import { choice, date, line, money, paragraph } from '../../src/bot/kinds.ts';
import { entity, evidence, type Proof } from '../../src/bot/references.ts';
import { Refusal, type Refusals, refuseIf } from '../../src/contract/refusal.ts';
import type { View } from '../../src/contract/view.ts';
import { activitySource } from '../../src/domain/activities.ts';
import { codeOf } from '../../src/domain/codes.ts';
import { doubleOfEntry, mayBeSamePayment } from '../../src/domain/money/doubles.ts';
import {
  approveEntry,
  type Entry,
  entrySource,
  fateOf,
  recordEntry,
  reverseEntry,
} from '../../src/domain/money/ledger.ts';
import {
  type ApproveNo,
  DEFAULT_MAX_ENTRY,
  mayApprove,
  mayProve,
  mayReverse,
  type ReverseNo,
} from '../../src/domain/money/rules.ts';
import { partnerSource } from '../../src/domain/partners.ts';
import { personNumbers } from '../../src/domain/persons.ts';
import { localDate } from '../../src/language/dates.ts';
import { catalogue } from '../../src/language/messages.ts';
import { formatMoney } from '../../src/language/numbers.ts';
import { MONEY_WORDS } from '../../src/language/synonyms.ts';
import { DIRECTIONS } from '../../src/storage/schema/money.ts';
import { entryCard } from '../../src/views/money.ts';
import { anotherOne, askIfSame, refuseItself, twoOf } from '../double.ts';
import { attachProof } from '../evidence.ts';
import { category, noticeBudget, refuseClosed } from './common.ts';

const refusals: Refusals<ApproveNo | ReverseNo> = {
  not_waiting: () => new Refusal('closed', m => m.finance.notWaiting),
  own_entry: () => new Refusal('forbidden', m => m.finance.ownEntry),
  same_partner: () => new Refusal('forbidden', m => m.finance.samePartner),
  no_partner: () => new Refusal('forbidden', m => m.finance.needsPartner),
  is_reversal: () => new Refusal('conflict', m => m.finance.isReversal),
  reversed: () => new Refusal('closed', m => m.finance.alreadyReversed),
  not_yours: () => new Refusal('forbidden', m => m.finance.notYours),
};

const recorder = (ctx: WriteContext) => ({
  recordedBy: ctx.actor.member,
  recorderPartner: ctx.actor.seat?.partner ?? null,
});

const topic = (entry: Entry) => ({ kind: 'entry', subject: String(entry.number) });

export const record = mutation({
  id: 'ur',
  name: 'record',
  words: m => m.finance.command.record,
  who: ['partner', 'coordinator'],
  options: {
    purpose: main(line({ max: 200 })),
    direction: required(choice(DIRECTIONS, m => m.finance.directionChoices, MONEY_WORDS)),
    amount: required(money()),
    partner: optional(entity(partnerSource)),
    activity: optional(entity(activitySource)),
    date: optional(date()),
    evidence: optional(evidence()),
    category: optional(category()),
  },
  async run(ctx, o) {
    const today = localDate(ctx.now, ctx.zone);
    if (o.date && o.date > today) throw new Refusal('invalid_option', m => m.finance.futureDate, { option: 'date' });
    const { approveAbove, maxEntry = DEFAULT_MAX_ENTRY } = ctx.forum.settings;
    if (o.amount > maxEntry)
      throw new Refusal('limit', m => m.finance.tooMuch({ max: formatMoney(maxEntry, ctx.locale) }), {
        option: 'amount',
      });
    await refuseClosed(ctx, o.date ?? today, 'date');
    const entry = await recordEntry(
      ctx.tx,
      ctx.forumId,
      {
        direction: o.direction,
        amount: o.amount,
        purpose: o.purpose,
        partner: o.partner?.number ?? null,
        activity: o.activity?.number ?? null,
        date: o.date ?? today,
        category: o.category ?? null,
        needsApproval: approveAbove !== undefined && o.amount > approveAbove,
        ...recorder(ctx),
      },
      ctx.now,
    );
    const { number } = entry;
    if (o.evidence) await attachEvidence(ctx, entry, o.evidence);
    await ctx.record({ kind: 'entry.recorded', thing: 'entry', number });
    await ctx.post(topic(entry), { purpose: 'announce' });
    await noticeBudget(ctx, entry);
    const code = codeOf('entry', number);
    const w = ctx.m.finance;
    const said = entry.needsApproval ? w.recordedWaiting({ code }) : w.recorded({ code });
    return withDouble(ctx, entry, await entryCard(ctx, entry, said));
  },
});

export const approve = mutation({
  id: 'ua',
  name: 'approve',
  words: m => m.finance.command.approve,
  who: 'representative',
  whoWords: m => m.finance.approvers,
  options: { entry: main(entity(entrySource)) },
  async run(ctx, { entry }) {
    const { state } = await fateOf(ctx.db, entry);
    const person = await personNumbers(ctx.db, ctx.forumId, ctx.actor.member);
    refuseIf(mayApprove(ctx.actor, person, entry, state), refusals);
    await refuseClosed(ctx, entry.date);
    await approveEntry(ctx.tx, entry, ctx.actor.member, ctx.now);
    await ctx.record({ kind: 'entry.approved', thing: 'entry', number: entry.number });
    await ctx.stale(topic(entry));
    await noticeBudget(ctx, entry);
    if (entry.reverses !== null) await ctx.stale({ kind: 'entry', subject: String(entry.reverses) });
    return entryCard(ctx, entry, ctx.m.finance.approved({ code: codeOf('entry', entry.number) }));
  },
});

export const reverse = mutation({
  id: 'uv',
  name: 'reverse',
  words: m => m.finance.command.reverse,
  who: ['partner', 'coordinator'],
  options: { entry: main(entity(entrySource)), reason: required(paragraph({ max: 500 })) },
  run: (ctx, { entry, reason }) => takeBack(ctx, entry, reason),
});

/** Takes an entry back by an opposite one. @throws Refusal where the actor may not, or it was taken back already. */
async function takeBack(ctx: WriteContext, entry: Entry, reason: string): Promise<View> {
  const { state, reversal: earlier } = await fateOf(ctx.db, entry);
  refuseIf(mayReverse(ctx.actor, entry, earlier !== null), refusals);
  const how = { reason, date: localDate(ctx.now, ctx.zone), by: recorder(ctx), counted: state === 'counted' };
  const reversal = await reverseEntry(ctx.tx, entry, how, ctx.now);
  const by = codeOf('entry', reversal.number);
  await ctx.record({ kind: 'entry.reversed', thing: 'entry', number: entry.number, data: { by, reason } });
  await ctx.stale(topic(entry));
  const said = { code: codeOf('entry', entry.number), by };
  if (state !== 'counted' || !reversal.needsApproval) return entryCard(ctx, reversal, ctx.m.finance.reversed(said));
  await ctx.post(topic(reversal), { purpose: 'announce' });
  return entryCard(ctx, reversal, ctx.m.finance.reversalWaits(said));
}

/** Asks whether an entry that was written just now is a payment that stands already. */
async function withDouble(ctx: WriteContext, entry: Entry, card: View): Promise<View> {
  const twin = await doubleOfEntry(ctx.db, entry);
  if (!twin) return card;
  const [thing, of] = [codeOf('entry', entry.number), codeOf('entry', twin.number)];
  return askIfSame(ctx.m, card, {
    said: ctx.m.doubles.maybePaid({ code: of, purpose: twin.purpose }),
    same: { action: 'uk', values: { thing, of } },
    other: { action: 'uq', values: { thing } },
  });
}

/** Takes the later entry back by an opposite one that says of what it is a double, since it is the same payment. */
export const same = mutation({
  id: 'uk',
  name: 'same',
  words: m => m.finance.command.same,
  who: ['partner', 'coordinator'],
  hidden: true,
  options: twoOf(entrySource),
  async run(ctx, { thing: gone, of: kept }) {
    refuseItself(gone, kept);
    const said = { code: codeOf('entry', gone.number), other: codeOf('entry', kept.number) };
    if (!mayBeSamePayment(gone, kept)) throw new Refusal('conflict', m => m.doubles.notAlike(said), { option: 'of' });
    if ((await fateOf(ctx.db, kept)).state === 'reversed')
      throw new Refusal('closed', m => m.doubles.isGone({ code: said.other }), { option: 'of' });
    return takeBack(ctx, gone, catalogue[ctx.forum.locale].doubles.sameAs({ code: said.other }));
  },
});

export const other = anotherOne('uq', m => m.finance.command.other, entrySource);

const attachEvidence = (ctx: WriteContext, { number }: Entry, proof: Proof): Promise<void> =>
  attachProof(ctx, { thing: 'entry', number }, proof, 'receipt');

/** Adds a receipt to what is written already; the entry itself stays as it is, in a closed month too. */
export const addReceipt = mutation({
  id: 'ue',
  name: 'evidence',
  words: m => m.finance.command.evidence,
  who: ['partner', 'coordinator'],
  options: { entry: main(entity(entrySource)), evidence: required(evidence()) },
  async run(ctx, { entry, evidence: given }) {
    refuseIf(mayProve(ctx.actor, entry), refusals);
    await attachEvidence(ctx, entry, given);
    await ctx.record({ kind: 'entry.evidence', thing: 'entry', number: entry.number });
    await ctx.stale(topic(entry));
    return entryCard(ctx, entry, ctx.m.finance.evidenceAdded({ code: codeOf('entry', entry.number) }));
  },
});
