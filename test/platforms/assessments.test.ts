import { expect, it } from 'vitest';
import { questionsOf } from '../../src/domain/assessments/framework.ts';
import { shippedFrameworks } from '../../src/domain/assessments/shipped.ts';
import { newSqliteStore } from '../migrated.ts';
import { fc } from '../properties.ts';
import { type Hand, handsOn, type Seen } from './hands.ts';

const DAY_MS = 86_400_000;
const KEYS = questionsOf(shippedFrameworks().find(one => one.key === 'undrr-preliminary')!).map(
  ({ question }) => question.key,
);

it('five people of three partners answer 47 questions where they are: settled, closed, planned, compared', async () => {
  await using app = await handsOn(await newSqliteStore());
  const { ana, sari } = app.hands;
  const people: readonly Hand[] = [ana, app.onDiscord('Budi'), sari, app.onSlack('Dewi'), app.onSlack('Eka')];
  const [, budi, , dewi, eka] = people as [Hand, Hand, Hand, Hand, Hand];
  for (const hand of people) await hand.run('me', 'show');
  for (const partner of ['BPBD', 'PMI', 'Unpad']) await ana.run('partner', 'add', { name: partner });
  await ana.run('partner', 'assign', { member: app.ana as never, partner: 'BPBD', role: 'representative' });
  for (const [name, partner, role] of [
    ['Budi · Discord', 'BPBD', 'alternate'],
    ['sari · Slack', 'PMI', 'representative'],
    ['dewi · Slack', 'PMI', 'alternate'],
    ['eka · Slack', 'Unpad', 'representative'],
  ] as const)
    await (await ana.tries('partner', 'assign', { partner, role })).choose('Siapa yang dimaksud?', name);

  // Started on Discord; each answers with one tap a question, and types nothing.
  let card = await ana.run('assessment', 'start', { framework: 'undrr-preliminary', object: 'Kampung Sungai' });
  const answers = async (from: Seen, keys: readonly string[], of: (key: string) => string) => {
    let seen = from;
    for (const key of keys) seen = await seen.press(of(key));
    return seen;
  };
  const before = { ...ana.cost };
  card = await answers(card, KEYS, () => '2');
  expect(card.text).toContain('47');
  expect([ana.cost.taps - before.taps, ana.cost.typed - before.typed]).toEqual([47, 0]);
  // Sari begins from the card in her channel, stops, and goes on a week later where she stopped.
  const announced = await sari.post('B-1');
  const first = await announced.press('Lanjut menjawab');
  await answers(first, KEYS.slice(0, 20), () => '2');
  await app.passes(8 * DAY_MS);
  expect((await sari.told('B-1')).text).toContain('27 dari 47');
  const goesOn = await (await sari.told('B-1')).press('Lanjut menjawab');
  expect(goesOn.text).toContain('Pertanyaan 21 dari 47');
  await answers(goesOn, KEYS.slice(20), () => '2');
  await answers(await dewi.run('assessment', 'answer', { assessment: 'B-1' }), KEYS, () => '2');
  expect(dewi.cost).toEqual({ typed: 2, taps: 47 });
  for (const [hand, answer] of [
    [budi, '2'],
    [eka, '0'],
  ] as const)
    await hand.run('assessment', 'answer', { assessment: 'B-1', question: 'P9.1', answer });

  // The disagreement is said on both, and settled by the facilitator.
  for (const hand of [budi, eka]) {
    const shown = (await hand.run('assessment', 'show', { assessment: 'B-1' })).text;
    expect(shown).toMatch(/5 orang dari 3 mitra/);
    expect(shown).toContain('94 dari 141 (66%)');
    expect(shown).toContain('P9.1');
  }
  const settling = { assessment: 'B-1', question: 'P9.1', answer: '0', reason: 'Sirene gagal' };
  expect((await eka.tries('assessment', 'settle', settling)).text).toContain('Belum tersimpan');
  await ana.run('assessment', 'settle', settling);
  expect((await dewi.run('assessment', 'answer', { assessment: 'B-1', question: 'P9.1' })).text).toContain(
    'Sirene gagal',
  );
  await ana.run('assessment', 'close', { assessment: 'B-1' });
  for (const hand of people)
    expect((await hand.run('assessment', 'show', { assessment: 'B-1' })).text).toContain('92 dari 141 (65%)');

  // From the weakest section to the plan, by buttons and a form on each platform.
  const section = (hand: Hand) => hand.run('assessment', 'show', { assessment: 'B-1', section: '9' });
  const raised = await (await (await section(sari)).press('Laporkan isu')).fill({ severity: 'high' });
  expect(raised.text).toContain('I-1');
  const goal = await (await (await section(ana)).press('Usulkan tujuan')).fill({ title: 'Peringatan tepat waktu' });
  expect(goal.text).toContain('T-1');
  expect((await (await section(ana)).press('Tambah indikator')).text).toContain('N-1');

  // A year later.
  await app.passes(371 * DAY_MS);
  expect((await sari.post('Kampung Sungai')).text).toContain('B-1');
  await sari.run('assessment', 'start', { framework: 'undrr-preliminary', object: 'Kampung Sungai' });
  let again = await dewi.run('assessment', 'answer', { assessment: 'B-2', question: 'P9.1' });
  expect(again.text).toContain('0 (B-1)');
  again = await answers(
    again,
    KEYS.filter(key => key.startsWith('P9.')),
    key => (key === 'P9.1' ? '3' : '2'),
  );
  expect(again.text).toContain('P10.1');
  await sari.run('assessment', 'close', { assessment: 'B-2', confirm: 'yes' });
  for (const hand of [budi, dewi]) {
    const compared = (await hand.run('assessment', 'compare', { assessment: 'B-2' })).text;
    expect(compared).toMatch(/9 .*57.*71.*\+14/);
    expect(compared).toContain('0 → 3');
  }
  expect([app.discord.failures, app.slack.failures, app.logged]).toEqual([[], [], []]);
  expect([app.discord.pings.everyone, app.slack.pings]).toEqual([false, []]);
});

const TEN = questionsOf(shippedFrameworks().find(one => one.key === 'readiness-10')!).map(
  ({ question }) => question.key,
);
const DO_NOT_KNOW = 'tidak tahu';
/** Most points of an answer, and the middle of sorted answers, the lower of two. */
const TOP = 2;
const lower = (sorted: readonly number[]): number | undefined => sorted[Math.ceil(sorted.length / 2) - 1];

it('order, sittings, changed answers, platforms and linked accounts never change a result', async () => {
  await using app = await handsOn(await newSqliteStore());
  const { ana, sari } = app.hands;
  const [budi, budiToo, cici] = [app.onDiscord('Budi'), app.onSlack('Budi'), app.onSlack('Cici')];
  for (const hand of [budi, budiToo, cici, sari]) await hand.run('me', 'show');
  await ana.run('partner', 'add', { name: 'BPBD' });
  for (const [name, role] of [
    ['Budi · Discord', 'representative'],
    ['sari · Slack', 'alternate'],
    ['cici · Slack', 'alternate'],
  ] as const) {
    const asked = await ana.tries('partner', 'assign', { partner: 'BPBD', role });
    await asked.choose('Siapa yang dimaksud?', name);
  }
  // One person with an account on each platform: both say so, and a coordinator.
  const code = /[0-9A-Z]{4}-[0-9A-Z]{4}/.exec((await budi.run('me', 'link')).text)![0];
  await (await budiToo.run('me', 'link', { code })).press('Ya, akun saya');
  await (await budi.told('Ya, itu saya')).press('Ya, itu saya');
  await (await ana.told('Orang yang sama')).press('Orang yang sama');
  const people: readonly (readonly Hand[])[] = [[budi, budiToo], [sari], [cici]];
  const answer = fc.constantFrom('0', '1', '2', DO_NOT_KNOW);
  const all = fc.array(fc.array(answer, { minLength: TEN.length, maxLength: TEN.length }), {
    minLength: people.length,
    maxLength: people.length,
  });
  let n = 0;
  /** The result of one object, without its code, name and numbers of the card. */
  const resultOf = async (at: number): Promise<string> => {
    const { text } = await ana.run('assessment', 'show', { assessment: `B-${at}` });
    return text.replaceAll(`B-${at}`, 'B').replaceAll(`Objek ${at}`, 'Objek');
  };
  const start = async (): Promise<number> => {
    n++;
    await ana.run('assessment', 'start', { framework: 'readiness-10', object: `Objek ${n}` });
    return n;
  };
  await fc.assert(
    fc.asyncProperty(all, fc.infiniteStream(fc.nat(1_000_000)), async (given, chance) => {
      const random = (below: number): number => chance.next().value % below;
      // Typed, in any order, now and then with another answer first.
      const typed = await start();
      const turns = given.flatMap((own, who) => own.map((value, i) => ({ who, value, question: TEN[i]! })));
      for (let left = turns.length; left > 0; left--) {
        const [turn] = turns.splice(random(turns.length), 1);
        const { who, value, question } = turn!;
        const hand = people[who]![random(people[who]!.length)]!;
        const say = (one: string) =>
          hand.run('assessment', 'answer', { assessment: `B-${typed}`, question, answer: one });
        if (random(6) === 0) await say('1');
        await say(value);
      }
      // By taps, each in sittings that end anywhere and go on anywhere.
      const tapped = await start();
      const done = people.map(() => 0);
      for (;;) {
        const open = done.flatMap((count, who) => (count < TEN.length ? [who] : []));
        if (!open.length) break;
        const who = open[random(open.length)]!;
        const hand = people[who]![random(people[who]!.length)]!;
        let seen = await hand.run('assessment', 'answer', { assessment: `B-${tapped}` });
        expect(seen.text).toContain(`Pertanyaan ${done[who]! + 1} dari 10`);
        for (let taps = 1 + random(TEN.length); taps > 0 && done[who]! < TEN.length; taps--)
          seen = await seen.press(given[who]![done[who]!++]!.replace('tidak', 'Tidak'));
      }
      const result = await resultOf(tapped);
      expect(await resultOf(typed)).toBe(result);
      expect(result).toContain('3 orang dari 1 mitra');
      // And it is what the rule says: the middle of those who know, the lower of two; nobody knows: left out.
      const counted = TEN.map((_, i) =>
        lower(given.flatMap(own => (own[i] === DO_NOT_KNOW ? [] : [Number(own[i])])).sort()),
      );
      const known = counted.filter(one => one !== undefined);
      const sum = known.reduce((total, one) => total + one, 0);
      if (known.length) expect(result).toContain(`${sum} dari ${TOP * known.length} (`);
    }),
    { numRuns: 2, endOnFailure: true },
  );
  expect([app.discord.failures, app.slack.failures, app.logged]).toEqual([[], [], []]);
});
