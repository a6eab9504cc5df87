import { and, eq } from 'drizzle-orm';
import type { Attended, Invited } from '../../storage/schema/links.ts';
import type { Reader, Tx } from '../../storage/store.ts';

/** Reads a member's personal invitations, as they are kept in JSON. */
async function invitedAs(db: Reader, forumId: string, member: number): Promise<(Attended & { activity: number })[]> {
  const { invitees: i } = db.tables;
  const rows = await db
    .select({ activity: i.activity, answer: i.answer, yesAt: i.yesAt, came: i.came })
    .from(i)
    .where(and(eq(i.forumId, forumId), eq(i.member, member)));
  return rows.map(row => ({ ...row, yesAt: row.yesAt?.toISOString() ?? null }));
}

/** Reads the invitations of a member who is about to become another, with what that one has to the same activities. */
export async function invitationsOf(db: Reader, forumId: string, kept: number, gone: number): Promise<Invited[]> {
  const own = new Map((await invitedAs(db, forumId, kept)).map(({ activity, ...one }) => [activity, one]));
  return (await invitedAs(db, forumId, gone)).map(one => {
    const had = own.get(one.activity);
    return { ...one, both: had !== undefined, ...(had && { had }) };
  });
}

/** One person's invitation out of two: the answer of the one who is kept, where they gave one; who came in either came. */
function joined(had: Attended, other: Attended): Attended {
  const answer = had.answer ?? other.answer;
  const said = [had, other].flatMap(one => (one.answer === 'yes' && one.yesAt !== null ? [one.yesAt] : []));
  const came = had.came || other.came ? true : (had.came ?? other.came);
  return { answer, came, yesAt: answer === 'yes' ? (said.sort()[0] ?? null) : null };
}

const asRow = ({ answer, came, yesAt }: Attended) => ({ answer, came, yesAt: yesAt === null ? null : new Date(yesAt) });

/** Gives the invitations of a member to the one who they turned out to be. */
export async function joinInvitations(
  tx: Tx,
  forumId: string,
  { kept, gone }: { readonly kept: number; readonly gone: number },
  invited: readonly Invited[],
): Promise<void> {
  const { invitees: i } = tx.tables;
  for (const { activity, had, ...one } of invited) {
    const here = and(eq(i.forumId, forumId), eq(i.activity, activity));
    const ofGone = and(here, eq(i.member, gone));
    if (!had) {
      await tx.update(i).set({ member: kept }).where(ofGone);
      continue;
    }
    await tx.delete(i).where(ofGone);
    await tx
      .update(i)
      .set(asRow(joined(had, one)))
      .where(and(here, eq(i.member, kept)));
  }
}

/**
 * Gives invitations back when two members are two persons after all. An answer given meanwhile stays with the one who
 * was kept where both were invited, else it goes along.
 */
export async function partInvitations(
  tx: Tx,
  forumId: string,
  { kept, gone }: { readonly kept: number; readonly gone: number },
  invited: readonly Invited[],
): Promise<void> {
  const { invitees: i } = tx.tables;
  const now = new Map((await invitedAs(tx, forumId, kept)).map(({ activity, ...one }) => [activity, one]));
  for (const { activity, both, had, ...one } of invited) {
    const asKept = and(eq(i.forumId, forumId), eq(i.activity, activity), eq(i.member, kept));
    if (!both) {
      await tx.update(i).set({ member: gone }).where(asKept);
      continue;
    }
    await tx
      .insert(i)
      .values({ ...asRow(one), forumId, activity, member: gone })
      .onConflictDoNothing();
    const found = now.get(activity);
    if (had && found && isSame(found, joined(had, one))) await tx.update(i).set(asRow(had)).where(asKept);
  }
}

const isSame = (one: Attended, other: Attended): boolean =>
  one.answer === other.answer && one.yesAt === other.yesAt && one.came === other.came;
