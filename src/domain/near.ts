import { distance } from 'fastest-levenshtein';
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

const coreOf = (key: string): string =>
  key
    .split(' ')
    .map(word => (Object.hasOwn(SHORT, word) ? SHORT[word]! : word))
    .filter(word => !BODY.has(word))
    .join(' ') || key;

/** A name with the words that an abbreviation of the other one stands for said by it: `bpbd` for their first letters. */
function abbreviated(name: string, other: string): string {
  const words = name.split(' ');
  for (const short of other.split(' ')) {
    if (short.length < 3) continue;
    for (let at = 0; at + short.length <= words.length; at++) {
      const initials = words.slice(at, at + short.length).map(word => word[0]);
      if (initials.join('') === short)
        return [...words.slice(0, at), short, ...words.slice(at + short.length)].join(' ');
    }
  }
  return name;
}

/** Returns what numbers things of one name: its digits, and letters that stand alone. */
const marksOf = (name: string): string =>
  `${name.replace(/\D/g, '')} ${name
    .split(' ')
    .filter(word => /^\p{L}$/u.test(word))
    .join('')}`;

/** Tells whether two names are written so much alike that people may mean the same by them. */
export function isNear(one: string, other: string): boolean {
  const [a, b] = [coreOf(nameKey(one)), coreOf(nameKey(other))];
  if (a === b || a.replaceAll(' ', '') === b.replaceAll(' ', '')) return true;
  if (abbreviated(a, b) === b || abbreviated(b, a) === a) return true;
  // Names that differ in a number or a lone letter are different things: RT 03 and RT 05, block A and block B.
  if (marksOf(a) !== marksOf(b)) return false;
  const shorter = Math.min(a.length, b.length);
  return shorter >= 6 && distance(a, b) <= (shorter >= 12 ? 2 : 1);
}

/** Tells whether both tell something and mean the same. */
export const isSamePlace = (one: string | null, other: string | null): boolean =>
  one !== null && other !== null && isNear(one, other);
