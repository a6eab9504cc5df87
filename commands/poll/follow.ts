import type { WriteContext } from '../../src/bot/act-context.ts';
import { type Action, mutation, optional } from '../../src/bot/command.ts';
import { choice } from '../../src/bot/kinds.ts';
import { Refusal } from '../../src/contract/refusal.ts';
import { list, type View, view } from '../../src/contract/view.ts';
import { dateIn, timeIn } from '../../src/domain/calendar.ts';
import { lastNumber } from '../../src/domain/codes.ts';
import { partnerByNumber } from '../../src/domain/partners.ts';
import { actorOf } from '../../src/domain/people.ts';
import { candidatesNow } from '../../src/domain/polls/candidates.ts';
import { changePoll, optionsOf, type Poll, type PollFollow, type PollOption } from '../../src/domain/polls/store.ts';
import type { Slot } from '../../src/language/slots.ts';
import { optionLabel } from '../../src/views/poll-count.ts';
import { plan } from '../activity/log.ts';
import { setCoordination } from '../forum/coordinate.ts';
import { takeSeat } from '../partner/take-seat.ts';
import { propose } from '../strategy/propose.ts';
import { changed, code, thePoll } from './common.ts';

/** Runs another action for the same person, in the same unit of work. */
async function runMutation(
  ctx: WriteContext,
  action: Action,
  values: Readonly<Record<string, unknown>>,
): Promise<View> {
  if (!action.writes) throw new TypeError(`${action.id} writes nothing`);
  return action.run(ctx, values as never);
}

/** Keeps what came of the poll in its record, and shows what was made. */
async function kept(ctx: WriteContext, poll: Poll, follow: PollFollow): Promise<Poll> {
  const followed = await changePoll(ctx.tx, poll, { follow });
  await changed(ctx, followed, 'followed', { thing: follow.thing, number: follow.number });
  return followed;
}

/** Finds the winning date of a poll: a day, or an hour in the forum's zone. */
const slotOf = ({ date, at }: PollOption, zone: string): Slot => ({
  date: date ?? dateIn(at!, zone),
  endDate: null,
  time: at && timeIn(at, zone),
  until: null,
  zone: at && zone,
});

async function planned(ctx: WriteContext, poll: Poll, best: PollOption): Promise<View> {
  const card = await runMutation(ctx, plan, {
    title: poll.title,
    date: slotOf(best, ctx.forum.zone),
    confirm: true,
  });
  const number = await lastNumber(ctx.db, ctx.forumId, 'activity');
  await kept(ctx, poll, { thing: 'activity', number, by: ctx.actor.member });
  return card;
}

async function proposed(ctx: WriteContext, poll: Poll, names: string): Promise<View> {
  const change = ctx.m.poll.proposalText({ title: poll.title, option: names });
  const card = await runMutation(ctx, propose, { title: poll.title, change });
  const number = await lastNumber(ctx.db, ctx.forumId, 'strategy');
  await kept(ctx, poll, { thing: 'strategy', number, by: ctx.actor.member });
  return card;
}

/** Asks the elected whether they take the role; they have it once they agree. */
async function asked(
  ctx: WriteContext,
  poll: Poll,
  elected: readonly PollOption[],
  role: 'coordinator' | 'representative',
): Promise<View> {
  const members = await candidatesNow(ctx.db, ctx.forumId, elected);
  const there = elected.filter(one => members.get(one.option));
  const people = new Set(there.map(one => members.get(one.option)!.number));
  if (!people.size) throw new Refusal('conflict', m => m.poll.no.noMembers);
  await kept(ctx, poll, { thing: role, number: null, by: ctx.actor.member, agreed: [] });
  for (const member of people) await ctx.post({ kind: 'poll_elected', subject: String(poll.number) }, { member });
  const names = there.map(one => optionLabel(ctx, poll, one));
  return view(ctx.m.poll.asked, { tone: 'good', blocks: [list(names)] });
}

export const follow = mutation({
  id: 'jf',
  hidden: true,
  name: 'follow',
  words: m => m.poll.command.follow,
  who: 'coordinator',
  options: { ...thePoll, role: optional(choice(['coordinator', 'representative'], m => m.poll.roles)) },
  async run(ctx, { poll, role = 'coordinator' }) {
    if (poll.outcome !== 'decided') throw new Refusal('conflict', m => m.poll.no.notDecided({ code: code(poll) }));
    if (poll.follow) throw new Refusal('conflict', m => m.poll.no.alreadyFollowed({ code: code(poll) }));
    const winners = poll.count?.winners ?? [];
    const won = (await optionsOf(ctx.db, poll)).filter(one => winners.includes(one.option));
    if (poll.rule.kind === 'date') return planned(ctx, poll, won[0]!);
    if (poll.rule.kind === 'election') return asked(ctx, poll, won, role);
    return proposed(ctx, poll, won.map(one => optionLabel(ctx, poll, one)).join(', '));
  },
});

export const agree = mutation({
  id: 'jg',
  hidden: true,
  name: 'agree',
  words: m => m.poll.command.agree,
  who: 'member',
  options: thePoll,
  async run(ctx, { poll }) {
    const { follow: given, role, candidate } = await roleAsked(ctx, poll);
    if (role === 'coordinator') await coordinate(ctx);
    else await represent(ctx);
    const follow = { ...given, agreed: [...(given.agreed ?? []), candidate] };
    await changed(ctx, await changePoll(ctx.tx, poll, { follow }), 'agreed', { role });
    return view(ctx.m.poll.agreed({ role: ctx.m.poll.roles[role] }), { tone: 'good' });
  },
});

/** The role that waits for an answer of this person, who was elected; refuses where none does. */
async function roleAsked(ctx: WriteContext, poll: Poll) {
  const { follow: given } = poll;
  const mine = ctx.actor.numbers;
  const won = (await optionsOf(ctx.db, poll)).find(
    one => one.candidate !== null && mine.includes(one.candidate) && poll.count?.winners.includes(one.option),
  );
  const candidate = won?.candidate ?? null;
  const isRole = given?.thing === 'coordinator' || given?.thing === 'representative';
  const hasAnswered = candidate !== null && [...(given?.agreed ?? []), ...(given?.refused ?? [])].includes(candidate);
  if (candidate === null || !isRole || hasAnswered)
    throw new Refusal('conflict', m => m.poll.no.notAsked({ code: code(poll) }));
  return { follow: given, role: given.thing as 'coordinator' | 'representative', candidate };
}

/** Records that the elected does not take the role, and tells the coordinators. */
export async function refuseRole(ctx: WriteContext, poll: Poll): Promise<View> {
  const { follow: given, role, candidate } = await roleAsked(ctx, poll);
  const follow = { ...given, refused: [...(given.refused ?? []), candidate] };
  await changed(ctx, await changePoll(ctx.tx, poll, { follow }), 'refused', { role });
  await ctx.post({ kind: 'poll_role_refused', subject: `${poll.number}:${candidate}` }, { purpose: 'coordinators' });
  return view(ctx.m.poll.refused({ role: ctx.m.poll.roles[role] }), { tone: 'good' });
}

async function coordinate(ctx: WriteContext): Promise<void> {
  const me = (await ctx.memberByNumber(ctx.actor.member))!;
  if (!me.coordinator) await setCoordination(ctx, me, true);
}

/** The elected represents the partner for which they sit. */
async function represent(ctx: WriteContext): Promise<void> {
  const me = (await ctx.memberByNumber(ctx.actor.member))!;
  const { seat: sits } = await actorOf(ctx.db, me);
  const partner = sits && (await partnerByNumber(ctx.db, ctx.forumId, sits.partner));
  if (!partner) throw new Refusal('conflict', m => m.poll.no.noSeat);
  await takeSeat(ctx, me, partner, 'representative');
}
