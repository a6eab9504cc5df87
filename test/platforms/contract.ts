import { expect, it } from 'vitest';
import type { Adapter, Outgoing, Target } from '../../src/contract/act.ts';
import { facts, list, note, quote, table, text, type View, view } from '../../src/contract/view.ts';
import { until } from '../until.ts';

/** One platform with our adapter on it, as the contract needs it. */
export interface Platform extends AsyncDisposable {
  readonly adapter: Adapter;
  /** A channel in which the bot may write. */
  readonly channel: Target;
  /** A person who can be written to. */
  readonly person: Target;
  /** The person's account. */
  readonly account: string;
  /** A channel that is not there; null where there is none that is not. */
  readonly nowhere: Target | null;
  /** Returns what a person reads in the channel, or in their direct messages, a message an entry, as it is now. */
  read(where: 'channel' | 'person'): readonly string[];
  /** Everybody who was notified so far: persons, roles, everybody; null on a platform that notifies nobody. */
  notified(): readonly string[] | null;
}

/** Text that people type to reach others, or to break out of the place where it stands. */
const HOSTILE =
  '@everyone @here <!channel> <@1> <@&2> <#3> *x* _y_ `z` [a](https://contoh.id) <https://contoh.id|b> &amp;';
const HEAD = ['Mitra', 'Nilai'];
/** More than any platform takes, of everything. */
const LARGE: View = view('Besar '.repeat(200), {
  tone: 'warning',
  blocks: [
    text('kata '.repeat(2_000)),
    facts(Array.from({ length: 60 }, (_, n) => [`Butir ${n}`, 'isi '.repeat(50)] as const)),
    list(Array.from({ length: 400 }, (_, n) => `entri ${n}`)),
    table(
      HEAD,
      Array.from({ length: 300 }, (_, n) => [`BPBD ${n}`, String(n)]),
    ),
    quote('ucapan '.repeat(1_000)),
    note('catatan '.repeat(500)),
  ],
  controls: Array.from({ length: 12 }, (_, row) =>
    Array.from({ length: 6 }, (_, n) => ({
      kind: 'button' as const,
      name: 'help',
      label: `Tombol ${row}.${n} ${'panjang '.repeat(20)}`,
      does: { action: 'hlp', values: { topic: `t${row}x${n}` } },
      style: 'plain' as const,
    })),
  ),
});

/**
 * Tests what the core relies on, whichever platform it is: a new adapter runs these by handing in how it is started.
 * Its way of taking in acts is told by the story of `same-story.test.ts`.
 */
export function adapterContract(open: () => Promise<Platform>): void {
  let count = 0;
  const post = (target: Target, shown: View, more: Partial<Outgoing> = {}): Outgoing => ({
    nonce: `kontrak${++count}`,
    target,
    view: shown,
    previous: null,
    ...more,
  });

  it('sends, tells where the message stands, and brings it up to date there', async () => {
    await using on = await open();
    const { adapter } = on;
    await until(() => adapter.health().well, 'the platform to be well');
    for (const most of Object.values(adapter.limits)) expect(most).toBeGreaterThan(0);
    const before = on.read('channel').length;
    const sent = await adapter.send(post(on.channel, view('Kabar pertama')));
    if (sent.kind !== 'sent') throw new Error(JSON.stringify(sent));
    expect(on.read('channel').at(-1)).toContain('Kabar pertama');
    expect(await adapter.send(post(on.channel, view('Kabar kedua'), { previous: sent.ref }))).toEqual(sent);
    expect(on.read('channel').slice(before)).toHaveLength(1);
    expect(on.read('channel').at(-1)).toContain('Kabar kedua');
  });

  it('writes to a person, and answers for what is not there instead of throwing', async () => {
    await using on = await open();
    expect((await on.adapter.send(post(on.person, view('Untuk Anda')))).kind).toBe('sent');
    expect(on.read('person').at(-1)).toContain('Untuk Anda');
    if (on.nowhere)
      expect((await on.adapter.send(post(on.nowhere, view('Hilang')))).kind).toMatch(/^(gone|forbidden)$/);
    expect((await on.adapter.send(post(on.channel, view('Tetap jalan')))).kind).toBe('sent');
  });

  it('lets words notify nobody, and mentions the one person who is addressed', async () => {
    await using on = await open();
    const before = on.notified()?.length ?? 0;
    const since = () => on.notified()?.slice(before);
    const shown = view(HOSTILE, {
      blocks: [text(HOSTILE), quote(HOSTILE), list([HOSTILE]), table(HEAD, [[HOSTILE, '1']])],
    });
    expect((await on.adapter.send(post(on.channel, shown))).kind).toBe('sent');
    expect(on.read('channel').at(-1)).toContain('everyone');
    expect(since() ?? []).toEqual([]);
    await on.adapter.send(post(on.channel, shown, { mention: on.account }));
    expect(new Set(since() ?? [on.account])).toEqual(new Set([on.account]));
  });

  it('fits what is too large, keeps its buttons, and it is taken at the first try', async () => {
    await using on = await open();
    const sent = await on.adapter.send(post(on.channel, LARGE));
    expect(sent).toEqual({ kind: 'sent', ref: expect.any(String) });
    expect(on.read('channel').at(-1)).toContain('Besar');
    expect(on.read('channel').at(-1)).toContain('Tombol 0.0');
  });
}
