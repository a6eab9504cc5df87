/** A day off: a national holiday, or collective leave that the government attaches to one. */
export interface Holiday {
  readonly date: string;
  readonly kind: 'national' | 'collective';
  readonly id: string;
  readonly en: string;
}

/** The days off of one year, and the decree that names them. */
export interface HolidayYear {
  readonly year: number;
  readonly decree: string;
  readonly days: readonly Holiday[];
}

const national = (date: string, id: string, en: string): Holiday => ({ date, kind: 'national', id, en });
const collective = (date: string, id: string, en: string): Holiday => ({ date, kind: 'collective', id, en });

/**
 * Indonesia's days off as the Ministers of Religion, Manpower and PANRB decree them each autumn for the year after (for
 * 2027 on 15 September 2026). A later decree may change them, so a forum's coordinators can add and remove days.
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
  {
    year: 2027,
    decree: 'SKB Menteri Agama, Menteri Ketenagakerjaan dan Menteri PANRB No. 1205/2026, 3/2026, 2/2026',
    days: [
      national('2027-01-01', 'Tahun Baru Masehi', "New Year's Day"),
      national(
        '2027-01-05',
        'Isra Mikraj Nabi Muhammad 1448 H',
        "Ascension of the Prophet Muhammad (Isra Mi'raj) 1448 AH",
      ),
      collective('2027-02-05', 'Cuti bersama Imlek', 'Collective leave, Lunar New Year'),
      national('2027-02-06', 'Tahun Baru Imlek 2578', 'Lunar New Year 2578'),
      national('2027-03-08', 'Hari Suci Nyepi, Tahun Baru Saka 1949', 'Nyepi, Saka New Year 1949'),
      collective('2027-03-09', 'Cuti bersama Idulfitri', 'Collective leave, Eid al-Fitr'),
      national('2027-03-10', 'Idulfitri 1448 H', 'Eid al-Fitr 1448 AH'),
      national('2027-03-11', 'Idulfitri 1448 H, hari kedua', 'Eid al-Fitr 1448 AH, second day'),
      collective('2027-03-12', 'Cuti bersama Idulfitri', 'Collective leave, Eid al-Fitr'),
      collective('2027-03-15', 'Cuti bersama Idulfitri', 'Collective leave, Eid al-Fitr'),
      collective('2027-03-25', 'Cuti bersama Wafat Yesus Kristus', 'Collective leave, Good Friday'),
      national('2027-03-26', 'Wafat Yesus Kristus', 'Good Friday'),
      national('2027-03-28', 'Kebangkitan Yesus Kristus (Paskah)', 'Easter Sunday'),
      national('2027-05-01', 'Hari Buruh Internasional', 'Labour Day'),
      national('2027-05-06', 'Kenaikan Yesus Kristus', 'Ascension Day'),
      national('2027-05-17', 'Iduladha 1448 H', 'Eid al-Adha 1448 AH'),
      collective('2027-05-18', 'Cuti bersama Iduladha', 'Collective leave, Eid al-Adha'),
      collective('2027-05-19', 'Cuti bersama Waisak', 'Collective leave, Vesak'),
      national('2027-05-20', 'Hari Raya Waisak 2571', 'Vesak 2571'),
      national('2027-06-01', 'Hari Lahir Pancasila', 'Pancasila Day'),
      national('2027-06-06', 'Tahun Baru Islam 1449 H', 'Islamic New Year 1449 AH'),
      national('2027-08-15', 'Maulid Nabi Muhammad', 'Birthday of the Prophet Muhammad'),
      national('2027-08-17', 'Hari Kemerdekaan', 'Independence Day'),
      collective('2027-12-24', 'Cuti bersama Natal', 'Collective leave, Christmas'),
      national('2027-12-25', 'Hari Natal', 'Christmas Day'),
      national(
        '2027-12-26',
        'Isra Mikraj Nabi Muhammad 1449 H',
        "Ascension of the Prophet Muhammad (Isra Mi'raj) 1449 AH",
      ),
    ],
  },
];
