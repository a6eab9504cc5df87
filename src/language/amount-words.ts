import { type Locale, WRITING } from './locale.ts';

const GROUPS: Readonly<Record<Locale, readonly string[]>> = {
  id: ['', 'ribu', 'juta', 'miliar', 'triliun', 'kuadriliun'],
  en: ['', 'thousand', 'million', 'billion', 'trillion', 'quadrillion'],
};

const DIGITS_ID = ['', 'satu', 'dua', 'tiga', 'empat', 'lima', 'enam', 'tujuh', 'delapan', 'sembilan'];
const SMALL_EN =
  ' one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen'.split(
    ' ',
  );
const TENS_EN = '  twenty thirty forty fifty sixty seventy eighty ninety'.split(' ');

/** A number below 1,000 in Indonesian; nothing for zero. */
function hundredsId(n: number): string {
  if (n >= 100) return joined(n < 200 ? 'seratus' : `${DIGITS_ID[Math.floor(n / 100)]} ratus`, hundredsId(n % 100));
  if (n >= 20) return joined(`${DIGITS_ID[Math.floor(n / 10)]} puluh`, hundredsId(n % 10));
  if (n === 10 || n === 11) return n === 10 ? 'sepuluh' : 'sebelas';
  return n > 11 ? `${DIGITS_ID[n - 10]} belas` : DIGITS_ID[n]!;
}

/** A number below 1,000 in English; nothing for zero. */
function hundredsEn(n: number): string {
  if (n >= 100) return joined(`${SMALL_EN[Math.floor(n / 100)]} hundred`, hundredsEn(n % 100));
  if (n < 20) return SMALL_EN[n]!;
  return [TENS_EN[Math.floor(n / 10)], SMALL_EN[n % 10]].filter(Boolean).join('-');
}

const HUNDREDS: Readonly<Record<Locale, (n: number) => string>> = { id: hundredsId, en: hundredsEn };

const joined = (...words: readonly string[]): string => words.filter(Boolean).join(' ');

/** Spells a whole number, zero or more and below 10^18: `dua juta lima ratus ribu`. */
function spelled(n: bigint, locale: Locale): string {
  if (n === 0n) return WRITING[locale] === 'id' ? 'nol' : 'zero';
  const words: string[] = [];
  for (let [left, group] = [n, 0]; left > 0n; left /= 1_000n, group++) {
    const part = Number(left % 1_000n);
    if (!part) continue;
    // Indonesian says seribu, not satu ribu.
    const isOneThousand = WRITING[locale] === 'id' && group === 1 && part === 1;
    words.unshift(isOneThousand ? 'seribu' : joined(HUNDREDS[locale](part), GROUPS[locale][group]!));
  }
  return joined(...words);
}

/** Spells an amount in minor units, as receipts do: `dua juta lima ratus ribu rupiah`. */
export function moneyInWords(minor: number | bigint, locale: Locale): string {
  const amount = BigInt(minor) < 0n ? -BigInt(minor) : BigInt(minor);
  const sen = amount % 100n;
  const rupiah = `${spelled(amount / 100n, locale)} rupiah`;
  const whole = minor < 0 ? `minus ${rupiah}` : rupiah;
  return sen ? `${whole} ${spelled(sen, locale)} sen` : whole;
}
