import { and, eq, isNotNull, or } from 'drizzle-orm';
import type { Tables } from '../../storage/schema/index.ts';
import { approves } from './approvals.ts';

/** Joins (from the left) the line by which a second person approved an entry. */
export const approvalOf = (tables: Tables) =>
  and(
    eq(tables.ledgerLines.forumId, tables.entries.forumId),
    eq(tables.ledgerLines.entry, tables.entries.number),
    approves(tables),
  );

/** Condition on that join: an entry counts if it needs no approval, or has one. */
export const isCounted = ({ entries: e, ledgerLines: l }: Tables) =>
  or(eq(e.needsApproval, false), isNotNull(l.position));
