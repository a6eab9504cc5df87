import { describe, expect, it } from 'vitest';
import { createAppBot, handlers } from '../../src/app/app.ts';
import type { Act, Outgoing, Platform, SendResult } from '../../src/contract/act.ts';
import { UNDELIVERED } from '../../src/delivery/failures.ts';
import { createSender } from '../../src/delivery/sender.ts';
import { Watch } from '../../src/delivery/watch.ts';
import { runDue } from '../../src/schedule/run.ts';
import { postTypes } from '../../src/views/post-types.ts';
import { databases } from '../databases.ts';
import { UNLIMITED } from '../unlimited.ts';
import { countedIds } from '../world.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const BEGIN = new Date('2026-11-23T02:00:00Z');
const PLACES = [
  { platform: 'discord', workspace: 'G1' },
  { platform: 'slack', workspace: 'T1' },
] as const;
const log = { debug() {}, info() {}, warn() {}, error() {} };

/** Answer of a platform while it is ill; null: it is well. */
type Illness = SendResult | null;

/** The whole core of a forum that lives on both platforms, over platforms whose health the test decides. */
async function aForum(open: (typeof databases)[number]['open']) {
  const store = await open();
  const at = { now: BEGIN };
  const clock = { now: () => at.now };
  const ids = countedIds();
  const services = { store, log, defaults: { locale: 'id', zone: 'Asia/Jakarta' } } as const;
  const bot = createAppBot(services, clock, ids, { fairUse: UNLIMITED });
  const ill: Record<Platform, Illness> = { console: null, discord: null, slack: null };
  /** Messages that arrived: which one, what it shows, where, when, and whether it changed one that stood. */
  const arrived: { platform: Platform; nonce: string; shows: string; to: string; at: Date; edits: boolean }[] = [];
  const deleted = new Set<string>();
  let refs = 0;
  const adapters = PLACES.map(({ platform }) => ({
    platform,
    async send({ nonce, target, view, previous }: Outgoing): Promise<SendResult> {
      const illness = ill[platform];
      if (illness) return illness;
      if (previous && deleted.has(previous)) return { kind: 'gone', detail: 'deleted', of: 'message' };
      const to = 'channel' in target ? `#${target.name}` : 'account' in target ? `@${target.account}` : target.kind;
      arrived.push({ platform, nonce, shows: JSON.stringify(view), to, at: at.now, edits: previous !== null });
      return { kind: 'sent', ref: previous ?? `${platform}${++refs}` };
    },
  }));
  const sender = createSender({
    store,
    clock,
    log,
    subjects: postTypes,
    adapters,
    watch: new Watch({ store, clock, log }),
  });
  const settle = async (): Promise<void> => {
    await runDue({ store, clock, ids, log, handlers });
    await sender.deliver();
  };
  const act = (platform: Platform, line: string, who = 'sari'): Act => ({
    key: ids.next(),
    place: { platform, workspace: PLACES.find(one => one.platform === platform)!.workspace, channel: 'c' },
    who: { account: `${platform}-${who}`, home: '', name: who, admin: true },
    ask: { kind: 'typed', line },
    memberOf: typed => ({ account: `${platform}-${typed}`, home: '', name: typed, admin: false }),
    channelOf: typed => ({ id: typed, name: typed }),
  });
  const say = async (platform: Platform, line: string, who?: string): Promise<string> => {
    const answer = await bot.perform(act(platform, line, who));
    if (answer.kind !== 'view') throw new Error(`${line}: ${JSON.stringify(answer)}`);
    return JSON.stringify(answer.view);
  };
  await say('discord', '/forum setup "Forum Uji" announce:kabar coordinators:koor issues:isu');
  const [forum] = await store.read.select().from(store.tables.forums);
  const forumId = forum!.id;
  await store.write(forumId, async tx => {
    const place = { platform: 'slack', workspace: 'T1', forumId } as const;
    await tx.insert(tx.tables.places).values({ ...place, name: 'T1', joinedAt: BEGIN });
    for (const [purpose, channel] of [
      ['announce', 'kabar'],
      ['coordinators', 'koor'],
    ] as const)
      await tx.insert(tx.tables.channels).values({ ...place, purpose, channel, name: channel });
  });
  for (const line of [
    '/partner add BPBD sector:government',
    '/partner assign ani partner:BPBD role:representative',
    '/indicator add Gladi frequency:weekly partner:BPBD due_days:1',
    '/strategy propose Sirene rationale:x closes:4d basis:member quorum:1 urgent:uji',
  ])
    await say('discord', line);
  return {
    store,
    at,
    bot,
    ill,
    arrived,
    deleted,
    say,
    settle,
    /** Lets time pass, looking after what is due each half hour, and in a long time each hour. */
    async pass(ms: number): Promise<void> {
      const step = ms > DAY ? HOUR : HOUR / 2;
      for (const end = at.now.getTime() + ms; at.now.getTime() < end; ) {
        at.now = new Date(Math.min(end, at.now.getTime() + step));
        await settle();
      }
    },
    deliveries: () => store.read.select().from(store.tables.deliveries),
  };
}

type Forum = Awaited<ReturnType<typeof aForum>>;

/** Nothing is lost, nothing comes twice, and each message has one end that tells why. */
async function addsUp({ deliveries, arrived, at }: Forum): Promise<void> {
  const rows = await deliveries();
  expect(rows.filter(row => row.state === 'pending' && (row.nextAt ?? row.due) <= at.now)).toEqual([]);
  expect(rows.filter(row => row.state === 'failed').map(row => [row.topic, row.reason])).toEqual([]);
  expect(rows.filter(row => row.state === 'suppressed' && !row.reason)).toEqual([]);
  const posts = arrived.filter(one => !one.edits);
  expect(new Set(posts.map(one => `${one.platform} ${one.nonce}`)).size).toBe(posts.length);
  // Nobody is told of a loss, since there is none.
  expect(rows.filter(row => row.topic === UNDELIVERED)).toEqual([]);
}

const ILL: SendResult = { kind: 'unknown', detail: 'HTTP 503' };
const REFUSED: SendResult = { kind: 'refused', detail: 'HTTP 401', of: 'platform' };

describe.each(databases)('the whole core on both platforms, on $name', ({ open }) => {
  it.each(PLACES.flatMap(({ platform }) => [HOUR / 6, 6 * HOUR, 3 * DAY].map(ms => ({ platform, ms }))))(
    'Y1: $platform is ill for $ms ms: the other goes on, and afterwards all is made up for',
    async ({ platform, ms }) => {
      const forum = await aForum(open);
      await forum.settle();
      const other = platform === 'discord' ? 'slack' : 'discord';
      forum.ill[platform] = ILL;
      await forum.say('discord', '/strategy propose Pompa rationale:x closes:6d basis:member quorum:1 urgent:uji');
      await forum.pass(ms / 2);
      // The token is reset in the middle.
      forum.ill[platform] = REFUSED;
      await forum.pass(ms / 2);
      const of = (where: Platform) =>
        forum.arrived.filter(
          one => one.platform === where && one.to === '#kabar' && !one.edits && one.shows.includes('Pompa'),
        );
      expect([of(other).length, of(platform).length]).toEqual([1, 0]);
      forum.ill[platform] = null;
      await forum.pass(2 * HOUR);
      expect(of(platform).length).toBe(1);
      await addsUp(forum);
      await forum.store.close();
    },
  );

  it('Y5, Y6: thrown out and invited again, its cards deleted: the vote stands in its place again, once', async () => {
    const forum = await aForum(open);
    await forum.settle();
    const ballots = () =>
      forum.arrived.filter(one => one.platform === 'slack' && !one.edits && one.shows.includes('Sirene'));
    expect(ballots().length).toBe(1);
    await forum.bot.left({ platform: 'slack', workspace: 'T1' });
    await forum.pass(HOUR);
    await forum.bot.present('slack', ['T1']);
    for (let n = 1; n < 20; n++) forum.deleted.add(`slack${n}`);
    await forum.say('discord', '/strategy vote S-1 agree');
    await forum.pass(2 * HOUR);
    expect(ballots().length).toBe(2);
    await addsUp(forum);
    await forum.store.close();
  });
});
