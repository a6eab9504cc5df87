import { and, eq } from 'drizzle-orm';
import { button } from '../contract/buttons.ts';
import type { PostType, PostTypes, SendContext } from '../contract/post-type.ts';
import type { RenderContext } from '../contract/render-context.ts';
import { text, view } from '../contract/view.ts';
import { type Link, linkByNumber, mayVouch } from '../domain/links.ts';
import { memberByNumber } from '../domain/people.ts';

const GONE = { suppressed: 'gone' };

/** A person with where their accounts are: `ani (discord, Forum Kota)`. */
export async function whoIs(
  { db, forumId, m }: Pick<RenderContext, 'db' | 'forumId' | 'm'>,
  member: number,
): Promise<string> {
  const { accounts: a, places: p } = db.tables;
  const rows = await db
    .select({ platform: a.platform, workspace: a.workspace, place: p.name })
    .from(a)
    .leftJoin(p, and(eq(p.platform, a.platform), eq(p.workspace, a.workspace), eq(p.forumId, a.forumId)))
    .where(and(eq(a.forumId, forumId), eq(a.member, member)));
  const person = await memberByNumber(db, forumId, member);
  const name = person?.name ?? m.core.somebody;
  const where = [...new Set(rows.map(row => `${row.platform}, ${row.place ?? row.workspace}`))];
  return where.length ? `${name} (${where.join('; ')})` : name;
}

const aboutLink = (show: (context: SendContext, link: Link) => ReturnType<PostType['view']>): PostType => ({
  keptCurrent: false,
  async view(context, subject) {
    const link = await linkByNumber(context.db, context.forumId, Number(subject));
    return link && link.other !== null ? show(context, link) : GONE;
  },
});

const sides = async (context: RenderContext, link: Link) => ({
  one: await whoIs(context, link.member),
  other: await whoIs(context, link.other!),
});

/** Asks whether a person who has entered another's code is the same person. */
const request = aboutLink(async (context, link) => {
  if (link.answeredAt || !link.claimedAt || link.member !== context.to) return GONE;
  const { m } = context;
  const id = { request: String(link.number) };
  return view(m.me.linkRequest({ name: await whoIs(context, link.other!) }), {
    tone: 'warning',
    blocks: [text(m.me.linkRequestHint)],
    controls: [[button(m, 'isMe', 'mc', id, 'primary'), button(m, 'notMe', 'mb', id, 'danger')]],
  });
});

/** Two accounts say that they are one person: both are told, and the coordinators are asked whether it is so. */
const made = aboutLink(async (context, link) => {
  if (link.undoneAt) return { suppressed: 'undone' };
  const { m, to } = context;
  const id = { request: String(link.number) };
  const isSide = to === link.member || to === link.other;
  const member = to === null ? null : await memberByNumber(context.db, context.forumId, to);
  const asks = !link.lentAt && !isSide && (to === null || member?.coordinator === true);
  return view(m.me.linkMade(await sides(context, link)), {
    tone: 'warning',
    blocks: [text(asks ? m.me.linkMadeHint : m.me.linkMineHint)],
    controls: [
      [
        asks ? button(m, 'samePerson', 'mv', id, 'primary') : null,
        isSide ? button(m, 'unlink', 'mu', id) : null,
      ].filter(control => control !== null),
    ],
  });
});

/** A day has passed and nobody else coordinates: the account that has the rights is asked itself. */
const toVouch = aboutLink(async (context, link) => {
  const actor = context.to === null ? null : await memberByNumber(context.db, context.forumId, context.to);
  const may = actor && (await mayVouch(context.db, { ...actor, member: actor.number }, link, context.now)) === null;
  if (!may) return { suppressed: 'not needed' };
  const id = { request: String(link.number) };
  return view(context.m.me.linkMade(await sides(context, link)), {
    tone: 'warning',
    blocks: [text(context.m.me.linkVouchHint)],
    controls: [[button(context.m, 'samePerson', 'mv', id, 'primary'), button(context.m, 'unlink', 'mu', id, 'danger')]],
  });
});

/** Post types about accounts that are linked. */
export const linkSubjects: PostTypes = {
  link: request,
  link_made: made,
  link_vouch: toVouch,
  link_lent: aboutLink(async (context, link) =>
    view(context.m.me.linkLent, {
      blocks: [text(context.m.me.linkMineHint)],
      controls: [[button(context.m, 'unlink', 'mu', { request: String(link.number) })]],
    }),
  ),
  link_undone: aboutLink(async (context, link) => view(context.m.me.linkUndone(await sides(context, link)))),
};
