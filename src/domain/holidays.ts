import { INDONESIA } from './decreed.ts';
import { estimatedDays } from './estimates.ts';

/** Minimum number of days off with which a forum has entered a year: fewer are days of its own. */
const A_YEAR_OF_DAYS = 10;

/** Describes what a forum changes in the table: days off of its own, and days on which it works after all. */
export interface HolidayEdits {
  readonly added: readonly string[];
  readonly removed: readonly string[];
}

const yearOf = (date: string): number => Number(date.slice(0, 4));

/** The dates on which a forum does not work, besides weekends, as far as they are known. */
export class DaysOff extends Set<string> {
  readonly #edits: HolidayEdits;
  readonly #decreed: ReadonlySet<number>;
  /**
   * The same, with estimates for years that are not known: for when to remind, and for nothing else. Of these only
   * `has` is to be asked, for there is no last year of them.
   */
  readonly likely: ReadonlySet<string>;

  constructor(edits: HolidayEdits, table = INDONESIA) {
    super(table.flatMap(({ days }) => days.map(({ date }) => date)));
    for (const date of edits.added) this.add(date);
    // A date both added and removed is worked on.
    for (const date of edits.removed) this.delete(date);
    this.#edits = edits;
    this.#decreed = new Set(table.map(({ year }) => year));
    this.likely = new LikelyDays(this);
  }

  /** Tells whether the days off of a year are known: decreed, or entered by the forum. */
  knows(year: number): boolean {
    return this.#decreed.has(year) || this.#edits.added.filter(date => yearOf(date) === year).length >= A_YEAR_OF_DAYS;
  }

  /** Tells whether the forum has said that it works on this date. */
  works(date: string): boolean {
    return this.#edits.removed.includes(date);
  }
}

/** Days off of which some may yet be decreed otherwise. */
class LikelyDays extends Set<string> {
  readonly #days: DaysOff;

  constructor(days: DaysOff) {
    super();
    this.#days = days;
  }

  override has(date: string): boolean {
    const year = yearOf(date);
    if (this.#days.has(date) || this.#days.knows(year)) return this.#days.has(date);
    return estimatedDays(year).has(date) && !this.#days.works(date);
  }
}

/** The dates on which a forum does not work, by the decrees and its own changes. */
export const holidaysOf = (edits: HolidayEdits, table = INDONESIA): DaysOff => new DaysOff(edits, table);
