import { createHash } from 'node:crypto';
import { and, count, eq, gt, isNull, lt, or } from 'drizzle-orm';
import type { Tables } from '../storage/schema/index.ts';
import type { OfferedChannel } from '../storage/schema/invitations.ts';
import type { Reader, Tx } from '../storage/store.ts';
import { recordEvent } from './audit.ts';
import { nextNumber } from './codes.ts';
import { type Forum, forumById, type NamedPlace, type PlaceKey, setChannel, takePlace } from './forums.ts';
import { rowByNumber } from './numbered.ts';

export type Invitation = Tables['invitations']['$inferSelect'];

/** Time for which a code holds, ms: a day. */
const VALID_MS = 24 * 3_600_000;
/** Maximum number of wrong codes within the window, from one account and from one place; further ones are not looked at. */
const WINDOW_MS = 3_600_000;
const PER_ACCOUNT = 5;
const PER_PLACE = 20;

/** Letters and digits that are not mistaken for one another: no I, L, O, U. */
const LETTERS = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const LENGTH = 12;

/** Folds what is typed for comparing: upper case, without blanks and dashes, look-alikes made equal. */
const normal = (code: string): string =>
  code.toUpperCase().replace(/[\s-]/g, '').replace(/[IL]/g, '1').replace(/O/g, '0');

/** Returns what is stored of a code. */
export const hashOf = (code: string): string => createHash('sha256').update(normal(code)).digest('hex');

/**
 * A code that cannot be guessed: twelve signs (60 bits) unless told. It is made of two ids, as half of each is the time,
 * which is stored beside the code.
 */
export function codeFrom(newId: () => string, length = LENGTH): string {
  const bytes = createHash('sha256').update(`invitation:${newId()}:${newId()}`).digest();
  const signs = [...bytes.subarray(0, length)].map(byte => LETTERS[byte % LETTERS.length]).join('');
  return signs.replace(/(.{4})(?=.)/g, '$1-');
}

/** Keeps an invitation by the hash of its code. */
export async function inviteWith(
  tx: Tx,
  forumId: string,
  { code, createdBy, atOnce = false }: { code: string; createdBy: number; atOnce?: boolean },
  now: Date,
): Promise<Invitation> {
  const number = await nextNumber(tx, forumId, 'invitation');
  const [row] = await tx
    .insert(tx.tables.invitations)
    .values({
      forumId,
      number,
      hash: hashOf(code),
      createdBy,
      createdAt: now,
      expiresAt: new Date(now.getTime() + VALID_MS),
      usedAt: null,
      platform: null,
      workspace: null,
      placeName: null,
      askedBy: null,
      channels: [],
      admittedAt: null,
      atOnce,
    })
    .returning();
  return row!;
}

/** Tells whether this account, or its place, has guessed too often. */
export async function guessedTooOften(db: Reader, who: PlaceKey & { account: string }, now: Date): Promise<boolean> {
  const { codeAttempts: c } = db.tables;
  const here = and(
    eq(c.platform, who.platform),
    eq(c.workspace, who.workspace),
    gt(c.at, new Date(now.getTime() - WINDOW_MS)),
  );
  const [place] = await db.select({ n: count() }).from(c).where(here);
  const [account] = await db
    .select({ n: count() })
    .from(c)
    .where(and(here, eq(c.account, who.account)));
  return (place?.n ?? 0) >= PER_PLACE || (account?.n ?? 0) >= PER_ACCOUNT;
}

export async function noteWrongCode(tx: Tx, who: PlaceKey & { account: string }, at: Date): Promise<void> {
  const { platform, workspace, account } = who;
  await tx.insert(tx.tables.codeAttempts).values({ platform, workspace, account, at });
}

/** Wrong codes are forgotten a day later: only the last hour counts. */
export async function forgetAttempts(tx: Tx, now: Date): Promise<void> {
  const { codeAttempts: c } = tx.tables;
  await tx.delete(c).where(lt(c.at, new Date(now.getTime() - VALID_MS)));
}

/**
 * Uses a code for a place that asks to join (once more, where the same place has asked before); null where it is unknown,
 * used or too old: these are not told apart.
 */
export async function askToJoin(
  tx: Tx,
  code: string,
  { name, ...place }: NamedPlace & { askedBy: string; channels: readonly OfferedChannel[] },
  now: Date,
): Promise<Invitation | null> {
  const { invitations: i } = tx.tables;
  const sameAgain = and(eq(i.platform, place.platform), eq(i.workspace, place.workspace));
  const [row] = await tx
    .update(i)
    .set({ ...place, placeName: name, usedAt: now })
    .where(and(eq(i.hash, hashOf(code)), or(isNull(i.usedAt), sameAgain), gt(i.expiresAt, now)))
    .returning();
  return row ?? null;
}

export const invitationByNumber = (db: Reader, forumId: string, number: number): Promise<Invitation | null> =>
  rowByNumber(db, db.tables.invitations, forumId, number);

/** Makes the place that asked part of the forum, with the channels it offered. */
export async function admit(tx: Tx, invitation: Invitation, now: Date): Promise<void> {
  const { invitations: i } = tx.tables;
  const { forumId, platform, workspace, placeName } = invitation;
  if (!platform || !workspace) throw new TypeError('nobody has asked to join with this invitation');
  await tx
    .update(i)
    .set({ admittedAt: now })
    .where(and(eq(i.forumId, forumId), eq(i.number, invitation.number)));
  await takePlace(tx, { platform, workspace, name: placeName ?? workspace }, forumId, now);
  for (const { purpose, id, name } of invitation.channels)
    await setChannel(tx, { forumId, platform, workspace, purpose, channel: id, name });
}

/** Makes the place that used an operator's code part of its forum at once. Gives the forum. */
export async function admitAtOnce(tx: Tx, invitation: Invitation, now: Date): Promise<Forum> {
  const forum = (await forumById(tx, invitation.forumId))!;
  await admit(tx, invitation, now);
  const data = { platform: invitation.platform, workspace: invitation.workspace };
  await recordEvent(tx, forum.id, null, { kind: 'place.joined', thing: 'forum', number: invitation.number, data }, now);
  return forum;
}
