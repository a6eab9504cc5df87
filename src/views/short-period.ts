import { dateFormat } from '../language/formatters.ts';
import { INTL, type Locale } from '../language/locale.ts';

/** A period as short as it stands below a picture: `2026-Q3` is `Q3 26`, `2026-10` is `Okt 26`, weeks are `W47`. */
export function shortPeriod(key: string, locale: Locale): string {
  const [year = '', rest] = key.split('-');
  if (rest === undefined) return year;
  if (rest.startsWith('W')) return rest;
  const part = /^\d+$/.test(rest) ? monthName(Number(rest), locale) : rest;
  return `${part} ${year.slice(2)}`;
}

const monthName = (month: number, locale: Locale): string =>
  dateFormat(INTL[locale], { month: 'short', timeZone: 'UTC' }).format(Date.UTC(2026, month - 1, 15));
