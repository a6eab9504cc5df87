import { type Command, deed, main, optional, query, required } from '../src/bot/command.ts';
import type { WriteContext } from '../src/bot/context.ts';
import { choice, date, line, money, paragraph } from '../src/bot/kinds.ts';
import { entity, evidence, whereIs } from '../src/bot/references.ts';
import { Refusal, type Refusals, refuseIf } from '../src/bot/refusal.ts';
import { spanOf, timeSpan } from '../src/bot/time-kinds.ts';
import { activitySource } from '../src/domain/activities.ts';
import { codeOf } from '../src/domain/codes.ts';
import { addEvidence } from '../src/domain/evidence.ts';
import {
  approveEntry,
  type Entry,
  entrySource,
  fateOf,
  listEntries,
  recordEntry,
  reverseEntry,
} from '../src/domain/money/ledger.ts';
import { type ApproveNo, mayApprove, mayReverse, type ReverseNo } from '../src/domain/money/rules.ts';
import { totalsOf, waitingTotal } from '../src/domain/money/totals.ts';
import { partnerSource } from '../src/domain/partners.ts';
import { localDate } from '../src/language/dates.ts';
import { MONEY_WORDS } from '../src/language/synonyms.ts';
import { DIRECTIONS } from '../src/storage/schema/money.ts';
import { entryCard, entryList, moneySummary } from '../src/views/money.ts';

const PAGE = 10;

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

const record = deed({
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
  },
  async run(ctx, o) {
    const today = localDate(ctx.now, ctx.zone);
    if (o.date && o.date > today) throw new Refusal('invalid_option', m => m.finance.futureDate, { option: 'date' });
    const limit = ctx.forum.settings.approveAbove;
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
        needsApproval: limit !== undefined && o.amount > limit,
        ...recorder(ctx),
      },
      ctx.now,
    );
    const { number } = entry;
    if (o.evidence) {
      const content = whereIs(o.evidence);
      const proof = { thing: 'entry', number, kind: 'receipt', content, addedBy: ctx.actor.member } as const;
      await addEvidence(ctx.tx, ctx.forumId, proof, ctx.now);
    }
    await ctx.record({ kind: 'entry.recorded', thing: 'entry', number });
    await ctx.post(topic(entry), { purpose: 'announce' });
    const code = codeOf('entry', number);
    const w = ctx.m.finance;
    return entryCard(ctx, entry, entry.needsApproval ? w.recordedWaiting({ code }) : w.recorded({ code }));
  },
});

const approve = deed({
  id: 'ua',
  name: 'approve',
  words: m => m.finance.command.approve,
  who: ['representative', 'coordinator'],
  options: { entry: main(entity(entrySource)) },
  async run(ctx, { entry }) {
    const { state } = await fateOf(ctx.db, entry);
    refuseIf(mayApprove(ctx.actor, entry, state), refusals);
    await approveEntry(ctx.tx, entry, ctx.actor.member, ctx.now);
    await ctx.record({ kind: 'entry.approved', thing: 'entry', number: entry.number });
    await ctx.stale(topic(entry));
    return entryCard(ctx, entry, ctx.m.finance.approved({ code: codeOf('entry', entry.number) }));
  },
});

const reverse = deed({
  id: 'uv',
  name: 'reverse',
  words: m => m.finance.command.reverse,
  who: ['partner', 'coordinator'],
  options: { entry: main(entity(entrySource)), reason: required(paragraph({ max: 500 })) },
  async run(ctx, { entry, reason }) {
    const { state } = await fateOf(ctx.db, entry);
    refuseIf(mayReverse(ctx.actor, entry, state), refusals);
    const how = { reason, date: localDate(ctx.now, ctx.zone), by: recorder(ctx), counted: state === 'counted' };
    const reversal = await reverseEntry(ctx.tx, entry, how, ctx.now);
    const by = codeOf('entry', reversal.number);
    await ctx.record({ kind: 'entry.reversed', thing: 'entry', number: entry.number, data: { by, reason } });
    await ctx.stale(topic(entry));
    return entryCard(ctx, reversal, ctx.m.finance.reversed({ code: codeOf('entry', entry.number), by }));
  },
});

const list = query({
  id: 'ul',
  name: 'list',
  words: m => m.finance.command.list,
  who: 'member',
  options: { before: optional(entity(entrySource)) },
  run: async (ctx, { before }) => entryList(ctx, await listEntries(ctx.db, ctx.forumId, { before }, PAGE)),
});

const show = query({
  id: 'uw',
  name: 'show',
  words: m => m.finance.command.show,
  who: 'member',
  options: { entry: main(entity(entrySource)) },
  run: (ctx, { entry }) => entryCard(ctx, entry),
});

const summary = query({
  id: 'us',
  name: 'summary',
  words: m => m.finance.command.sum,
  who: 'member',
  options: { from: optional(timeSpan()), to: optional(timeSpan()) },
  async run(ctx, o) {
    const { from, to } = spanOf(o.from, o.to);
    const totals = await totalsOf(ctx.db, ctx.forumId, { from, to });
    const opening = from ? await totalsOf(ctx.db, ctx.forumId, { before: from }) : { in: 0, out: 0 };
    const waiting = await waitingTotal(ctx.db, ctx.forumId);
    return moneySummary(ctx, { from, to }, { totals, opening, waiting });
  },
});

export const finance: Command = {
  name: 'finance',
  words: m => m.finance.command,
  actions: [record, reverse, list, summary, show, approve],
};
