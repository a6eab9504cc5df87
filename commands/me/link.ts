import type { WriteContext } from '../../src/bot/act-context.ts';
import { mainOptional, mutation, optional, required } from '../../src/bot/command.ts';
import { line, whole } from '../../src/bot/kinds.ts';
import { button } from '../../src/contract/buttons.ts';
import { Refusal, type Refusals, refuseIf } from '../../src/contract/refusal.ts';
import { text, view } from '../../src/contract/view.ts';
import { codeOf } from '../../src/domain/codes.ts';
import { codeFrom } from '../../src/domain/invitations.ts';
import {
  answerLink,
  beginLink,
  changeLink,
  claimLink,
  enterLink,
  type Link,
  linkByNumber,
  linkToUndo,
  mayVouch,
  sidesOf,
  type VouchNo,
  WAIT_MS,
} from '../../src/domain/links.ts';
import { merge } from '../../src/domain/merging.ts';
import { voidApprovals } from '../../src/domain/money/approvals.ts';
import { coordinators } from '../../src/domain/people.ts';
import { personNumbers } from '../../src/domain/persons.ts';
import { type CountedTwice, countOnce, countTwice } from '../../src/domain/strategies/one-person.ts';
import { unmerge } from '../../src/domain/unmerging.ts';
import type { CutVoters } from '../../src/storage/schema/links.ts';
import { whoIs } from '../../src/views/links.ts';
import { entered } from '../codes.ts';
import { tellPassed } from '../partner/duties.ts';

/** Length of a code, characters: short enough to type from another screen within the ten minutes that it holds. */
const SIGNS = 8;

const theRequest = { request: required(whole({ min: 1 })) };

/** Shows a code if none is given; else shows whose code it is, and asks whether that is the same person. */
export const link = mutation({
  id: 'mk',
  name: 'link',
  words: m => m.me.command.link,
  who: 'member',
  secret: true,
  options: { code: mainOptional(line({ max: 40 })) },
  async run(ctx, { code: typed }) {
    const w = ctx.m.me;
    const me = (await ctx.memberByNumber(ctx.actor.member))!;
    if (!typed) {
      const code = codeFrom(() => ctx.newId(), SIGNS);
      await beginLink(ctx.tx, me, code, ctx.now);
      return view(w.linkCode({ code }), { blocks: [text(w.linkHint({ code }))] });
    }
    const wrong = (m: typeof ctx.m) => m.me.wrongLink;
    const found = await entered(ctx, wrong, () => enterLink(ctx.tx, me, typed, ctx.now));
    const request = { request: String(found.number) };
    return view(w.whoseCode({ who: await whoIs(ctx, found.member) }), {
      tone: 'warning',
      blocks: [text(w.whoseCodeHint)],
      controls: [
        [
          button(ctx.m, 'isMyAccount', 'mi', request, 'primary'),
          button(ctx.m, 'notMyAccount', 'mj', request, 'danger'),
        ],
      ],
    });
  },
});

/** A request to link that the actor is one side of. */
async function asked(ctx: WriteContext, request: number, side: 'member' | 'other'): Promise<Link> {
  const found = await linkByNumber(ctx.db, ctx.forumId, request);
  if (!found || found.other === null || found[side] !== ctx.actor.member)
    throw new Refusal('not_found', m => m.me.noLink, { option: 'request' });
  return found;
}

/** The side that typed the code says that it is its own: only then the other side is asked. */
export const claim = mutation({
  id: 'mi',
  name: 'claim',
  hidden: true,
  words: m => m.me.command.claim,
  who: 'member',
  options: theRequest,
  async run(ctx, { request }) {
    const found = await asked(ctx, request, 'other');
    if (!(await claimLink(ctx.tx, found, ctx.now))) throw new Refusal('closed', m => m.me.linkAnswered);
    await ctx.post({ kind: 'link', subject: String(found.number) }, { member: found.member });
    return view(ctx.m.me.linkAsked, { blocks: [text(ctx.m.me.linkAskedHint)] });
  },
});

/** The side that typed the code says that it is somebody else's. */
export const disclaim = mutation({
  id: 'mj',
  name: 'disclaim',
  hidden: true,
  words: m => m.me.command.disclaim,
  who: 'member',
  options: theRequest,
  async run(ctx, { request }) {
    const found = await asked(ctx, request, 'other');
    if (!(await answerLink(ctx.tx, found, false, ctx.now))) throw new Refusal('closed', m => m.me.linkAnswered);
    return view(ctx.m.me.notLinked, { tone: 'good' });
  },
});

/** Tells both accounts and the coordinators what became of a link. */
async function tell(ctx: WriteContext, { number, member, other }: Link, kind: string): Promise<void> {
  const topic = { kind, subject: String(number) };
  for (const to of [member, other]) if (to !== null && to !== ctx.actor.member) await ctx.post(topic, { member: to });
  await ctx.post(topic, { purpose: 'coordinators' });
}

/** The votes whose electorate is another now. */
const topicsOf = ({ electors, polls }: CutVoters) => [
  ...electors.map(one => ({ kind: 'ballot', subject: String(one.strategy) })),
  ...(polls?.electors ?? []).map(one => ({ kind: 'poll', subject: String(one.poll) })),
];

/** The accounts are one person from now on: one ballot, and no second pair of eyes for each other. */
async function linkUp(ctx: WriteContext, found: Link): Promise<readonly CountedTwice[]> {
  const sides = await sidesOf(ctx.db, found);
  if (!sides) return [];
  const { kept, gone } = sides;
  const { twice, cut } = await countOnce(ctx.tx, ctx.forumId, kept.number, gone.number);
  await changeLink(ctx.tx, found, { cut });
  for (const topic of topicsOf(cut)) await ctx.stale(topic);
  const person = await personNumbers(ctx.db, ctx.forumId, found.member);
  for (const entry of await voidApprovals(ctx.tx, ctx.forumId, person, ctx.now)) {
    await ctx.record({ kind: 'entry.approval_void', thing: 'entry', number: entry, data: { persons: person } });
    await ctx.stale({ kind: 'entry', subject: String(entry) });
    await ctx.post({ kind: 'entry_waits_again', subject: String(entry) }, { purpose: 'announce' });
    await ctx.post({ kind: 'entry_waits_again', subject: String(entry) }, { purpose: 'coordinators' });
  }
  await tell(ctx, found, 'link_made');
  // With no other coordinator the account that has the rights is asked when a day has passed.
  if ((await coordinators(ctx.db, ctx.forumId)).every(one => person.includes(one.number)))
    await ctx.post(
      { kind: 'link_vouch', subject: String(found.number) },
      { member: kept.number },
      { at: new Date(ctx.now.getTime() + WAIT_MS) },
    );
  return twice;
}

/** The answer of the person who was shown the code. */
const answering = (id: string, name: 'same' | 'other', linked: boolean) =>
  mutation({
    id,
    name,
    words: m => m.me.command[name],
    who: 'member',
    options: theRequest,
    async run(ctx, { request }) {
      const w = ctx.m.me;
      const found = await asked(ctx, request, 'member');
      // The other side has not said yet that it is the same person.
      if (linked && !found.claimedAt) throw new Refusal('not_found', m => m.me.noLink, { option: 'request' });
      if (!(await answerLink(ctx.tx, found, linked, ctx.now))) throw new Refusal('closed', m => m.me.linkAnswered);
      const kind = linked ? 'me.linked' : 'me.not_linked';
      await ctx.record({ kind, thing: 'member', number: found.member, data: { other: found.other } });
      if (!linked) return view(w.notLinked, { tone: 'good' });
      const codes = (await linkUp(ctx, found)).map(one => codeOf(one.thing, one.number)).join(', ');
      return view(w.linked, {
        tone: 'good',
        blocks: [text(w.linkedHint), codes ? text(w.laterBallot({ codes })) : null],
        controls: [[button(ctx.m, 'unlink', 'mu', { request: String(found.number) })]],
      });
    },
  });

export const same = answering('mc', 'same', true);
export const other = answering('mb', 'other', false);

const refusals: Refusals<VouchNo> = {
  no_link: () => new Refusal('not_found', m => m.me.noLink, { option: 'request' }),
  own_link: () => new Refusal('forbidden', m => m.me.ownLink),
  wait: () => new Refusal('forbidden', m => m.me.linkWaits),
};

/** Another coordinator says that both accounts are one person: from then on both have the rights. */
export const vouch = mutation({
  id: 'mv',
  name: 'vouch',
  hidden: true,
  words: m => m.me.command.vouch,
  who: 'member',
  options: theRequest,
  async run(ctx, { request }) {
    const found = await linkByNumber(ctx.db, ctx.forumId, request);
    refuseIf(await mayVouch(ctx.db, ctx.actor, found, ctx.now), refusals);
    const sides = await sidesOf(ctx.db, found!);
    // They became one already, by another link.
    if (!sides) throw new Refusal('not_found', m => m.me.noLink, { option: 'request' });
    const { kept, gone } = sides;
    const before = await merge(ctx.tx, kept, gone, ctx.now);
    await changeLink(ctx.tx, found!, { lentAt: ctx.now, before });
    await tellPassed(
      ctx,
      before.passed!.map(one => ({ ...one, member: kept.number })),
    );
    await ctx.record({ kind: 'me.vouched', thing: 'member', number: kept.number, data: { other: gone.number } });
    await ctx.post({ kind: 'link_lent', subject: String(request) }, { member: kept.number });
    return view(ctx.m.me.vouched({ name: kept.name }), { tone: 'good' });
  },
});

/** Either side undoes a link within seven days; ballots that were cast meanwhile stand once. */
export const unlink = mutation({
  id: 'mu',
  name: 'unlink',
  words: m => m.me.command.unlink,
  who: 'member',
  options: { request: optional(whole({ min: 1 })) },
  async run(ctx, { request }) {
    const person = await personNumbers(ctx.db, ctx.forumId, ctx.actor.member);
    const last = await linkToUndo(ctx.db, ctx.forumId, ctx.actor.member, ctx.now);
    const found = request === undefined || last?.number === request ? last : null;
    if (!found || !person.includes(found.member)) throw new Refusal('not_found', m => m.me.nothingToUndo);
    if (found.before) await unmerge(ctx.tx, ctx.forumId, found.before);
    if (found.cut) await countTwice(ctx.tx, ctx.forumId, found.cut);
    await changeLink(ctx.tx, found, { undoneAt: ctx.now });
    await ctx.record({ kind: 'me.unlinked', thing: 'member', number: found.member, data: { other: found.other } });
    await tell(ctx, found, 'link_undone');
    for (const topic of found.cut ? topicsOf(found.cut) : []) await ctx.stale(topic);
    return view(ctx.m.me.unlinked, { tone: 'good', blocks: [text(ctx.m.me.unlinkedHint)] });
  },
});
