import { describe, expect, it } from 'vitest';
import { openStore } from '../../src/storage/open.ts';
import { timesInFiles, timesInRows } from '../raw.ts';
import { aWorld } from '../world.ts';
import { type Literals, oldDatabases } from './old.ts';

/** The last migration before secret choices had a table of their own. */
const BEFORE = 25;
const AT = Date.UTC(2026, 10, 20, 1);
const CLOSES = Date.UTC(2026, 10, 30, 1);
const PEOPLE = ['sari', 'rA', 'rB', 'rC'];

const rule = JSON.stringify({
  version: 1,
  basis: 'partner',
  method: 'majority',
  quorum: { numerator: 1, denominator: 2, compare: 'more_than' },
  threshold: { numerator: 2, denominator: 3, compare: 'at_least' },
  perSector: 0,
  secret: true,
  early: false,
});

/** A forum of before: S-1 closed with two to one, S-2 open with a choice that was changed, and one recusal. */
const rowsOf = ({ at, yes, no }: Literals): string[] => {
  const strategy = (number: number, title: string, outcome: string, arithmetic: string): string =>
    `INSERT INTO strategies (forum_id, number, title, folded, change, rationale, rule, round, proposed_by, created_at, opens_at, opened_at, closes_at, outcome, closed_at, arithmetic) VALUES ('f', ${number}, '${title}', '${title.toLowerCase()}', 'x', 'y', '${rule}', 1, 1, ${at(AT)}, ${at(AT)}, ${at(AT)}, ${at(CLOSES)}, ${outcome}, ${arithmetic})`;
  const tally = JSON.stringify({
    electorate: 3,
    present: 3,
    needed: 2,
    agree: 2,
    disagree: 1,
    abstain: 0,
    object: 0,
    recuse: 0,
    base: 3,
    missingSectors: [],
  });
  const ballot = (on: number, unit: number, choice: string, inForce: string, key: string, late: number) =>
    `INSERT INTO ballots (forum_id, strategy, unit, round, choice, reason, cast_by, cast_at, in_force, secret_key) VALUES ('f', ${on}, ${unit}, 1, ${choice}, NULL, ${unit + 1}, ${at(AT + late * 60_000)}, ${inForce}, ${key})`;
  const cast = (on: number, unit: number, seq: number, late: number) =>
    `INSERT INTO events (forum_id, at, member, kind, thing, number, data) VALUES ('f', ${at(AT + late * 60_000)}, ${unit + 1}, 'strategy.voted', 'strategy', ${on}, '{"ballot": ${seq}}')`;
  return [
    `INSERT INTO forums (id, name, locale, zone, settings, created_at) VALUES ('f', 'F', 'id', 'Asia/Jakarta', '{}', ${at(AT)})`,
    `INSERT INTO places (platform, workspace, forum_id, name, joined_at) VALUES ('console', 'local', 'f', 'F', ${at(AT)})`,
    ...PEOPLE.flatMap((name, i) => [
      `INSERT INTO members (forum_id, number, name, folded, coordinator, created_at) VALUES ('f', ${i + 1}, '${name}', '${name.toLowerCase()}', ${i ? no : yes}, ${at(AT)})`,
      `INSERT INTO accounts (forum_id, platform, home, account, member, name, workspace, last_seen_at) VALUES ('f', 'console', '', '${name.toLowerCase()}', ${i + 1}, '${name}', 'local', ${at(AT)})`,
    ]),
    ...[1, 2, 3].flatMap(n => [
      `INSERT INTO partners (forum_id, number, name, folded, created_at) VALUES ('f', ${n}, '${'ABC'[n - 1]}', '${'abc'[n - 1]}', ${at(AT)})`,
      `INSERT INTO seats (forum_id, member, partner, role, since) VALUES ('f', ${n + 1}, ${n}, 'representative', ${at(AT)})`,
    ]),
    strategy(1, 'Lama', `'carried', ${at(AT + 9 * 60_000)}`, `'${tally}'`),
    strategy(2, 'Berjalan', 'NULL, NULL', 'NULL'),
    ...[1, 2].flatMap(on =>
      [1, 2, 3].flatMap(unit => [
        `INSERT INTO electors (forum_id, strategy, unit, name) VALUES ('f', ${on}, ${unit}, '${'ABC'[unit - 1]}')`,
        `INSERT INTO voters (forum_id, strategy, member, unit, role) VALUES ('f', ${on}, ${unit + 1}, ${unit}, 'representative')`,
      ]),
    ),
    // Of the closed one the keys are gone, and the choices lie beside: but in the order of casting.
    ...[3, 1, 2].flatMap((unit, i) => [ballot(1, unit, 'NULL', yes, 'NULL', i), cast(1, unit, i + 1, i)]),
    `INSERT INTO secret_votes (key, forum_id, strategy, choice, reason) VALUES ('a1', 'f', 1, 'disagree', NULL), ('a2', 'f', 1, 'agree', NULL), ('a3', 'f', 1, 'agree', NULL)`,
    // Of the open one unit 2 has changed its mind.
    ballot(2, 2, 'NULL', no, 'NULL', 20),
    ballot(2, 2, 'NULL', yes, `'KunciDua'`, 21),
    ballot(2, 1, 'NULL', yes, `'KunciSatu'`, 22),
    ballot(2, 3, `'recuse'`, yes, 'NULL', 23),
    ...[2, 2, 1, 3].map((unit, i) => cast(2, unit, i + 4, 20 + i)),
    `INSERT INTO secret_votes (key, forum_id, strategy, choice, reason) VALUES ('KunciDua', 'f', 2, 'object', 'AlasanPanjangSekali'), ('KunciSatu', 'f', 2, 'agree', NULL)`,
    `INSERT INTO occurrences (forum_id, key, kind, subject, due, state) VALUES ('f', 'vote_closes:2', 'vote_closes', '2', ${at(CLOSES)}, 'pending')`,
  ];
};

describe.each(oldDatabases(BEFORE, rowsOf))('R17: secret ballots of before, on $name', ({ make }) => {
  it('lose what ties a person to a choice, keep who took part, and count as they would have', async () => {
    const url = await make();
    const store = await openStore(url);
    await using world = await aWorld({ store });
    const { ballots, events, secretBallots, secretVotes } = store.tables;
    await store.erased();
    for (const key of ['KunciDua', 'KunciSatu']) expect([key, await timesInFiles(url, key)]).toEqual([key, 0]);

    const rows = async () =>
      (await store.read.select().from(ballots).orderBy(ballots.seq)).map(
        ({ strategy, unit, choice, castAt, inForce }) => ({
          strategy,
          unit,
          choice,
          isTimed: castAt !== null,
          inForce,
        }),
      );
    const closed = [1, 2, 3].map(unit => ({ strategy: 1, unit, choice: null, isTimed: false, inForce: true }));
    expect((await rows()).filter(one => one.strategy === 1)).toEqual(closed);
    expect((await rows()).filter(one => one.choice === 'recuse')).toMatchObject([{ strategy: 2, unit: 3 }]);
    const said = (await store.read.select().from(secretVotes)).map(one => ({ on: one.strategy, choice: one.choice }));
    expect(said).toEqual(['agree', 'agree', 'disagree'].map(choice => ({ on: 1, choice })));
    const tied = await store.read.select().from(secretBallots).orderBy(secretBallots.unit);
    expect(tied.map(one => [one.strategy, one.unit, one.choice])).toEqual([
      [2, 1, 'agree'],
      [2, 2, 'object'],
    ]);
    // Of who cast when, the recusal alone is told.
    const cast = (await store.read.select().from(events)).filter(one => one.kind === 'strategy.voted');
    expect(cast.map(one => [one.number, one.member])).toEqual([[2, 4]]);

    expect((await world.run('/strategy show S-1')).text).toMatch(/setuju 2.*tidak setuju 1/i);
    // Whoever voted then may change it now, and it counts once.
    await world.all('@rA /strategy vote S-2 disagree', ':skip 8d');
    await store.erased();
    const [, running] = await store.read.select().from(store.tables.strategies).orderBy(store.tables.strategies.number);
    expect(running).toMatchObject({ outcome: 'rejected' });
    expect(running!.arithmetic).toMatchObject({ electorate: 3, present: 3, disagree: 1, object: 1 });
    expect(await store.read.select().from(secretBallots)).toEqual([]);
    expect(await timesInRows(store, 'AlasanPanjangSekali')).toBe(1);
    expect(await timesInFiles(url, 'AlasanPanjangSekali')).toBe(1);
    expect(world.logged).toEqual([]);
  });
});
