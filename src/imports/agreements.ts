import { asc, eq } from 'drizzle-orm';
import type { Agreement } from '../domain/agreements/row.ts';
import { agreementByNumber, changeAgreement, partiesOf, recordAgreement } from '../domain/agreements/store.ts';
import { nameKey } from '../domain/near.ts';
import { AGREEMENT_WORDS } from '../language/synonyms.ts';
import { renewalsOf } from '../schedule/agreements.ts';
import { AGREEMENT_KINDS } from '../storage/schema/agreements.ts';
import { partnersIn } from './activities.ts';
import { asBefore, defined, differing, Judge, pairsOf } from './judge.ts';
import { Known } from './known.ts';
import { knownPartners } from './partners.ts';
import type { KindOfImport, Written } from './plan.ts';
import { wordsFor } from './row.ts';

type Data = Pick<Agreement, 'title' | 'kind' | 'purpose' | 'signed' | 'expires' | 'link'>;

export interface AgreementWrite {
  readonly number: number | null;
  readonly set: Partial<Data>;
  readonly parties: readonly number[];
}

export const agreements: KindOfImport<AgreementWrite> = {
  needed: [['title'], ['partners', 'signed', 'expires', 'purpose']],
  numbers: [],
  dates: ['signed', 'expires'],
  async plan({ db, forumId, catalogues }, rows) {
    const { agreements: a } = db.tables;
    const all = await db.select().from(a).where(eq(a.forumId, forumId)).orderBy(asc(a.number));
    const known = new Known('agreement', all, one => one.title);
    const parties = await partiesOf(
      db,
      forumId,
      all.map(one => one.number),
    );
    const partners = await knownPartners(db, forumId);
    const kinds = wordsFor(AGREEMENT_KINDS, catalogues, m => m.agreement.kinds, AGREEMENT_WORDS);
    const judge = new Judge<AgreementWrite>();
    for (const row of rows) {
      const title = row.need('title', row.line('title', 200));
      const kind = row.choice('kind', kinds, m => m.agreement.kinds);
      const given = defined({
        purpose: row.text('purpose', 1000),
        signed: row.date('signed'),
        expires: row.date('expires'),
        link: row.line('link', 500),
      });
      const named = partnersIn(row, partners);
      if (given.signed && given.expires && given.expires < given.signed)
        row.fault('expires', m => m.agreement.endsBefore);
      if (judge.wrong(row, title) || title === undefined) continue;
      if (judge.repeated(row, title, nameKey(title))) continue;
      const found = known.named(title);
      const near = found ? undefined : known.near(title);
      if (near) judge.doubtful(row, title, 'title', m => m.imports.why.near({ name: near.title }));
      else if (!found)
        judge.make(row, title, {
          number: null,
          set: { ...given, title, kind: kind ?? 'formal' },
          parties: named ?? [],
        });
      else {
        const set = differing<Agreement>(found, given);
        const before = (parties.get(found.number) ?? []).map(one => one.number);
        const others = named?.some(one => !before.includes(one)) ?? false;
        if (others || (kind && kind !== found.kind))
          judge.doubtful(row, title, 'partners', m =>
            m.imports.why.agreedOtherwise({
              code: `P-${found.number}`,
              fields: m.imports.fields[others ? 'partners' : 'kind'],
            }),
          );
        else if (!Object.keys(set).length) judge.same(row, title);
        else if (found.endedAt) judge.doubtful(row, title, null, m => m.imports.why.closed({ name: found.title }));
        else
          judge.change(row, title, { number: found.number, set: set as Partial<Data>, parties: [] }, Object.keys(set));
      }
    }
    return judge.rows;
  },
  async apply({ tx, forumId, now, zone, by }, rows) {
    const written: Written[] = [];
    for (const { write } of rows) {
      const { number, set, parties } = write!;
      if (number === null) {
        const data = {
          title: '',
          kind: 'formal',
          purpose: null,
          signed: null,
          expires: null,
          link: null,
          ...set,
        } as Data;
        const made = await recordAgreement(tx, forumId, { ...data, createdBy: by.member }, parties, null, now);
        const event = { kind: 'agreement.recorded', data: {} };
        const planned = renewalsOf(made, zone, now);
        written.push({ thing: 'agreement', number: made.number, before: null, after: { ...data }, event, planned });
      } else {
        const before = (await agreementByNumber(tx, forumId, number))!;
        const after = await changeAgreement(tx, before, set);
        const event = { kind: 'agreement.edited', data: { changed: pairsOf<Agreement>(before, set) } };
        const planned = renewalsOf(after, zone, now);
        written.push({
          thing: 'agreement',
          number,
          before: asBefore<Agreement>(before, set),
          after: set,
          event,
          planned,
        });
      }
    }
    return written;
  },
};
