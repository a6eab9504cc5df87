import { expect, it } from 'vitest';
import { questionsOf } from '../../src/domain/assessments/framework.ts';
import { shippedFrameworks } from '../../src/domain/assessments/shipped.ts';
import { newSqliteStore } from '../migrated.ts';
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
