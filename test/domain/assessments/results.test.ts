import { describe, expect, it } from 'vitest';
import {
  type Framework,
  faultsOf,
  frameworkShape,
  mostPoints,
  questionsOf,
} from '../../../src/domain/assessments/framework.ts';
import { type Answer, liftOf, lowestSection, resultOf } from '../../../src/domain/assessments/results.ts';
import { readFramework, shippedFrameworks } from '../../../src/domain/assessments/shipped.ts';
import { fc } from '../../properties.ts';

const named = (key: string): Framework => shippedFrameworks().find(one => one.key === key)!;
const destana = named('destana-2012');
const undrr = named('undrr-preliminary');
const readiness = named('readiness-10');

/** One person's answers to the first questions of an instrument, in order. */
const answered = (framework: Framework, values: readonly (number | null)[], member = 1): Answer[] =>
  questionsOf(framework)
    .slice(0, values.length)
    .map(({ question }, i) => ({ question: question.key, member, value: values[i]! }));

const times = (n: number, value: number): number[] => Array.from({ length: n }, () => value);

describe('the instruments that come with the program', () => {
  it('have the structure of the originals: 47 questions of ten Essentials, 60 of 20 indicators, ten', () => {
    // UNDRR's preliminary workbook of 2024: questions of each Essential, and the points that it can give.
    expect(undrr.sections.map(one => one.questions.length)).toEqual([3, 5, 4, 4, 3, 6, 4, 9, 7, 2]);
    expect(questionsOf(undrr).map(({ question }) => question.key)).toEqual(
      [3, 5, 4, 4, 3, 6, 4, 9, 7, 2].flatMap((n, i) => Array.from({ length: n }, (_, k) => `P${i + 1}.${k + 1}`)),
    );
    const most = resultOf(undrr, answered(undrr, times(47, 3)), []).sections.map(one => one.sum);
    expect(most).toEqual([9, 15, 12, 12, 9, 18, 12, 27, 21, 6]);
    expect(questionsOf(undrr)).toHaveLength(47);
    expect(mostPoints(undrr)).toBe(141);
    expect(undrr.levels.map(one => one.value)).toEqual([0, 1, 2, 3]);
    expect(destana.sections.map(one => one.questions.length)).toEqual([3, 3, 9, 6, 15, 24]);
    expect(questionsOf(destana)).toHaveLength(60);
    expect(destana.bands.map(({ from, to }) => [from, to])).toEqual([
      [0, 19],
      [20, 35],
      [36, 50],
      [51, 60],
    ]);
    expect(questionsOf(readiness)).toHaveLength(10);
  });

  it('say everything in both languages, no sentence twice and none too long for a menu', () => {
    for (const framework of shippedFrameworks()) {
      const texts = questionsOf(framework).map(({ question }) => question.text);
      expect(new Set(texts.map(one => one.id)).size).toBe(texts.length);
      expect(new Set(texts.map(one => one.en)).size).toBe(texts.length);
      for (const { id, en } of texts) {
        expect(id).not.toBe(en);
        expect(Math.max(id.length, en.length)).toBeLessThan(120);
      }
    }
  });
});

describe('results, against tables worked out by hand', () => {
  // Perka BNPB 1/2012: each yes is a point, and what nobody affirms is none.
  it.each([
    [0, 0],
    [19, 0],
    [20, 1],
    [35, 1],
    [36, 2],
    [50, 2],
    [51, 3],
    [60, 3],
  ])('Destana: %i times yes is level %i, whether the rest is no, not known or not answered', (yes, level) => {
    const rest = 60 - yes;
    for (const others of [times(rest, 0), times(rest, 0).map(() => null), []]) {
      const values = [...times(yes, 1), ...others];
      // With no answer at all there is nothing to judge.
      if (!values.length) continue;
      const result = resultOf(destana, answered(destana, values), []);
      const isKnown = values.some(one => one !== null);
      expect([result.score, result.level]).toEqual(isKnown ? [yes, level] : [null, null]);
      expect(result.total.most).toBe(60);
    }
  });

  it('UNDRR: points of each Essential and of all, what is not answered left out, and no level since there are no bands', () => {
    // Essential 1: 3 + 2 + 1 of 9; Essential 2: 0 + 3 of the two that were answered.
    const result = resultOf(undrr, answered(undrr, [3, 2, 1, 0, 3, null]), []);
    expect(result.sections.slice(0, 3)).toEqual([
      { key: '1', sum: 6, most: 9, answered: 3, of: 3, percent: 66 },
      { key: '2', sum: 3, most: 6, answered: 2, of: 5, percent: 50 },
      { key: '3', sum: 0, most: 0, answered: 0, of: 4, percent: null },
    ]);
    expect(result.total).toEqual({ sum: 9, most: 15, answered: 5, of: 47, percent: 60 });
    expect(result.level).toBeNull();
    const full = resultOf(undrr, answered(undrr, times(47, 3)), []);
    expect([full.total.sum, full.total.percent]).toEqual([141, 100]);
  });

  it.each([
    // 20 points can be reached by ten questions; the share is cut down, so 39.x % is not 40 %.
    [[2, 2, 2, 1, 0, 0, 0, 0, 0, 0], 35, 0],
    [[2, 2, 2, 2, 0, 0, 0, 0, 0, 0], 40, 1],
    [[2, 2, 2, 2, 2, 2, 1, 0, 0, 0], 65, 1],
    [[2, 2, 2, 2, 2, 2, 2, 0, 0, 0], 70, 2],
    [[2, 2, 2, 2, 2, 2, 2, 2, 1, 0], 85, 2],
    [[2, 2, 2, 2, 2, 2, 2, 2, 2, 0], 90, 3],
    // Nine answered: 7 of 18 are 38.9 %.
    [[2, 2, 2, 1, 0, 0, 0, 0, 0], 38, 0],
    // Eight of ten suffice for a level, seven do not.
    [[2, 2, 2, 2, 2, 2, 2, 2], 100, 3],
    [[2, 2, 2, 2, 2, 2, 2], 100, null],
  ])('the check of ten: %j is %i %% and level %j', (values, percent, level) => {
    const result = resultOf(readiness, answered(readiness, values), []);
    expect([result.score, result.level]).toEqual([percent, level]);
  });

  it('people differ: median and spread, the lower of the middle ones counts, until a facilitator settles it', () => {
    const of = (...values: (number | null)[]): Answer[] =>
      values.map((value, member) => ({ question: 'P1.1', member, value }));
    const stands = (answers: Answer[], settled: { question: string; value: number }[] = []) =>
      resultOf(undrr, answers, settled).questions[0]!;
    expect(stands(of(1, 3))).toMatchObject({ n: 2, low: 1, high: 3, median: 2, value: 1, differs: true });
    expect(stands(of(0, 1, 1, 3, null))).toMatchObject({ n: 4, unknown: 1, median: 1, value: 1, differs: true });
    expect(stands(of(0, 1, 2, 3, 3))).toMatchObject({ median: 2, value: 2 });
    expect(stands(of(2, 2, 2))).toMatchObject({ median: 2, value: 2, differs: false });
    expect(stands(of(null))).toMatchObject({ n: 0, unknown: 1, median: null, value: null, differs: false });
    expect(stands(of(1, 3), [{ question: 'P1.1', value: 3 }])).toMatchObject({
      value: 3,
      differs: false,
      settled: true,
    });
  });

  it('says what is missing to the next level, and where there is most room', () => {
    const result = resultOf(destana, answered(destana, [...times(18, 1), ...times(42, 0)]), []);
    expect(liftOf(destana, result)).toEqual({ level: 1, missing: 2, questions: ['19', '20', '21', '22', '23'] });
    expect(liftOf(destana, resultOf(destana, answered(destana, times(60, 1)), []))).toBeNull();
    // 40 % of 20 points are 8: with 7 one is missing.
    const ten = resultOf(readiness, answered(readiness, [2, 2, 2, 1, 0, 0, 0, 0, 0, 0]), []);
    expect(liftOf(readiness, ten)).toMatchObject({ level: 1, missing: 1, questions: ['5', '6', '7', '8', '9'] });
    expect(lowestSection(ten)).toBe('C');
  });
});

describe('properties', () => {
  const values = fc.option(fc.integer({ min: 0, max: 3 }), { nil: null });
  const everybody = fc.array(fc.array(values, { minLength: 47, maxLength: 47 }), { minLength: 1, maxLength: 5 });

  it('the order of answers, and who gave which, never change a result', () => {
    fc.assert(
      fc.property(everybody, fc.infiniteStream(fc.nat()), (people, chance) => {
        const answers = people.flatMap((own, member) => answered(undrr, own, member));
        const shuffled = answers
          .map(one => ({ one, at: chance.next().value }))
          .sort((a, b) => a.at - b.at)
          .map(({ one }) => one);
        const renamed = answers.map(one => ({ ...one, member: 99 - one.member }));
        const result = resultOf(undrr, answers, []);
        expect(resultOf(undrr, shuffled, [])).toEqual(result);
        expect(resultOf(undrr, renamed, [])).toEqual(result);
      }),
      { numRuns: 30 },
    );
  });

  it('a better answer never makes a result worse, and sections add up to the whole', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 2 }), { minLength: 47, maxLength: 47 }), fc.nat(46), (own, at) => {
        const result = resultOf(undrr, answered(undrr, own), []);
        const better = own.map((value, i) => (i === at ? value + 1 : value));
        expect(resultOf(undrr, answered(undrr, better), []).total.sum).toBe(result.total.sum + 1);
        expect(result.sections.reduce((sum, one) => sum + one.sum, 0)).toBe(result.total.sum);
        expect(result.sections.reduce((sum, one) => sum + one.most, 0)).toBe(result.total.most);
      }),
      { numRuns: 50 },
    );
  });
});

describe('an instrument that cannot be used', () => {
  const spoilt = (change: (copy: Framework) => void): string[] => {
    const copy = structuredClone(destana);
    change(copy);
    return faultsOf(copy).map(one => one.why);
  };

  it('is told by each of its faults', () => {
    expect(spoilt(() => undefined)).toEqual([]);
    expect(spoilt(one => one.sections[1]!.questions.push({ ...one.sections[0]!.questions[0]!, weight: 1 }))).toEqual([
      'question_twice',
      'band_end',
    ]);
    expect(spoilt(one => Object.assign(one.sections[0]!.questions[0]!, { weight: 0 }))).toContain('bad_weight');
    expect(spoilt(one => Object.assign(one.sections[0]!.questions[0]!, { weight: 1.5 }))).toEqual(['bad_weight']);
    expect(spoilt(one => Object.assign(one.bands[1]!, { from: 19 }))).toEqual(['band_overlap']);
    expect(spoilt(one => Object.assign(one.bands[1]!, { from: 21 }))).toEqual(['band_hole']);
    expect(spoilt(one => Object.assign(one.bands[3]!, { to: 59 }))).toEqual(['band_end']);
    expect(spoilt(one => Object.assign(one.bands[3]!, { from: 61 }))).toContain('band_backwards');
    expect(spoilt(one => one.levels.reverse())).toContain('level_order');
    expect(spoilt(one => one.levels.pop())).toContain('few_levels');
    expect(spoilt(one => Object.assign(one.sections[2]!, { questions: [] }))).toContain('empty_section');
    expect(spoilt(one => Object.assign(one, { sections: [] }))).toContain('no_questions');
    expect(() => readFramework(JSON.stringify({ ...destana, bands: destana.bands.slice(1) }))).toThrow(/band_hole/);
    expect(() => readFramework(JSON.stringify({ ...destana, colour: 'red' }))).toThrow();
    expect(frameworkShape.safeParse(destana).success).toBe(true);
  });
});
