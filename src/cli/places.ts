import { asc, eq } from 'drizzle-orm';
import { systemClock, systemIds } from '../contract/clock.ts';
import { recordEvent } from '../domain/audit.ts';
import { type Forum, homeless } from '../domain/forums.ts';
import { codeFrom, inviteWith } from '../domain/invitations.ts';
import { coordinators } from '../domain/people.ts';
import type { Store } from '../storage/store.ts';
import { oneForum } from './export.ts';
import { complain, defineVerb, say, type Words, withRecord } from './verb.ts';

/** The places that a forum was in, each with the day on which that ended. */
async function placesOf(store: Store, forum: Forum, words: Words): Promise<string[]> {
  const { places: p } = store.tables;
  const all = await store.read.select().from(p).where(eq(p.forumId, forum.id)).orderBy(asc(p.joinedAt));
  return all.map(one =>
    words.placeLine({
      place: `${one.platform} ${one.workspace}`,
      left: one.leftAt ? one.leftAt.toISOString().slice(0, 10) : '',
    }),
  );
}

/** Forums without a living place; with `--invite` a code that admits one at once. */
export const placesVerb = defineVerb({
  options: { forum: 'NAME', invite: true },
  takes: {},
  async run(verb, { forum: name, invite }) {
    const { words } = verb;
    return withRecord(verb, async store => {
      const named = name ? await oneForum(store, name, words) : null;
      if (name && !named) return 1;
      const found = named ? [named] : await homeless(store.read);
      if (!found.length) say(words.everyForumLives);
      for (const forum of found) say(`${forum.name} (${forum.id})`, ...(await placesOf(store, forum, words)));
      if (!invite) return 0;
      if (!named) {
        complain(words.inviteWhom);
        return 1;
      }
      const now = systemClock.now();
      const code = codeFrom(() => systemIds.next());
      const made = await store.write(named.id, async tx => {
        const [first] = await coordinators(tx, named.id);
        if (!first) return false;
        const { number } = await inviteWith(tx, named.id, { code, createdBy: first.number, atOnce: true }, now);
        await recordEvent(tx, named.id, null, { kind: 'place.invited', thing: 'forum', number }, now);
        return true;
      });
      if (made) say(words.inviteCode({ code }));
      else complain(words.noCoordinator);
      return made ? 0 : 1;
    });
  },
});
