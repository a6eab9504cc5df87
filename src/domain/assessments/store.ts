import { and, asc, desc, eq, isNotNull, isNull, lt, type SQL } from 'drizzle-orm';
import { isTrue } from '../../storage/literal.ts';
import type { Tables } from '../../storage/schema/index.ts';
import type { Reader, Tx } from '../../storage/store.ts';
import { fold } from '../../storage/words.ts';
import { codeOf, nextNumber, PREFIX } from '../codes.ts';
import { rowByNumber, rowsNamed } from '../numbered.ts';
import { newestPage, type Page } from '../page.ts';
import { personOf as personNumber } from '../persons.ts';
import type { Source } from '../source.ts';
import { type Framework, frameworkShape } from './framework.ts';
import { type Result, resultOf } from './results.ts';

export type Assessment = Tables['assessments']['$inferSelect'];
export type StoredAnswer = Tables['assessmentAnswers']['$inferSelect'];
export type Settlement = Tables['assessmentSettlements']['$inferSelect'];

/** Describes what is assessed: a partner, or an area. */
export interface AssessedObject {
  readonly partner: number | null;
  readonly area: string | null;
  readonly title: string;
}

/** The forum's assessments; open and recent ones come first. */
export const assessmentSource: Source<Assessment> = {
  thing: 'assessment',
  prefix: PREFIX.assessment,
  code: row => codeOf('assessment', row.number),
  label: row => row.title,
  byNumber: ({ db, forumId }, number) => assessmentByNumber(db, forumId, number),
  named: ({ db, forumId }, typed, limit, whole) =>
    rowsNamed(db, db.tables.assessments, forumId, { typed, whole, limit }, row => row.closedAt !== null),
};

export const assessmentByNumber = (db: Reader, forumId: string, number: number): Promise<Assessment | null> =>
  rowByNumber(db, db.tables.assessments, forumId, number);

/** The instrument of an assessment, in the version in which it was begun. */
export async function frameworkOf(db: Reader, { forumId, framework }: Assessment): Promise<Framework> {
  const { frameworks: f } = db.tables;
  const [row] = await db
    .select({ data: f.data })
    .from(f)
    .where(and(eq(f.forumId, forumId), eq(f.number, framework)));
  return row!.data as Framework;
}

/** The instruments that a forum has loaded or used, each in its newest version. */
export async function ownFrameworks(db: Reader, forumId: string): Promise<Framework[]> {
  const { frameworks: f } = db.tables;
  const rows = await db.select().from(f).where(eq(f.forumId, forumId)).orderBy(asc(f.number));
  return [...new Map(rows.map(row => [row.key, row.data as Framework])).values()];
}

/** Tells whether a forum has an instrument in this very version. */
export async function frameworkKept(
  db: Reader,
  forumId: string,
  { key, version }: Pick<Framework, 'key' | 'version'>,
): Promise<{ readonly number: number; readonly framework: Framework } | null> {
  const { frameworks: f } = db.tables;
  const [row] = await db
    .select()
    .from(f)
    .where(and(eq(f.forumId, forumId), eq(f.key, key), eq(f.version, version)));
  return row ? { number: row.number, framework: row.data as Framework } : null;
}

/** Keeps an instrument; one in this very version is kept already. Gives its number. */
export async function keepFramework(
  tx: Tx,
  forumId: string,
  framework: Framework,
  by: number | null,
  now: Date,
): Promise<number> {
  const kept = await frameworkKept(tx, forumId, framework);
  if (kept) return kept.number;
  const number = await nextNumber(tx, forumId, 'framework');
  const { key, version } = framework;
  const data = frameworkShape.parse(framework);
  await tx.insert(tx.tables.frameworks).values({ forumId, number, key, version, data, createdBy: by, createdAt: now });
  return number;
}

const isAbout = (a: Tables['assessments'], { partner, area }: Pick<AssessedObject, 'partner' | 'area'>): SQL =>
  partner !== null ? eq(a.partner, partner) : eq(a.area, area!);

/** The assessment of an object by an instrument that is still open. */
export async function openAssessment(
  db: Reader,
  forumId: string,
  key: string,
  object: AssessedObject,
): Promise<Assessment | null> {
  const { assessments: a } = db.tables;
  const [row] = await db
    .select()
    .from(a)
    .where(and(eq(a.forumId, forumId), eq(a.key, key), isAbout(a, object), isNull(a.closedAt)));
  return row ?? null;
}

/** The assessment of the same object by the same instrument that was closed before this one was begun. */
export async function previousOf(db: Reader, one: Assessment): Promise<Assessment | null> {
  const { assessments: a } = db.tables;
  const [row] = await db
    .select()
    .from(a)
    .where(
      and(
        eq(a.forumId, one.forumId),
        eq(a.key, one.key),
        isAbout(a, one),
        lt(a.number, one.number),
        isNotNull(a.closedAt),
      ),
    )
    .orderBy(desc(a.number))
    .limit(1);
  return row ?? null;
}

/** Begins an assessment by an instrument that the forum keeps. */
export async function addAssessment(
  tx: Tx,
  forumId: string,
  data: AssessedObject & Pick<Assessment, 'framework' | 'key' | 'createdBy'>,
  now: Date,
): Promise<Assessment> {
  const number = await nextNumber(tx, forumId, 'assessment');
  const [row] = await tx
    .insert(tx.tables.assessments)
    .values({
      ...data,
      forumId,
      number,
      folded: fold(data.title),
      createdAt: now,
      closedBy: null,
      closedAt: null,
      result: null,
    })
    .returning();
  return row!;
}

/** The answers in force, in the order in which they were given. */
async function answersOf(db: Reader, { forumId, number }: Assessment): Promise<StoredAnswer[]> {
  const { assessmentAnswers: a } = db.tables;
  return db
    .select()
    .from(a)
    .where(and(eq(a.forumId, forumId), eq(a.assessment, number), isTrue(a.inForce)))
    .orderBy(asc(a.seq));
}

/** Returns what was settled and is in force. */
async function settlementsOf(db: Reader, { forumId, number }: Assessment): Promise<Settlement[]> {
  const { assessmentSettlements: s } = db.tables;
  return db
    .select()
    .from(s)
    .where(and(eq(s.forumId, forumId), eq(s.assessment, number), isTrue(s.inForce)))
    .orderBy(asc(s.seq));
}

/** All that a card of an assessment needs: with as many statements for sixty questions as for one. */
export interface AssessmentState {
  readonly framework: Framework;
  readonly answers: readonly StoredAnswer[];
  readonly settlements: readonly Settlement[];
  readonly result: Result;
  /** The number under which the answers of a member's person stand. */
  readonly personOf: (member: number) => number;
}

/** Returns one answer of each person to a question, and under which number those of a member's person stand. */
export async function answersByPerson(
  db: Reader,
  assessment: Assessment,
): Promise<Pick<AssessmentState, 'answers' | 'personOf'>> {
  const person = await personNumber(db, assessment.forumId);
  return { answers: oneEach(await answersOf(db, assessment), person), personOf: person };
}

export async function stateOf(db: Reader, assessment: Assessment): Promise<AssessmentState> {
  const framework = await frameworkOf(db, assessment);
  const { answers, personOf } = await answersByPerson(db, assessment);
  const settlements = await settlementsOf(db, assessment);
  const result = (assessment.result as Result | null) ?? resultOf(framework, answers, settlements);
  return { framework, answers, settlements, result, personOf };
}

/** One answer a question and person: of two accounts that were linked the later one counts, under the person's number. */
function oneEach(answers: readonly StoredAnswer[], personOf: (member: number) => number): StoredAnswer[] {
  const found = new Map<string, StoredAnswer>();
  for (const answer of answers) {
    const member = personOf(answer.member);
    found.set(JSON.stringify([answer.question, member]), { ...answer, member });
  }
  return [...found.values()];
}

/** Gives an answer; the person's earlier one to the same question is kept and not in force any more. */
export async function giveAnswer(
  tx: Tx,
  { forumId, number }: Assessment,
  answer: Pick<StoredAnswer, 'question' | 'member' | 'partner' | 'value' | 'evidence'>,
  now: Date,
): Promise<void> {
  const { assessmentAnswers: a } = tx.tables;
  const mine = and(
    eq(a.forumId, forumId),
    eq(a.assessment, number),
    eq(a.question, answer.question),
    eq(a.member, answer.member),
    isTrue(a.inForce),
  );
  const [before] = await tx.update(a).set({ inForce: false }).where(mine).returning({ evidence: a.evidence });
  // Proof that was given once stands behind a changed answer too.
  const evidence = answer.evidence ?? before?.evidence ?? null;
  await tx.insert(a).values({ ...answer, evidence, forumId, assessment: number, at: now, inForce: true });
}

/** Settles a question; what was settled before is kept and not in force any more. */
export async function settle(
  tx: Tx,
  { forumId, number }: Assessment,
  one: Pick<Settlement, 'question' | 'value' | 'reason' | 'settledBy'>,
  now: Date,
): Promise<void> {
  const { assessmentSettlements: s } = tx.tables;
  const before = and(eq(s.forumId, forumId), eq(s.assessment, number), eq(s.question, one.question), isTrue(s.inForce));
  await tx.update(s).set({ inForce: false }).where(before);
  await tx.insert(s).values({ ...one, forumId, assessment: number, at: now, inForce: true });
}

/** Closes an assessment with its result. */
export async function closeAssessment(
  tx: Tx,
  { forumId, number }: Assessment,
  result: Result,
  by: number,
  now: Date,
): Promise<Assessment> {
  const { assessments: a } = tx.tables;
  const [row] = await tx
    .update(a)
    .set({ closedAt: now, closedBy: by, result: { ...result } })
    .where(and(eq(a.forumId, forumId), eq(a.number, number), isNull(a.closedAt)))
    .returning();
  return row!;
}

/** One page of assessments, the newest first. */
export async function listAssessments(
  db: Reader,
  forumId: string,
  before: number | undefined,
  limit: number,
): Promise<Page<Assessment>> {
  const { assessments: a } = db.tables;
  const where = eq(a.forumId, forumId);
  return newestPage(db, a, where, before, limit);
}

/** The assessments that were closed last, the newest first: of one partner, of areas alone, or all. */
export async function lastClosed(
  db: Reader,
  forumId: string,
  of: { readonly partner: number } | 'areas' | 'all',
  limit: number,
): Promise<Assessment[]> {
  const { assessments: a } = db.tables;
  const about = of === 'all' ? undefined : of === 'areas' ? isNotNull(a.area) : eq(a.partner, of.partner);
  return db
    .select()
    .from(a)
    .where(and(eq(a.forumId, forumId), about, isNotNull(a.closedAt)))
    .orderBy(desc(a.number))
    .limit(limit);
}
