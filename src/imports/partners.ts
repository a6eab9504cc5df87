import { and, asc, eq, isNull } from 'drizzle-orm';
import { nameKey } from '../domain/near.ts';
import { addPartner, changePartner, type Partner, partnerByNumber, seat } from '../domain/partners.ts';
import { memberByNumber } from '../domain/people.ts';
import { LEVEL_WORDS, SECTOR_WORDS } from '../language/synonyms.ts';
import { LEVELS, SECTORS } from '../storage/schema/people.ts';
import type { Reader, Tx } from '../storage/store.ts';
import { areaReader } from './areas.ts';
import { asBefore, defined, differing, type Given, Judge } from './judge.ts';
import { Known } from './known.ts';
import { peopleOf, type Seating } from './people.ts';
import type { KindOfImport } from './plan.ts';
import { wordsFor } from './row.ts';

type Data = Pick<Partner, 'name' | 'sector' | 'contact' | 'focus' | 'influence' | 'interest' | 'area'>;

export interface PartnerWrite {
  readonly number: number | null;
  readonly set: Partial<Data>;
  readonly seats: readonly Seating[];
}

/** All partners that were ever added, those first that take part; one that was only invited is none. */
export async function knownPartners(db: Reader, forumId: string): Promise<Known<Partner>> {
  const { partners: p } = db.tables;
  const all = await db
    .select()
    .from(p)
    .where(and(eq(p.forumId, forumId), isNull(p.candidateSince)))
    .orderBy(asc(p.number));
  const inOrder = [...all.filter(one => !one.archivedAt), ...all.filter(one => one.archivedAt)];
  return new Known('partner', inOrder, one => one.name);
}

async function seatAll(tx: Tx, partner: Partner, seats: readonly Seating[], now: Date): Promise<void> {
  for (const { member, role } of seats)
    await seat(tx, (await memberByNumber(tx, partner.forumId, member))!, partner, role, now);
}

export const partners: KindOfImport<PartnerWrite> = {
  needed: [['name']],
  numbers: [],
  dates: [],
  async plan({ db, forumId, catalogues }, rows) {
    const known = await knownPartners(db, forumId);
    const judge = new Judge<PartnerWrite>();
    const sectors = wordsFor(SECTORS, catalogues, m => m.partner.sectors, SECTOR_WORDS);
    const levels = wordsFor(LEVELS, catalogues, m => m.partner.levels, LEVEL_WORDS);
    const areaIn = await areaReader(rows);
    const people = await peopleOf(db, forumId);
    for (const row of rows) {
      const name = row.need('name', row.line('name', 100));
      const given: Given<Data> = {
        sector: row.choice('sector', sectors, m => m.partner.sectors),
        contact: row.line('contact', 100),
        focus: row.line('focus', 200),
        influence: row.choice('influence', levels, m => m.partner.levels),
        interest: row.choice('interest', levels, m => m.partner.levels),
        area: areaIn(row),
      };
      if (judge.wrong(row, name) || name === undefined) continue;
      if (judge.repeated(row, name, nameKey(name))) continue;
      const found = known.named(name);
      const near = found ? undefined : known.near(name);
      if (near) judge.doubtful(row, name, 'name', m => m.imports.why.near({ name: near.name }));
      else if (found?.archivedAt) judge.doubtful(row, name, 'name', m => m.imports.why.archived({ name: found.name }));
      else {
        const { seats, say } = people.of(row, found?.number ?? null);
        if (!found) judge.make(row, name, { number: null, set: { ...defined(given), name }, seats }, ...say);
        else {
          const set = differing<Data>(found, given);
          const fields = [...Object.keys(set), ...(seats.length ? ['people'] : [])];
          if (fields.length) judge.change(row, name, { number: found.number, set, seats }, fields, ...say);
          else judge.same(row, name, ...say);
        }
      }
    }
    return judge.rows;
  },
  async apply({ tx, forumId, now }, rows) {
    const written = [];
    for (const { write } of rows) {
      const { number, set, seats } = write!;
      if (number === null) {
        const data = {
          sector: null,
          contact: null,
          focus: null,
          influence: null,
          interest: null,
          area: null,
          name: '',
          ...set,
        };
        const made = await addPartner(tx, forumId, data, now);
        if (!made) continue;
        await seatAll(tx, made, seats, now);
        const event = { kind: 'partner.added', data: { name: made.name, seats } };
        written.push({
          thing: 'partner',
          number: made.number,
          before: null,
          after: { ...data, seats },
          event,
        } as const);
      } else {
        const partner = (await partnerByNumber(tx, forumId, number))!;
        const before = asBefore<Data>(partner, set);
        if (Object.keys(set).length) await changePartner(tx, partner, set);
        await seatAll(tx, partner, seats, now);
        const event = { kind: 'partner.changed', data: { before, set, seats } };
        written.push({ thing: 'partner', number, before, after: { ...set, seats }, event } as const);
      }
    }
    return written;
  },
};
