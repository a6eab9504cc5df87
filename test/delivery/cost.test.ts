import { expect, it, onTestFinished } from 'vitest';
import type { PostTypes } from '../../src/contract/post-type.ts';
import { view } from '../../src/contract/view.ts';
import { databases } from '../databases.ts';
import { statementsOf } from '../statements.ts';
import { START } from '../world.ts';
import { aForum, aSender } from './letters.ts';

const MESSAGES = 50;
const SUBJECTS: PostTypes = {
  letter: { keptCurrent: false, view: async (_, subject) => view(subject) },
  card: { keptCurrent: true, view: async (_, subject) => view(subject) },
};

/**
 * Maximum of statements for one of fifty messages, with the beginning and end of units of work, for a message that
 * itself asks nothing. One after the other in a channel each is one unit, which on PostgreSQL is two: there the next one is
 * made while the first is under way. A card asks where else it stands, and is kept as a post.
 */
const SHAPES = [
  { channels: 1, kind: 'letter', sqlite: 5.5, postgres: 7.5 },
  { channels: 1, kind: 'card', sqlite: 7.5, postgres: 9.5 },
  { channels: MESSAGES, kind: 'letter', sqlite: 2, postgres: 2.5 },
  { channels: MESSAGES, kind: 'card', sqlite: 4.5, postgres: 5.5 },
];

it.each(databases.flatMap(one => SHAPES.map(shape => ({ ...one, ...shape }))))(
  '$name: a $kind of fifty in $channels channel(s) costs few statements; in one channel they come in order',
  async ({ name, open, channels, kind, sqlite, postgres }) => {
    const store = await open();
    onTestFinished(() => store.close());
    const forum = await aForum(store, 'slack', 'T1');
    for (let n = 0; n < MESSAGES; n++) await forum.write(`c${n % channels}`, String(n), kind);
    const arrived: string[] = [];
    const sender = aSender(
      store,
      { now: START },
      'slack',
      async ({ view: { title } }) => {
        arrived.push(String(title));
        return { kind: 'sent', ref: `m${arrived.length}` };
      },
      { subjects: SUBJECTS },
    );
    const { n } = await statementsOf(() => sender.deliver('slack'));
    const inOrder = Array.from({ length: MESSAGES }, (_, i) => String(i));
    expect(channels === 1 ? arrived : arrived.sort((a, b) => Number(a) - Number(b))).toEqual(inOrder);
    expect(new Set((await forum.rows()).map(row => row.state))).toEqual(new Set(['sent']));
    expect(n / MESSAGES).toBeLessThanOrEqual(name === 'sqlite' ? sqlite : postgres);
  },
);
