/** A day off: a national holiday, or collective leave that the government attaches to one. */
export interface Holiday {
  readonly date: string;
  readonly kind: 'national' | 'collective';
  readonly id: string;
  readonly en: string;
}

/** The days off of one year; `decree` null: none has been decreed yet, and none is known. */
export interface HolidayYear {
  readonly year: number;
  readonly decree: string | null;
  readonly days: readonly Holiday[];
}

const national = (date: string, id: string, en: string): Holiday => ({ date, kind: 'national', id, en });
const collective = (date: string, id: string, en: string): Holiday => ({ date, kind: 'collective', id, en });

/**
 * Indonesia's days off as the three ministers decree them each autumn for the year after. They may be changed by a
 * later decree, so a forum's coordinators can add and remove days.
 */
export const INDONESIA: readonly HolidayYear[] = [
  {
    year: 2026,
    decree: 'SKB Menteri Agama, Menteri Ketenagakerjaan dan Menteri PANRB No. 1497/2025, 2/2025, 5/2025',
    days: [
      national('2026-01-01', 'Tahun Baru Masehi', "New Year's Day"),
      national('2026-01-16', 'Isra Mikraj Nabi Muhammad', "Ascension of the Prophet Muhammad (Isra Mi'raj)"),
      collective('2026-02-16', 'Cuti bersama Imlek', 'Collective leave, Lunar New Year'),
      national('2026-02-17', 'Tahun Baru Imlek 2577', 'Lunar New Year 2577'),
      collective('2026-03-18', 'Cuti bersama Nyepi', 'Collective leave, Nyepi'),
      national('2026-03-19', 'Hari Suci Nyepi, Tahun Baru Saka 1948', 'Nyepi, Saka New Year 1948'),
      collective('2026-03-20', 'Cuti bersama Idulfitri', 'Collective leave, Eid al-Fitr'),
      national('2026-03-21', 'Idulfitri 1447 H', 'Eid al-Fitr 1447 AH'),
      national('2026-03-22', 'Idulfitri 1447 H, hari kedua', 'Eid al-Fitr 1447 AH, second day'),
      collective('2026-03-23', 'Cuti bersama Idulfitri', 'Collective leave, Eid al-Fitr'),
      collective('2026-03-24', 'Cuti bersama Idulfitri', 'Collective leave, Eid al-Fitr'),
      national('2026-04-03', 'Wafat Yesus Kristus', 'Good Friday'),
      national('2026-04-05', 'Kebangkitan Yesus Kristus (Paskah)', 'Easter Sunday'),
      national('2026-05-01', 'Hari Buruh Internasional', 'Labour Day'),
      national('2026-05-14', 'Kenaikan Yesus Kristus', 'Ascension Day'),
      collective('2026-05-15', 'Cuti bersama Kenaikan Yesus Kristus', 'Collective leave, Ascension Day'),
      national('2026-05-27', 'Iduladha 1447 H', 'Eid al-Adha 1447 AH'),
      collective('2026-05-28', 'Cuti bersama Iduladha', 'Collective leave, Eid al-Adha'),
      national('2026-05-31', 'Hari Raya Waisak 2570', 'Vesak 2570'),
      national('2026-06-01', 'Hari Lahir Pancasila', 'Pancasila Day'),
      national('2026-06-16', 'Tahun Baru Islam 1448 H', 'Islamic New Year 1448 AH'),
      national('2026-08-17', 'Hari Kemerdekaan', 'Independence Day'),
      national('2026-08-25', 'Maulid Nabi Muhammad', 'Birthday of the Prophet Muhammad'),
      collective('2026-12-24', 'Cuti bersama Natal', 'Collective leave, Christmas'),
      national('2026-12-25', 'Hari Natal', 'Christmas Day'),
    ],
  },
  { year: 2027, decree: null, days: [] },
];

/** What a forum changes in the table: days off of its own, and days on which it works after all. */
export interface HolidayEdits {
  readonly added: readonly string[];
  readonly removed: readonly string[];
}

/** The dates on which a forum does not work, besides weekends. A date both added and removed is worked on. */
export function holidaysOf({ added, removed }: HolidayEdits, table = INDONESIA): ReadonlySet<string> {
  const dates = new Set(table.flatMap(({ days }) => days.map(({ date }) => date)));
  for (const date of added) dates.add(date);
  for (const date of removed) dates.delete(date);
  return dates;
}

/** Whether the days off of a date's year are known; where not, due dates there only keep clear of weekends. */
export const areHolidaysKnown = (date: string, table = INDONESIA): boolean =>
  table.some(({ year, decree }) => decree !== null && year === Number(date.slice(0, 4)));
