import { type Frequency, nthPeriod, type Period, periodOf, periodOfKey, previousPeriod } from './periods.ts';

/** What people call a unit of each frequency, in both languages. */
const UNITS: Readonly<Record<Frequency, string>> = {
  weekly: 'w|week|minggu|pekan',
  monthly: 'month|bulan|bln',
  quarterly: 'q|quarter|tw|triwulan|kuartal|kwartal',
  semiannual: 'h|half|s|sem|semester',
  annual: 'year|tahun|thn',
};

const MONTHS: readonly RegExp[] = [
  /^jan(uar[iy]|uary)?$/,
  /^(feb|peb)(ruar[iy]|ruary)?$/,
  /^mar(et|ch)?$/,
  /^apr(il)?$/,
  /^(mei|may)$/,
  /^jun[ie]?$/,
  /^jul[iy]?$/,
  /^(agt|ags|agu|aug)(ustus|ust)?$/,
  /^sept?(ember)?$/,
  /^o[kc]t(ober)?$/,
  /^no[vp](ember)?$/,
  /^de[sc](ember)?$/,
];

const LAST = /^(last|previous|lalu|terakhir)$/;
const THIS = /^(this|current|now|ini|sekarang|berjalan)$/;
const ROMAN = ['i', 'ii', 'iii', 'iv'];

/**
 * Reads a period of one frequency as people type it: its key, `Q3 2026`, `triwulan III`, `okt 2026`, `oktober`,
 * `10/2026`, a date in it, `last`, `bulan lalu`, `ini`. Without a year it is the latest that has begun by `today`.
 * Null: none, or one of another frequency.
 */
export function readPeriod(typed: string, frequency: Frequency, today: string): Period | null {
  const text = typed.trim().toLowerCase().replace(/\s+/g, ' ');
  const key = periodOfKey(text);
  if (key) return key.frequency === frequency ? key : null;
  if (/^[12]\d{3}-\d\d-\d\d$/.test(text)) return isDate(text) ? periodOf(text, frequency) : null;
  return relative(text, frequency, today) ?? named(text, frequency, today);
}

function isDate(text: string): boolean {
  const [year, month, day] = text.split('-').map(Number);
  const last = nthPeriod(year!, month!, 'monthly')?.end;
  return last !== undefined && day! >= 1 && text <= last;
}

/** `last`, `lalu`, `this week`, `bulan lalu`. */
function relative(text: string, frequency: Frequency, today: string): Period | null {
  const words = text.split(' ').filter(word => !new RegExp(`^(${UNITS[frequency]}|yang)$`).test(word));
  if (words.length !== 1) return null;
  const current = periodOf(today, frequency);
  if (THIS.test(words[0]!)) return current;
  return LAST.test(words[0]!) ? previousPeriod(current) : null;
}

/** A number or a month's name, with or without a year before or after it. */
function named(text: string, frequency: Frequency, today: string): Period | null {
  const found = /^(?:([12]\d{3})[ /-])?(.+?)(?:[ /-]?([12]\d{3}))?$/.exec(text);
  if (!found || (found[1] && found[3])) return null;
  const year = found[1] ?? found[3];
  const nth = numberOf(found[2]!, frequency, year !== undefined);
  if (nth === null) return null;
  if (year) return nthPeriod(Number(year), nth, frequency);
  // The week's year is not always the date's: the year after is asked too.
  const thisYear = Number(today.slice(0, 4));
  for (const one of [thisYear + 1, thisYear, thisYear - 1]) {
    const period = nthPeriod(one, nth, frequency);
    if (period && period.start <= today) return period;
  }
  return null;
}

/** Which period of its year is meant: `q3`, `triwulan iii`, `okt`; a bare number only of a month with its year. */
function numberOf(text: string, frequency: Frequency, hasYear: boolean): number | null {
  if (frequency === 'monthly') {
    const month = MONTHS.findIndex(names => names.test(text)) + 1;
    if (month) return month;
    return hasYear && /^\d{1,2}$/.test(text) ? Number(text) : null;
  }
  const unit = new RegExp(`^(?:${UNITS[frequency]})[ -]?(?:ke-?)?(\\d{1,2}|i{1,3}|iv)$`).exec(text);
  if (!unit || frequency === 'annual') return null;
  const roman = ROMAN.indexOf(unit[1]!) + 1;
  return roman || Number(unit[1]);
}
