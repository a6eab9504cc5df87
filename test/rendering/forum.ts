import { clean, cleanLine } from '../../src/language/clean.ts';
import type { Locale } from '../../src/language/locale.ts';
import { fold } from '../../src/storage/words.ts';
import { aWorld, START } from '../world.ts';

/** Names of everything in a forum: as people write, and as nobody should. */
export const FLAVOURS = {
  plain: 'Gladi evakuasi',
  longest: 'Penyelenggaraan gladi evakuasi mandiri bersama seluruh warga kampung tepi sungai dan tanggul timur ',
  markup: '@everyone <!channel> <@U01> **a** __b__ `c` ||d|| [klik](https://jahat.example) # > - 1. :smile: & <b>\\',
  rightToLeft: 'تدريب الإخلاء مع السكان קרגול ',
  emoji: '👩‍👩‍👧‍👦🇮🇩🌊✅',
} as const;
export type Flavour = keyof typeof FLAVOURS;

export const SIZES = [0, 1, 25, 26, 100, 101, 1_000] as const;
export const ROLES = ['member', 'partner', 'representative', 'coordinator'] as const;
export type Role = (typeof ROLES)[number];

const DAY_MS = 86_400_000;
const PIECE = 500;

/** A line of so many characters at most, and a text of several lines, as they are kept once they were cleaned. */
const lineOf = (flavour: Flavour, n: number, most: number): string => {
  const end = ` ${n}`;
  const words = flavour === 'plain' ? FLAVOURS.plain : FLAVOURS[flavour].repeat(Math.ceil(most / 4));
  return `${cleanLine(words.slice(0, most - end.length))}${end}`.slice(0, most);
};
const textOf = (flavour: Flavour, n: number, most: number): string =>
  flavour === 'plain'
    ? `${FLAVOURS.plain} ${n}`
    : clean(`${`${FLAVOURS[flavour]}\n`.repeat(Math.ceil(most / 4)).slice(0, most - 5)} ${n}`).slice(0, most);

/** A forum with so many of each thing, written straight into the tables, and a person of each role. */
export async function aGeneratedForum(size: number, locale: Locale, flavour: Flavour) {
  const world = await aWorld({ actor: 'coordinator' });
  await world.all(`/forum setup "Forum" locale:${locale === 'en' ? 'english' : 'indonesia'} coordinators:koor`);
  const { store } = world;
  const [forum] = await store.read.select().from(store.tables.forums);
  const forumId = forum!.id;
  const old = new Date(START.getTime() - 60 * DAY_MS);
  const numbers = Array.from({ length: size }, (_, i) => i + 1);
  const line = (n: number, most = 200): string => lineOf(flavour, n, most);
  const text = (n: number, most: number): string => textOf(flavour, n, most);
  const t = store.tables;

  /** Rows in pieces that the database takes at once. */
  async function fill<T extends keyof typeof t>(table: T, rows: readonly object[]): Promise<void> {
    for (let i = 0; i < rows.length; i += PIECE) {
      const piece = rows.slice(i, i + PIECE);
      await store.write(null, tx => tx.insert(t[table] as never).values(piece as never));
    }
  }

  await fill('partners', [
    ...numbers.map(n => ({
      forumId,
      number: n,
      name: line(n, 100),
      folded: fold(line(n, 100)),
      sector: (['government', 'ngo', 'private', null] as const)[n % 4],
      contact: line(n),
      focus: line(n % 7, 100),
      influence: (['low', 'high', null] as const)[n % 3],
      interest: (['low', 'high', null] as const)[n % 3],
      createdAt: old,
    })),
  ]);
  const people = [
    ...(['member', 'partner', 'representative'] as const).map((name, i) => ({ number: 10 + i, name })),
    ...numbers.map(n => ({ number: 20 + n, name: line(n, 80) })),
  ];
  await fill(
    'members',
    people.map(one => ({ forumId, ...one, folded: fold(one.name), coordinator: false, createdAt: old })),
  );
  await fill(
    'accounts',
    people.slice(0, 3).map(one => ({
      forumId,
      platform: 'console',
      home: '',
      account: one.name,
      member: one.number,
      name: one.name,
      workspace: 'local',
      lastSeenAt: old,
    })),
  );
  if (size > 0)
    await fill('seats', [
      { forumId, member: 11, partner: 1, role: 'member', since: old },
      { forumId, member: 12, partner: 1, role: 'representative', since: old },
    ]);
  await fill(
    'goals',
    numbers.map(n => ({
      ...{ forumId, number: n, title: line(n), folded: fold(line(n)), description: text(n, 3_000) },
      ...{ due: '2026-11-25', createdBy: 1, createdAt: old },
    })),
  );
  await fill(
    'activities',
    numbers.map(n => ({
      ...{ forumId, number: n, title: line(n), kind: 'training', state: (['planned', 'done'] as const)[n % 2] },
      ...{ date: '2026-11-25', location: line(n), participants: n, goal: n, result: text(n, 3_000) },
      ...{ search: fold(line(n)), createdBy: 1, createdAt: old },
    })),
  );
  await fill(
    'activityPartners',
    numbers.map(n => ({ forumId, activity: 1, partner: n })),
  );
  await fill(
    'indicators',
    numbers.map(n => ({
      ...{ forumId, number: n, name: line(n), folded: fold(line(n)), goal: 1, unit: line(n, 20), direction: 'up' },
      ...{ baseline: 1, target: 50, due: '2026-12-31', frequency: 'weekly', valueKind: 'flow', aggregate: 'sum' },
      ...{ partnersAggregate: 'sum', dueDays: 7, lockDays: 30, definition: text(n, 1_000), green: 80, amber: 50 },
      ...{ version: 1, createdBy: 1, createdAt: old },
    })),
  );
  await fill(
    'indicatorPartners',
    numbers.map(n => ({ forumId, indicator: n, partner: 1, member: null })),
  );
  await fill(
    'reports',
    numbers.map(n => ({
      ...{ forumId, indicator: n, period: '2026-W45', partner: 1, kind: 'value', value: n, note: text(n, 1_000) },
      ...{ state: 'submitted', reportedBy: 12, reportedAt: old, onTime: true, inForce: true },
    })),
  );
  await fill(
    'issues',
    numbers.map(n => ({
      ...{ forumId, number: n, title: line(n), folded: fold(line(n)), detail: text(n, 3_000) },
      ...{ severity: 'high', state: 'in_progress', isPrivate: false, partner: 1, owner: 12, raisedBy: 1 },
      ...{ due: '2026-11-25', waitingFor: line(n), createdAt: old, changedAt: old, reopened: 0 },
    })),
  );
  const rule = {
    ...{ version: 1, basis: 'partner', method: 'consent', perSector: 0, secret: false, early: false },
    quorum: { numerator: 1, denominator: 2, compare: 'more_than' },
    threshold: { numerator: 2, denominator: 3, compare: 'at_least' },
  };
  await fill(
    'strategies',
    numbers.map(n => ({
      ...{ forumId, number: n, title: line(n), folded: fold(line(n)), change: text(n, 3_000) },
      ...{ rationale: text(n, 3_000), goal: 1, issue: 1, indicator: 1, newTarget: 60, rule, round: 1, proposedBy: 1 },
      ...{ createdAt: old, opensAt: old, openedAt: old, closesAt: new Date(START.getTime() + n * DAY_MS) },
    })),
  );
  await fill(
    'electors',
    numbers.map(n => ({ forumId, strategy: 1, unit: n, name: line(n, 100), sector: null })),
  );
  if (size > 0) await fill('voters', [{ forumId, strategy: 1, member: 12, unit: 1, role: 'representative' }]);
  await fill(
    'agreements',
    numbers.map(n => ({
      ...{ forumId, number: n, title: line(n), folded: fold(line(n)), kind: 'formal', purpose: text(n, 3_000) },
      ...{ signed: '2026-01-01', expires: '2026-12-20', link: line(n), createdBy: 1, createdAt: old },
    })),
  );
  await fill(
    'agreementParties',
    numbers.map(n => ({ forumId, agreement: 1, partner: n })),
  );
  await fill(
    'actions',
    numbers.map(n => ({
      ...{ forumId, number: n, title: line(n), folded: fold(line(n)), origin: 'agreement', originNumber: 1, item: n },
      ...{ isPrivate: false, partner: 1, owner: n % 2 ? 1 : null, amount: n * 1_000, due: '2026-11-25' },
      ...{ createdBy: 1, createdAt: old },
    })),
  );
  await fill(
    'entries',
    numbers.map(n => ({
      ...{ forumId, number: n, direction: 'in', amount: 1_000_000 * n, purpose: line(n), folded: fold(line(n)) },
      ...{ partner: 1, date: '2026-11-01', needsApproval: false, recordedBy: 1, recordedAt: old },
    })),
  );
  await fill(
    'announcements',
    numbers.map(n => ({
      ...{ forumId, number: n, content: text(n, 3_000), urgency: 'normal', writtenBy: 1, writtenAt: old },
    })),
  );
  await fill(
    'counters',
    ['partner', 'goal', 'activity', 'indicator', 'issue', 'strategy', 'agreement', 'entry', 'announcement', 'member']
      .map(thing => ({ forumId, thing, last: size + 50 }))
      .filter(one => one.thing !== 'member'),
  );
  return { world, forumId, forum: forum! };
}

export type GeneratedForum = Awaited<ReturnType<typeof aGeneratedForum>>;
