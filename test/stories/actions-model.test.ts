import { asc } from 'drizzle-orm';
import { describe, expect, it } from 'vitest';
import { lateActions } from '../../src/domain/actions/lists.ts';
import { commitmentsKept } from '../../src/domain/engagement/counts.ts';
import { ownWork } from '../../src/domain/own-work.ts';
import { actorOf, memberByNumber } from '../../src/domain/people.ts';
import { databases } from '../databases.ts';
import { fc } from '../properties.ts';
import { sized } from '../sizes.ts';
import { aWorld } from '../world.ts';

/** sari coordinates; ani and adi sit for Palang, budi for Hijau, eve nowhere. */
const PEOPLE = ['sari', 'ani', 'budi', 'adi', 'eve'] as const;
type Person = (typeof PEOPLE)[number];
const FORUM = [
  '/forum setup "Forum Uji" announce:umum coordinators:koor',
  '/partner add Palang',
  '/partner add Hijau',
  '/partner assign ani partner:M-1 role:representative',
  '/partner assign budi partner:M-2 role:representative',
  '/partner assign adi partner:M-1 role:member',
  '@eve /me show',
  '/digest schedule "0 8 1 1 *"',
] as const;
const DAY_MS = 86_400_000;
const FIRST = Date.UTC(2026, 10, 24);

type Deed =
  | { readonly kind: 'add'; readonly by: Person; readonly who: Person | 'M-1' | 'M-2'; readonly days: number }
  | { readonly kind: 'done' | 'cancel' | 'reopen'; readonly by: Person; readonly nth: number }
  | { readonly kind: 'hand'; readonly by: Person; readonly nth: number; readonly to: Person }
  | { readonly kind: 'leave'; readonly who: Person }
  | { readonly kind: 'archive'; readonly partner: 1 | 2 }
  | { readonly kind: 'skip'; readonly days: number };

interface Item {
  owner: Person | null;
  partner: number | null;
  readonly due: number;
  readonly by: Person;
  done: number | null;
  doneBy: Person | null;
  cancelled: boolean;
}

/** An action's life as its rules say it, one after the other, on days counted from the first. */
class Model {
  day = 0;
  readonly items: Item[] = [];
  readonly seats = new Map<Person, { partner: number; speaks: boolean }>([
    ['ani', { partner: 1, speaks: true }],
    ['adi', { partner: 1, speaks: false }],
    ['budi', { partner: 2, speaks: true }],
  ]);
  readonly archived = new Set<number>();

  readonly #seat = (who: Person): number | null => this.seats.get(who)?.partner ?? null;
  readonly #answers = (by: Person, { owner, partner }: Item): boolean =>
    owner === by || (partner !== null && this.seats.get(by)?.partner === partner && this.seats.get(by)!.speaks);
  readonly #decides = (by: Person, one: Item): boolean => by === 'sari' || one.by === by;
  readonly #over = (one: Item): boolean => one.done !== null || one.cancelled;

  /** Plays a deed and gives the code by which it is refused; null: it is done. */
  play(deed: Deed): string | null {
    if (deed.kind === 'skip') this.day += deed.days;
    if (deed.kind === 'leave') return this.#leave(deed.who);
    if (deed.kind === 'archive') return this.#archive(deed.partner);
    if (deed.kind === 'add') return this.#add(deed);
    if (!('nth' in deed)) return null;
    const one = this.items[deed.nth % Math.max(1, this.items.length)];
    if (!one) return 'not_found';
    const [answers, decides, over] = [this.#answers(deed.by, one), this.#decides(deed.by, one), this.#over(one)];
    if (deed.kind === 'done') {
      if (!answers && !decides) return 'forbidden';
      if (over) return 'closed';
      Object.assign(one, { done: this.day, doneBy: deed.by });
    }
    if (deed.kind === 'cancel') {
      if (!decides) return 'forbidden';
      if (over) return 'closed';
      one.cancelled = true;
    }
    if (deed.kind === 'reopen') {
      if (!decides && one.doneBy !== deed.by) return 'forbidden';
      if (!over) return 'closed';
      Object.assign(one, { done: null, doneBy: null, cancelled: false });
    }
    if (deed.kind === 'hand') {
      if (!answers && !decides) return 'forbidden';
      if (over) return 'closed';
      if (this.#seat(deed.to) !== one.partner && !decides) return 'forbidden';
      Object.assign(one, { owner: deed.to, partner: this.#seat(deed.to) });
    }
    return null;
  }

  #add({ by, who, days }: Extract<Deed, { kind: 'add' }>): string | null {
    const partner = who === 'M-1' ? 1 : who === 'M-2' ? 2 : this.#seat(who as Person);
    if (who.startsWith('M-') && this.archived.has(partner!)) return 'closed';
    const owner = who.startsWith('M-') ? null : (who as Person);
    const may = by === 'sari' || owner === by || (partner !== null && this.#seat(by) === partner);
    if (!may) return 'forbidden';
    this.items.push({ owner, partner, due: this.day + days, by, done: null, doneBy: null, cancelled: false });
    return null;
  }

  /** Takes a person out of their seat; what they did for the partner stays with it. */
  #leave(who: Person): string | null {
    const partner = this.#seat(who);
    if (partner === null) return 'conflict';
    this.seats.delete(who);
    for (const one of this.items)
      if (!this.#over(one) && one.owner === who && one.partner === partner) one.owner = null;
    return null;
  }

  #archive(partner: number): string | null {
    if (this.archived.has(partner)) return 'closed';
    this.archived.add(partner);
    for (const who of PEOPLE) if (this.#seat(who) === partner) this.#leave(who);
    return null;
  }

  late = (): number[] =>
    this.items.flatMap((one, i) =>
      !this.#over(one) && one.due < this.day && !(one.partner !== null && this.archived.has(one.partner))
        ? [i + 1]
        : [],
    );

  /** Lists what a person is to do, by number. */
  tasks = (who: Person): number[] =>
    this.items.flatMap((one, i) => {
      const seat = this.seats.get(who);
      const spoken = one.owner === null && one.partner !== null && seat?.partner === one.partner && seat.speaks;
      return !this.#over(one) && (one.owner === who || spoken) ? [i + 1] : [];
    });

  /** Counts a partner's actions that can be judged, and those that were done by their day. */
  kept(partner: number): { n: number; of: number } {
    const judged = this.items.filter(
      one => one.partner === partner && !one.cancelled && (one.done !== null || one.due < this.day),
    );
    return { n: judged.filter(one => one.done !== null && one.done <= one.due).length, of: judged.length };
  }
}

/** The numbers under which the forum knows them: in the order in which they came. */
const numberOf = (who: Person): number => PEOPLE.indexOf(who) + 1;

const dateOf = (day: number): string => new Date(FIRST + day * DAY_MS).toISOString().slice(0, 10);

function lineOf(deed: Deed, model: Model): string {
  const code = (nth: number): string => `A-${model.items.length ? (nth % model.items.length) + 1 : 1}`;
  switch (deed.kind) {
    case 'add':
      return `@${deed.by} /action add Hal who:${deed.who} due:${dateOf(model.day + deed.days)}`;
    case 'done':
      return `@${deed.by} /action done ${code(deed.nth)}`;
    case 'hand':
      return `@${deed.by} /action hand ${code(deed.nth)} member:${deed.to}`;
    case 'leave':
      return `/partner unassign ${deed.who}`;
    case 'archive':
      return `/partner archive M-${deed.partner}`;
    case 'skip':
      return `:skip ${deed.days}d`;
    default:
      return `@${deed.by} /action ${deed.kind} ${code(deed.nth)} reason:alasan`;
  }
}

const by = fc.constantFrom(...PEOPLE);
const nth = fc.nat(6);
const deed: fc.Arbitrary<Deed> = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant('add' as const),
      by,
      who: fc.constantFrom(...PEOPLE, 'M-1' as const, 'M-2' as const),
      days: fc.integer({ min: 0, max: 5 }),
    }),
  },
  { weight: 4, arbitrary: fc.record({ kind: fc.constantFrom('done', 'done', 'cancel', 'reopen'), by, nth }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('hand' as const), by, nth, to: by }) },
  fc.record({ kind: fc.constant('leave' as const), who: by }),
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('archive' as const), partner: fc.constantFrom(1, 2) }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('skip' as const), days: fc.integer({ min: 1, max: 9 }) }) },
) as fc.Arbitrary<Deed>;

describe.each(databases)('the life of an action on $name', ({ name, open }) => {
  it('is what its rules say: made, handed over, done, reopened, late, a person leaves, a partner is archived', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(deed, { minLength: 8, maxLength: 22 }), async deeds => {
        await using world = await aWorld({ store: await open() });
        await world.all(...FORUM);
        const model = new Model();
        const done: string[] = [];
        for (const one of deeds) {
          const line = lineOf(one, model);
          done.push(line);
          const said = await world.run(line);
          expect([done, said.error?.code ?? null]).toEqual([done, model.play(one)]);
        }
        const db = world.store.read;
        const { actions: a, forums } = db.tables;
        const [forum] = await db.select().from(forums);
        const rows = await db.select().from(a).orderBy(asc(a.number));
        expect([done, rows.map(row => [row.owner, row.partner, row.doneOn, row.cancelledAt !== null])]).toEqual([
          done,
          model.items.map(one => [
            one.owner && numberOf(one.owner),
            one.partner,
            one.done === null ? null : dateOf(one.done),
            one.cancelled,
          ]),
        ]);
        const late = await lateActions(db, forum!.id, dateOf(model.day));
        expect([done, late.map(one => one.number).sort((x, y) => x - y)]).toEqual([done, model.late()]);
        const scope = { db, forum: forum!, partners: [1, 2], span: { from: '2026-01-01', to: '2027-12-31' } };
        const kept = await commitmentsKept(scope, dateOf(model.day));
        for (const partner of [1, 2])
          expect([done, kept.get(partner) ?? { n: 0, of: 0 }]).toEqual([done, model.kept(partner)]);
        for (const person of PEOPLE) {
          const actor = await actorOf(db, (await memberByNumber(db, forum!.id, numberOf(person)))!);
          const { actions } = await ownWork({ db, forumId: forum!.id, actor, now: new Date(FIRST) }, 100);
          expect([done, person, actions.map(one => one.number).sort((x, y) => x - y)]).toEqual([
            done,
            person,
            model.tasks(person),
          ]);
        }
        expect(world.logged).toEqual([]);
      }),
      { numRuns: name === 'sqlite' ? sized(6, 15) : sized(2, 4) },
    );
  });
});
