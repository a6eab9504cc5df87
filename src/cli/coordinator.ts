import { and, asc, eq, isNull } from 'drizzle-orm';
import { systemClock } from '../contract/clock.ts';
import { enqueue } from '../delivery/outbox.ts';
import { recordEvent } from '../domain/audit.ts';
import { channelsOf } from '../domain/forums.ts';
import { type Member, memberByNumber, setCoordinator } from '../domain/people.ts';
import type { Store } from '../storage/store.ts';
import { sameName } from '../storage/words.ts';
import { oneForum } from './export.ts';
import { complain, defineVerb, say, withRecord } from './verb.ts';

/** The members of a forum that are called exactly so (case, accents and punctuation aside), or bear that number. */
async function membersCalled(store: Store, forumId: string, typed: string): Promise<Member[]> {
  const { members: m } = store.tables;
  const all = await store.read
    .select()
    .from(m)
    .where(and(eq(m.forumId, forumId), isNull(m.forgottenAt)))
    .orderBy(asc(m.number));
  const called = all.filter(one => sameName(one.name, typed));
  return called.length ? called : all.filter(one => String(one.number) === typed.trim());
}

/**
 * Makes a member a coordinator in the name of the person who runs the installation, writes it into the audit and tells
 * the forum, its coordinators and the member. False: they are one already.
 */
export async function grantCoordination(store: Store, { forumId, number }: Member, now: Date): Promise<boolean> {
  return store.write(forumId, async tx => {
    const member = await memberByNumber(tx, forumId, number);
    if (!member || member.forgottenAt || member.coordinator) return false;
    await setCoordinator(tx, member, true);
    const data = { by: 'operator' };
    await recordEvent(tx, forumId, null, { kind: 'coordinator.added', thing: 'member', number, data }, now);
    const topic = { kind: 'coordinator', subject: String(number) };
    const occurrence = `coordinator:${number}:${now.toISOString()}`;
    // Without a channel of theirs each coordinator is told directly, and so is the new one.
    const hasChannel = (await channelsOf(tx, forumId, 'coordinators')).length > 0;
    const direct = hasChannel ? [{ member: number }] : [];
    const told = [{ purpose: 'announce' }, { purpose: 'coordinators' }, ...direct] as const;
    for (const [n, to] of told.entries())
      await enqueue(tx, forumId, { topic, to, due: now, occurrence: `${occurrence}~${n}` });
    return true;
  });
}

export const coordinatorVerb = defineVerb({
  options: { forum: 'NAME', member: 'NAME' },
  takes: {},
  needs: ['forum', 'member'],
  async run(verb, { forum: name, member: typed }) {
    const { words } = verb;
    return withRecord(verb, async store => {
      const forum = await oneForum(store, name, words);
      if (!forum) return 1;
      const [member, ...namesakes] = await membersCalled(store, forum.id, typed);
      if (!member) {
        complain(words.noMemberNamed({ forum: forum.name }));
        return 1;
      }
      if (namesakes.length) {
        complain(words.severalMembers, ...[member, ...namesakes].map(one => `- ${one.name} (${one.number})`));
        return 1;
      }
      const said = { member: member.name, forum: forum.name };
      const made = await grantCoordination(store, member, systemClock.now());
      say(made ? words.madeCoordinator(said) : words.isCoordinator(said));
      return 0;
    });
  },
});
