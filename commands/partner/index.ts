import type { ReadContext } from '../../src/bot/act-context.ts';
import { area, areas } from '../../src/bot/area-kind.ts';
import {
  type Command,
  main,
  mainOptional,
  mutation,
  optional,
  paging,
  query,
  required,
} from '../../src/bot/command.ts';
import { choice, line, paragraph, whole } from '../../src/bot/kinds.ts';
import { entity, member } from '../../src/bot/references.ts';
import { Refusal } from '../../src/contract/refusal.ts';
import { text, view } from '../../src/contract/view.ts';
import { settleWithout } from '../../src/domain/agreements/confirming.ts';
import { areasText, worksIn } from '../../src/domain/areas/area.ts';
import { codeOf } from '../../src/domain/codes.ts';
import { lastReview, mayJoin } from '../../src/domain/engagement/reviews.ts';
import { pageAfter } from '../../src/domain/page.ts';
import {
  addPartner,
  anyPartnerSource,
  archivedSource,
  archivePartner,
  changePartner,
  listPartners,
  type Partner,
  partnerByNumber,
  partnerSource,
  restorePartner,
  seatsOf,
  vacate,
} from '../../src/domain/partners.ts';
import { actorOf, coordinators } from '../../src/domain/people.ts';
import { seatRequestsFor } from '../../src/domain/seat-requests.ts';
import { takeIdleProxies } from '../../src/domain/strategies/electorate.ts';
import { LEVEL_WORDS, SEAT_WORDS, SECTOR_WORDS } from '../../src/language/synonyms.ts';
import { LEVELS, SEAT_ROLES, SECTORS } from '../../src/storage/schema/people.ts';
import { chooseMember } from '../../src/views/choose-member.ts';
import { withFirstSteps } from '../../src/views/first-steps.ts';
import { withHistory } from '../../src/views/history.ts';
import { PAGE } from '../../src/views/paging.ts';
import { partnerCard, partnerHistory, partnerList } from '../../src/views/partner.ts';
import { withLastReview } from '../../src/views/review.ts';
import { given } from '../given.ts';
import { other, same, withDouble } from './double.ts';
import { passOn } from './duties.ts';
import { accept, decline, followLater, invite } from './invite.ts';
import { join, request } from './join.ts';
import { map } from './map.ts';
import { exists, neverArchived, takesPart } from './names.ts';
import { takeSeat, tellSeat } from './take-seat.ts';

const level = (...former: readonly string[]) =>
  optional(
    choice(LEVELS, m => m.partner.levels, LEVEL_WORDS),
    ...former,
  );
const data = {
  sector: optional(choice(SECTORS, m => m.partner.sectors, SECTOR_WORDS)),
  contact: optional(line({ max: 100 })),
  focus: optional(line({ max: 200 })),
  influence: level(),
  interest: level('minat'),
  area: optional(areas()),
};

/** A representative looks after their own partner, a coordinator after all. */
function ownOrCoordinator(ctx: ReadContext, partner: Partner): void {
  if (!ctx.actor.coordinator && ctx.actor.seat?.partner !== partner.number)
    throw new Refusal('forbidden', m => m.partner.notYours({ partner: partner.name }));
}

const add = mutation({
  id: 'pa',
  completedBy: 'pe',
  name: 'add',
  words: m => m.partner.command.add,
  who: 'coordinator',
  options: { name: main(line({ max: 100 })), ...data },
  async run(ctx, o) {
    const { name, sector = null, contact = null, focus = null, influence = null, interest = null } = o;
    const area = o.area ? areasText(o.area) : null;
    await neverArchived(ctx, name);
    const values = { name, sector, contact, focus, influence, interest, area };
    const partner = await addPartner(ctx.tx, ctx.forumId, values, ctx.now);
    if (!partner) throw exists(name);
    await ctx.record({ kind: 'partner.added', thing: 'partner', number: partner.number, data: { name } });
    const head = ctx.m.partner.added({ code: codeOf('partner', partner.number) });
    return withFirstSteps(ctx, await withDouble(ctx, partner, await partnerCard(ctx, partner, head)));
  },
});

const edit = mutation({
  id: 'pe',
  name: 'edit',
  words: m => m.partner.command.edit,
  who: ['coordinator', 'representative'],
  options: { partner: main(entity(anyPartnerSource)), name: optional(line({ max: 100 })), ...data },
  stands: (_, { partner: { name, sector, contact, focus, influence, interest } }) => ({
    name,
    sector,
    contact,
    focus,
    influence,
    interest,
  }),
  async run(ctx, { partner, area, ...options }) {
    ownOrCoordinator(ctx, partner);
    const set = given({ ...options, area: area && areasText(area) });
    if (!Object.keys(set).length) throw new Refusal('missing_option', m => m.core.nothingChanged);
    const changed = await changePartner(ctx.tx, partner, set);
    if (!changed) throw exists(options.name ?? partner.name);
    const before = Object.fromEntries(Object.keys(set).map(key => [key, partner[key as keyof Partner]]));
    await ctx.record({ kind: 'partner.changed', thing: 'partner', number: partner.number, data: { before, set } });
    return partnerCard(ctx, changed, ctx.m.partner.changed({ code: codeOf('partner', partner.number) }));
  },
});

const list = query({
  id: 'pl',
  name: 'list',
  words: m => m.partner.command.list,
  who: 'member',
  options: {
    sector: mainOptional(choice(SECTORS, m => m.partner.sectors, SECTOR_WORDS)),
    after: paging(whole({ min: 1 })),
    area: optional(area()),
  },
  async run(ctx, { sector, after = 0, area: within }) {
    const all = await listPartners(ctx.db, ctx.forumId, sector);
    const page = pageAfter(within ? all.filter(one => worksIn(one.area, within)) : all, after, PAGE);
    return partnerList(ctx, page, { ...(sector && { sector }), ...(within && { area: within.code }) });
  },
});

const show = query({
  id: 'ps',
  name: 'show',
  words: m => m.partner.command.show,
  who: 'member',
  options: { partner: main(entity(anyPartnerSource)) },
  async run(ctx, { partner }) {
    const card = withHistory(ctx, await partnerCard(ctx, partner), await partnerHistory(ctx, partner));
    const last = await lastReview(ctx.db, ctx.forumId, partner.number);
    return last && mayJoin(ctx.actor, last) ? withLastReview(ctx, card, last) : card;
  },
});

const assign = mutation({
  id: 'pg',
  name: 'assign',
  words: m => m.partner.command.assign,
  who: ['coordinator', 'representative'],
  options: {
    member: mainOptional(member()),
    partner: required(entity(partnerSource)),
    role: optional(choice(SEAT_ROLES, m => m.partner.seatRoles, SEAT_WORDS)),
  },
  async run(ctx, { member: who, partner, role = 'member' }) {
    ownOrCoordinator(ctx, partner);
    takesPart(partner);
    if (!who) return chooseMember(ctx, 'pg', { partner: codeOf('partner', partner.number), role });
    const { seat: sits } = await actorOf(ctx.db, who);
    const elsewhere = sits && sits.partner !== partner.number ? sits.partner : null;
    if (elsewhere !== null && !ctx.actor.coordinator) {
      const there = (await partnerByNumber(ctx.db, ctx.forumId, elsewhere))?.name ?? '';
      throw new Refusal('forbidden', m => m.partner.sitsElsewhere({ member: who.name, partner: there }));
    }
    await takeSeat(ctx, who, partner, role);
    const w = ctx.m.partner;
    const assigned = w.assigned({ member: who.name, partner: partner.name, role: w.seatRoles[role] });
    return withFirstSteps(ctx, view(assigned, { tone: 'good' }));
  },
});

const unassign = mutation({
  id: 'pu',
  name: 'unassign',
  words: m => m.partner.command.unassign,
  who: ['coordinator', 'representative'],
  options: { member: mainOptional(member()) },
  async run(ctx, { member: who }) {
    if (!who) return chooseMember(ctx, 'pu', {});
    const { seat: sits } = await actorOf(ctx.db, who);
    const partner = sits && (await partnerByNumber(ctx.db, ctx.forumId, sits.partner));
    if (!partner) throw new Refusal('conflict', m => m.partner.sitsNowhere({ member: who.name }), { option: 'member' });
    ownOrCoordinator(ctx, partner);
    await vacate(ctx.tx, who);
    const data = { member: who.number, role: sits.role };
    await ctx.record({ kind: 'partner.unassigned', thing: 'partner', number: partner.number, data });
    await passOn(ctx, partner.number, [who.number]);
    if (who.number !== ctx.actor.member) await tellSeat(ctx, who);
    return view(ctx.m.partner.unassigned({ member: who.name, partner: partner.name }), { tone: 'good' });
  },
});

const archive = mutation({
  id: 'pz',
  name: 'archive',
  words: m => m.partner.command.archive,
  who: 'coordinator',
  options: { partner: main(entity(anyPartnerSource)), reason: optional(paragraph({ max: 500 })) },
  async run(ctx, { partner, reason }) {
    takesPart(partner);
    const data = { before: await seatsOf(ctx.db, ctx.forumId, partner.number), reason };
    const asking = await seatRequestsFor(ctx.db, ctx.forumId, partner.number);
    await archivePartner(ctx.tx, partner, ctx.now);
    for (const { member } of asking)
      await ctx.post({ kind: 'seat_refused', subject: String(partner.number) }, { member });
    await settleWithout(ctx.tx, ctx.forumId, partner.number, ctx.now);
    for (const strategy of await takeIdleProxies(ctx.tx, ctx.forumId, partner.number))
      await ctx.stale({ kind: 'ballot', subject: String(strategy) });
    await ctx.record({ kind: 'partner.archived', thing: 'partner', number: partner.number, data });
    await passOn(
      ctx,
      partner.number,
      data.before.map(one => one.member),
    );
    const topic = { kind: 'partner_duties', subject: String(partner.number) };
    await ctx.post(topic, { purpose: 'coordinators' });
    for (const { number } of await coordinators(ctx.db, ctx.forumId)) await ctx.post(topic, { member: number });
    const w = ctx.m.partner;
    const code = codeOf('partner', partner.number);
    return view(w.archived({ code }), { blocks: [text(w.archivedHint({ code }))] });
  },
});

const restore = mutation({
  id: 'pr',
  name: 'restore',
  words: m => m.partner.command.restore,
  who: 'coordinator',
  options: { partner: main(entity(archivedSource)) },
  async run(ctx, { partner }) {
    const restored = await restorePartner(ctx.tx, partner);
    if (!restored) throw exists(partner.name);
    await ctx.record({
      kind: 'partner.restored',
      thing: 'partner',
      number: partner.number,
      data: { before: { archivedAt: partner.archivedAt } },
    });
    const w = ctx.m.partner;
    const card = await partnerCard(ctx, restored, w.restored({ code: codeOf('partner', partner.number) }));
    return { ...card, blocks: [...card.blocks, text(w.restoredHint)] };
  },
});

export const partner: Command = {
  name: 'partner',
  words: m => m.partner.command,
  actions: [
    add,
    edit,
    list,
    show,
    map,
    join,
    request,
    assign,
    unassign,
    archive,
    restore,
    invite,
    followLater,
    accept,
    decline,
    same,
    other,
  ],
};
