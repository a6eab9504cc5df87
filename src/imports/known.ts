import { numberIn, PREFIX } from '../domain/codes.ts';
import { isNear, nameKey } from '../domain/near.ts';
import type { Thing } from '../domain/thing.ts';

/** The things of one kind in a forum, by their names and codes. */
export class Known<T extends { readonly number: number }> {
  readonly #thing: Thing;
  readonly #nameOf: (one: T) => string;
  readonly #byNumber: ReadonlyMap<number, T>;
  readonly #byName = new Map<string, T>();
  readonly all: readonly T[];

  constructor(thing: Thing, all: readonly T[], nameOf: (one: T) => string) {
    this.#thing = thing;
    this.#nameOf = nameOf;
    this.all = all;
    this.#byNumber = new Map(all.map(one => [one.number, one]));
    for (const one of all) if (!this.#byName.has(nameKey(nameOf(one)))) this.#byName.set(nameKey(nameOf(one)), one);
  }

  named(name: string): T | undefined {
    return this.#byName.get(nameKey(name));
  }

  /** Returns what a cell means: a name, a code, or a code with the name behind it. */
  meant(typed: string): T | undefined {
    const byName = this.named(typed);
    if (byName) return byName;
    const [first = '', ...rest] = typed.trim().split(/\s+/);
    const number = numberIn(PREFIX[this.#thing], first.replace(/[:.,]$/, ''));
    const found = number === null ? undefined : this.#byNumber.get(number);
    if (!found) return undefined;
    return rest.length === 0 || nameKey(rest.join(' ')) === nameKey(this.#nameOf(found)) ? found : undefined;
  }

  /** One that is called nearly so. */
  near(name: string): T | undefined {
    return this.all.find(one => isNear(this.#nameOf(one), name));
  }

  /** Reads a list of names; a name may hold a comma itself. Unknown ones are given back as they stand. */
  several(typed: string): { found: T[]; unknown: string[] } {
    const whole = this.meant(typed);
    if (whole) return { found: [whole], unknown: [] };
    const found = new Map<number, T>();
    const unknown: string[] = [];
    for (const piece of typed.split(/[;\n]/)) {
      const parts = piece.split(',').map(part => part.trim());
      for (let from = 0; from < parts.length; ) {
        if (!parts[from]) {
          from++;
          continue;
        }
        let to = parts.length;
        let one: T | undefined;
        for (; to > from; to--) {
          one = this.meant(parts.slice(from, to).join(', '));
          if (one) break;
        }
        if (one) found.set(one.number, one);
        else unknown.push(parts[from]!);
        from = one ? to : from + 1;
      }
    }
    return { found: [...found.values()], unknown };
  }
}
