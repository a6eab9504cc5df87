import { and, asc, eq, isNull } from 'drizzle-orm';
import { grouped } from '../domain/grouped.ts';
import type { SeatRole } from '../domain/people.ts';
import { everySeat } from '../domain/seats.ts';
import type { Messages } from '../language/messages.ts';
import type { Text } from '../language/text.ts';
import type { Reader } from '../storage/store.ts';
import { nameKey } from '../storage/words.ts';
import type { Row } from './row.ts';

/** A member who gets a seat by an import. */
export interface Seating {
  readonly member: number;
  readonly role: SeatRole;
}

/** Columns that name people, with the role that each gives; the representative comes first. */
const COLUMNS = [
  ['representative', 'representative'],
  ['alternate', 'alternate'],
  ['people', 'member'],
] as const;

const MAXIMUM_LENGTH = 1_000;

/** Members of a forum by name, and where they sit; a file gives seats to those of them who sit nowhere yet. */
class People {
  readonly #named: ReadonlyMap<string, readonly { readonly number: number }[]>;
  readonly #seats: Map<number, { readonly partner: number; readonly role: SeatRole }>;

  constructor(
    members: readonly { readonly number: number; readonly name: string }[],
    seats: readonly { readonly member: number; readonly partner: number; readonly role: SeatRole }[],
  ) {
    this.#named = grouped(members, ({ name }) => nameKey(name));
    this.#seats = new Map(seats.map(({ member, ...seat }) => [member, seat]));
  }

  /**
   * Reads the people of one row, and what is to be said of each: who gets a seat, and who is left to the coordinator. A
   * seat that somebody has, and a role that is taken, are never changed by a file. `partner` is null where it is new.
   */
  of(row: Row, partner: number | null): { readonly seats: Seating[]; readonly say: ((m: Messages) => Text)[] } {
    // A new partner has no number yet: its row stands for it.
    const there = partner ?? -row.number;
    const seats: Seating[] = [];
    const say: ((m: Messages) => Text)[] = [];
    for (const [column, role] of COLUMNS)
      for (const name of this.#names(row, column)) {
        const called = this.#named.get(nameKey(name)) ?? [];
        const member = called[0]?.number;
        const sits = member === undefined ? undefined : this.#seats.get(member);
        if (member === undefined) say.push(m => m.imports.why.noMember({ name }));
        else if (called.length > 1) say.push(m => m.imports.why.severalMembers({ name }));
        else if (sits && sits.partner === there && (sits.role === role || role === 'member')) continue;
        else if (sits) say.push(m => m.imports.why.sitsAlready({ name }));
        else if (role !== 'member' && this.#isTaken(there, role))
          say.push(m => m.imports.why.roleTaken({ name, role: m.partner.seatRoles[role] }));
        else {
          seats.push({ member, role });
          this.#seats.set(member, { partner: there, role });
          say.push(m => m.imports.why.seated({ name, role: m.partner.seatRoles[role] }));
        }
      }
    return { seats, say };
  }

  #isTaken(partner: number, role: SeatRole): boolean {
    return [...this.#seats.values()].some(seat => seat.partner === partner && seat.role === role);
  }

  /** Names in a cell: a name may hold a comma itself, as titles do. */
  #names(row: Row, column: (typeof COLUMNS)[number][0]): string[] {
    const typed = row.text(column, MAXIMUM_LENGTH);
    if (!typed) return [];
    const isOne = column !== 'people' || this.#named.has(nameKey(typed));
    const parts = isOne ? [typed] : typed.split(/[;\n]/.test(typed) ? /[;\n]/ : ',');
    return [...new Set(parts.map(part => part.trim()).filter(Boolean))];
  }
}

/** Reads the members of a forum, those who were forgotten aside, and their seats. */
export async function peopleOf(db: Reader, forumId: string): Promise<People> {
  const { members: m } = db.tables;
  const members = await db
    .select({ number: m.number, name: m.name })
    .from(m)
    .where(and(eq(m.forumId, forumId), isNull(m.forgottenAt)))
    .orderBy(asc(m.number));
  return new People(members, await everySeat(db, forumId));
}
