/**
 * Figures of the year, worked out by hand from the tables of `script.ts`; nothing here is computed.
 *
 * Indicators (the value at the end of the year, its partners, its share of the way from the baseline):
 *
 * | code | how | value | share of the way |
 * |---|---|---|---|
 * | N-1 | BPBD 40+35+60+0+50+45+30+70+65+55+80+40 = 570; PMI 20+25+30+20+40+35+30+50+45+35+60+30 = 420 | 990 | 990 / 1,200 = 82.5 % |
 * | N-2 | last running totals 1,800 + 900 | 2,700 | 2,700 / 4,000 = 67.5 % |
 * | N-3 | (3,900 + 900) / (5,000 + 1,000) | 80 % | (80 − 10) / (80 − 10) = 100 % |
 * | N-4 | (16 + 18) / 2 | 17 | (30 − 17) / (30 − 15) = 86.67 % |
 * | N-5 | 240 | 240 | (240 − 100) / (250 − 100) = 93.33 % |
 * | N-6 | Toko Maju 5+10+5+10 = 30; Bank Daerah 20+20+30+20 = 90 | 120 | 120 / 100 = 120 % |
 * | N-7 | ten months of 4, one of 6, one of 2 | 48 | 48 / 50 = 96 % |
 * | N-8 | the greatest of 120, 280, 100, 90 | 280 | 280 / 300 = 93.33 % |
 * | N-9 | 0.62 | 0.62 | (0.62 − 0.5) / (0.7 − 0.5) = 60 % |
 *
 * Green from 90 %, amber from 70 %, met from 100 %.
 */
export const INDICATORS = [
  { code: 'N-1', value: 990, percent: 82.5, status: 'amber', n: 2, of: 2, shown: '990 people' },
  { code: 'N-2', value: 2700, percent: 67.5, status: 'red', n: 2, of: 2, shown: '2,700 households' },
  { code: 'N-3', value: 80, percent: 100, status: 'achieved', n: 2, of: 2, shown: '80%' },
  { code: 'N-4', value: 17, percent: 86.7, status: 'amber', n: 2, of: 2, shown: '17 minutes' },
  { code: 'N-5', value: 240, percent: 93.3, status: 'green', n: 1, of: 1, shown: '240 people' },
  { code: 'N-6', value: 120, percent: 120, status: 'achieved', n: 2, of: 2, shown: '120 million rupiah' },
  { code: 'N-7', value: 48, percent: 96, status: 'green', n: 1, of: 1, shown: '48 broadcasts' },
  { code: 'N-8', value: 280, percent: 93.3, status: 'green', n: 1, of: 1, shown: '280 cm' },
  { code: 'N-9', value: 0.62, percent: 60, status: 'red', n: 1, of: 1, shown: '0.62 points' },
] as const;

/** The reported values of three indicators, added up over all periods and partners as they stand in the CSV. */
export const REPORTED = { 'N-1': 990, 'N-6': 120, 'N-7': 48 } as const;
/** 12 × 3 monthly + 4 × 9 quarterly − 1 of a silent partner + 2 half-yearly + 1 annual. */
export const REPORTS = 74;

/**
 * Money. In: 12 × 10,000,000 + 12 × 2,500,000 = 150,000,000.
 *
 * | out | | |
 * |---|---|---|
 * | Food | 12 × 1,200,000 + 10,000 × (1 + … + 12 = 78) | 15,180,000 |
 * | Transport | 12 × 800,000 | 9,600,000 |
 * | Tools | 6 × 1,500,000 + 18,000,000 | 27,000,000 |
 * | Hall | 12 × 500,000 | 6,000,000 |
 * | Print | 12 × 250,000.50 | 3,000,006 |
 * | Fuel | 12 × 300,000 + 75,000 | 3,675,000 |
 * | Volunteers | 12 × 2,000,000 | 24,000,000 |
 * | none | 999,000 − 999,000 | 0 |
 * | all | | 88,455,006 |
 *
 * The second pump (20,000,000) waits for approval and counts nowhere. Net: 150,000,000 − 88,455,006 = 61,544,994.
 */
export const MONEY = {
  in: '150,000,000',
  out: '88,455,006',
  net: '61,544,994',
  waiting: '20,000,000',
  late: '75,000',
  categories: {
    Food: '15,180,000',
    Transport: '9,600,000',
    Tools: '27,000,000',
    Hall: '6,000,000',
    Print: '3,000,006',
    Fuel: '3,675,000',
    Volunteers: '24,000,000',
  },
} as const;

/**
 * The same in rupiah, as an independent reader of CSV adds it up. Entries: 12 × 8 + 6 ropes + the wrong bill and what
 * takes it back + two pumps + the late bill = 107.
 */
export const LEDGER = { in: 150_000_000, out: 88_455_006, entries: 107 } as const;

/**
 * Out of each month: 3,850,000.50 (bus, hall, leaflets, petrol, allowance) + rice (1,210,000 rising by 10,000) + rope
 * 1,500,000 in odd months; in June the pump, in December the late bill. Net = 12,500,000 − out; the balance runs on.
 */
export const MONTHS = [
  ['2026-01', '6,560,000.50', '5,939,999.50', '5,939,999.50'],
  ['2026-02', '5,070,000.50', '7,429,999.50', '13,369,999'],
  ['2026-03', '6,580,000.50', '5,919,999.50', '19,289,998.50'],
  ['2026-04', '5,090,000.50', '7,409,999.50', '26,699,998'],
  ['2026-05', '6,600,000.50', '5,899,999.50', '32,599,997.50'],
  ['2026-06', '23,110,000.50', '−10,610,000.50', '21,989,997'],
  ['2026-07', '6,620,000.50', '5,879,999.50', '27,869,996.50'],
  ['2026-08', '5,130,000.50', '7,369,999.50', '35,239,996'],
  ['2026-09', '6,640,000.50', '5,859,999.50', '41,099,995.50'],
  ['2026-10', '5,150,000.50', '7,349,999.50', '48,449,995'],
  ['2026-11', '6,660,000.50', '5,839,999.50', '54,289,994.50'],
  ['2026-12', '5,245,000.50', '7,254,999.50', '61,544,994'],
] as const;

/** Rice: 15,180,000 of 16,000,000 is 94.875 %; after November it was 13,860,000 (86.6 %), so December tells. */
export const BUDGET = { plan: '16,000,000', actual: '15,180,000', remaining: '820,000', share: '94.9%' } as const;

/**
 * Activities: 12 trainings, 12 drills, 12 meetings, 4 outreaches = 40. Participants: 12 × 30 + (12 × 50 + 78) +
 * 12 × 10 + 4 × 80 = 360 + 678 + 120 + 320 = 1,478. Women: 12 × 12 + 12 × 20 + 12 × 4 + 4 × 45 = 612.
 */
export const ACTIVITIES = { done: 40, participants: 1478, women: 612 } as const;

/**
 * Engagement from 1 January to 31 December 2026. Eleven meetings have a list. Radio Suara missed the five even ones of
 * these (6 of 11), did all 11 reports that fell due, kept one promise of two, and voted in 2 of 3:
 * 25 × 6/11 + 30 × 11/11 + 30 × 1/2 + 15 × 2/3 = 68.636. Warga Kali missed three meetings (8 of 11), made 5 of 6
 * reports, had no promise, and voted in all three, once by proxy: (25 × 8/11 + 30 × 5/6 + 15 × 3/3) / 70 = 83.117 %.
 */
export const SCORES = {
  'Radio Suara': { attendance: '6/11', reporting: '11/11', commitments: '1/2', votes: '2/3', score: '68.6' },
  'Warga Kali': { attendance: '8/11', reporting: '5/6', commitments: '–', votes: '3/3', score: '83.1' },
} as const;
