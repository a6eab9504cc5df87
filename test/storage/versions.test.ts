import { eq } from 'drizzle-orm';
import { describe, expect, it } from 'vitest';
import { recordOf } from '../../src/domain/indicators/record.ts';
import { indicatorByNumber } from '../../src/domain/indicators/store.ts';
import { termsAt } from '../../src/domain/indicators/terms.ts';
import { openStore } from '../../src/storage/open.ts';
import { type Literals, oldDatabases } from './old.ts';

/** The last migration before indicators had versions. */
const BEFORE = 23;
const AT = Date.UTC(2026, 0, 5, 1);
const LATER = Date.UTC(2026, 9, 12, 1);

/** Rows as they stood before, as statements that both databases take. */
const rowsOf = ({ at, yes, no }: Literals): string[] => [
  `INSERT INTO forums (id, name, locale, zone, settings, created_at) VALUES ('f', 'F', 'id', 'Asia/Jakarta', '{}', ${at(AT)})`,
  `INSERT INTO members (forum_id, number, name, folded, coordinator, created_at) VALUES ('f', 1, 'sari', 'sari', ${yes}, ${at(AT)})`,
  `INSERT INTO partners (forum_id, number, name, folded, created_at) VALUES ('f', 1, 'A', 'a', ${at(AT)}), ('f', 2, 'B', 'b', ${at(AT)})`,
  ...[
    `1, 'Latih', 'orang', 0.1, '2026-01-01', 320, '2026-12-31', 'sum', 2`,
    `2, 'Lewat tahun', 'orang', 0, '2026-01-01', 1200.5, '2027-12-31', 'sum', 1`,
    `3, 'Tanpa', 'kali', NULL, NULL, NULL, NULL, 'latest', 1`,
  ].map(
    row =>
      `INSERT INTO indicators (number, name, unit, baseline, baseline_date, target, due, aggregate, version, forum_id, folded, direction, frequency, value_kind, partners_aggregate, due_days, lock_days, green, amber, needs_proof, created_by, created_at) VALUES (${row}, 'f', '', 'up', 'monthly', 'flow', 'sum', 10, 30, 90, 70, ${no}, 1, ${at(AT)})`,
  ),
  `INSERT INTO indicator_partners (forum_id, indicator, partner) VALUES ('f', 1, 2), ('f', 1, 1)`,
  `INSERT INTO period_targets (forum_id, indicator, period, target) VALUES ('f', 1, '2026-09', 66.6)`,
  `INSERT INTO reports (forum_id, indicator, period, partner, kind, value, numerator, denominator, state, reported_by, reported_at, on_time, in_force) VALUES ('f', 1, '2026-01', 1, 'value', 33.3333333333, 1, 3, 'submitted', 1, ${at(AT)}, ${yes}, ${yes}), ('f', 1, '2026-02', 1, 'value', 1000000000000, NULL, NULL, 'submitted', 1, ${at(AT)}, ${yes}, ${yes})`,
  `INSERT INTO events (forum_id, at, member, kind, thing, number, data) VALUES ('f', ${at(LATER)}, 1, 'indicator.target', 'indicator', 1, '{"before": 500, "value": 320, "period": null}')`,
];

describe.each(oldDatabases(BEFORE, rowsOf))('indicators of before, on $name', ({ make }) => {
  it('keep their figures, and get the versions that the record tells of', async () => {
    const store = await openStore(await make());
    const { reports } = store.tables;
    const terms = async (number: number, date: string) => {
      const indicator = (await indicatorByNumber(store.read, 'f', number))!;
      return termsAt(await recordOf(store.read, indicator), date);
    };
    const made = await store.read.select().from(reports).where(eq(reports.indicator, 1));
    expect(made.map(one => [one.value, one.numerator, one.denominator])).toEqual([
      ['33.3333333333', '1', '3'],
      ['1000000000000', null, null],
    ]);
    // What was agreed before the change holds until it was made.
    expect(await terms(1, '2026-09-30')).toMatchObject({
      baseline: '0.1',
      target: '500',
      span: 'course',
      partners: [1, 2],
      periodTargets: { '2026-09': '66.6' },
    });
    expect(await terms(1, '2026-10-12')).toMatchObject({ target: '320' });
    // A sum whose course crosses New Year goes on as it was read until a coordinator decides.
    expect(await terms(2, '2026-10-12')).toMatchObject({ target: '1200.5', span: 'year', partners: [] });
    expect(await terms(3, '2026-10-12')).toMatchObject({ baseline: null, target: null, span: 'course' });
    await store.close();
  });
});
