import { distance } from 'fastest-levenshtein';
import { BoundedMap } from '../runtime/bounded-map.ts';
import { allWordsOf, fold } from '../storage/words.ts';

/** A name as names are compared: case, accents, punctuation, and apostrophes of every kind aside. */
export const nameKey = (name: string): string =>
  allWordsOf(name.replace(/(\p{L})['’‘ʼ`´](\p{L})/gu, '$1$2')).join(' ') || fold(name).trim();

/** Words of a name that tell of what kind the body is, and not which. */
const BODY = new Set(['yayasan', 'perkumpulan', 'pt', 'cv', 'lembaga', 'foundation', 'the', 'persatuan']);
/** Short forms that people write for a word. */
const SHORT: Readonly<Record<string, string>> = {
  kab: 'kabupaten',
  kec: 'kecamatan',
  kel: 'kelurahan',
  kp: 'kampung',
  ds: 'desa',
  jl: 'jalan',
  pelat: 'pelatihan',
  sos: 'sosialisasi',
};

/** A name taken apart once for all that it is compared with. */
interface NameForm {
  readonly key: string;
  /** The key without words of the body's kind, its short forms written out. */
  readonly core: string;
  /** The core without blanks: some write `Rumah Sakit` as one word. */
  readonly squeezed: string;
  readonly words: readonly string[];
  /** The first letters of the words. */
  readonly initials: string;
  /** Marks that number things of one name: its digits, and letters that stand alone. */
  readonly marks: string;
}

const written = (word: string): string => (Object.hasOwn(SHORT, word) ? SHORT[word]! : word);

function takenApart(name: string): NameForm {
  const key = nameKey(name);
  const core =
    key
      .split(' ')
      .map(written)
      .filter(word => !BODY.has(word))
      .join(' ') || key;
  const words = core.split(' ');
  const lone = words.filter(word => /^\p{L}$/u.test(word)).join('');
  const initials = words.map(word => word[0] ?? ' ').join('');
  return { key, core, squeezed: words.join(''), words, initials, marks: `${core.replace(/\D/g, '')} ${lone}` };
}

/** Maximum number of names remembered in their form: a day's activities, or what an import is held against. */
const forms = new BoundedMap<string, NameForm>(4_000);

function formOf(name: string): NameForm {
  const known = forms.get(name);
  if (known) return known;
  const form = takenApart(name);
  forms.set(name, form);
  return form;
}

/** Words of a name as names are compared. */
export const nameWords = (name: string): readonly string[] => formOf(name).key.split(' ');

/** Digits of a name, in their order. */
export const nameDigits = (name: string): string => name.replace(/\D/g, '');

/** Tells whether a word of a name stands for the first letters of words of the other, which is the same else. */
function abbreviates({ words, initials }: NameForm, other: NameForm): boolean {
  for (const short of other.words) {
    if (short.length < 3) continue;
    for (let at = initials.indexOf(short); at >= 0; at = initials.indexOf(short, at + 1)) {
      const said = [...words.slice(0, at), short, ...words.slice(at + short.length)].join(' ');
      if (said === other.core) return true;
    }
  }
  return false;
}

/** Tells whether two names are written so much alike that people may mean the same by them. */
export function isNear(one: string, other: string): boolean {
  const [a, b] = [formOf(one), formOf(other)];
  if (a.squeezed === b.squeezed) return true;
  if (abbreviates(a, b) || abbreviates(b, a)) return true;
  // Names that differ in a number or a lone letter are different things: RT 03 and RT 05, block A and block B.
  if (a.marks !== b.marks) return false;
  const shorter = Math.min(a.core.length, b.core.length);
  const most = shorter >= 12 ? 2 : 1;
  return shorter >= 6 && Math.abs(a.core.length - b.core.length) <= most && distance(a.core, b.core) <= most;
}

/** Tells whether both tell something and mean the same. */
export const isSamePlace = (one: string | null, other: string | null): boolean =>
  one !== null && other !== null && isNear(one, other);
