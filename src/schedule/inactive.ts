import { and, eq, gt, isNull, lt, notExists, notInArray, sql } from 'drizzle-orm';
import { doneAlready } from '../contract/done-already.ts';
import { markStale } from '../delivery/posts.ts';
import { recordEvent } from '../domain/audit.ts';
import { memberByNumber } from '../domain/people.ts';
import { forget } from '../domain/privacy/forget.ts';
import type { Reader, Store } from '../storage/store.ts';

/** Forgets members who were not seen for as long as their forum has chosen; nobody with a duty. */
export async function forgetInactive(store: Store, now: Date): Promise<void> {
  const { forums } = store.tables;
  const all = await store.read.select({ id: forums.id, locale: forums.locale, settings: forums.settings }).from(forums);
  for (const { id: forumId, locale, settings } of all) {
    const { inactiveMonths: months } = settings;
    if (!months) continue;
    const limit = new Date(now);
    limit.setUTCMonth(limit.getUTCMonth() - months);
    for (const number of await idle(store.read, forumId, limit))
      await store.write(forumId, async tx => {
        // Members who came back meanwhile, or were given something to do, stay.
        const [still] = await idle(tx, forumId, limit, number);
        const member = still === undefined ? null : await memberByNumber(tx, forumId, still);
        if (!member) return;
        for (const topic of await forget(tx, member, now, doneAlready(locale)))
          await markStale(tx, forumId, [topic], now);
        await recordEvent(tx, forumId, null, { kind: 'me.forgotten', thing: 'member', number, data: { months } }, now);
      });
  }
}

/**
 * The members who were not seen since `limit` and have nothing to do in the forum; or whether one of them is `only`.
 */
async function idle(db: Reader, forumId: string, limit: Date, only?: number): Promise<number[]> {
  const { members: m, accounts: a } = db.tables;
  const seen = db
    .select({ one: a.member })
    .from(a)
    .where(and(eq(a.forumId, m.forumId), eq(a.member, m.number), gt(a.lastSeenAt, limit)));
  const rows = await db
    .select({ number: m.number })
    .from(m)
    .where(
      and(
        eq(m.forumId, forumId),
        only === undefined ? undefined : eq(m.number, only),
        isNull(m.forgottenAt),
        eq(m.coordinator, false),
        lt(m.createdAt, limit),
        notExists(seen),
        ...duties(db).map(job => notExists(job)),
      ),
    );
  return rows.map(row => row.number);
}

/** Returns what ties a member of the query around them to the forum, a query each. */
function duties(db: Reader) {
  const { members: m, seats: s, issues: i, mediators: d, indicators: n, indicatorPartners: p } = db.tables;
  const { reviews: r, strategies: v, voters: e, links: l, polls: j, pollVoters: pv, pollOptions: po } = db.tables;
  const one = { one: sql`1` };
  const unsolved = notInArray(i.state, ['resolved', 'closed']);
  return [
    db
      .select(one)
      .from(s)
      .where(and(eq(s.forumId, m.forumId), eq(s.member, m.number))),
    // An issue that is not solved waits for them, or a private one is in their hands.
    db
      .select(one)
      .from(i)
      .where(and(eq(i.forumId, m.forumId), eq(i.owner, m.number), unsolved)),
    db
      .select(one)
      .from(d)
      .innerJoin(i, and(eq(i.forumId, d.forumId), eq(i.number, d.issue)))
      .where(and(eq(d.forumId, m.forumId), eq(d.member, m.number), unsolved)),
    // An indicator's reports were handed to them.
    db
      .select(one)
      .from(p)
      .innerJoin(n, and(eq(n.forumId, p.forumId), eq(n.number, p.indicator)))
      .where(and(eq(p.forumId, m.forumId), eq(p.member, m.number), isNull(n.retiredAt))),
    // They mediate a talk that is not closed.
    db
      .select(one)
      .from(r)
      .where(and(eq(r.forumId, m.forumId), eq(r.mediator, m.number), isNull(r.closedAt))),
    // They may vote, and the vote is open.
    db
      .select(one)
      .from(e)
      .innerJoin(v, and(eq(v.forumId, e.forumId), eq(v.number, e.strategy)))
      .where(and(eq(e.forumId, m.forumId), eq(e.member, m.number), isNull(v.closedAt))),
    db
      .select(one)
      .from(pv)
      .innerJoin(j, and(eq(j.forumId, pv.forumId), eq(j.number, pv.poll)))
      .where(and(eq(pv.forumId, m.forumId), eq(pv.member, m.number), isNull(j.closedAt))),
    // They stand for election, and the poll is open.
    db
      .select(one)
      .from(po)
      .innerJoin(j, and(eq(j.forumId, po.forumId), eq(j.number, po.poll)))
      .where(and(eq(po.forumId, m.forumId), eq(po.candidate, m.number), isNull(j.closedAt))),
    // A number that was linked to another is no person of its own.
    db
      .select(one)
      .from(l)
      .where(and(eq(l.forumId, m.forumId), eq(l.other, m.number), eq(l.linked, true))),
  ];
}
