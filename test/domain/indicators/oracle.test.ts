import { describe, expect, it } from 'vitest';
import { instantAt } from '../../../src/domain/calendar.ts';
import { lastJudged, periodStatuses } from '../../../src/domain/indicators/period-status.ts';
import { recordOf } from '../../../src/domain/indicators/record.ts';
import { addIndicator } from '../../../src/domain/indicators/store.ts';
import { agreeAnew } from '../../../src/domain/indicators/versions.ts';
import { databases } from '../../databases.ts';
import {
  type Course,
  courseOf,
  differences,
  oracleOf,
  recordFrom,
  reportsOf,
  SITUATIONS,
  termsFor,
} from './courses.ts';
import type { Fact } from './oracle.ts';

const CASES = 1000;
const STORED = 25;

it('the program and the oracle agree on every figure of random courses', () => {
  const counted: Record<string, number> = Object.fromEntries(Object.keys(SITUATIONS).map(name => [name, 0]));
  for (let seed = 1; seed <= CASES; seed++) {
    const course = courseOf(seed);
    expect([seed, differences(course, recordFrom(course))]).toEqual([seed, []]);
    const oracle = oracleOf(course);
    for (const [name, occurs] of Object.entries(SITUATIONS)) if (occurs(course, oracle)) counted[name]!++;
  }
  // Each situation in which a fault was seen is met in one case of a hundred at least.
  const rare = Object.entries(counted).filter(([, n]) => n < CASES / 100);
  expect([counted, rare]).toEqual([counted, []]);
});

it('Y10: the last judged period is the one that judging all of them finds', () => {
  let found = 0;
  for (let seed = 1; seed <= CASES; seed++) {
    const course = courseOf(seed);
    const record = recordFrom(course);
    const last = periodStatuses(record, course.today).findLast(one => one.colour) ?? null;
    expect([seed, lastJudged(record, course.today)]).toEqual([seed, last]);
    if (last) found++;
  }
  expect(found).toBeGreaterThan(CASES / 4);
});

describe.each(databases)('stored on $name', ({ open }) => {
  it('it is the same', async () => {
    await using store = await opened(open);
    for (let seed = 50_001; seed <= 50_000 + STORED; seed++) {
      const course = courseOf(seed);
      const record = await stored(store.store, course, `f${seed}`);
      expect([seed, differences(course, record)]).toEqual([seed, []]);
    }
  });
});

const opened = async (open: (typeof databases)[number]['open']) => {
  const store = await open();
  return { store, [Symbol.asyncDispose]: () => store.close() };
};

/** Writes a course into a forum of its own by the program's own functions, and reads its record. */
async function stored(store: Awaited<ReturnType<(typeof databases)[number]['open']>>, course: Course, forumId: string) {
  const { facts, agreed, dueDays } = course;
  const createdAt = instantAt(agreed, '12:00', 'Asia/Jakarta');
  const terms = termsFor((facts[0] as Extract<Fact, { what: 'agreed' }>).terms);
  return store.write(forumId, async tx => {
    const { forums, members, partners, reports } = tx.tables;
    await tx
      .insert(forums)
      .values({ id: forumId, name: forumId, locale: 'id', zone: 'Asia/Jakarta', settings: {}, createdAt } as never);
    await tx
      .insert(members)
      .values({ forumId, number: 1, name: 'sari', folded: 'sari', coordinator: true, createdAt } as never);
    const archived = new Map(facts.flatMap(one => (one.what === 'archived' ? [[one.partner, one.on] as const] : [])));
    await tx.insert(partners).values(
      [1, 2, 3, 4].map(number => {
        const on = archived.get(number);
        const archivedAt = on === undefined ? null : instantAt(on, '12:00', 'Asia/Jakarta');
        return { forumId, number, name: `P${number}`, folded: `p${number}`, createdAt, archivedAt };
      }) as never,
    );
    const { partners: reporters, periodTargets: _, ...rest } = terms;
    const data = { ...rest, dueDays, lockDays: 30, needsProof: false, createdBy: 1 };
    let indicator = await addIndicator(tx, forumId, data, reporters, { now: createdAt, today: agreed });
    for (const fact of facts)
      if (fact.what === 'changed')
        indicator = await agreeAnew(
          tx,
          indicator,
          { since: fact.since, terms: fact.set },
          { now: createdAt, today: agreed },
        );
    const rows = reportsOf(course).map(({ seq: _, ...row }) => ({ ...row, forumId }));
    if (rows.length) await tx.insert(reports).values(rows);
    return recordOf(tx, indicator);
  });
}
