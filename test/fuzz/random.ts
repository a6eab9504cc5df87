/** A generator of everything hostile, from a number: the same number gives the same inputs for ever. */
export class Random {
  #state: number;

  constructor(seed: number) {
    this.#state = seed >>> 0;
  }

  /** Draws a share from 0 to just below 1 (mulberry32). */
  share(): number {
    this.#state = (this.#state + 0x6d2b79f5) >>> 0;
    let t = this.#state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  }

  below(n: number): number {
    return Math.floor(this.share() * n);
  }

  chance(one: number): boolean {
    return this.share() * one < 1;
  }

  pick<T>(from: readonly T[]): T {
    return from[this.below(from.length)]!;
  }

  many<T>(most: number, make: () => T): T[] {
    return Array.from({ length: this.below(most + 1) }, make);
  }
}

/** Pieces that have broken parsers, renderers and databases before. */
const PIECES = [
  '@everyone',
  '<!channel>',
  '<@U0001|x>',
  '<@1>',
  '<#C1|umum>',
  '<https://x.example|klik>',
  '[klik](https://x.example)',
  '\u202e',
  '\u0000',
  '\u001b[2J',
  '\ud800',
  '\u200b',
  'e\u0301\u0301\u0301\u0301',
  '👨‍👩‍👧‍👦',
  'ﷺ',
  'İ',
  'ß',
  '"',
  '“',
  '”',
  '«',
  '\\',
  '\\"',
  "'; DROP TABLE forums; --",
  '%00',
  '%2E%2E',
  '../../etc/passwd',
  '#{7*7}',
  '{{x}}',
  '<script>alert(1)</script>',
  '```',
  '\r\n',
  '\t',
  ' ',
  ':',
  'title:',
  'judul:',
  '=',
  '=1+1',
  ',',
  ';',
  'K-1',
  'K-999999999',
  'K-0',
  'I-1',
  'S-1',
  'N-1',
  'sari',
  '/strategy vote S-1 agree',
  '1.sv.S-1.agree',
  'd.w1x1',
  '__proto__',
  'constructor',
  'toString',
  'null',
  'undefined',
  'NaN',
  '-0',
  '1e309',
  '9007199254740993',
  'banjir',
  'warga',
  'Pelatihan evakuasi',
  'ya',
  'tidak',
] as const;

/** Words and worse, up to a few pieces; now and then very long. */
export function text(r: Random): string {
  if (r.chance(60))
    return r
      .pick(PIECES)
      .repeat(1 + r.below(1_500))
      .slice(0, 6_000);
  const words = r.many(6, () => (r.chance(3) ? r.pick(PIECES) : String.fromCodePoint(32 + r.below(0x3000))));
  return words.join(r.chance(2) ? ' ' : '');
}

const MONTHS = ['jan', 'Februari', 'mar', 'apr', 'mei', 'june', 'juli', 'agu', 'sept', 'okt', 'nov', 'desember'];
const DAYS = [
  'hari ini',
  'besok',
  'kemarin',
  'today',
  'tomorrow',
  'senin',
  'jumat depan',
  'next friday',
  'lusa',
  '3 hari lagi',
];

/** Something like a date, an instant or a duration. */
export function dateish(r: Random): string {
  const n = (to: number) => String(r.below(to));
  const forms = [
    () => `${n(2100)}-${n(14)}-${n(33)}`,
    () => `${n(33)}/${n(14)}/${n(3000)}`,
    () => `${n(33)} ${r.pick(MONTHS)} ${r.chance(2) ? n(3000) : ''}`,
    () => r.pick(DAYS),
    () => `${r.pick(DAYS)} ${n(26)}.${n(62)} ${r.pick(['', 'WIB', 'WITA', 'WIT', 'UTC', 'sore', 'pm'])}`,
    () => `${n(999)}${r.pick(['m', 'h', 'd', 'w', ' hari', ' jam', 'x'])}`,
    () => `${n(9999)}-${n(13)}-${n(32)}T${n(25)}:${n(61)}${r.pick(['', 'Z', '+07:00', '+99:99'])}`,
    () =>
      r.pick(['2026-02-29', '2028-02-29', '31/4/2026', '0000-00-00', '9999-12-31', '-271821-04-20', '+275760-09-13']),
    () => `${r.pick(['Q', 'kuartal ', 'minggu ', 'W'])}${n(60)} ${n(3000)}`,
  ];
  return maybeSpoilt(r, r.pick(forms)());
}

/** Something like a number, an amount or a share. */
export function numberish(r: Random): string {
  const n = (to: number) => String(r.below(to));
  const forms = [
    () => n(1_000),
    () => `${n(999)}.${n(999)}.${n(999)}`,
    () => `${n(999)},${n(999)},${n(999)}`,
    () => `${n(999)}.${n(999)},${n(99)}`,
    () => `-${n(99)}${r.pick(['', ',5', '.5', '%'])}`,
    () => `Rp ${n(99)}${r.pick(['', ' juta', 'jt', ' rb', ' miliar', 'M', ' triliun'])}`,
    () => `${n(9)}/${n(9)}`,
    () => `>${n(9)}/${n(9)}`,
    () => r.pick(['1e9', '0x10', 'Infinity', '٣', '１２', 'seribu', 'dua belas', '½', '1'.repeat(400), '0.1e-400']),
  ];
  return maybeSpoilt(r, r.pick(forms)());
}

/** One in eight is spoilt a little more. */
const maybeSpoilt = (r: Random, value: string): string => (r.chance(8) ? mutated(r, value) : value);

/** The same with a piece left out, put in, doubled, swapped or changed. */
export function mutated(r: Random, value: string): string {
  const at = r.below(value.length + 1);
  const [before, after] = [value.slice(0, at), value.slice(at)];
  switch (r.below(6)) {
    case 0:
      return before + after.slice(1 + r.below(3));
    case 1:
      return before + r.pick(PIECES) + after;
    case 2:
      return before + before.slice(-5) + after;
    case 3:
      return after + before;
    case 4:
      return before + String.fromCharCode(r.below(0x10000)) + after.slice(1);
    default:
      return before;
  }
}
