import { describe, expect, it } from 'vitest';
import { createAppBot } from '../../src/app/app.ts';
import { RATE_LIMITS } from '../../src/bot/rate-limit.ts';
import type { Act, Answer, Ask } from '../../src/contract/act.ts';
import { createLog } from '../../src/contract/log.ts';
import { plain, type Text } from '../../src/language/text.ts';
import { createRateCounter } from '../../src/runtime/rate-counter.ts';
import { databases } from '../databases.ts';
import { aWorld, countedIds, START } from '../world.ts';

const codeOf = (answer: Answer): string => (answer.kind === 'refused' ? answer.code : answer.kind);
const SMALL = { ...RATE_LIMITS, person: { burst: 20, perSecond: 1 }, joinsAnHour: 5 };

describe.each(databases)('fair use on $name', ({ open }) => {
  async function aServer(fairUse = SMALL) {
    const store = await open();
    const ids = countedIds();
    const log = createLog(
      { level: 'error', format: 'json' },
      () => START,
      () => {},
    );
    let at = START;
    const services = { store, log, defaults: { locale: 'id', zone: 'Asia/Jakarta' } } as const;
    const bot = createAppBot(services, { now: () => at }, ids, { fairUse });
    const act = (account: string, ask: Ask | string, key = ids.next()): Act => ({
      key,
      place: { platform: 'discord', workspace: 'server', channel: 'c' },
      who: { account, home: '', name: account, admin: true },
      ask: typeof ask === 'string' ? { kind: 'typed', line: ask } : ask,
      memberOf: () => null,
      channelOf: name => ({ id: name, name }),
    });
    const say = (account: string, ask: Ask | string, key?: string) => bot.perform(act(account, ask, key));
    await say('ani', '/forum setup Uji');
    return {
      store,
      bot,
      act,
      say,
      wait: (ms: number) => {
        at = new Date(at.getTime() + ms);
      },
      /** The first answer that is a refusal of that kind, after however many acts. */
      async until(code: string, account: string, ask: Ask | string, most = 100) {
        for (let n = 0; n < most; n++) {
          const answer = await say(account, ask);
          if (codeOf(answer) === code) return { n, answer };
        }
        throw new Error(`no ${code} after ${most} acts`);
      },
      [Symbol.asyncDispose]: () => store.close(),
    };
  }

  it('says when to try again, in either language, keeps what was typed, and changes nothing', async () => {
    await using server = await aServer();
    await server.say('budi', '/me language english');
    const { answer } = await server.until('limit', 'budi', '/issue raise "Tanggul retak" detail:"di RT 4"');
    if (answer.kind !== 'refused') throw new Error('not refused');
    expect(plain(answer.message)).toBe(
      'That was a lot in a short time. Please try again in 1 second. What you wrote is kept.',
    );
    expect(answer.fixLabel).toBe('Try again');
    const issues = (await server.store.read.select().from(server.store.tables.issues)).length;
    server.wait(2_000);
    const values = Object.fromEntries(answer.repair!.fields.map(field => [field.option, { typed: field.value }]));
    expect(values).toMatchObject({ title: { typed: 'Tanggul retak' }, detail: { typed: 'di RT 4' } });
    const again = await server.say('budi', { kind: 'pressed', invocation: answer.repair!.resume, given: values });
    expect(again.kind).toBe('view');
    expect(await server.store.read.select().from(server.store.tables.issues)).toHaveLength(issues + 1);
    const flood = await server.until('limit', 'cici', '/goal list');
    expect(plain((flood.answer as { message: Text }).message)).toMatch(/^Anda melakukan banyak hal .* dalam 1 detik\./);
  });

  it('counts typed lines, buttons and forms alike, each person alone, and lets everybody go on in time', async () => {
    await using server = await aServer();
    const presses: Ask[] = [
      { kind: 'typed', line: '/goal list' },
      { kind: 'chosen', path: ['goal', 'list'], given: {} },
      { kind: 'pressed', invocation: '1.gl' },
      { kind: 'pressed', invocation: '1.lr', given: { from: { typed: 'kapan-kapan' } } },
      { kind: 'typed', line: '/tidak-ada' },
    ];
    await server.until('limit', 'budi', '/goal list');
    for (const ask of presses) expect(codeOf(await server.say('budi', ask))).toBe('limit');
    expect(codeOf(await server.say('cici', '/goal list'))).toBe('view');
    server.wait(1_000);
    expect(codeOf(await server.say('budi', '/goal list'))).toBe('view');
    expect(codeOf(await server.say('budi', '/goal list'))).toBe('limit');
    server.wait(3_600_000);
    for (let n = 0; n < 20; n++) expect(codeOf(await server.say('budi', '/goal list'))).toBe('view');
  });

  it('what is costly counts for more', async () => {
    await using server = await aServer();
    const plain = (await server.until('limit', 'budi', '/goal list')).n;
    const search = (await server.until('limit', 'cici', '/activity search banjir')).n;
    const exported = (await server.until('limit', 'dodi', '/me export')).n;
    const announced = (await server.until('limit', 'ani', '/forum announce "Air naik"')).n;
    expect(plain).toBe(20);
    expect([search, exported, announced].map(n => n < 8 && n > 0)).toEqual([true, true, true]);
    expect(exported).toBeLessThan(search);
  });

  it('an act that was done is answered again, however often it is delivered', async () => {
    await using server = await aServer();
    const first = await server.say('budi', '/issue raise Retak', 'same');
    await server.until('limit', 'budi', '/goal list');
    expect(await server.say('budi', '/issue raise Retak', 'same')).toEqual(first);
    expect(await server.store.read.select().from(server.store.tables.issues)).toHaveLength(1);
  });

  it('a flooded forum still obeys its coordinator', async () => {
    await using server = await aServer({ ...RATE_LIMITS, forum: { burst: 3, perSecond: 1 } });
    await server.until('limit', 'budi', '/goal list');
    expect(codeOf(await server.say('cici', '/goal list'))).toBe('limit');
    expect(codeOf(await server.say('ani', '/goal list'))).toBe('view');
  });

  it('a crowd of new accounts is let in hour by hour; members are not held up, and suggestions stay silent', async () => {
    await using server = await aServer();
    for (let n = 0; n < 4; n++) expect(codeOf(await server.say(`baru${n}`, '/goal list'))).toBe('view');
    const refused = await server.say('baru9', '/goal list');
    expect([codeOf(refused), plain((refused as { message: Text }).message)]).toEqual([
      'limit',
      expect.stringContaining('coba lagi dalam 1 jam'),
    ]);
    expect(await server.bot.suggest(server.act('baru8', '/goal show'), 'goal', '')).toEqual([]);
    expect(await server.store.read.select().from(server.store.tables.members)).toHaveLength(5);
    expect(codeOf(await server.say('baru0', '/goal list'))).toBe('view');
    server.wait(3_600_000);
    expect(codeOf(await server.say('baru9', '/goal list'))).toBe('view');
  });

  it('suggestions stop in a flood and come back', async () => {
    await using server = await aServer();
    await server.say('ani', '/goal add Siaga');
    const ask: Ask = { kind: 'chosen', path: ['goal', 'show'], given: {} };
    const suggest = () => server.bot.suggest(server.act('ani', ask), 'goal', 'sia');
    expect(await suggest()).toHaveLength(1);
    for (let n = 0; n < 60; n++) await suggest();
    expect(await suggest()).toEqual([]);
    server.wait(1_000);
    expect(await suggest()).toHaveLength(1);
  });
});

it.each(databases)('the terminal knows no limit, at a clock that stands still ($name)', async ({ open }) => {
  await using world = await aWorld({ store: await open() });
  await world.all('/forum setup Uji', ...Array.from({ length: 300 }, (_, n) => `/goal add "Tujuan ${n}"`));
});

it('what is remembered stays small, whoever comes, and a clock set back shuts nobody out for long', () => {
  const counter = createRateCounter({ burst: 10, perSecond: 1 });
  for (let n = 0; n < 120_000; n++) counter.take(`x${n}`, 1, START);
  expect(counter.size).toBeLessThanOrEqual(50_001);
  const later = new Date(START.getTime() + 3_600_000);
  for (let n = 0; n < 10; n++) counter.take('a', 1, later);
  expect(counter.take('a', 1, START)).toBeLessThanOrEqual(10_000);
  expect(counter.take('a', 1, new Date(START.getTime() + 10_000))).toBe(0);
});
