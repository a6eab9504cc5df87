import { createHash } from 'node:crypto';
import { and, desc, eq, isNotNull, isNull, sql } from 'drizzle-orm';
import type { Tables } from '../../storage/schema/index.ts';
import type { Reader, Tx } from '../../storage/store.ts';
import { nextNumber } from '../codes.ts';
import { rowByNumber } from '../numbered.ts';
import { listPartners, speakerOf } from '../partners.ts';
import { forgetRefused } from '../refused.ts';

export type Pulse = Tables['pulses']['$inferSelect'];

/** The questions, by number; their words are in the catalogues. */
export const THEMES = [1, 2, 3, 4, 5, 6, 7] as const;
/** Minimum number of answers: fewer are never shown, and not kept. */
export const LEAST = 4;

/** Time for which a survey is open, ms: two weeks. */
const OPEN_MS = 14 * 86_400_000;

/** Instant at which a survey that opens now closes. */
export const pulseCloses = (now: Date): Date => new Date(now.getTime() + OPEN_MS);

/** The people who are asked: those who speak for each partner. */
export async function askedBy(db: Reader, forumId: string): Promise<number[]> {
  const asked: number[] = [];
  for (const partner of await listPartners(db, forumId)) {
    const member = await speakerOf(db, forumId, partner.number);
    if (member !== null) asked.push(member);
  }
  return asked;
}

/** Opens a survey; the caller has looked that none is open, and the database keeps it so. */
export async function openPulse(tx: Tx, forumId: string, closesAt: Date, salt: string, now: Date): Promise<Pulse> {
  const number = await nextNumber(tx, forumId, 'pulse');
  const [row] = await tx
    .insert(tx.tables.pulses)
    .values({ forumId, number, openedAt: now, closesAt, closedAt: null, salt })
    .returning();
  return row!;
}

/** The survey that is open. */
export async function openOne(db: Reader, forumId: string): Promise<Pulse | null> {
  const { pulses } = db.tables;
  const [row] = await db
    .select()
    .from(pulses)
    .where(and(eq(pulses.forumId, forumId), isNull(pulses.closedAt)));
  return row ?? null;
}

export const pulseByNumber = (db: Reader, forumId: string, number: number): Promise<Pulse | null> =>
  rowByNumber(db, db.tables.pulses, forumId, number);

/** The last survey that is closed. */
export async function lastClosed(db: Reader, forumId: string): Promise<Pulse | null> {
  const { pulses } = db.tables;
  const [row] = await db
    .select()
    .from(pulses)
    .where(and(eq(pulses.forumId, forumId), isNotNull(pulses.closedAt)))
    .orderBy(desc(pulses.number))
    .limit(1);
  return row ?? null;
}

/** Describes whose answer a mark stands for. */
interface Answering {
  readonly member: number;
  readonly partner: number;
}

const markOf = (salt: string, whose: string, theme: number): string =>
  createHash('sha256').update(`${salt}:${whose}:${theme}`).digest('hex');

/**
 * The mark of a partner's answer: one a partner, the person who speaks for it by now. The second is the one that
 * surveys bore which were open before partners were marked.
 */
const marksOf = (salt: string, { member, partner }: Answering, theme: number): readonly [string, string] => [
  markOf(salt, `partner ${partner}`, theme),
  markOf(salt, String(member), theme),
];

/** The marks of a survey: which questions were answered, and by whom nobody can tell. */
async function marks(db: Reader, pulse: Pulse): Promise<ReadonlySet<string>> {
  const { pulseMarks: p } = db.tables;
  const rows = await db
    .select({ mark: p.mark })
    .from(p)
    .where(and(eq(p.forumId, pulse.forumId), eq(p.pulse, pulse.number)));
  return new Set(rows.map(row => row.mark));
}

/** Adds a score to the sums; false where this partner has answered this question before. */
export async function answerPulse(
  tx: Tx,
  pulse: Pulse,
  who: Answering,
  theme: number,
  score: number,
): Promise<boolean> {
  const { pulseMarks, pulseCounts } = tx.tables;
  const { forumId, number, salt } = pulse;
  if (salt === null) return false;
  const [mark, former] = marksOf(salt, who, theme);
  if ((await marks(tx, pulse)).has(former)) return false;
  const marked = await tx
    .insert(pulseMarks)
    .values({ forumId, pulse: number, mark })
    .onConflictDoNothing()
    .returning({ mark: pulseMarks.mark });
  if (!marked.length) return false;
  await tx
    .insert(pulseCounts)
    .values({ forumId, pulse: number, theme, score, n: 1 })
    .onConflictDoUpdate({
      target: [pulseCounts.forumId, pulseCounts.pulse, pulseCounts.theme, pulseCounts.score],
      set: { n: sql`${pulseCounts.n} + 1` },
    });
  return true;
}

/** The first question that this partner has not answered; null: none is left. */
export async function nextTheme(db: Reader, pulse: Pulse, who: Answering): Promise<number | null> {
  const { salt } = pulse;
  if (salt === null) return null;
  const known = await marks(db, pulse);
  return THEMES.find(theme => !marksOf(salt, who, theme).some(mark => known.has(mark))) ?? null;
}

/** Counts how many answers to the first question there are: so many have begun. */
export async function begun(db: Reader, pulse: Pulse): Promise<number> {
  return answersOf((await sums(db, pulse)).get(1) ?? []);
}

const answersOf = (scores: readonly { readonly n: number }[]): number =>
  scores.reduce((total, one) => total + one.n, 0);

async function sums(db: Reader, pulse: Pulse): Promise<Map<number, { score: number; n: number }[]>> {
  const { pulseCounts: c } = db.tables;
  const rows = await db
    .select()
    .from(c)
    .where(and(eq(c.forumId, pulse.forumId), eq(c.pulse, pulse.number)));
  const found = new Map<number, { score: number; n: number }[]>();
  for (const { theme, score, n } of rows) found.set(theme, [...(found.get(theme) ?? []), { score, n }]);
  return found;
}

/** Closes a survey: salt and marks are thrown away, and so are the sums of questions with too few answers. */
export async function closePulse(tx: Tx, pulse: Pulse, now: Date): Promise<void> {
  const { pulses, pulseMarks, pulseCounts: c } = tx.tables;
  const here = and(eq(pulses.forumId, pulse.forumId), eq(pulses.number, pulse.number));
  await tx.update(pulses).set({ closedAt: now, salt: null }).where(here);
  await tx.delete(pulseMarks).where(and(eq(pulseMarks.forumId, pulse.forumId), eq(pulseMarks.pulse, pulse.number)));
  for (const [theme, scores] of await sums(tx, pulse))
    if (answersOf(scores) < LEAST)
      await tx.delete(c).where(and(eq(c.forumId, pulse.forumId), eq(c.pulse, pulse.number), eq(c.theme, theme)));
  // A refused attempt may have left a score.
  await forgetRefused(tx, pulse.forumId, ['yp']);
}

/** Describes what a closed survey says of a question: mean and standard deviation, of so many answers. */
export interface PulseResult {
  readonly theme: number;
  readonly n: number;
  readonly mean: number;
  readonly spread: number;
}

/** The results of a closed survey; a question with too few answers is not among them. */
export async function resultsOf(db: Reader, pulse: Pulse): Promise<PulseResult[]> {
  if (!pulse.closedAt) return [];
  return [...(await sums(db, pulse))]
    .map(([theme, scores]) => {
      const n = answersOf(scores);
      const mean = scores.reduce((total, one) => total + one.score * one.n, 0) / n;
      const variance = scores.reduce((total, one) => total + one.n * (one.score - mean) ** 2, 0) / n;
      return { theme, n, mean, spread: Math.sqrt(variance) };
    })
    .filter(result => result.n >= LEAST)
    .sort((a, b) => a.theme - b.theme);
}
