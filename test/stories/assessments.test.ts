import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { questionsOf } from '../../src/domain/assessments/framework.ts';
import { shippedFrameworks } from '../../src/domain/assessments/shipped.ts';
import { databases } from '../databases.ts';
import { newFolder } from '../program.ts';
import { statementsOf } from '../statements.ts';
import { aWorld } from '../world.ts';

const undrr = shippedFrameworks().find(one => one.key === 'undrr-preliminary')!;
const KEYS = questionsOf(undrr).map(({ question }) => question.key);

describe.each(databases)('assessments on $name', ({ open }) => {
  async function forum() {
    const world = await aWorld({ store: await open() });
    await world.all('/forum setup Uji announce:umum coordinators:koor locale:english');
    for (const [partner, people] of [
      ['BPBD', ['ani', 'budi']],
      ['PMI', ['cici', 'dedi']],
      ['Unpad', ['eka']],
    ] as const) {
      await world.all(`/partner add ${partner} sector:ngo`);
      for (const [i, name] of people.entries())
        await world.all(`/partner assign ${name} partner:${partner} role:${i ? 'alternate' : 'representative'}`);
    }
    const refused = async (line: string) => {
      const { ok, error } = await world.run(line);
      return ok ? null : error?.code;
    };
    return Object.assign(world, { refused });
  }

  it('five people of three partners, 47 questions over two weeks: settled, closed, planned, and compared a year later', async () => {
    await using world = await forum();
    await world.all('@ani /assessment start undrr object:"Kampung Sungai"');
    let taps = 0;
    const tap = async (name: string, label: string): Promise<string> => {
      taps++;
      const [text] = await world.all(`@${name} :click "${label}"`);
      return text!;
    };
    // Ani answers all of it with a tap a question and types nothing.
    let shown = '';
    for (let i = 0; i < KEYS.length; i++) shown = await tap('ani', '2');
    expect(taps).toBe(47);
    expect(shown).toContain('You have answered all 47 questions');
    // Budi stops in the middle, and goes on a week later where he stopped, after he was reminded.
    await world.all('@budi /assessment answer B-1');
    for (let i = 0; i < 20; i++) await tap('budi', '2');
    const { posts } = await world.run(':skip 8d');
    expect(posts.some(post => post.to === '@budi' && post.text.includes('27 of 47'))).toBe(true);
    expect(posts.some(post => post.to === '@ani')).toBe(false);
    const [next] = await world.all('@budi /assessment answer B-1');
    expect(next).toContain(`Question 21 of 47`);
    for (let i = 20; i < 47; i++) await tap('budi', '2');
    // The others agree but for one question.
    for (const [name, value] of [
      ['cici', '2'],
      ['dedi', '2'],
      ['eka', '0'],
    ] as const)
      for (const key of KEYS)
        await world.all(`@${name} /assessment answer B-1 question:${key} answer:${key === 'P9.1' ? value : 2}`);
    const [open] = await world.all('@eka /assessment show B-1');
    expect(open).toContain('Answered by: 5 people of 3 partners');
    expect(open).toContain('Not agreed: 1');
    expect(open).toContain('5 answers, from 0 to 2, middle 2');
    expect(open).toContain('94 of 141 (66%)');
    // A facilitator settles it with a reason; nobody else does.
    const settling = '/assessment settle B-1 question:P9.1 answer:0 reason:"Sirens failed in the drill"';
    expect(await world.refused(`@eka ${settling}`)).toBe('forbidden');
    await world.all(`@ani ${settling}`);
    const [settled] = await world.all('@cici /assessment answer B-1 question:P9.1');
    expect(settled).toContain('Settled: 0 by ani: Sirens failed in the drill');
    await world.all('@ani /assessment close B-1');
    const [closed] = await world.all('/assessment show B-1');
    expect(closed).toContain('92 of 141 (65%)');
    expect(closed).toMatch(/9 Ensure effective disaster response +12\/21 +57/);
    expect(closed).toContain('this instrument sets no levels');
    // What is over does not change.
    expect(await world.refused('@cici /assessment answer B-1 question:P1.1 answer:3')).toBe('closed');
    expect(await world.refused(`@ani ${settling}`)).toBe('closed');
    expect(await world.refused('@ani /assessment close B-1')).toBe('closed');
    // From the weakest section to the plan: words are filled in, and nothing is saved before they are sent.
    await world.all('/assessment show B-1 section:9');
    const [form] = await world.all(':click "Raise an issue"');
    expect(form).toContain('Ensure effective disaster response is still weak: Kampung Sungai');
    expect(await world.store.read.select().from(world.store.tables.issues)).toEqual([]);
    await world.all(':fill severity=high');
    expect((await world.all('/issue show I-1'))[0]).toContain('P9.1 Early warning reaches people in time');
    await world.all('/assessment show B-1 section:9', ':click "Propose a goal"', ':fill title="Warn in time"');
    expect((await world.all('/goal show T-1'))[0]).toContain('From 57% by assessment B-1');
    await world.all('/assessment show B-1 section:9', ':click "Add an indicator"');
    expect((await world.all('/indicator show N-1'))[0]).toContain('57%');
    expect(await world.refused('/assessment indicator B-1 section:9')).toBe('conflict');
    // A year later it is asked for again, last time's answers stand by, and the indicator is filled.
    const later = await world.run(':skip 53w');
    expect(later.posts.filter(post => post.text.includes('time to assess Kampung Sungai again'))).toHaveLength(2);
    await world.all('@ani /assessment start undrr object:"kampung sungai"');
    const [again] = await world.all('@ani /assessment answer B-2 question:P9.1');
    expect(again).toContain('Last assessment: 0 (B-1)');
    for (const key of KEYS)
      await world.all(`@ani /assessment answer B-2 question:${key} answer:${key === 'P9.1' ? 3 : 2}`);
    const [done] = await world.all('@ani /assessment close B-2');
    expect(done).toContain('The result was entered for the indicators N-1');
    const [compared] = await world.all('/assessment compare B-2');
    expect(compared).toMatch(/9 Ensure effective disaster response +57 +71 +\+14/);
    expect(compared).toContain('P9.1 Early warning reaches people in time: 0 → 3');
    expect((await world.all('/indicator show N-1'))[0]).toMatch(/2027 +71%/);
    expect(world.logged).toEqual([]);
  });

  it('who is outside, what is no answer, and what belongs to another instrument is refused in words and changes nothing', async () => {
    await using world = await forum();
    await world.all('@ani /assessment start destana object:BPBD', '@cici /assessment start');
    expect(await world.refused('@tamu /assessment answer B-1 question:1 answer:yes')).toBe('forbidden');
    expect(await world.refused('@tamu /assessment start object:BPBD')).toBe('forbidden');
    expect(await world.refused('@budi /assessment answer B-1 question:61 answer:yes')).toBe('not_found');
    expect(await world.refused('@budi /assessment answer B-2 question:P1.1 answer:1')).toBe('not_found');
    expect(await world.refused('@budi /assessment answer B-1 question:1 answer:2')).toBe('invalid_option');
    expect(await world.refused('@budi /assessment answer B-9 question:1 answer:1')).toBe('not_found');
    expect(await world.refused('@budi /assessment start destana object:BPBD')).toBe('conflict');
    expect(await world.refused('@budi /assessment start iso object:BPBD')).toBe('not_found');
    expect(await world.refused('/assessment start destana')).toBe('missing_option');
    expect(await world.refused('@budi /assessment start destana object:BPB')).toBe('ambiguous');
    expect(await world.refused('@cici /assessment compare B-2 with:B-1')).toBe('invalid_option');
    expect(await world.refused('@cici /assessment compare B-2')).toBe('not_found');
    expect(await world.refused('@budi /assessment evidence B-1 question:1 evidence:foto')).toBe('conflict');
    expect(await world.refused('@ani /assessment settle B-1 question:1 answer:unknown reason:x')).toBe(
      'invalid_option',
    );
    expect(await world.refused('@budi /assessment start object:K-1')).toBe('not_found');
    expect(await world.refused('@budi /assessment start object:B-9')).toBe('not_found');
    // Little is answered: the close is asked about once.
    expect(await world.refused('@ani /assessment close B-1')).toBe('conflict');
    const { assessmentAnswers } = world.store.tables;
    expect(await world.store.read.select().from(assessmentAnswers)).toEqual([]);
    await world.all('@ani :click "Yes, close it"');
    expect(await world.refused('@ani /assessment answer B-1 question:1 answer:yes')).toBe('closed');
    // An area of any name can be assessed again by one button.
    const name = `Kampung ${'yang panjang sekali '.repeat(5)}`.trim();
    await world.all(`@ani /assessment start object:"${name}"`, '@ani /assessment close B-3 confirm:yes');
    const [again] = await world.all('@ani :click "Assess again"');
    expect(again).toContain(`B-4 ${name}`);
  });

  it('an answer that is changed is kept, evidence stays with it, and two accounts of one person count once', async () => {
    await using world = await forum();
    await world.all(
      '@ani /assessment start object:BPBD',
      '@ani /assessment answer B-1 question:1 answer:2 evidence:https://example.org/map',
      '@ani /assessment answer B-1 question:1 answer:partly',
    );
    const [card] = await world.all('@ani /assessment answer B-1 question:1');
    expect(card).toContain('Your answer: 1');
    expect(card).toContain('BPBD: https://example.org/map');
    const { assessmentAnswers: a } = world.store.tables;
    const rows = await world.store.read.select().from(a);
    expect(rows.map(row => [row.value, row.inForce])).toEqual([
      [2, false],
      [1, true],
    ]);
    await world.all('@dedi /assessment answer B-1 question:1 answer:2', '@ani2 /me show');
    const code = /[0-9A-Z]{4}-[0-9A-Z]{4}/.exec((await world.run('@dedi /me link')).text)![0];
    await world.all(`@cici /me link ${code}`, '@cici /assessment answer B-1 question:1 answer:2');
    expect((await world.all('/assessment show B-1'))[0]).toContain('Answered by: 3 people');
    expect(await world.refused('/assessment import file:test/imports/goals.csv')).toBe('invalid_option');
    await world.all('/assessment import file:test/imports/framework.csv');
    expect((await world.all('/assessment import file:test/imports/framework.csv'))[0]).toContain('exactly the same');
    expect((await world.all('/assessment frameworks'))[0]).toContain('Ready hamlet');
    // It can be taken back for a day, as long as nothing is assessed by it.
    await world.all('/import undo 1');
    expect((await world.all('/assessment frameworks'))[0]).not.toContain('Ready hamlet');
    await world.all(
      '/assessment import file:test/imports/framework.csv',
      '/assessment start kampung-siaga object:"Dusun Satu"',
    );
    const inUse = await world.run('/import undo 2');
    expect([inUse.error?.code, inUse.text]).toEqual(['conflict', expect.stringContaining('B-2')]);
    // What waits is listed for whoever began it.
    expect((await world.all('/me tasks'))[0]).toContain('B-2 Dusun Satu (0 of ');
  });

  it('a partner that was archived is assessed no more, under no name, and whoever may not answer is not reminded', async () => {
    await using world = await forum();
    await world.all(
      '@ani /assessment start object:BPBD',
      '@ani /assessment answer B-1 question:1 answer:2',
      '@ani /assessment close B-1 confirm:yes',
      '@ani /assessment start destana object:"Kampung Sungai"',
      '@ani /assessment answer B-2 question:1 answer:yes',
      '@cici /assessment answer B-2 question:1 answer:no',
      '/partner archive BPBD',
    );
    for (const object of ['BPBD', 'bpbd', 'M-1', 'B-1'])
      expect([object, await world.refused(`/assessment start object:"${object}"`)]).toEqual([object, 'closed']);
    expect(await world.refused('@ani /assessment answer B-2')).toBe('forbidden');
    // What was answered for it counts, and an issue can be raised from what it came to.
    const [shown] = await world.all('/assessment show B-2');
    expect(shown).toContain('Answered by: 2 people of 2 partners');
    await world.all('/assessment show B-1 section:A', ':click "Raise an issue"', ':fill severity=low');
    expect((await world.all('/issue show I-1'))[0]).not.toMatch(/Partner: BPBD/);
    const week = await world.run(':skip 8d');
    expect(week.posts.filter(post => post.text.includes('of 60')).map(post => post.to)).toContain('@cici');
    expect(week.posts.map(post => post.to)).not.toContain('@ani');
    // A partner that was archived while it was assessed waits for nobody.
    await world.all(
      '@cici /assessment start object:PMI',
      '@cici /assessment answer B-3 question:1 answer:2',
      '/partner archive PMI',
    );
    const after = await world.run(':skip 8d');
    expect(after.posts.filter(post => post.text.includes('B-3'))).toEqual([]);
    // A year later nobody is asked to assess it again.
    const year = await world.run(':skip 53w');
    expect(year.posts.filter(post => post.text.includes('assess BPBD again'))).toEqual([]);
    expect(world.logged).toEqual([]);
  });

  it('whoever answered by one account and sits by another, linked but not vouched for, is reminded there', async () => {
    await using world = await forum();
    await world.all(
      '/partner assign fani partner:BPBD role:member',
      '@cici /assessment start object:"Kampung Sungai"',
      '@fani /assessment answer B-1 question:1 answer:2',
      '/partner unassign fani',
    );
    const code = /[0-9A-Z]{4}-[0-9A-Z]{4}/.exec((await world.run('@dedi /me link')).text)![0];
    await world.all(`@fani /me link ${code}`, '@fani /me claim request:1', '@dedi /me same request:1');
    const { posts } = await world.run(':skip 8d');
    const reminded = posts.filter(post => post.to.startsWith('@') && post.text.includes('B-1'));
    expect(reminded.map(post => post.to)).toEqual(['@dedi']);
    expect(await world.refused('/assessment compare B-1 with:B-1')).toBe('invalid_option');
    expect(world.logged).toEqual([]);
  });

  it('another version of an instrument changes nothing that is open, and only sections that ask the same are compared', async () => {
    await using world = await forum();
    const first = readFileSync('test/imports/framework.csv', 'utf8');
    const folder = newFolder();
    const file = (name: string, text: string): string => {
      writeFileSync(join(folder, name), text);
      return join(folder, name);
    };
    await world.all(
      '/assessment import file:test/imports/framework.csv',
      '@ani /assessment start kampung-siaga object:BPBD',
      '@ani /assessment answer B-1 question:1 answer:yes',
      '@ani /assessment answer B-1 question:3 answer:yes',
    );
    const said = file('other.csv', first.replace('Residents know the way out', 'Something else'));
    expect(await world.refused(`/assessment import file:"${said}"`)).toBe('invalid_option');
    const next = first.replace(',2026', ',2027').replace('question,3', 'question,4');
    await world.all(`/assessment import file:"${file('next.csv', next)}"`);
    expect((await world.all('@ani /assessment answer B-1 question:3'))[0]).toContain('Your answer: yes');
    expect(await world.refused('@ani /assessment answer B-1 question:4 answer:yes')).toBe('not_found');
    await world.all(
      '@ani /assessment close B-1',
      '@ani /assessment start kampung-siaga object:BPBD',
      '@ani /assessment answer B-2 question:1 answer:yes',
      '@ani /assessment answer B-2 question:2 answer:yes',
      '@ani /assessment close B-2',
    );
    const [compared] = await world.all('@ani /assessment compare B-2');
    expect(compared).toMatch(/a Residents +33 +100 +\+67/);
    expect(compared).not.toContain('b Equipment');
    expect(compared).toContain('The versions of the instrument differ');
    expect(world.logged).toEqual([]);
  });

  it('a card and a result ask as much of the database with sixty answers of three people as with none', async () => {
    await using world = await forum();
    await world.all('@ani /assessment start destana object:BPBD');
    const asked = async () => [
      (await statementsOf(() => world.run('/assessment show B-1'))).n,
      (await statementsOf(() => world.run('@ani /assessment answer B-1 question:1'))).n,
    ];
    await world.all('@ani /assessment answer B-1 question:1 answer:yes evidence:foto');
    const few = await asked();
    for (const name of ['ani', 'budi', 'cici'])
      for (let i = 1; i <= 60; i++) await world.all(`@${name} /assessment answer B-1 question:${i} answer:yes`);
    expect(await asked()).toEqual(few);
    expect((await world.all('/assessment show B-1'))[0]).toContain('Level: Utama (highest)');
  });
});
