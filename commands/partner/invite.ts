import type { WriteContext } from '../../src/bot/act-context.ts';
import { main, mutation, optional, required } from '../../src/bot/command.ts';
import { choice, date, line, paragraph } from '../../src/bot/kinds.ts';
import { entity } from '../../src/bot/references.ts';
import { Refusal } from '../../src/contract/refusal.ts';
import { view } from '../../src/contract/view.ts';
import { addDays } from '../../src/domain/calendar.ts';
import { codeOf } from '../../src/domain/codes.ts';
import {
  acceptCandidate,
  addPartner,
  archivePartner,
  candidateSource,
  type Partner,
} from '../../src/domain/partners.ts';
import { formatDate, localDate } from '../../src/language/dates.ts';
import { SECTOR_WORDS } from '../../src/language/synonyms.ts';
import { followUpOf } from '../../src/schedule/engagement.ts';
import { SECTORS } from '../../src/storage/schema/people.ts';
import { candidateCard, partnerCard } from '../../src/views/partner.ts';
import { exists, neverArchived } from './names.ts';

/** Number of days after which a candidate that was invited is asked, unless told otherwise. */
const FOLLOW_UP_DAYS = 14;

const candidateOption = main(entity(candidateSource));
const code = (partner: Partner): string => codeOf('partner', partner.number);

/** Plans when the coordinators are reminded to ask the candidate. */
async function followUp(ctx: WriteContext, partner: Partner, on: string | undefined): Promise<string> {
  const today = localDate(ctx.now, ctx.forum.zone);
  const day = on ?? addDays(today, FOLLOW_UP_DAYS);
  if (day <= today) throw new Refusal('invalid_option', m => m.partner.followUpPast, { option: 'follow_up' });
  await ctx.plan(followUpOf(partner, day, ctx.forum.zone));
  return formatDate(day, ctx.locale);
}

const changed = (ctx: WriteContext, partner: Partner, what: string, data: Record<string, unknown> = {}) =>
  ctx.record({ kind: `partner.${what}`, thing: 'partner', number: partner.number, data });

export const invite = mutation({
  id: 'pi',
  name: 'invite',
  words: m => m.partner.command.invite,
  who: 'coordinator',
  options: {
    name: main(line({ max: 100 })),
    sector: optional(choice(SECTORS, m => m.partner.sectors, SECTOR_WORDS)),
    contact: optional(line({ max: 100 })),
    focus: optional(line({ max: 200 })),
    follow_up: optional(date()),
  },
  async run(ctx, o) {
    const { name, sector = null, contact = null, focus = null } = o;
    const data = { name, sector, contact, focus, influence: null, interest: null };
    await neverArchived(ctx, name);
    const made = await addPartner(ctx.tx, ctx.forumId, data, ctx.now, { candidate: true });
    if (!made) throw exists(name);
    const on = await followUp(ctx, made, o.follow_up);
    await changed(ctx, made, 'invited', { name });
    return candidateCard(ctx, made, ctx.m.partner.invited({ code: code(made), date: on }));
  },
});

export const followLater = mutation({
  id: 'pf',
  name: 'follow-up',
  words: m => m.partner.command.followUp,
  who: 'coordinator',
  options: { partner: candidateOption, follow_up: optional(date()) },
  async run(ctx, { partner, follow_up }) {
    const on = await followUp(ctx, partner, follow_up);
    return candidateCard(ctx, partner, ctx.m.partner.askedLater({ code: code(partner), date: on }));
  },
});

export const accept = mutation({
  id: 'pc',
  name: 'accept',
  words: m => m.partner.command.accept,
  who: 'coordinator',
  options: { partner: candidateOption },
  async run(ctx, { partner }) {
    const joined = await acceptCandidate(ctx.tx, partner);
    await changed(ctx, joined, 'accepted', { before: { candidateSince: partner.candidateSince } });
    return partnerCard(ctx, joined, ctx.m.partner.accepted({ code: code(joined) }));
  },
});

export const decline = mutation({
  id: 'pd',
  name: 'decline',
  words: m => m.partner.command.decline,
  who: 'coordinator',
  options: { partner: candidateOption, reason: required(paragraph({ max: 500 })) },
  async run(ctx, { partner, reason }) {
    await archivePartner(ctx.tx, partner, ctx.now);
    await changed(ctx, partner, 'declined', { reason });
    return view(ctx.m.partner.declined({ code: code(partner) }));
  },
});
