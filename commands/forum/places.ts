import type { WriteContext } from '../../src/bot/act-context.ts';
import { main, mutation, optional, required } from '../../src/bot/command.ts';
import { accountOf, placeNamed } from '../../src/bot/identify.ts';
import { flag, line, whole } from '../../src/bot/kinds.ts';
import { place } from '../../src/bot/place-kind.ts';
import { channel } from '../../src/bot/references.ts';
import { button } from '../../src/contract/buttons.ts';
import { Refusal } from '../../src/contract/refusal.ts';
import type { Audience } from '../../src/contract/topic.ts';
import { text, view } from '../../src/contract/view.ts';
import { channelsOf, forumAt, leavePlace, type NamedPlace, placesOf } from '../../src/domain/forums.ts';
import {
  admit,
  admitAtOnce,
  askToJoin,
  codeFrom,
  invitationByNumber,
  inviteWith,
} from '../../src/domain/invitations.ts';
import { when } from '../../src/language/dates.ts';
import { placeText } from '../../src/views/place.ts';
import { entered } from '../codes.ts';

export const invite = mutation({
  id: 'fi',
  name: 'invite',
  words: m => m.forum.command.invite,
  who: 'coordinator',
  secret: true,
  options: {},
  async run(ctx) {
    const code = codeFrom(() => ctx.newId());
    const made = await inviteWith(ctx.tx, ctx.forumId, { code, createdBy: ctx.actor.member }, ctx.now);
    await ctx.record({ kind: 'place.invited', thing: 'forum', number: made.number });
    const until = [when(made.expiresAt, ctx.zone, ctx.locale)];
    return view(ctx.m.forum.invited({ code }), { blocks: [text(ctx.m.forum.invitedHint({ code, until }))] });
  },
});

/** Asks that this server or workspace joins a forum. A wrong code is written down although the act is refused. */
export const join = mutation({
  id: 'fj',
  name: 'join',
  words: m => m.forum.command.join,
  who: 'anyone',
  postsTo: 'named',
  outside: true,
  options: {
    code: main(line({ max: 40 })),
    announce: optional(channel()),
    coordinators: optional(channel()),
    issues: optional(channel()),
  },
  async run(ctx, o) {
    if (ctx.hasForum) throw new Refusal('conflict', m => m.forum.exists({ name: ctx.forum.name }));
    if (!ctx.identity.admin) throw new Refusal('forbidden', m => m.forum.adminOnly);
    const channels = (['announce', 'coordinators', 'issues'] as const).flatMap(purpose => {
      const to = o[purpose];
      return to ? [{ purpose, id: to.id, name: to.name }] : [];
    });
    const place = { ...placeNamed(ctx.place), askedBy: accountOf(ctx.place, ctx.identity).name, channels };
    const wrong = (m: typeof ctx.m) => m.forum.wrongCode;
    const asked = await entered(ctx, wrong, () => askToJoin(ctx.tx, o.code, place, ctx.now));
    if (asked.atOnce) {
      const forum = await admitAtOnce(ctx.tx, asked, ctx.now);
      return view(ctx.m.forum.admitted({ place: placeText(place) }), { tone: 'good', blocks: [text(forum.name)] });
    }
    await ctx.askForum(asked.forumId, { kind: 'join_request', subject: String(asked.number) });
    return view(ctx.m.forum.asked, { tone: 'good', blocks: [text(ctx.m.forum.askedHint)] });
  },
});

export const admission = mutation({
  id: 'fa',
  name: 'admit',
  words: m => m.forum.command.admit,
  who: 'coordinator',
  options: { request: required(whole({ min: 1 })) },
  async run(ctx, { request }) {
    const asked = await invitationByNumber(ctx.db, ctx.forumId, request);
    const { platform, workspace } = asked ?? {};
    if (!asked || !platform || !workspace)
      throw new Refusal('not_found', m => m.forum.noRequest, { option: 'request' });
    if (asked.admittedAt) throw new Refusal('closed', m => m.forum.admittedAlready);
    const there = await forumAt(ctx.db, { platform, workspace });
    if (there) throw new Refusal('conflict', m => m.forum.placeTaken);
    await admit(ctx.tx, asked, ctx.now);
    await ctx.record({ kind: 'place.joined', thing: 'forum', number: request, data: { platform, workspace } });
    const named = placeText({ platform, workspace, name: asked.placeName ?? workspace });
    return view(ctx.m.forum.admitted({ place: named }), { tone: 'good', blocks: [text(ctx.m.forum.admittedHint)] });
  },
});

/** Takes this server or workspace out of the forum. The last one stays: a forum that nobody reaches helps nobody. */
export const leave = mutation({
  id: 'fx',
  name: 'leave',
  words: m => m.forum.command.leave,
  who: 'coordinator',
  options: { confirm: optional(flag()) },
  async run(ctx, { confirm = false }) {
    const w = ctx.m.forum;
    const others = (await placesOf(ctx.db, ctx.forumId)).length - 1;
    if (others < 1) throw new Refusal('conflict', m => m.forum.lastPlace);
    if (!confirm)
      return view(w.leaveAsk({ name: ctx.forum.name }), {
        tone: 'warning',
        blocks: [text(w.leaveHint)],
        controls: [[button(ctx.m, 'leavePlace', 'fx', { confirm: 'yes' }, 'danger')]],
      });
    const { platform, workspace } = ctx.place;
    await leavePlace(ctx.tx, { platform, workspace }, ctx.now);
    await ctx.record({ kind: 'place.left', thing: 'forum', number: 0, data: { platform, workspace } });
    await ctx.post({ kind: 'place_left', subject: `${platform}:${workspace}` }, { purpose: 'coordinators' });
    return view(w.left({ name: ctx.forum.name }), { tone: 'good' });
  },
});

/**
 * Channels in which the people of a place read that it is put out: in its channels for announcements and for
 * coordinators, if any.
 */
async function channelsToTell(ctx: WriteContext, { platform, workspace }: NamedPlace): Promise<Audience[]> {
  const all = await channelsOf(ctx.db, ctx.forumId);
  const there = all.filter(one => one.platform === platform && one.workspace === workspace);
  const usual = there.filter(one => one.purpose !== 'issues');
  const channels = new Map((usual.length ? usual : there).map(({ channel: id, name }) => [id, { id, name }]));
  return [...channels.values()].map(channel => ({ channel: { platform, workspace, ...channel } }));
}

/** Puts another server or workspace out of the forum from outside, for when nobody there can or will do it. */
export const remove = mutation({
  id: 'fo',
  name: 'remove',
  words: m => m.forum.command.remove,
  who: 'coordinator',
  options: { place: main(place()), confirm: optional(flag()) },
  async run(ctx, { place: out, confirm = false }) {
    const { platform, workspace } = out;
    if (platform === ctx.place.platform && workspace === ctx.place.workspace)
      throw new Refusal('conflict', m => m.forum.removeHere);
    if (!confirm)
      throw new Refusal('conflict', m => m.forum.removeAsk({ place: placeText(out) }), {
        option: 'confirm',
        answers: {},
        yes: 'removePlace',
      });
    const subject = `${ctx.actor.member}:${platform}:${workspace}`;
    for (const to of await channelsToTell(ctx, out)) await ctx.post({ kind: 'place_put_out', subject }, to);
    await leavePlace(ctx.tx, out, ctx.now);
    await ctx.record({ kind: 'place.removed', thing: 'forum', number: 0, data: { platform, workspace } });
    await ctx.post({ kind: 'place_removed', subject }, { purpose: 'coordinators' });
    const { placeRemoved, removedHint } = ctx.m.forum;
    return view(placeRemoved({ place: placeText(out) }), { tone: 'good', blocks: [text(removedHint)] });
  },
});
