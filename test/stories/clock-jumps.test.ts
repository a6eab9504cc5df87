import { describe, expect, it } from 'vitest';
import { createAppBot, handlers } from '../../src/app/app.ts';
import type { Act, Adapter, Outgoing } from '../../src/contract/act.ts';
import { createSender } from '../../src/delivery/sender.ts';
import { runDue } from '../../src/schedule/run.ts';
import type { Store } from '../../src/storage/store.ts';
import { postTypes } from '../../src/views/post-types.ts';
import { databases } from '../databases.ts';
import { countedIds, START } from '../world.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/** The bot on a clock that anybody may set, forwards and back, as a machine's clock is set. */
async function aMachine(store: Store) {
  let at = START.getTime();
  const clock = { now: () => new Date(at) };
  const errors: string[] = [];
  const log = { debug() {}, info() {}, warn() {}, error: (message: string) => void errors.push(message) };
  const ids = countedIds();
  const bot = createAppBot({ store, log, defaults: { locale: 'id', zone: 'Asia/Jakarta' } }, clock, ids);
  const sent: Outgoing[] = [];
  let away = false;
  const adapter: Adapter = {
    platform: 'console',
    limits: {} as Adapter['limits'],
    start: async () => {},
    stop: async () => {},
    health: () => ({ well: true, detail: '' }),
    async send(post) {
      if (away) return { kind: 'later', afterMs: MINUTE, detail: 'away' };
      sent.push(post);
      return { kind: 'sent', ref: String(sent.length) };
    },
  };
  const sender = createSender({ store, clock, log, subjects: postTypes, adapters: [adapter] });
  const act = (account: string, line: string): Act => ({
    key: ids.next(),
    place: { platform: 'console', workspace: 'local', channel: null },
    who: { account, home: '', name: account, admin: true },
    ask: { kind: 'typed', line },
    memberOf: name => ({ account: name, home: '', name, admin: false }),
    channelOf: name => ({ id: name, name }),
  });
  return {
    errors,
    sent,
    say: (account: string, line: string) => bot.perform(act(account, line)),
    /** Sets the clock by so much. */
    jump: (ms: number) => {
      at += ms;
    },
    goAway: (is: boolean) => {
      away = is;
    },
    /** Does what is due now. */
    async settle() {
      await runDue({ store, clock, ids, log, handlers });
      await sender.deliver();
    },
    async states(): Promise<string[]> {
      const rows = await store.read.select().from(store.tables.strategies);
      return rows.map(row => row.outcome ?? 'open');
    },
  };
}

async function aVote(store: Store, closes: string) {
  const machine = await aMachine(store);
  for (const line of [
    '/forum setup Uji announce:umum',
    '/partner add A sector:ngo',
    '/partner assign ani partner:A role:representative',
    `/strategy propose Sirene rationale:x closes:${closes} quorum:1 urgent:uji`,
  ])
    expect((await machine.say('sari', line)).kind).toBe('view');
  await machine.settle();
  return machine;
}

const codeOf = (answer: { kind: string; code?: string }): string => answer.code ?? answer.kind;

describe.each(databases)('a clock that is set by an hour on $name', ({ open }) => {
  it('forwards: what fell due within it happens once, at its own instant, and setting it back opens nothing again', async () => {
    const store = await open();
    const machine = await aVote(store, '30m');
    expect(codeOf(await machine.say('ani', '/strategy vote S-1 agree'))).toBe('view');
    machine.jump(HOUR);
    expect(codeOf(await machine.say('ani', '/strategy vote S-1 disagree'))).toBe('closed');
    await machine.settle();
    expect(await machine.states()).toEqual(['carried']);
    const told = machine.sent.length;
    machine.jump(-HOUR);
    await machine.settle();
    expect(codeOf(await machine.say('ani', '/strategy vote S-1 disagree'))).toBe('closed');
    machine.jump(HOUR);
    await machine.settle();
    expect([await machine.states(), machine.sent.length]).toEqual([['carried'], told]);
    const rows = await store.read.select().from(store.tables.strategies);
    expect(rows[0]?.closesAt.toISOString()).toBe(new Date(START.getTime() + 30 * MINUTE).toISOString());
    expect(machine.errors).toEqual([]);
    await store.close();
  });

  it('back: a vote is not open longer than was said once the clock is right again, and nothing is closed early', async () => {
    const store = await open();
    const machine = await aVote(store, '30m');
    machine.jump(-HOUR);
    await machine.settle();
    expect(await machine.states()).toEqual(['open']);
    machine.jump(HOUR + 31 * MINUTE);
    expect(codeOf(await machine.say('ani', '/strategy vote S-1 agree'))).toBe('closed');
    await machine.settle();
    expect(await machine.states()).toEqual(['no_quorum']);
    expect(machine.errors).toEqual([]);
    await store.close();
  });

  it.each([
    ['forwards', HOUR],
    ['back', -HOUR],
  ])('%s in the middle of sending: each message goes out once', async (_, jump) => {
    const store = await open();
    const machine = await aVote(store, '3d');
    machine.goAway(true);
    for (const n of [1, 2, 3]) await machine.say('sari', `/activity log "Kegiatan ${n}"`);
    await machine.settle();
    const before = machine.sent.length;
    machine.jump(jump);
    await machine.settle();
    machine.goAway(false);
    await machine.say('sari', '/activity log "Kegiatan 4"');
    await machine.settle();
    // What was put off by a clock that ran ahead waits until the right one comes by there.
    machine.jump(Math.max(0, -jump) + 2 * MINUTE);
    await machine.settle();
    const titles = machine.sent.slice(before).map(post => JSON.stringify(post.view));
    for (const n of [1, 2, 3, 4]) expect(titles.filter(one => one.includes(`Kegiatan ${n}`))).toHaveLength(1);
    const { deliveries } = store.tables;
    const left = (await store.read.select().from(deliveries)).filter(row => row.state !== 'sent');
    expect(left).toEqual([]);
    expect(machine.errors).toEqual([]);
    await store.close();
  });
});
