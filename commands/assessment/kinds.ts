import * as z from 'zod';
import type { ReadContext } from '../../src/bot/act-context.ts';
import { area } from '../../src/bot/area-kind.ts';
import { invalid, type Kind, typedOf } from '../../src/bot/kinds.ts';
import { entity } from '../../src/bot/references.ts';
import { Refusal } from '../../src/contract/refusal.ts';
import type { Suggestion } from '../../src/contract/suggestion.ts';
import { areasText } from '../../src/domain/areas/area.ts';
import { gazetteer } from '../../src/domain/areas/gazetteer.ts';
import type { Framework } from '../../src/domain/assessments/framework.ts';
import { shippedFrameworks } from '../../src/domain/assessments/shipped.ts';
import {
  type AssessedObject,
  type Assessment,
  assessmentSource,
  ownFrameworks,
} from '../../src/domain/assessments/store.ts';
import { codeIn, codeOf, PREFIX } from '../../src/domain/codes.ts';
import { archivedNamed, type Partner, partnerByNumber, partnerSource } from '../../src/domain/partners.ts';
import { calledSo } from '../../src/domain/source.ts';
import { cleanLine } from '../../src/language/clean.ts';
import { inLocale } from '../../src/language/locale.ts';
import { fold, wordsOf } from '../../src/storage/words.ts';
import { objectTyped } from '../../src/views/assessment-words.ts';
import { takesPart } from '../partner/names.ts';

/** Maximum length of the name of an area. */
const AREA_LENGTH = 120;
/** Maximum number of partners that are named as near. */
const NEAR = 3;
/** Maximum number of areas that are offered in a question, and of suggestions that platforms take. */
const AREAS = 12;
const SUGGESTED = 25;

/** The instruments that a forum can use: those that come with the program, in its version, and its own. */
export async function frameworksFor(ctx: Pick<ReadContext, 'db' | 'forumId'>): Promise<readonly Framework[]> {
  const shipped = shippedFrameworks();
  const own = await ownFrameworks(ctx.db, ctx.forumId);
  return [...shipped, ...own.filter(one => !shipped.some(({ key }) => key === one.key))];
}

const namesOf = ({ key, name }: Framework): string[] => [key, name.id, name.en];

/** An instrument, by its key or name or some words of it that no other one has. */
export const framework = (): Kind<Framework> => ({
  input: 'entity',
  allowed: () => z.custom<Framework>(value => typeof value === 'object'),
  print: value => value.key,
  accepts: m =>
    m.assessment.acceptsFramework({
      names: shippedFrameworks()
        .map(one => one.key)
        .join(', '),
    }),
  async read(raw, r) {
    const typed = cleanLine(typedOf(raw));
    const all = await frameworksFor(r.ctx);
    const whole = all.filter(one => namesOf(one).some(name => fold(name) === fold(typed)));
    const wanted = wordsOf(typed);
    const near = all.filter(one => {
      const words = fold(namesOf(one).join(' '));
      return wanted.length > 0 && wanted.every(word => words.includes(word));
    });
    const [found] = whole.length ? whole : near.length === 1 ? near : [];
    if (found) return found;
    const names = all.map(one => one.key).join(', ');
    const candidates = near.map(one => ({ value: one.key, label: one.key }));
    throw new Refusal(
      near.length ? 'ambiguous' : 'not_found',
      m => m.assessment.unknownFramework({ typed, names }),
      near.length ? { candidates } : {},
    );
  },
  async suggest(typed, ctx) {
    const words = wordsOf(typed);
    const fits = (one: Framework): boolean => words.every(word => fold(namesOf(one).join(' ')).includes(word));
    const all = await frameworksFor(ctx);
    return all
      .filter(fits)
      .slice(0, 25)
      .map((one): Suggestion => ({ value: one.key, label: inLocale(one.name, ctx.locale) }));
  },
});

const ofPartner = (partner: Partner): AssessedObject => {
  takesPart(partner, 'object');
  return { partner: partner.number, area: null, title: partner.name };
};

/**
 * Returns the partner or area that an assessment was about. @throws Refusal `closed` for a partner that was archived
 * since.
 */
async function ofAssessment(ctx: ReadContext, { forumId, partner, area, title }: Assessment): Promise<AssessedObject> {
  const of = partner === null ? null : await partnerByNumber(ctx.db, forumId, partner);
  return of ? ofPartner(of) : { partner, area, title };
}

/** An official area by its code or whole name; anything else stands for itself, such as a hamlet. */
async function ofArea(typed: string): Promise<AssessedObject> {
  const table = await gazetteer();
  const byCode = table?.byCode(typed);
  const called = byCode ? [byCode] : ((await table?.called(typed)) ?? []);
  const [found, ...others] = called;
  if (!found) return { partner: null, area: fold(typed), title: typed };
  if (!others.length) return { partner: null, area: areasText([found]), title: found.name };
  const shown = called.slice(0, AREAS).map(({ code, name }) => ({ value: code, label: `${name} (${code})` }));
  throw new Refusal(
    'ambiguous',
    m => m.core.ambiguous({ thing: m.core.area, typed, candidates: shown.map(one => one.label) }),
    { candidates: shown },
  );
}

/**
 * Reads the subject of an assessment: a partner by its code or whole name, what an assessment was about by its code,
 * else an area by its name or official code. What looks like a partner's name and is not the whole of it is asked
 * about, so that a slip of the pen makes no area.
 */
export const assessed = (): Kind<AssessedObject> => ({
  input: 'entity',
  letter: partnerSource.prefix,
  allowed: () => z.custom<AssessedObject>(value => typeof value === 'object'),
  print: objectTyped,
  accepts: m => m.assessment.acceptsObject,
  async read(raw, r) {
    const typed = cleanLine(typedOf(raw));
    if (!typed || typed.length > AREA_LENGTH) throw invalid(this, raw, r);
    const code = codeIn(typed, partnerSource.prefix);
    // Buttons name the assessment before: the name of an area may be too long for one.
    if (code?.letter === PREFIX.assessment) return ofAssessment(r.ctx, await entity(assessmentSource).read(raw, r));
    if (code) return ofPartner(await entity(partnerSource).read(raw, r));
    const [called, ...more] = await calledSo(partnerSource, r.ctx, typed);
    if (called && !more.length) return ofPartner(called);
    const near = called ? [called, ...more] : await partnerSource.named(r.ctx, typed, NEAR);
    if (!near.length) {
      // The name of a partner that was archived is no area: what it says of itself would be told as one's.
      const old = await archivedNamed(r.ctx.db, r.ctx.forumId, typed);
      return old ? ofPartner(old) : ofArea(typed);
    }
    const named = near.slice(0, NEAR).map(one => ({ code: codeOf('partner', one.number), name: one.name }));
    const names = named.map(one => `${one.code} ${one.name}`).join(', ');
    throw new Refusal('ambiguous', m => m.assessment.unclearObject({ typed, names }), {
      candidates: named.map(one => ({ value: one.code, label: `${one.code} ${one.name}` })),
    });
  },
  async suggest(typed, ctx) {
    const partners = (await entity(partnerSource).suggest?.(typed, ctx)) ?? [];
    const places = (await area().suggest?.(typed, ctx)) ?? [];
    return [...partners, ...places].slice(0, SUGGESTED);
  },
});
