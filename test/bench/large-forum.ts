import Database from 'better-sqlite3';
import { searchText } from '../../src/domain/activities.ts';

/** Size of a forum. */
export interface Size {
  readonly partners: number;
  readonly members: number;
  readonly activities: number;
  readonly indicators: number;
  /** Number of years with reports, until the month before the bench's present. */
  readonly years: number;
  /** Frequency of the reports; monthly where nothing is said. */
  readonly frequency?: 'monthly' | 'quarterly';
}

/** The bench's present, and the last month that was reported. */
export const NOW = '2026-11-24T01:00:00Z';
const LAST = { year: 2026, month: 10 };
const PER_INDICATOR = 1;
const MEASURED_BEFORE = '2020-01-01T00:00:00Z';

type Row = Readonly<Record<string, string | number | null>>;

/** The last months, the newest first. */
const months = (n: number): { key: string; end: string }[] =>
  Array.from({ length: n }, (_, i) => {
    const at = new Date(Date.UTC(LAST.year, LAST.month - i, 0));
    const end = at.toISOString().slice(0, 10);
    return { key: end.slice(0, 7), end };
  });

/** The last whole quarters, the newest first. */
const quarters = (n: number): { key: string; end: string }[] =>
  months(n * 3 + 1)
    .filter(({ key }) => Number(key.slice(5)) % 3 === 0)
    .slice(0, n)
    .map(({ key, end }) => ({ key: `${key.slice(0, 4)}-Q${Number(key.slice(5)) / 3}`, end }));

/**
 * Fills the one forum of a database file straight into its tables: partners with their people, activities they came to,
 * promises, and indicators reported for years. Of each row the columns are written that the file has, and
 * tables that it lacks are left out, so that files of older builds can be filled as well.
 */
export function fillLarge(file: string, size: Size): void {
  const db = new Database(file);
  db.pragma('synchronous = OFF');
  const { id } = db.prepare('select id from forums').get() as { id: string };
  const instant = Date.parse(MEASURED_BEFORE);
  const now = Date.parse(NOW);
  const insert = (table: string, rows: Iterable<Row>): void => {
    const known = new Set((db.pragma(`table_info(${table})`) as { name: string }[]).map(one => one.name));
    if (!known.size) return;
    let statement: Database.Statement | undefined;
    let names: string[] = [];
    for (const row of rows) {
      const whole: Row = { forum_id: id, ...row };
      names = statement ? names : Object.keys(whole).filter(name => known.has(name));
      statement ??= db.prepare(
        `insert or ignore into ${table} (${names.map(name => `"${name}"`).join(', ')}) values (${names.map(() => '?').join(', ')})`,
      );
      statement.run(...names.map(name => whole[name]));
    }
  };
  const each = function* (n: number, one: (i: number) => Row): Generator<Row> {
    for (let i = 1; i <= n; i++) yield one(i);
  };
  const partnerOf = (i: number): number => 1 + (i % size.partners);
  const sectors = ['government', 'ngo', 'private', 'academia', 'community', 'media'] as const;
  db.transaction(() => {
    insert(
      'partners',
      each(size.partners, n => ({
        number: n,
        name: `Mitra ${n}`,
        folded: `mitra ${n}`,
        sector: sectors[n % 6]!,
        focus: `fokus ${n % 20}`,
        influence: ['low', 'medium', 'high'][n % 3]!,
        interest: ['low', 'medium', 'high'][n % 2]!,
        created_at: instant,
      })),
    );
    // The first member set the forum up.
    insert(
      'members',
      each(size.members, n => ({
        number: n + 1,
        name: `Warga ${n}`,
        folded: `warga ${n}`,
        coordinator: 0,
        created_at: instant,
      })),
    );
    insert(
      'seats',
      each(Math.min(size.members, size.partners), n => ({
        member: n + 1,
        partner: n,
        role: 'representative',
        since: instant,
      })),
    );
    insert(
      'activities',
      each(size.activities, n => ({
        number: n,
        title: `Gladi ke-${n}`,
        kind: 'training',
        state: 'done',
        date: dateBefore(n % 1800),
        participants: n % 90,
        search: searchText({ title: `Gladi ke-${n}`, result: null, location: null }),
        created_by: 1 + (n % size.members),
        created_at: instant,
      })),
    );
    insert(
      'activity_partners',
      each(size.activities, n => ({ activity: n, partner: partnerOf(n) })),
    );
    insert(
      'attendances',
      each(size.activities, n => ({ activity: n, partner: partnerOf(n), answer: 'yes', came: n % 4 ? 1 : 0 })),
    );
    insert('agreements', [
      {
        number: 1,
        title: 'Kesepakatan',
        folded: 'kesepakatan',
        kind: 'formal',
        signed: '2025-01-01',
        expires: '2027-12-31',
        confirmed_at: instant,
        created_by: 1,
        created_at: instant,
      },
    ]);
    insert(
      'agreement_parties',
      each(size.partners, n => ({ agreement: 1, partner: n, confirmed_at: instant })),
    );
    insert(
      'actions',
      each(size.partners, n => ({
        number: n,
        title: `Janji ${n}`,
        folded: `janji ${n}`,
        origin: 'agreement',
        origin_number: 1,
        item: n,
        is_private: 0,
        partner: n,
        due: dateBefore(n % 150),
        done_on: n % 3 ? dateBefore(n % 150) : null,
        created_by: 1,
        created_at: instant,
      })),
    );
    insert(
      'indicators',
      each(size.indicators, n => ({
        number: n,
        name: `Ukuran ${n}`,
        folded: `ukuran ${n}`,
        unit: 'orang',
        direction: 'up',
        baseline: '0',
        baseline_date: '2020-01-01',
        target: '100000',
        due: '2027-12-31',
        frequency: size.frequency ?? 'monthly',
        value_kind: 'flow',
        aggregate: 'sum',
        span: 'course',
        partners_aggregate: 'sum',
        due_days: 10,
        lock_days: 30,
        needs_proof: 0,
        green: 90,
        amber: 70,
        version: 1,
        created_by: 1,
        created_at: instant,
      })),
    );
    insert(
      'indicator_versions',
      each(size.indicators, n => ({ indicator: n, version: 1, since: '2020-01-01', set: '{}', made_at: instant })),
    );
    insert('indicator_partners', pairs(size, partnerOf));
    insert('reports', reports(size, partnerOf, now));
    insert(
      'counters',
      ['activity', 'partner', 'indicator', 'agreement', 'member'].map(thing => ({
        thing,
        last: Math.max(...Object.values(size)) + 10,
      })),
    );
    db.exec('update counters set last = max(last, 1000000)');
  })();
  db.close();
}

const dateBefore = (days: number): string => new Date(Date.parse(NOW) - days * 86_400_000).toISOString().slice(0, 10);

function* pairs({ indicators }: Size, partnerOf: (i: number) => number): Generator<Row> {
  for (let n = 1; n <= indicators; n++)
    for (let k = 0; k < PER_INDICATOR; k++) yield { indicator: n, partner: partnerOf(n * PER_INDICATOR + k) };
}

/** Every month is reported by each partner of an indicator, but for one report in twenty. */
function* reports(
  { indicators, years, frequency }: Size,
  partnerOf: (i: number) => number,
  now: number,
): Generator<Row> {
  const all = frequency === 'quarterly' ? quarters(years * 4) : months(years * 12);
  for (let n = 1; n <= indicators; n++)
    for (let k = 0; k < PER_INDICATOR; k++)
      for (const [i, { key, end }] of all.entries())
        if ((n + k + i) % 20)
          yield {
            indicator: n,
            period: key,
            partner: partnerOf(n * PER_INDICATOR + k),
            kind: 'value',
            value: String((n * 7 + i) % 300),
            state: 'submitted',
            reported_by: 1,
            reported_at: Math.min(Date.parse(end) + 5 * 86_400_000, now - 3_600_000),
            on_time: i % 5 ? 1 : 0,
            in_force: 1,
          };
}
