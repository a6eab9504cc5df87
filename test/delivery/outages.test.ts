import { describe, expect, it } from 'vitest';
import type { Outgoing, SendResult } from '../../src/contract/act.ts';
import { databases } from '../databases.ts';
import { fc } from '../properties.ts';
import { sized } from '../sizes.ts';
import { START } from '../world.ts';
import { aForum, aSender } from './letters.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

type Platform = 'discord' | 'slack';
const PLATFORMS: readonly Platform[] = ['discord', 'slack'];
/** Ways in which a platform shows that it is ill. */
const ILLNESSES: readonly [string, SendResult][] = [
  ['answers 5xx', { kind: 'unknown', detail: 'HTTP 503' }],
  ['cannot be reached', { kind: 'later', afterMs: 30_000, detail: 'cannot be reached', of: 'platform' }],
  ['refuses the token', { kind: 'refused', detail: 'HTTP 401', of: 'platform' }],
];

describe.each(databases)('Y1, Y3: an outage of a platform, on $name', ({ open }) => {
  describe.each(PLATFORMS)('%s', platform => {
    it.each([10 * MINUTE, 6 * HOUR, 72 * HOUR].flatMap(ms => ILLNESSES.map(([how, result]) => ({ ms, how, result }))))(
      'for $ms ms that $how: nothing is lost, nothing comes twice, and the order stays',
      async ({ ms, result }) => {
        const store = await open();
        const forum = await aForum(store, platform, 'W');
        const at = { now: START };
        const arrived: string[] = [];
        let tries = 0;
        let ill = true;
        const sender = aSender(store, at, platform, async ({ target, view }: Outgoing) => {
          tries++;
          if (ill) return result;
          arrived.push(`${'channel' in target ? target.channel : ''}:${String(view.title)}`);
          return { kind: 'sent', ref: `m${tries}` };
        });
        const due: string[] = [];
        const steps = 12;
        for (let n = 0; n <= steps; n++) {
          at.now = new Date(START.getTime() + (n * ms) / steps);
          const channel = `c${n % 3}`;
          await forum.write(channel, String(n));
          due.push(`${channel}:${n}`);
          await sender.deliver(platform);
        }
        expect(arrived).toEqual([]);
        expect((await forum.rows()).filter(row => row.state !== 'pending' || row.tries > 0)).toEqual([]);
        // A platform that is ill is asked now and then, and not by each message.
        expect(tries).toBeLessThan(3 * (steps + 1));
        ill = false;
        at.now = new Date(at.now.getTime() + HOUR);
        await sender.deliver(platform);
        for (const channel of ['c0', 'c1', 'c2'])
          expect(arrived.filter(one => one.startsWith(channel))).toEqual(due.filter(one => one.startsWith(channel)));
        expect(arrived).toHaveLength(due.length);
        // The ledger adds up: what fell due was sent, and nobody was told of anything lost.
        expect((await forum.rows()).map(row => row.state)).toEqual(due.map(() => 'sent'));
        expect(await store.read.select().from(store.tables.health)).toEqual([]);
        await store.close();
      },
    );
  });

  it('however a platform failed before, five calm minutes bring out all that waits', async () => {
    const results: readonly SendResult[] = [
      { kind: 'sent', ref: 'm' },
      { kind: 'unknown', detail: 'HTTP 503' },
      { kind: 'later', afterMs: 2_000, detail: 'rate limit' },
      { kind: 'later', afterMs: 30_000, detail: 'cannot be reached', of: 'platform' },
    ];
    // Spells, so that a platform also fails often in a row: what came of the next so many calls.
    const spell = fc.record({ result: fc.constantFrom(...results), calls: fc.integer({ min: 1, max: 12 }) });
    const storm = fc.array(spell, { minLength: 4, maxLength: 20 });
    await fc.assert(
      fc.asyncProperty(storm, async spells => {
        const store = await open();
        const forum = await aForum(store, 'slack', 'W');
        const at = { now: START };
        const coming = spells.flatMap(({ result, calls }) => Array.from({ length: calls }, () => result));
        const sender = aSender(store, at, 'slack', async () => coming.shift() ?? { kind: 'sent', ref: 'm' });
        const pass = async (seconds: number): Promise<void> => {
          at.now = new Date(at.now.getTime() + seconds * 1_000);
          await sender.deliver('slack');
        };
        for (let n = 0; coming.length && n < 40; n++) {
          await forum.write(`c${n % 4}`, String(n));
          await pass(15);
        }
        coming.length = 0;
        for (let n = 0; n < 31; n++) await pass(10);
        expect((await forum.rows()).filter(row => row.nextAt !== null)).toEqual([]);
        await store.close();
      }),
      { numRuns: sized(4, 100) },
    );
  });

  it('one bad message spends its own tries while others arrive, and then it has failed', async () => {
    const store = await open();
    const forum = await aForum(store, 'slack', 'W');
    const at = { now: START };
    const sender = aSender(store, at, 'slack', async ({ view }: Outgoing) =>
      String(view.title) === 'bad' ? { kind: 'unknown', detail: 'HTTP 500' } : { kind: 'sent', ref: 'm' },
    );
    await forum.write('a', 'bad');
    for (let n = 0; n < 12; n++) {
      await forum.write('b', `good ${n}`);
      await sender.deliver('slack');
      at.now = new Date(at.now.getTime() + HOUR);
    }
    const rows = await forum.rows();
    expect(rows.filter(row => row.topic === 'letter').map(row => row.state)).toEqual([
      'failed',
      ...Array.from({ length: 12 }, () => 'sent'),
    ]);
    await store.close();
  });

  it('Y14: a clock that is set back makes nobody to blame for an outage, and nobody wait for the time it lost', async () => {
    const store = await open();
    const forum = await aForum(store, 'discord', 'W');
    const at = { now: START };
    let ill = false;
    const arrived: string[] = [];
    const sender = aSender(store, at, 'discord', async ({ view }: Outgoing) => {
      if (ill) return { kind: 'unknown', detail: 'HTTP 503' };
      arrived.push(String(view.title));
      return { kind: 'sent', ref: `m${arrived.length}` };
    });
    const pass = async (minutes: number): Promise<void> => {
      for (let n = 0; n < minutes; n++) {
        at.now = new Date(at.now.getTime() + MINUTE);
        await sender.deliver('discord');
      }
    };
    at.now = new Date(START.getTime() + 2 * HOUR);
    await forum.write('a', 'before');
    await sender.deliver('discord');
    expect(arrived).toEqual(['before']);
    // Set back by an hour, an outage of half an hour begins: the last answer is in the future.
    at.now = new Date(at.now.getTime() - HOUR);
    ill = true;
    for (const channel of ['a', 'b']) await forum.write(channel, `in ${channel}`);
    await pass(30);
    const waits = (await forum.rows()).filter(row => row.state !== 'sent');
    expect(waits.map(row => [row.state, row.tries])).toEqual([
      ['pending', 0],
      ['pending', 0],
    ]);
    // Set back once more in the middle of it: what was noted before is not waited for.
    at.now = new Date(at.now.getTime() - 50 * MINUTE);
    await pass(10);
    ill = false;
    await pass(6);
    // Each place has a lane of its own.
    expect([arrived[0], ...arrived.slice(1).sort()]).toEqual(['before', 'in a', 'in b']);
    expect(await store.read.select().from(store.tables.health)).toEqual([]);
    await store.close();
  });

  it('a channel whose messages get no answer holds up no other, and is not asked again at once', async () => {
    const store = await open();
    const forum = await aForum(store, 'discord', 'W');
    const at = { now: START };
    const tried: string[] = [];
    const sender = aSender(store, at, 'discord', async ({ target }: Outgoing) => {
      const channel = 'channel' in target ? target.channel : '';
      tried.push(channel);
      return channel === 'a' ? { kind: 'unknown', detail: 'HTTP 500' } : { kind: 'sent', ref: 'm' };
    });
    for (const subject of ['1', '2', '3']) {
      await forum.write('b', `b${subject}`);
      await forum.write('a', `a${subject}`);
    }
    await sender.deliver('discord');
    expect(tried.filter(one => one === 'a')).toHaveLength(1);
    expect(tried.filter(one => one === 'b')).toHaveLength(3);
    await store.close();
  });
});
