import { and, eq, isNotNull, or } from 'drizzle-orm';
import type { Tables } from '../../storage/schema/index.ts';

/** Joins (from the left) the line by which a second person approved an entry. */
export const approvalOf = ({ entries: e, ledgerLines: l }: Tables) =>
  and(eq(l.forumId, e.forumId), eq(l.entry, e.number), eq(l.step, 'approved'));

/** With that join: an entry counts where it needs no approval, or has one. */
export const isCounted = ({ entries: e, ledgerLines: l }: Tables) =>
  or(eq(e.needsApproval, false), isNotNull(l.position));
