import { and, eq } from 'drizzle-orm';
import type { Tx } from '../../storage/store.ts';
import { fold } from '../../storage/words.ts';
import { recordOf } from './record.ts';
import type { Indicator } from './row.ts';
import { setResponsible } from './store.ts';
import { type Terms, termsAt } from './terms.ts';

/** Describes what a change of an indicator sets: terms from a date on, and what holds for all that is open. */
export interface Change {
  /** The local date from which the terms hold. */
  readonly since: string;
  readonly terms: Partial<Terms>;
  readonly open?: Partial<Pick<Indicator, 'dueDays' | 'lockDays' | 'needsProof' | 'retiredAt' | 'area'>>;
  /** Reason for dating it back. */
  readonly reason?: string | null;
}

/** Writes a change as the indicator's next version, and gives the indicator as it is agreed `today`. */
export async function agreeAnew(
  tx: Tx,
  indicator: Indicator,
  { since, terms, open = {}, reason = null }: Change,
  { now, today }: { now: Date; today: string },
): Promise<Indicator> {
  const { indicatorVersions } = tx.tables;
  const { forumId, number } = indicator;
  const { changes } = await recordOf(tx, indicator);
  const fields = Object.keys(terms);
  if (fields.length)
    await tx.insert(indicatorVersions).values({
      forumId,
      indicator: number,
      version: changes.length + 2,
      since,
      set: { ...terms },
      reason,
      madeAt: now,
    });
  // People count the versions of what was agreed as a whole; the target of one period is none.
  const isOnePeriod = fields.length === 1 && fields[0] === 'periodTargets' && !Object.keys(open).length;
  const version = indicator.version + (isOnePeriod ? 0 : 1);
  return refresh(tx, { ...indicator, ...open, version }, today);
}

/** Brings an indicator's own row up to what holds on a date; a version may hold from a day to come. */
export async function refresh(tx: Tx, indicator: Indicator, today: string): Promise<Indicator> {
  const { indicators } = tx.tables;
  const { partners, periodTargets: _, ...terms } = termsAt(await recordOf(tx, indicator), today);
  const { dueDays, lockDays, needsProof, retiredAt, version, area } = indicator;
  const [row] = await tx
    .update(indicators)
    .set({ ...terms, folded: fold(terms.name), dueDays, lockDays, needsProof, retiredAt, version, area })
    .where(and(eq(indicators.forumId, indicator.forumId), eq(indicators.number, indicator.number)))
    .returning();
  await setResponsible(tx, row!, partners);
  return row!;
}
