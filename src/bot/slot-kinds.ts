import * as z from 'zod';
import { Refusal } from '../contract/refusal.ts';
import { readDate } from '../language/dates.ts';
import { type Repeat, readRepeat } from '../language/recurrence.ts';
import {
  formatSlot,
  type Hours,
  readEndTime,
  readHours,
  readSlot,
  type Slot,
  slotAsTyped,
  slotsMeant,
} from '../language/slots.ts';
import { fold } from '../storage/words.ts';
import { checked, invalid, type Kind, typedOf } from './kind.ts';

const SAMPLE: Slot = { date: '2026-11-25', endDate: null, time: '13:00', until: '15:30', zone: 'Asia/Jakarta' };

/**
 * Reads when something takes place: a date, perhaps with hours and an end (`20 jan 13.00-15.30`). Midnight, and a date
 * with another weekday than its own, are asked about.
 */
export const slot = (): Kind<Slot> => {
  const kind: Omit<Kind<Slot>, 'read'> = {
    input: 'date',
    allowed: () => z.custom<Slot>(value => typeof value === 'object'),
    print: slotAsTyped,
    accepts: (m, r) => m.core.acceptsSlot({ example: formatSlot(SAMPLE, r.locale) }),
  };
  return {
    ...kind,
    async read(raw, r) {
      const typed = typedOf(raw);
      const found = readSlot(typed, r.ctx);
      if (found) return found;
      const meant = slotsMeant(typed, r.ctx);
      if (!meant.length) throw invalid(kind, raw, r);
      const candidates = meant.map(one => ({ value: slotAsTyped(one), label: formatSlot(one, r.ctx.locale) }));
      throw new Refusal('invalid_option', m => m.core.whichSlot({ typed }), { candidates });
    },
  };
};

/** Hours of a day (`13.00`, `jam 9`, `13.00-15.30 WITA`), or that it takes the whole day. */
export type HoursGiven = Hours | 'all_day';

const ALL_DAY = new Set(['seharian', 'sepanjang hari', 'sehari penuh', 'all day', 'whole day']);

export const hours = (): Kind<HoursGiven> =>
  checked<HoursGiven>(
    {
      input: 'time',
      allowed: () => z.custom<HoursGiven>(value => value === 'all_day' || typeof value === 'object'),
      print: value =>
        value === 'all_day'
          ? 'all day'
          : `${value.time}${value.until ? `-${value.until}` : ''}${value.zone ? ` ${value.zone}` : ''}`,
      accepts: m => m.core.acceptsHours,
    },
    raw => (ALL_DAY.has(fold(typedOf(raw).trim())) ? 'all_day' : (readHours(typedOf(raw)) ?? undefined)),
  );

/** Returns how often something takes place: `setiap Senin pertama 09.00 sampai 31/12/2026`. */
export const repetition = (): Kind<Repeat> => {
  const kind: Omit<Kind<Repeat>, 'read'> = {
    input: 'line',
    allowed: () => z.custom<Repeat>(value => typeof value === 'object'),
    print: value => value.typed,
    accepts: m => m.core.acceptsRepeat,
  };
  return {
    ...kind,
    async read(raw, r) {
      const found = readRepeat(typedOf(raw), r.ctx);
      if (found === 'never') throw new Refusal('invalid_option', m => m.activity.neverComes({ typed: typedOf(raw) }));
      if (!found) throw invalid(kind, raw, r);
      return found;
    },
  };
};

/** End of something: a time of day, a date, or both. */
export interface End {
  readonly date: string | null;
  readonly time: string | null;
}

export const end = (): Kind<End> =>
  checked(
    {
      input: 'time',
      allowed: () => z.custom<End>(value => typeof value === 'object'),
      print: value => [value.date, value.time].filter(Boolean).join(' '),
      accepts: m => m.core.acceptsEnd,
    },
    (raw, r) => {
      const typed = typedOf(raw);
      const alone = readHours(typed);
      if (alone?.until || alone?.zone) return undefined;
      const time = readEndTime(typed);
      if (time) return { date: null, time };
      const date = readDate(typed, r.ctx);
      if (date) return { date, time: null };
      const found = readSlot(typed, r.ctx);
      return found && !found.until && !found.endDate ? { date: found.date, time: found.time } : undefined;
    },
  );
