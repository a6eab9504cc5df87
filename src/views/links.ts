import { and, eq } from 'drizzle-orm';
import { button } from '../bot/buttons.ts';
import { text, view } from '../bot/view.ts';
import type { Sending, Subject, Subjects } from '../delivery/subjects.ts';
import { type Link, linkByNumber, mayVouch } from '../domain/links.ts';
import { memberByNumber } from '../domain/people.ts';
import type { Look } from './look.ts';

const GONE = { suppressed: 'gone' };

/** A person with where their accounts are: `ani (discord, Forum Kota)`. */
export async function whoIs({ db, forumId, m }: Pick<Look, 'db' | 'forumId' | 'm'>, member: number): Promise<string> {
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

const aboutLink = (show: (look: Sending, link: Link) => ReturnType<Subject['view']>): Subject => ({
  lasting: false,
  async view(look, subject) {
    const link = await linkByNumber(look.db, look.forumId, Number(subject));
    return link && link.other !== null ? show(look, link) : GONE;
  },
});

const sides = async (look: Look, link: Link) => ({
  one: await whoIs(look, link.member),
  other: await whoIs(look, link.other!),
});

/** Somebody has entered a person's code, and says that it is the same person: is it? */
const request = aboutLink(async (look, link) => {
  if (link.answeredAt || !link.claimedAt || link.member !== look.to) return GONE;
  const { m } = look;
  const id = { request: String(link.number) };
  return view(m.me.linkRequest({ name: await whoIs(look, link.other!) }), {
    tone: 'warning',
    blocks: [text(m.me.linkRequestHint)],
    controls: [[button(m, 'isMe', 'mc', id, 'primary'), button(m, 'notMe', 'mb', id, 'danger')]],
  });
});

/** Two accounts say that they are one person: both are told, and the coordinators are asked whether it is so. */
const made = aboutLink(async (look, link) => {
  if (link.undoneAt) return { suppressed: 'undone' };
  const { m, to } = look;
  const id = { request: String(link.number) };
  const isSide = to === link.member || to === link.other;
  const member = to === null ? null : await memberByNumber(look.db, look.forumId, to);
  const asks = !link.lentAt && !isSide && (to === null || member?.coordinator === true);
  return view(m.me.linkMade(await sides(look, link)), {
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
const toVouch = aboutLink(async (look, link) => {
  const actor = look.to === null ? null : await memberByNumber(look.db, look.forumId, look.to);
  const may = actor && (await mayVouch(look.db, { ...actor, member: actor.number }, link, look.now)) === null;
  if (!may) return { suppressed: 'not needed' };
  const id = { request: String(link.number) };
  return view(look.m.me.linkMade(await sides(look, link)), {
    tone: 'warning',
    blocks: [text(look.m.me.linkVouchHint)],
    controls: [[button(look.m, 'samePerson', 'mv', id, 'primary'), button(look.m, 'unlink', 'mu', id, 'danger')]],
  });
});

/** What is told about accounts that are linked. */
export const linkSubjects: Subjects = {
  link: request,
  link_made: made,
  link_vouch: toVouch,
  link_lent: aboutLink(async (look, link) =>
    view(look.m.me.linkLent, {
      blocks: [text(look.m.me.linkMineHint)],
      controls: [[button(look.m, 'unlink', 'mu', { request: String(link.number) })]],
    }),
  ),
  link_undone: aboutLink(async (look, link) => view(look.m.me.linkUndone(await sides(look, link)))),
};
