import * as z from 'zod';
import { Refusal } from '../contract/refusal.ts';
import type { Suggestion } from '../contract/suggestion.ts';
import type { Span } from '../domain/calendar.ts';
import { type Frequency, type Period, periodOf, previousPeriod } from '../domain/indicators/periods.ts';
import { cleanLine } from '../language/clean.ts';
import { formatDate, localDate, readDate } from '../language/dates.ts';
import { readZone, zoneName } from '../language/locale.ts';
import { fold } from '../storage/words.ts';
import { shortPeriod } from '../views/short-period.ts';
import { checked, invalid, type Kind, typedOf } from './kind.ts';
import { readAnyPeriod, readPeriod } from './read-period.ts';

/** A time that somebody named: one local date, or the first and the last of a calendar period. */
export interface Named {
  readonly from: string;
  readonly to: string;
  /** The period's key; null where a date was named. */
  readonly period: string | null;
}

const named = ({ start, end, key }: Period): Named => ({ from: start, to: end, period: key });

/** Returns where a span begins or ends: a date, or a whole period (`TW III 2026`, `semester II`, `september`). */
export const timeSpan = (): Kind<Named> => ({
  input: 'line',
  allowed: () => z.custom<Named>(value => typeof value === 'object'),
  print: value => value.period ?? value.from,
  accepts: (m, r) => m.core.acceptsTimeSpan({ example: formatDate('2026-11-25', r.locale) }),
  async read(raw, r) {
    const typed = typedOf(raw);
    const date = readDate(typed, r.ctx);
    if (date !== null) return { from: date, to: date, period: null };
    const period = readAnyPeriod(typed, localDate(r.ctx.now, r.ctx.zone));
    if (!period) throw invalid(this, raw, r);
    return named(period);
  },
});

/** Maximum number of periods that are offered: one less than a menu of Discord holds. */
const OFFERED = 24;

/** A calendar period of one frequency, such as a month that is closed. */
export const period = (frequency: Frequency): Kind<Period> => ({
  input: 'line',
  allowed: () => z.custom<Period>(value => typeof value === 'object'),
  print: value => value.key,
  accepts: (m, r) => m.core.acceptsPeriod({ example: periodOf(localDate(r.now, r.zone), frequency).key }),
  async read(raw, r) {
    const found = readPeriod(typedOf(raw), frequency, localDate(r.ctx.now, r.ctx.zone));
    if (!found) throw invalid(this, raw, r);
    return found;
  },
  asMenu: true,
  async suggest(typed, { now, zone, locale }) {
    const wanted = fold(cleanLine(typed));
    const found: Suggestion[] = [];
    let at = periodOf(localDate(now, zone), frequency);
    for (let n = 0; n < OFFERED; n++, at = previousPeriod(at)) {
      const label = shortPeriod(at.key, locale);
      if (fold(label).includes(wanted) || fold(at.key).includes(wanted)) found.push({ value: at.key, label });
    }
    return found;
  },
});

/**
 * The first and the last date of a span. A period that is named alone is the whole span; otherwise what is not named
 * stays open.
 * @throws Refusal `invalid_option` where the span ends before it begins.
 */
export function spanOf(from: Named | undefined, to: Named | undefined): Partial<Span> {
  const end = to?.to ?? (from?.period ? from.to : undefined);
  const span = { ...(from && { from: from.from }), ...(end !== undefined && { to: end }) };
  refuseBackwards(span);
  return span;
}

/** @throws Refusal `invalid_option` where a span of local dates ends before it begins. */
export function refuseBackwards({ from, to }: Partial<Span>): void {
  if (from !== undefined && to !== undefined && from > to)
    throw new Refusal('invalid_option', m => m.finance.backwards, { option: 'to' });
}

/** A local time of day, kept as `HH:mm`; or the word `or`, in its English form. */
export const time = ({ or }: { or?: string } = {}): Kind<string> => ({
  input: or ? 'line' : 'time',
  allowed: () => z.string().regex(/^\d\d:\d\d$|^[a-z]+$/),
  print: value => value,
  accepts: m => (or ? m.core.acceptsTimeOr({ word: or }) : m.core.acceptsTime),
  async read(raw, r) {
    const typed = typedOf(raw).trim();
    if (or && typed.toLowerCase() === or) return or;
    const parts = /^(\d{1,2})(?:[.:](\d\d))?$/.exec(typed);
    const [hour, minute] = [Number(parts?.[1]), Number(parts?.[2] ?? 0)];
    if (!parts || hour > 23 || minute > 59) throw invalid(this, raw, r);
    return `${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}`;
  },
});

const INDONESIAN = ['Asia/Jakarta', 'Asia/Makassar', 'Asia/Jayapura'] as const;

/** A time zone: WIB, WITA, WIT or an IANA name. */
export const zone = (): Kind<string> =>
  checked(
    {
      input: 'line',
      allowed: () => z.string(),
      print: value => value,
      accepts: m => m.core.acceptsZone,
      asMenu: true,
      // Indonesia has three; a person elsewhere has theirs already, or types it.
      async suggest(typed, { zone: own, locale, now }) {
        const wanted = fold(cleanLine(typed));
        return [...new Set([...INDONESIAN, own])]
          .map(value => ({ value, label: `${zoneName(value, locale, now)} · ${value}` }))
          .filter(one => fold(one.label).includes(wanted));
      },
    },
    raw => readZone(cleanLine(typedOf(raw))) ?? undefined,
  );
