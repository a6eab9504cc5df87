import { type Command, main, mutation, optional, paging, query, required } from '../../src/bot/command.ts';
import { choice, date, line, money, paragraph, whole } from '../../src/bot/kinds.ts';
import { entity, evidence, list as listOf } from '../../src/bot/references.ts';
import { Refusal } from '../../src/contract/refusal.ts';
import { note } from '../../src/contract/view.ts';
import { actionOfItem } from '../../src/domain/actions/store.ts';
import {
  agreementSource,
  changeAgreement,
  listAgreements,
  recordAgreement,
} from '../../src/domain/agreements/store.ts';
import { partnerSource } from '../../src/domain/partners.ts';
import { speaksFor } from '../../src/domain/people.ts';
import { localDate } from '../../src/language/dates.ts';
import { AGREEMENT_WORDS } from '../../src/language/synonyms.ts';
import { renewalsOf } from '../../src/schedule/agreements.ts';
import { AGREEMENT_KINDS } from '../../src/storage/schema/agreements.ts';
import { actionCode } from '../../src/views/action.ts';
import { agreementCard, agreementHistory, agreementList } from '../../src/views/agreement.ts';
import { withHistory } from '../../src/views/history.ts';
import { PAGE } from '../../src/views/paging.ts';
import { finish, takeOn } from '../action/common.ts';
import { takesPart } from '../partner/names.ts';
import { assertMayChange, changed, code, documented } from './common.ts';
import { askToConfirm, confirm } from './confirm.ts';
import { edit } from './edit.ts';

const agreementOption = main(entity(agreementSource));

const record = mutation({
  id: 'ar',
  completedBy: 'ad',
  name: 'record',
  words: m => m.agreement.command.record,
  who: ['representative', 'coordinator'],
  options: {
    title: main(line({ max: 200 })),
    kind: optional(choice(AGREEMENT_KINDS, m => m.agreement.kinds, AGREEMENT_WORDS)),
    partners: optional(listOf(entity(partnerSource))),
    purpose: optional(paragraph({ max: 1000 })),
    signed: optional(date()),
    expires: optional(date()),
    link: optional(evidence({ files: 1 })),
  },
  async run(ctx, o) {
    if (o.signed && o.expires && o.expires < o.signed)
      throw new Refusal('invalid_option', m => m.agreement.endsBefore, { option: 'expires' });
    for (const one of o.partners ?? []) takesPart(one, 'partners');
    const own = ctx.actor.seat?.partner;
    const named = o.partners?.map(partner => partner.number) ?? [];
    const ownToo = own !== undefined && (!ctx.actor.coordinator || !named.length);
    const parties = [...new Set([...named, ...(ownToo ? [own] : [])])];
    const agreement = await recordAgreement(
      ctx.tx,
      ctx.forumId,
      {
        title: o.title,
        kind: o.kind ?? 'formal',
        purpose: o.purpose ?? null,
        signed: o.signed ?? null,
        expires: o.expires ?? null,
        ...(o.link === undefined ? { link: null, file: null } : await documented(ctx, o.link)),
        createdBy: ctx.actor.member,
      },
      parties,
      own !== undefined && speaksFor(ctx.actor, own) ? own : null,
      ctx.now,
    );
    await changed(ctx, agreement, 'recorded');
    await askToConfirm(ctx, agreement);
    await ctx.plan(...renewalsOf(agreement, ctx.forum.zone, ctx.now));
    await ctx.post({ kind: 'agreement', subject: String(agreement.number) }, { purpose: 'announce' });
    const card = await agreementCard(ctx, agreement, ctx.m.agreement.recorded({ code: code(agreement) }));
    return { ...card, blocks: [...card.blocks, note(ctx.m.agreement.checklist)] };
  },
});

const renew = mutation({
  id: 'an',
  name: 'renew',
  words: m => m.agreement.command.renew,
  who: 'member',
  options: { agreement: agreementOption, expires: required(date()) },
  async run(ctx, { agreement, expires }) {
    await assertMayChange(ctx, agreement);
    if (expires <= localDate(ctx.now, ctx.zone))
      throw new Refusal('invalid_option', m => m.agreement.renewPast, { option: 'expires' });
    const renewed = await changeAgreement(ctx.tx, agreement, { expires });
    await changed(ctx, renewed, 'renewed', {
      from: agreement.expires,
      to: expires,
      before: { expires: agreement.expires },
    });
    await ctx.plan(...renewalsOf(renewed, ctx.forum.zone, ctx.now));
    return agreementCard(ctx, renewed, ctx.m.agreement.renewed({ code: code(agreement) }));
  },
});

const end = mutation({
  id: 'ae',
  name: 'end',
  words: m => m.agreement.command.end,
  who: 'member',
  options: { agreement: agreementOption, reason: required(paragraph({ max: 500 })) },
  async run(ctx, { agreement, reason }) {
    await assertMayChange(ctx, agreement);
    const ended = await changeAgreement(ctx.tx, agreement, { endedAt: ctx.now, endReason: reason });
    await changed(ctx, ended, 'ended', { reason });
    return agreementCard(ctx, ended, ctx.m.agreement.ended({ code: code(agreement) }));
  },
});

const commit = mutation({
  id: 'ac',
  name: 'commit',
  words: m => m.agreement.command.commit,
  who: 'member',
  options: {
    agreement: agreementOption,
    what: required(line({ max: 200 })),
    due: required(date()),
    partner: optional(entity(partnerSource)),
    amount: optional(money()),
  },
  async run(ctx, o) {
    const parties = await assertMayChange(ctx, o.agreement);
    const partner = o.partner?.number ?? ctx.actor.seat?.partner;
    if (partner === undefined)
      throw new Refusal('missing_option', m => m.agreement.whichPartner, { option: 'partner' });
    if (!parties.includes(partner))
      throw new Refusal('invalid_option', m => m.agreement.partnerNotParty, { option: 'partner' });
    const action = await takeOn(ctx, {
      title: o.what,
      due: o.due,
      amount: o.amount ?? null,
      partner,
      owner: null,
      isPrivate: false,
      from: { origin: 'agreement', originNumber: o.agreement.number },
    });
    await changed(ctx, o.agreement, 'committed', { action: action.number, what: o.what, due: o.due });
    const said = { code: actionCode(action), agreement: code(o.agreement) };
    return agreementCard(ctx, o.agreement, ctx.m.agreement.committed(said));
  },
});

/** Option that buttons of earlier versions carry: a promise is an action now, and is marked by its code. */
const kept = mutation({
  id: 'ak',
  name: 'kept',
  words: m => m.agreement.command.kept,
  who: 'member',
  hidden: true,
  options: {
    agreement: agreementOption,
    item: required(whole({ min: 1, max: 10_000 })),
    note: optional(paragraph({ max: 500 })),
  },
  async run(ctx, o) {
    const found = await actionOfItem(ctx.db, ctx.forumId, { agreement: o.agreement.number }, o.item);
    const said = { code: code(o.agreement), item: o.item };
    if (!found) throw new Refusal('not_found', m => m.agreement.noItem(said), { option: 'item' });
    const done = await finish(ctx, found, o.note ?? null);
    return agreementCard(ctx, o.agreement, ctx.m.action.isDone({ code: actionCode(done) }));
  },
});

const list = query({
  id: 'al',
  name: 'list',
  words: m => m.agreement.command.list,
  who: 'member',
  options: { before: paging(entity(agreementSource)) },
  run: async (ctx, { before }) => agreementList(ctx, await listAgreements(ctx.db, ctx.forumId, { before }, PAGE)),
});

const show = query({
  id: 'as',
  name: 'show',
  words: m => m.agreement.command.show,
  who: 'member',
  options: { agreement: agreementOption },
  async run(ctx, { agreement }) {
    const card = await agreementCard(ctx, agreement);
    return withHistory(ctx, card, await agreementHistory(ctx, agreement));
  },
});

export const agreement: Command = {
  name: 'agreement',
  words: m => m.agreement.command,
  actions: [record, edit, list, show, renew, end, commit, kept, confirm],
};
