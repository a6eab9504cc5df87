import { and, asc, eq, isNull } from 'drizzle-orm';
import { nameKey } from '../domain/near.ts';
import { addPartner, changePartner, type Partner, partnerByNumber } from '../domain/partners.ts';
import { LEVEL_WORDS, SECTOR_WORDS } from '../language/synonyms.ts';
import { LEVELS, SECTORS } from '../storage/schema/people.ts';
import type { Reader } from '../storage/store.ts';
import { areaReader } from './areas.ts';
import { asBefore, defined, differing, type Given, Judge } from './judge.ts';
import { Known } from './known.ts';
import type { KindOfImport } from './plan.ts';
import { wordsFor } from './row.ts';

type Data = Pick<Partner, 'name' | 'sector' | 'contact' | 'focus' | 'influence' | 'interest' | 'area'>;

export interface PartnerWrite {
  readonly number: number | null;
  readonly set: Partial<Data>;
}

/** All partners that were ever added, those first that take part; whoever was only invited is none. */
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
      else if (!found) judge.make(row, name, { number: null, set: { ...defined(given), name } });
      else if (found.archivedAt) judge.doubtful(row, name, 'name', m => m.imports.why.archived({ name: found.name }));
      else {
        const set = differing<Data>(found, given);
        if (Object.keys(set).length) judge.change(row, name, { number: found.number, set }, Object.keys(set));
        else judge.same(row, name);
      }
    }
    return judge.rows;
  },
  async apply({ tx, forumId, now }, rows) {
    const written = [];
    for (const { write } of rows) {
      const { number, set } = write!;
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
        const event = { kind: 'partner.added', data: { name: made.name } };
        written.push({ thing: 'partner', number: made.number, before: null, after: data, event } as const);
      } else {
        const partner = (await partnerByNumber(tx, forumId, number))!;
        const before = asBefore<Data>(partner, set);
        await changePartner(tx, partner, set);
        const event = { kind: 'partner.changed', data: { before, set } };
        written.push({ thing: 'partner', number, before, after: set, event } as const);
      }
    }
    return written;
  },
};
