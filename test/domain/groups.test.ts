import { expect, it } from 'vitest';
import { sumGroups, tooMany, wholeOf, withCounts } from '../../src/domain/groups/counts.ts';
import {
  BUILT_IN,
  type Dimension,
  dimensionMeant,
  dimensionsOf,
  groupMeant,
} from '../../src/domain/groups/dimensions.ts';
import { pairsIn } from '../../src/language/group-pairs.ts';
import { catalogue } from '../../src/language/messages.ts';
import { fc } from '../properties.ts';

const words = (key: string) => Object.values(catalogue).map(m => m.groups.names[key as 'women']);

it('reads numbers by group as people write them', () => {
  const read = (typed: string) =>
    pairsIn(typed)?.map(([name, n]) => [groupMeant(name, dimensionsOf({}), words) ?? `?${name}`, n]) ?? null;
  expect(read('L=41 P=27')).toEqual([
    ['men', '41'],
    ['women', '27'],
  ]);
  expect(read('F=27 M=41 60+=5')).toEqual([
    ['women', '27'],
    ['men', '41'],
    ['age_60', '5'],
  ]);
  expect(read('L=41,60+=5')).toEqual([
    ['men', '41'],
    ['age_60', '5'],
  ]);
  expect(read('laki-laki: 41; perempuan: 27')).toEqual([
    ['men', '41'],
    ['women', '27'],
  ]);
  expect(read('L 41 P 27')).toEqual([
    ['men', '41'],
    ['women', '27'],
  ]);
  expect(read('41 L, 27 P')).toEqual([
    ['men', '41'],
    ['women', '27'],
  ]);
  expect(read('perempuan 27')).toEqual([['women', '27']]);
  expect(read('5-17=10, 5–17 tahun=10, 60 tahun ke atas = 4')).toEqual([
    ['age_5_17', '10'],
    ['age_5_17', '10'],
    ['age_60', '4'],
  ]);
  expect(read('age_0_4=3; tanpa disabilitas=9; disabilitas=2')).toEqual([
    ['age_0_4', '3'],
    ['no_disability', '9'],
    ['disability', '2'],
  ]);
  expect(read('L=1,5, P=2,5')).toEqual([
    ['men', '1,5'],
    ['women', '2,5'],
  ]);
  expect(read('L=1.250 P=-')).toEqual([
    ['men', '1.250'],
    ['women', '-'],
  ]);
  expect(read('RW 5=12, RW 6=13')).toEqual([
    ['?RW 5', '12'],
    ['?RW 6', '13'],
  ]);
  for (const none of ['', 'L', '41', 'L=', '=41', 'L=banyak', 'L==4']) expect([none, read(none)]).toEqual([none, null]);
});

it('knows each group and dimension by all its words, and no word means two', () => {
  const dimensions = dimensionsOf({});
  for (const key of Object.values(BUILT_IN).flat())
    for (const word of [key, ...words(key)]) expect([word, groupMeant(word, dimensions, words)]).toEqual([word, key]);
  const called = (key: string) => Object.values(catalogue).map(m => m.groups.dimensions[key as 'sex']);
  for (const key of Object.keys(BUILT_IN))
    for (const word of called(key)) expect([word, dimensionMeant(word, called)]).toEqual([word, key]);
});

it('counts by the dimensions that a forum has declared, the known ones always among them', () => {
  const own = { key: 'Pekerjaan', groups: ['Petani', 'Nelayan'], asked: ['activities' as const] };
  const dimensions = dimensionsOf({ groups: [own] });
  expect(dimensions.map(one => [one.key, one.asked.length])).toEqual([
    ['Pekerjaan', 1],
    ['sex', 0],
    ['age', 0],
    ['disability', 0],
  ]);
  expect(groupMeant('petani', dimensions, words)).toBe('Petani');
  expect(groupMeant('petani', dimensionsOf({}), words)).toBeNull();
});

const keys = [...Object.values(BUILT_IN).flat(), 'Petani'];
const dimensions: readonly Dimension[] = dimensionsOf({
  groups: [{ key: 'Pekerjaan', groups: ['Petani', 'Nelayan'], asked: [] }],
});
const counts = fc.dictionary(fc.constantFrom(...keys), fc.nat(40), { maxKeys: 5, noNullPrototype: true });
const counted = fc
  .record({ participants: fc.option(fc.nat(100)), groups: fc.option(counts) })
  .filter(one => !tooMany(one.groups, one.participants, dimensions));

it('adds up so that groups and unknown are always the whole, and none is below zero', () => {
  fc.assert(
    fc.property(fc.array(counted, { maxLength: 12 }), all => {
      const sums = sumGroups(all, dimensions);
      expect(sums.people).toBeGreaterThanOrEqual(all.reduce((n, one) => n + (one.participants ?? 0), 0));
      for (const { dimension, groups, unknown } of sums.dimensions) {
        expect(unknown).toBeGreaterThanOrEqual(0);
        expect(groups.reduce((n, one) => n + one.people, 0) + unknown).toBe(sums.people);
        for (const { key, people } of groups) {
          expect(dimension.groups).toContain(key);
          expect(people).toBe(all.reduce((n, one) => n + (one.groups?.[key] ?? 0), 0));
        }
      }
      // What was counted of a group is always shown.
      const shown = sums.dimensions.flatMap(one => one.groups.map(({ key }) => key));
      expect(shown.sort()).toEqual([...new Set(all.flatMap(one => Object.keys(one.groups ?? {})))].sort());
    }),
    { numRuns: 200 },
  );
});

it('knows the whole only where every group of a dimension was counted, and takes groups out', () => {
  expect(wholeOf({ women: 27, men: 41 }, dimensions)).toBe(68);
  expect(wholeOf({ women: 27, age_60: 5 }, dimensions)).toBeNull();
  expect(withCounts({ women: 27 }, { women: null })).toBeNull();
  expect(withCounts({ women: 27 }, { men: 41, age_60: null })).toEqual({ women: 27, men: 41 });
  expect(tooMany({ women: 27, men: 41 }, 60, dimensions)?.dimension.key).toBe('sex');
  expect(tooMany({ women: 60, age_60: 60 }, 60, dimensions)).toBeNull();
});
