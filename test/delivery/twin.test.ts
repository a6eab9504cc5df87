import { expect, it } from 'vitest';
import type { Outgoing, SendResult } from '../../src/contract/act.ts';
import { view } from '../../src/contract/view.ts';
import { markStale } from '../../src/delivery/posts.ts';
import { databases } from '../databases.ts';
import { START } from '../world.ts';
import { aForum, aSender } from './letters.ts';

const SECOND = START.getTime() / 1_000;
const refOf = (n: number): string => `${SECOND + n}.000100`;

it.each(databases)(
  'S14: whoever presses the first of two cards has it brought up to date ($name)',
  async ({ open }) => {
    const store = await open();
    const forum = await aForum(store, 'slack', 'T1');
    const at = { now: START };
    const sent: { previous: unknown; ref: string }[] = [];
    let tally = 0;
    const subjects = { ballot: { keptCurrent: true, view: async () => view(`suara ${tally}`) } };
    // The first message arrives, and Slack answers with an error all the same.
    const take = async ({ previous }: Outgoing): Promise<SendResult> => {
      const ref = previous ?? refOf(sent.length);
      sent.push({ previous, ref });
      return sent.length === 1 ? { kind: 'unknown', detail: '500' } : { kind: 'sent', ref };
    };
    const sender = aSender(store, at, 'slack', take, { subjects });
    await forum.write('C1', '1', 'ballot');
    const later = async (seconds: number) => {
      at.now = new Date(START.getTime() + seconds * 1_000);
      await sender.deliver('slack');
    };
    await later(0);
    await later(10);
    expect(sent).toEqual([
      { previous: null, ref: refOf(0) },
      { previous: null, ref: refOf(1) },
    ]);
    const press = async (message: string) => {
      tally++;
      const pressed = { platform: 'slack' as const, workspace: 'T1', channel: 'C1', message: `C1/${message}` };
      await store.write('f', tx => markStale(tx, 'f', [{ kind: 'ballot', subject: '1' }], at.now, pressed));
    };
    await press(refOf(1));
    await later(20);
    expect(sent.at(-1)!.previous).toBe(refOf(1));
    await press(refOf(0));
    await later(30);
    expect(sent.at(-1)!.previous).toBe(refOf(0));
    // Another message with the same button, as a panel or a digest, is left alone.
    for (const [n, other] of [`${SECOND + 500}.000100`, `${SECOND - 5_000}.000100`].entries()) {
      await press(other);
      await later(40 + 10 * n);
      expect(sent.at(-1)!.previous).toBe(refOf(0));
    }
    await store.close();
  },
);
