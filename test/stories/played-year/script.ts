/** The representatives of ten partners, by the partner's name; all six sectors are there. */
export const PARTNERS = [
  ['BPBD', 'government', 'bagus'],
  ['Puskesmas', 'government', 'putri'],
  ['PMI', 'ngo', 'pandu'],
  ['Lumbung', 'ngo', 'laras'],
  ['Toko Maju', 'private', 'tono'],
  ['Bank Daerah', 'private', 'bima'],
  ['Unpad', 'academia', 'ujang'],
  ['Karang Taruna', 'community', 'kiki'],
  ['Warga Kali', 'community', 'wati'],
  ['Radio Suara', 'media', 'rini'],
] as const;

const EVERYBODY = PARTNERS.map(([name]) => name).join(', ');

/** Days from the fifth of each month to the fifth of the next. */
const DAYS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

const two = (n: number): string => String(n).padStart(2, '0');
const day = (date: number, month: number): string => `${date}/${month}/2026`;
const all = 'baseline_date:31/12/2025 due:31/12/2026';

const SETUP = [
  '/forum setup "Forum Tangguh" locale:en announce:news coordinators:coord issues:issues',
  ...PARTNERS.flatMap(([name, sector, person]) => [
    `/partner add "${name}" sector:${sector}`,
    `/partner assign ${person} partner:"${name}" role:representative`,
  ]),
  '/forum settings approval:"Rp 15,000,000"',
  '/forum money categories:"Food, Transport, Tools, Hall, Print, Fuel, Volunteers"',
  '/goal add "A village that is ready"',
  '/goal add "A forum that lasts"',
  '/finance budget T-1 category:Food amount:"Rp 16,000,000" from:2026',
  `/indicator add "People trained" goal:T-1 unit:people direction:up kind:flow aggregate:sum partners_aggregate:sum baseline:0 target:1200 ${all} frequency:monthly partner:"BPBD, PMI"`,
  `/indicator add "Households reached" goal:T-1 unit:households direction:up kind:cumulative aggregate:latest partners_aggregate:sum baseline:0 target:4000 ${all} frequency:quarterly partner:"Lumbung, Warga Kali"`,
  `/indicator add "Warning coverage" goal:T-1 unit:% direction:up kind:stock aggregate:latest partners_aggregate:average baseline:10 target:80 ${all} frequency:quarterly partner:"BPBD, Warga Kali"`,
  `/indicator add "Minutes to evacuate" goal:T-1 unit:minutes direction:down kind:stock aggregate:latest partners_aggregate:average baseline:30 target:15 ${all} frequency:quarterly partner:"PMI, Karang Taruna"`,
  `/indicator add "Volunteers" goal:T-2 unit:people direction:up kind:stock aggregate:latest partners_aggregate:sum baseline:100 target:250 ${all} frequency:semiannual partner:PMI`,
  `/indicator add "Funds from business" goal:T-2 unit:"million rupiah" direction:up kind:flow aggregate:sum partners_aggregate:sum baseline:0 target:100 ${all} frequency:quarterly partner:"Toko Maju, Bank Daerah"`,
  `/indicator add "Broadcasts" goal:T-2 unit:broadcasts direction:up kind:flow aggregate:sum partners_aggregate:sum baseline:0 target:50 ${all} frequency:monthly partner:"Radio Suara"`,
  `/indicator add "Highest water warned of" goal:T-1 unit:cm direction:up kind:stock aggregate:max partners_aggregate:max baseline:0 target:300 ${all} frequency:quarterly partner:Unpad`,
  `/indicator add "Readiness index" goal:T-2 unit:points direction:up kind:stock aggregate:latest partners_aggregate:average baseline:0.5 target:0.7 ${all} frequency:annual`,
  '/agreement record "Broadcast pact" partners:"BPBD, Radio Suara" signed:5/1/2026',
  '/agreement commit P-1 what:"Jingles on air" due:1/6/2026 partner:"Radio Suara"',
  '/agreement commit P-1 what:"A second transmitter" due:1/10/2026 partner:"Radio Suara"',
] as const;

/** Values that were reported, month by month or quarter by quarter. */
const TRAINED_BPBD = [40, 35, 60, 0, 50, 45, 30, 70, 65, 55, 80, 40];
const TRAINED_PMI = [20, 25, 30, 20, 40, 35, 30, 50, 45, 35, 60, 30];
const BROADCASTS = [4, 4, 4, 4, 4, 4, 4, 6, 4, 4, 4, 2];
const REACHED_LUMBUNG = [300, 700, 1200, 1800];
/** Warga Kali was silent in the third quarter. */
const REACHED_WARGA = [100, 250, null, 900];
const COVERED_BPBD = [1000, 1500, 2400, 3900];
const COVERED_WARGA = [200, 300, 600, 900];
const MINUTES_PMI = [28, 25, 20, 16];
const MINUTES_KARANG = [30, 27, 22, 18];
const FUNDS_TOKO = [5, 10, 5, 10];
const FUNDS_BANK = [20, 20, 30, 20];
const WATER = [120, 280, 100, 90];

const report = (who: string, indicator: number, period: string, what: string): string =>
  `@${who} /indicator report N-${indicator} ${what} period:${period} confirm:yes`;

function monthlyReports(month: number): string[] {
  const period = `2026-${two(month)}`;
  // A slip of the pen in September: 450 for 45.
  const pmi = month === 9 ? 450 : TRAINED_PMI[month - 1];
  return [
    report('bagus', 1, period, `value:${TRAINED_BPBD[month - 1]}`),
    report('pandu', 1, period, `value:${pmi}`),
    ...(month === 9 ? ['@pandu /indicator correct N-1 period:2026-09 value:45 reason:"one zero too many"'] : []),
    report('rini', 7, period, `value:${BROADCASTS[month - 1]}`),
  ];
}

function quarterlyReports(quarter: number): string[] {
  const period = `2026-Q${quarter}`;
  const at = quarter - 1;
  return [
    report('laras', 2, period, `value:${REACHED_LUMBUNG[at]}`),
    ...(REACHED_WARGA[at] === null ? [] : [report('wati', 2, period, `value:${REACHED_WARGA[at]}`)]),
    report('bagus', 3, period, `numerator:${COVERED_BPBD[at]} denominator:5000`),
    report('wati', 3, period, `numerator:${COVERED_WARGA[at]} denominator:1000`),
    report('pandu', 4, period, `value:${MINUTES_PMI[at]}`),
    report('kiki', 4, period, `value:${MINUTES_KARANG[at]}`),
    report('tono', 6, period, `value:${FUNDS_TOKO[at]}`),
    report('bima', 6, period, `value:${FUNDS_BANK[at]}`),
    report('ujang', 8, period, `value:${WATER[at]}`),
  ];
}

/** Returns what was written down about a month on its fifth of the next. */
function reports(month: number): string[] {
  return [
    ...monthlyReports(month),
    ...(month % 3 === 0 ? quarterlyReports(month / 3) : []),
    ...(month === 6 ? [report('pandu', 5, '2026-H1', 'value:150')] : []),
    ...(month === 12 ? [report('pandu', 5, '2026-H2', 'value:240')] : []),
    ...(month === 12 ? ['/indicator report N-9 value:0.62 period:2026 confirm:yes'] : []),
  ];
}

/** Three activities of each month, a fourth at the end of a quarter; a meeting is planned, held, and its list kept. */
function activities(month: number): string[] {
  const date = `date:${day(5, month)}`;
  const first = 1 + PER_QUARTER * Math.floor((month - 1) / 3) + 3 * ((month - 1) % 3);
  const meeting = `K-${first + 2}`;
  const came = PARTNERS.map(([name]) => name).filter(
    name => !(name === 'Radio Suara' && month % 2 === 0) && !(name === 'Warga Kali' && month >= 7 && month <= 9),
  );
  return [
    `/activity log "Training ${month}" kind:training ${date} participants:30 women:12 partners:"BPBD, PMI" goal:T-1`,
    `/activity log "Drill ${month}" kind:drill ${date} participants:${50 + month} women:20 partners:"BPBD" goal:T-1`,
    `/activity plan "Meeting ${month}" kind:meeting ${date} partners:"${EVERYBODY}"`,
    `@rini /activity attend ${meeting} answer:yes`,
    `/activity done ${meeting} participants:10 women:4 result:held`,
    // Nobody kept the list of December.
    ...(month === 12 ? [] : [`/activity attendance ${meeting} partners:"${came.join(', ')}"`]),
    ...(month % 3 === 0
      ? [`/activity log "Outreach ${month}" kind:outreach ${date} participants:80 women:45 partners:"Radio Suara"`]
      : []),
  ];
}

/** Activities of a quarter: three a month and the outreach at its end. */
const PER_QUARTER = 10;

function money(month: number): string[] {
  const date = `date:${day(5, month)}`;
  const drill = `K-${2 + PER_QUARTER * Math.floor((month - 1) / 3) + 3 * ((month - 1) % 3)}`;
  const out = (purpose: string, amount: string, category: string, more = ''): string =>
    `/finance record "${purpose} ${month}" direction:out amount:"Rp ${amount}" category:${category} ${date} ${more}`;
  return [
    `@bima /finance record "Grant ${month}" direction:in amount:"10 million" partner:"Bank Daerah" ${date}`,
    `@tono /finance record "Gift ${month}" direction:in amount:"2.5 million" partner:"Toko Maju" ${date}`,
    out('Rice', String(1_200_000 + 10_000 * month), 'Food', `activity:${drill}`),
    out('Bus', '800,000', 'Transport'),
    ...(month % 2 ? [out('Rope', '1,500,000', 'Tools')] : []),
    out('Hall', '500,000', 'Hall'),
    out('Leaflets', '250,000.50', 'Print'),
    out('Petrol', '300,000', 'Fuel'),
    out('Allowance', '2,000,000', 'Volunteers'),
  ];
}

const agreed = (strategy: string, but: readonly string[]): string[] =>
  PARTNERS.flatMap(([, , person]) => (but.includes(person) ? [] : [`@${person} /strategy vote ${strategy} agree`]));

/** Lines of what happened once, in its month. */
const ONCE: Readonly<Record<number, readonly string[]>> = {
  2: ['/strategy propose "Siren first" change:x rationale:y closes:6d', ...agreed('S-1', ['rini'])],
  3: [
    '/finance record "Wrong bill" direction:out amount:"Rp 999,000" date:5/3/2026',
    '/finance reverse U-27 reason:"it was paid by the bank"',
  ],
  5: [
    '/strategy propose "Two assembly points" change:x rationale:y closes:6d',
    '@wati /strategy proxy S-2 partner:"Karang Taruna"',
    ...agreed('S-2', ['wati']),
    '/agreement kept P-1 item:1',
  ],
  6: [
    '@bagus /finance record "Water pump" direction:out amount:"Rp 18,000,000" category:Tools date:5/6/2026',
    '@pandu :click Approve',
  ],
  9: ['/strategy propose "Share the siren" change:x rationale:y closes:6d secret:yes', ...agreed('S-3', [])],
  12: ['@bagus /finance record "Second pump" direction:out amount:"Rp 20,000,000" category:Tools date:5/12/2026'],
};

/** The whole year: on the fifth of each month what that month did, and what the month before is reported to have been. */
export const YEAR: readonly string[] = [
  ...SETUP,
  ...Array.from({ length: 12 }, (_, i) => i + 1).flatMap(month => [
    ...(month === 1 ? [] : reports(month - 1)),
    ...activities(month),
    ...money(month),
    ...(ONCE[month] ?? []),
    `:skip ${DAYS[month - 1]}d`,
  ]),
  ...reports(12),
  ':skip 31d',
  // A bill of December that turned up in February.
  '/finance record "Late petrol" direction:out amount:"Rp 75,000" category:Fuel date:28/12/2026',
  '/forum publish',
  '/forum publish confirm:yes',
];
