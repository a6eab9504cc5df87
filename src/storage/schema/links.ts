import type { SEAT_ROLES, SECTORS } from './people.ts';
import type { Platform } from './platforms.ts';

interface Seat {
  readonly partner: number;
  readonly role: (typeof SEAT_ROLES)[number];
  /** ISO instant. */
  readonly since: string;
}

/** Describes how two members were before they were made one, so that it can be undone. */
export interface BeforeMerge {
  readonly kept: number;
  readonly gone: number;
  readonly name: string;
  readonly folded: string;
  readonly coordinators: { readonly kept: boolean; readonly gone: boolean };
  readonly seats: { readonly kept: Seat | null; readonly gone: Seat | null };
  readonly accounts: readonly {
    readonly platform: Platform;
    readonly home: string;
    readonly account: string;
  }[];
  readonly issues: readonly number[];
  readonly mediated: readonly { readonly issue: number; readonly both: boolean }[];
  readonly indicators: readonly { readonly indicator: number; readonly partner: number }[];
  readonly reviews: readonly number[];
  /** Absent in what was linked before there were actions. */
  readonly actions?: readonly number[];
  /** Personal invitations, and whether the one who was kept had one to the same activity. Absent likewise. */
  readonly invited?: readonly Invited[];
  /** Addresses of calendars. Absent likewise. */
  readonly calendars?: readonly number[];
  /** Duties for the partner whose seat the one who is gone left. Absent likewise. */
  readonly passed?: readonly {
    readonly partner: number;
    /** Member who took them over; null: nobody. */
    readonly to: number | null;
    readonly member: number;
    readonly indicators: readonly number[];
    readonly issues: readonly number[];
    readonly actions: readonly number[];
  }[];
}

/** Answer of a person to an invitation, and whether they came. */
export interface Attended {
  readonly answer: 'yes' | 'no' | 'maybe' | null;
  /** ISO instant. */
  readonly yesAt: string | null;
  readonly came: boolean | null;
}

export interface Invited extends Attended {
  readonly activity: number;
  readonly both: boolean;
  /** Answer of the kept member to the same activity. Absent in links made before answers were joined. */
  readonly had?: Attended;
}

/** Voters taken out of electorates when two members turned out to be one person: an undone link puts them back. */
export interface CutVoters {
  readonly electors: readonly {
    readonly forumId: string;
    readonly strategy: number;
    readonly unit: number;
    readonly name: string;
    readonly sector: (typeof SECTORS)[number] | null;
  }[];
  readonly voters: readonly {
    readonly forumId: string;
    readonly strategy: number;
    readonly member: number;
    readonly unit: number;
    readonly role: 'representative' | 'alternate' | 'member';
  }[];
  /** The same of polls. */
  readonly polls?: {
    readonly electors: readonly { readonly poll: number }[];
    readonly voters: readonly { readonly poll: number }[];
  };
}
