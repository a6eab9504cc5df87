import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { brotliDecompress } from 'node:zlib';
import { nextTurn, shareTurn } from '../../runtime/event-loop.ts';
import { allWordsOf, fold, nameKey } from '../../storage/words.ts';
import { type Area, levelOf, liesIn } from './area.ts';
import { bareName, namesAsParents, properName, readingsOf, type TypedName } from './names.ts';

const PUNCTUATION = /[^\p{L}\p{N} ]/u;
const KIND_BEFORE = /^k(?:ota|abupaten) /;

/** Maximum number of areas that are looked at without a pause: less than a millisecond. */
const TAKEN_AT_ONCE = 1024;

/** All official areas, provinces first. */
export class Gazetteer {
  readonly #codes: string[] = [];
  readonly #names: string[] = [];
  readonly #folded: string[] = [];
  readonly #byCode = new Map<string, number>();
  #asParents: ReadonlyMap<string, string> = new Map();

  /** Adds the areas of one level: lines of `code,name`, and the same folded. */
  async add(lines: readonly string[], folded: readonly string[]): Promise<void> {
    for (const [i, line] of lines.entries()) {
      const code = line.slice(0, line.indexOf(','));
      this.#byCode.set(code, this.#codes.length);
      this.#codes.push(code);
      this.#names.push(properName(line.slice(line.lastIndexOf(',') + 1)));
      this.#folded.push(folded[i]!.slice(folded[i]!.lastIndexOf(',') + 1));
      if (i % TAKEN_AT_ONCE === 0) await shareTurn();
    }
    const regencies = this.#codes.flatMap((code, i) => (levelOf(code) === 2 ? [{ code, name: this.#names[i]! }] : []));
    this.#asParents = namesAsParents(regencies);
  }

  /** Counts how many areas a level has. */
  count(level: number): number {
    return this.#codes.filter(code => levelOf(code) === level).length;
  }

  /** The area of a code, with or without its dots. */
  byCode(typed: string): Area | null {
    const digits = typed.replaceAll('.', '');
    if (!/^\d{2}(?:\d{2}){0,2}$|^\d{10}$/.test(digits)) return null;
    const code = [digits.slice(0, 2), digits.slice(2, 4), digits.slice(4, 6), digits.slice(6)]
      .filter(Boolean)
      .join('.');
    const found = this.#byCode.get(code);
    return found === undefined ? null : this.#at(found);
  }

  /** The regencies and cities of a province, by their bare names: `Sleman`. */
  regenciesOf(province: string): Area[] {
    return this.#codes.flatMap((code, i) =>
      levelOf(code) === 2 && liesIn(code, province) ? [{ code, name: bareName(this.#names[i]!) }] : [],
    );
  }

  /** The areas one level below an area, by their codes. */
  below(code: string): Area[] {
    const level = levelOf(code) + 1;
    return this.#codes.flatMap((one, i) => (one.startsWith(`${code}.`) && levelOf(one) === level ? [this.#at(i)] : []));
  }

  /**
   * The areas called exactly so. Behind a comma stands what they lie in, none or all of it: `Terban`, `Terban,
   * Yogyakarta`, `Terban, Gondokusuman, Yogyakarta`.
   */
  async called(typed: string): Promise<Area[]> {
    const [own = [], ...parents] = typed.split(',').map(readingsOf);
    if (!own[0]?.key) return [];
    const found: number[] = [];
    for (let i = 0; i < this.#codes.length; i++) {
      if (i % TAKEN_AT_ONCE === 0) await shareTurn();
      if (this.#isCalled(i, own) && parents.every(one => this.#above(i).some(at => this.#isCalled(at, one))))
        found.push(i);
    }
    return found.map(i => this.#at(i));
  }

  /** The areas whose names, with what they lie in, have all typed words: the nearest names first, wide areas first. */
  async search(typed: string, limit: number): Promise<Area[]> {
    const words = allWordsOf(typed);
    if (!words.length) return [];
    const whole = words.join(' ');
    const found: { i: number; far: number }[] = [];
    for (let i = 0; i < this.#codes.length; i++) {
      if (i % TAKEN_AT_ONCE === 0) await shareTurn();
      const own = this.#folded[i]!;
      const inOwn = words.filter(word => own.includes(word));
      if (!inOwn.length) continue;
      const rest = words.filter(word => !inOwn.includes(word));
      if (rest.length && !rest.every(word => this.#above(i).some(at => this.#folded[at]!.includes(word)))) continue;
      const bare = bareName(own);
      const beginning = words[0]!;
      const far = own === whole || bare === whole || own === inOwn.join(' ') ? 0 : bare.startsWith(beginning) ? 1 : 2;
      found.push({ i, far });
    }
    found.sort((a, b) => a.far - b.far || this.#level(a.i) - this.#level(b.i) || a.i - b.i);
    return found.slice(0, limit).map(({ i }) => this.#at(i));
  }

  #level(i: number): number {
    return levelOf(this.#codes[i]!);
  }

  /** Returns what an area lies in, the nearest first. */
  #above(i: number): number[] {
    const above: number[] = [];
    for (let code = this.#codes[i]!; code.includes('.'); ) {
      code = code.slice(0, code.lastIndexOf('.'));
      const at = this.#byCode.get(code);
      if (at !== undefined) above.push(at);
    }
    return above;
  }

  #isCalled(i: number, readings: readonly TypedName[]): boolean {
    const folded = this.#folded[i]!;
    return readings.some(({ key, level }) => {
      // Most names are compared as they stand; taking one apart costs much more.
      if (folded === key) return level === null || level === this.#level(i);
      if (folded.charCodeAt(0) !== key.charCodeAt(0) && !KIND_BEFORE.test(folded)) return false;
      if (level !== null && level !== this.#level(i)) return false;
      if (this.#level(i) === 2) return bareName(folded) === key;
      return PUNCTUATION.test(folded) && nameKey(folded) === key;
    });
  }

  #at(i: number): Area {
    const code = this.#codes[i]!;
    const above = this.#above(i).filter(at => this.#level(at) > 1);
    const parents = above.map(at => this.#asParents.get(this.#codes[at]!) ?? this.#names[at]!);
    return { code, name: [this.#names[i]!, ...parents].join(', ') };
  }
}

/** The file that the build makes of the official list, seen from the build and from the sources. */
const BUILT = ['../../../areas.br', '../../../dist/areas.br'].map(path =>
  fileURLToPath(new URL(path, import.meta.url)),
);
const unpacked = promisify(brotliDecompress);

async function load(): Promise<Gazetteer | null> {
  const file = BUILT.find(existsSync);
  if (!file) return null;
  const text = (await unpacked(await readFile(file))).toString();
  const gazetteer = new Gazetteer();
  for (const level of text.split('\n\n')) {
    await gazetteer.add(level.split('\n'), fold(level).split('\n'));
    await nextTurn();
  }
  return gazetteer;
}

let loaded: Promise<Gazetteer | null> | null = null;

/** The official areas, read when they are first asked for; null: this copy has no list of them, and areas stay free text. */
export function gazetteer(): Promise<Gazetteer | null> {
  loaded ??= load().catch(error => {
    loaded = null;
    throw error;
  });
  return loaded;
}
