import { describe, expect, it } from 'vitest';
import { owedNow } from '../../src/views/due.ts';
import { databases } from '../databases.ts';
import { fc } from '../properties.ts';
import { sized } from '../sizes.ts';
import { aWorld } from '../world.ts';
import { ACTORS, type Deed, lineOf, Model, PARTNERS, PEOPLE, ROLES } from './seats-model.ts';

const FORUM = [
  '/forum setup "Forum Uji" announce:umum',
  '/partner add Palang',
  '/partner add Hijau',
  '/partner add Tagana',
  '/partner assign ani partner:M-1 role:representative',
  '/partner assign budi partner:M-2 role:representative',
  '/partner assign cici partner:M-3 role:representative',
  '@dodi /me show',
  '@eve /me show',
  '/indicator add Air frequency:monthly partner:"Palang, Hijau, Tagana"',
  ':skip 8d',
] as const;

const codeIn = (text: string): string => /[0-9A-Z]{4}-[0-9A-Z]{4}/.exec(text)![0];

const by = fc.constantFrom(...ACTORS);
const who = fc.constantFrom(...PEOPLE);
const partner = fc.constantFrom(...PARTNERS);
const one = <K extends string>(...kinds: K[]) => fc.constantFrom(...kinds);

/** The coordinator, who may do most, acts every other time, so that much happens. */
const often = fc.oneof(fc.constant('sari' as const), by);
const deed: fc.Arbitrary<Deed> = fc.oneof(
  fc.record({ kind: one('join'), by: who, partner }),
  fc.record({ kind: one('answer'), by: often, who, partner, answer: one('accept', 'accept', 'decline') }),
  { weight: 3, arbitrary: fc.record({ kind: one('seat'), by: often, who, partner, role: fc.constantFrom(...ROLES) }) },
  fc.record({ kind: one('unseat'), by: often, who }),
  fc.record({ kind: one('archive', 'restore', 'restore'), by: often, partner }),
  fc.record({ kind: one('vote', 'vote', 'unvote', 'unproxy', 'report', 'report'), by: who }),
  fc.record({ kind: one('proxy'), by: who, partner }),
  fc.record({ kind: one('handover'), by: who, who }),
  fc.record({ kind: one('link'), by: who, who }),
  { weight: 2, arbitrary: fc.record({ kind: one('vouch'), by: often, link: fc.integer({ min: 1, max: 4 }) }) },
  fc.record({ kind: one('unlink', 'amend'), by: often }),
  fc.record({ kind: one('unlink'), by: who }),
);

/** At the end everybody tries: who may act is what the model says, whoever it is. */
const TRIES: readonly Deed[] = PEOPLE.flatMap(name => [
  { kind: 'vote', by: name },
  { kind: 'report', by: name },
]);

describe.each(databases)('a model of seats on $name', ({ name: database, open }) => {
  async function play(deeds: readonly Deed[], isSecret: boolean) {
    await using world = await aWorld({ store: await open() });
    const { store } = world;
    await world.all(...FORUM, `/strategy propose Usul closes:30d secret:${isSecret ? 'yes' : 'no'}`);
    const people = await store.read.select().from(store.tables.members);
    const names = new Map(people.map(row => [row.number, row.name]));
    const model = new Model();
    for (const [i, name] of (['ani', 'budi', 'cici'] as const).entries())
      model.sit(name, PARTNERS[i]!, 'representative');
    const done: string[] = [];
    const link = async (shows: string, types: string) => {
      const code = codeIn((await world.run(`@${shows} /me link`)).text);
      const typed = await world.run(`@${types} /me link ${code}`);
      const request = `request:${model.links.at(-1)!.number}`;
      if (typed.ok) await world.all(`@${types} /me claim ${request}`, `@${shows} /me same ${request}`);
      return typed;
    };
    const act = async (deed: Deed) => {
      // Enough wrong codes, one's own too, stop an account for an hour.
      if (deed.kind === 'link' && model.memberOf(deed.by) === model.memberOf(deed.who)) return;
      const line = deed.kind === 'link' ? `${deed.by} is ${deed.who}` : lineOf(deed);
      const expected = model.do(deed);
      const { error } = await (deed.kind === 'link' ? link(deed.by, deed.who) : world.run(line));
      done.push(line);
      expect(error?.code ?? null, done.join('\n')).toBe(expected);
    };
    for (const deed of deeds) await act(deed);

    const { forums, ballots, secretBallots, strategies } = store.tables;
    const [forum] = await store.read.select().from(forums);
    const owed = await owedNow({ db: store.read, forumId: forum!.id, now: world.clock.now() });
    const told = owed.map(({ partner, members }) => ({ partner, told: members.map(one => names.get(one)).sort() }));
    const expected = model.owed().map(number => ({ partner: number, told: model.reminded(number) }));
    expect(told, done.join('\n')).toEqual(expected);
    for (const deed of TRIES) await act(deed);
    const shown = (await store.read.select().from(ballots)).filter(ballot => ballot.inForce);
    const secret = (await store.read.select().from(secretBallots)).filter(ballot => ballot.choice);
    expect(isSecret ? shown : secret).toEqual([]);
    const cast = isSecret ? secret : shown;
    expect(new Map(cast.map(ballot => [ballot.unit, names.get(ballot.castBy!)]))).toEqual(model.ballots);
    await world.all(':skip 31d');
    const [vote] = await store.read.select().from(strategies);
    expect(vote!.arithmetic, done.join('\n')).toMatchObject({ electorate: 3, present: model.present() });
    expect(await store.read.select().from(secretBallots)).toEqual([]);
    expect(world.logged).toEqual([]);
  }

  it('R2, R3, R4, R5, R6, R8, R12: whatever happened before, those act who sit there then, and those owe who take part', async () => {
    const numRuns = database === 'sqlite' ? sized(4, 10) : sized(2, 3);
    await fc.assert(fc.asyncProperty(fc.array(deed, { minLength: 30, maxLength: 40 }), fc.boolean(), play), {
      seed: 19,
      numRuns,
      endOnFailure: true,
    });
  });
});
