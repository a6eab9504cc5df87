import type { Kit } from '../kit.ts';
import type { BeforeMerge, CutVoters } from './links.ts';
import type { definePeople, PURPOSES } from './people.ts';
import { PLATFORMS } from './platforms.ts';

/** A channel that a place offers for a purpose while it asks to join. */
export interface OfferedChannel {
  readonly purpose: (typeof PURPOSES)[number];
  readonly id: string;
  readonly name: string;
}

/** Defines invitations, by which a forum comes to another server or workspace. */
export function defineInvitations(kit: Kit, { forums, members }: ReturnType<typeof definePeople>) {
  const { table, text, int, bool, instant, json, sequence, primaryKey, foreignKey, index, uniqueIndex } = kit;

  /** A code of one use, by its hash alone; once used it holds the place that asks to join. */
  const invitations = table(
    'invitations',
    {
      forumId: text()
        .notNull()
        .references(() => forums.id),
      number: int().notNull(),
      hash: text().notNull(),
      createdBy: int().notNull(),
      createdAt: instant().notNull(),
      expiresAt: instant().notNull(),
      usedAt: instant(),
      platform: text({ enum: PLATFORMS }),
      workspace: text(),
      /** Name of that place. */
      placeName: text(),
      askedBy: text(),
      channels: json<readonly OfferedChannel[]>().notNull(),
      admittedAt: instant(),
      /** An operator made it, for a forum that nobody reaches: who uses it is admitted without being asked. */
      atOnce: bool().notNull().default(false),
    },
    t => [
      primaryKey({ columns: [t.forumId, t.number] }),
      uniqueIndex('invitations_hash').on(t.hash),
      foreignKey({ columns: [t.forumId, t.createdBy], foreignColumns: [members.forumId, members.number] }),
    ],
  );

  /** Two accounts that may be one person: a code of the one, entered by the other, confirmed by the first. */
  const links = table(
    'links',
    {
      forumId: text()
        .notNull()
        .references(() => forums.id),
      number: int().notNull(),
      hash: text().notNull(),
      member: int().notNull(),
      expiresAt: instant().notNull(),
      /** Member who entered the code, and when. */
      other: int(),
      usedAt: instant(),
      /** The typing side was shown whose code it is, and said yes. */
      claimedAt: instant(),
      /** The first account said yes or no. */
      answeredAt: instant(),
      linked: bool(),
      /** Voters taken out of electorates, as one person votes once. */
      cut: json<CutVoters>(),
      /** Instant from which both accounts have the rights of the one that had them. */
      lentAt: instant(),
      before: json<BeforeMerge>(),
      undoneAt: instant(),
    },
    t => [
      primaryKey({ columns: [t.forumId, t.number] }),
      uniqueIndex('links_hash').on(t.hash),
      foreignKey({ columns: [t.forumId, t.member], foreignColumns: [members.forumId, members.number] }),
      foreignKey({ columns: [t.forumId, t.other], foreignColumns: [members.forumId, members.number] }),
    ],
  );

  /** Codes that were not valid: who tried, from where. They limit how often one may guess. */
  const codeAttempts = table(
    'code_attempts',
    {
      seq: sequence(),
      platform: text({ enum: PLATFORMS }).notNull(),
      workspace: text().notNull(),
      account: text().notNull(),
      at: instant().notNull(),
    },
    // By time alone they are forgotten, each minute.
    t => [index('code_attempts_of').on(t.platform, t.workspace, t.at), index('code_attempts_at').on(t.at)],
  );

  return { invitations, links, codeAttempts };
}
