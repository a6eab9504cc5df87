import { and, asc, eq } from 'drizzle-orm';
import { memberByNumber } from '../domain/people.ts';
import { catalogue } from '../language/messages.ts';
import { DELIVERY_STATES } from '../storage/schema/infrastructure.ts';
import { causeOf, letterOf } from '../views/undelivered.ts';
import { oneForum } from './export.ts';
import { complain, defineVerb, say, withRecord } from './verb.ts';

/** Maximum of messages that are listed. */
const LISTED = 500;

/** Lists what waits to be said, or what became of it: its topic, place, time and cause; never anybody's words. */
export const outboxVerb = defineVerb({
  options: { forum: 'NAME', state: 'STATE' },
  takes: {},
  async run(verb, { forum: name, state: typed }) {
    const state = DELIVERY_STATES.find(one => one === (typed ?? 'pending'));
    if (!state) {
      complain(verb.words.outboxStates({ states: DELIVERY_STATES.join(', ') }));
      return 64;
    }
    return withRecord(verb, async store => {
      const forum = name ? await oneForum(store, name, verb.words) : null;
      if (name && !forum) return 1;
      const { deliveries: d, forums: f } = store.tables;
      const rows = await store.read
        .select({ one: d, forum: f })
        .from(d)
        .innerJoin(f, eq(f.id, d.forumId))
        .where(and(eq(d.state, state), forum ? eq(d.forumId, forum.id) : undefined))
        .orderBy(asc(d.due), asc(d.seq))
        .limit(LISTED);
      if (!rows.length) say(verb.words.outboxEmpty);
      for (const { one, forum: of } of rows) {
        const m = catalogue[of.locale];
        const person = one.member === null ? null : await memberByNumber(store.read, of.id, one.member);
        const where = one.channel === null ? `@${person?.name ?? '?'}` : `#${one.channelName ?? one.channel}`;
        const why = state === 'failed' ? `${causeOf(m, one)} (${one.reason ?? ''})` : (one.reason ?? '');
        const parts = [one.seq, one.due.toISOString(), of.name, letterOf(m, one), `${one.platform} ${where}`, why];
        say(parts.join('\t').trimEnd());
      }
      return 0;
    });
  },
});
