import { expect, it } from 'vitest';
import { type Measured, mayMeasureSame } from '../../src/domain/double-names.ts';
import { type Likeness, mayBeSame } from '../../src/domain/doubles.ts';
import { mayBeSamePayment, type Payment } from '../../src/domain/money/doubles.ts';
import { isNear } from '../../src/domain/near.ts';

const SAME: readonly (readonly [string, string])[] = [
  ['Gladi evakuasi', 'gladi evakuasi'],
  ['Gladi evakuasi', 'Gladi  Evakuasi!'],
  ['Pengajian Jum’at', "Pengajian Jum'at"],
  ['Pengajian Jumʼat', 'Pengajian Jumat'],
  ['Pengajian Jum`at', 'Pengajian Jum‘at'],
  ['Kerja-bakti Terban', 'Kerja bakti Terban'],
  ['Kerja bakti Terban', 'Kerjabakti Terban'],
  ['Pelatihan evakuasi', 'Pelatihan evakuasii'],
  ['Pelatihan evakuasi', 'Pelatihan evakuasi.'],
  ['Sosialisasi banjir', 'Sosialisasi bajir'],
  ['Rapat Koordinasi FPRB', 'rapat koordinasi fprb'],
  ['Rapat koordinasi BPBD', 'Rapat koordinasi Badan Penanggulangan Bencana Daerah'],
  ['Penanaman mangrove', 'Penanaman mangrov'],
  ['Simulasi Gempa RT 05', 'Simulasi gempa RT 05'],
  ['Musyawarah Kel. Terban', 'Musyawarah Kelurahan Terban'],
];
const NAMES_SAME: readonly (readonly [string, string])[] = [
  ['Yayasan Lumbung Pangan', 'Lumbung Pangan'],
  ['BPBD Kota', 'Badan Penanggulangan Bencana Daerah Kota'],
  ['PMI Sleman', 'Palang Merah Indonesia Sleman'],
  ['Yayasan Nur’aini', "Yayasan Nur'aini"],
  ['Perkumpulan Tani Makmur', 'tani makmur'],
  ['Kec. Gondokusuman', 'Kecamatan Gondokusuman'],
  ['Komunitas Kali Code', 'Komunitas Kali-Code'],
  ['Universitas Gadjah Mada', 'Universitas Gajah Mada'],
  ['PT Air Bersih', 'Air Bersih'],
  ['Resilience Foundation', 'The Resilience Foundation'],
];
const NAMES_OTHER: readonly (readonly [string, string])[] = [
  ['RT 03', 'RT 05'],
  ['RW 5 Terban', 'RW 6 Terban'],
  ['BPBD Kota', 'BPBD Provinsi'],
  ['Dinas Kesehatan', 'Dinas Pendidikan'],
  ['PMI', 'PLN'],
  ['Radio Kota', 'Radio Desa'],
  ['Karang Taruna A', 'Karang Taruna B'],
  ['Posyandu Mawar 1', 'Posyandu Mawar 2'],
  ['Unpad', 'Unpar'],
  ['Kelompok Tani', 'Kelompok Wanita Tani'],
];
const OTHER: readonly (readonly [string, string])[] = [
  ['Gladi evakuasi RT 03', 'Gladi evakuasi RT 05'],
  ['Rapat pagi', 'Rapat sore'],
  ['Pelatihan pertolongan pertama', 'Pelatihan dapur umum'],
  ['Sosialisasi banjir', 'Sosialisasi gempa'],
  ['Latihan 1', 'Latihan 2'],
  ['Survei', 'Survey dan pemetaan'],
  ['Bersih sungai', 'Bersih saluran'],
  ['K1', 'K3'],
  ['Rapat', 'Rabat'],
  ['Musyawarah', 'Gotong royong'],
];

const at = (title: string, more: Partial<Likeness> = {}): Likeness => ({
  title,
  kind: 'other',
  location: null,
  time: null,
  partners: [1],
  ...more,
});
const placed = { location: 'Balai RW 5', kind: 'drill' } as const;

/** Told apart, or not, by more than the title. */
const MORE: readonly (readonly [Likeness, Likeness, boolean])[] = [
  [at('Posyandu', { location: 'RW 3' }), at('Posyandu', { location: 'RW 5' }), false],
  [at('Posyandu', { location: 'RW 5' }), at('Posyandu', { location: 'rw 5' }), true],
  [at('Posyandu', { location: 'RW 5' }), at('Posyandu'), true],
  [at('Posyandu'), at('Posyandu', { partners: [2] }), true],
  [at('Kelas', { time: '08:00' }), at('Kelas', { time: '13:00' }), false],
  [at('Kelas', { time: '08:00' }), at('Kelas', { time: '08:00' }), true],
  [at('Kelas', { time: '08:00' }), at('Kelas'), true],
  [at('Gladi banjir', placed), at('Simulasi banjir', placed), true],
  [at('Gladi banjir', placed), at('Simulasi gempa', placed), false],
  [at('Gladi banjir', placed), at('Simulasi banjir', { ...placed, partners: [2] }), false],
  [at('Gladi banjir', placed), at('Simulasi banjir', { ...placed, kind: 'training' }), false],
  [at('Gladi banjir', placed), at('Simulasi banjir', { ...placed, location: 'Lapangan' }), false],
  [at('Gladi banjir 1', placed), at('Simulasi banjir 2', placed), false],
  [at('Gladi banjir', { ...placed, partners: [] }), at('Simulasi banjir', { ...placed, partners: [] }), false],
  [at('Gladi banjir', { ...placed, partners: [1, 2] }), at('Simulasi banjir', { ...placed, partners: [2, 1] }), true],
];

it('doubles: 60 pairs that are the same, near or different', () => {
  expect(SAME.length + NAMES_SAME.length + NAMES_OTHER.length + OTHER.length + MORE.length).toBe(60);
  for (const [one, other] of SAME) expect([one, other, mayBeSame(at(one), at(other))]).toEqual([one, other, true]);
  for (const [one, other] of OTHER) expect([one, other, mayBeSame(at(one), at(other))]).toEqual([one, other, false]);
  for (const [one, other] of NAMES_SAME) expect([one, other, isNear(one, other)]).toEqual([one, other, true]);
  for (const [one, other] of NAMES_OTHER) expect([one, other, isNear(one, other)]).toEqual([one, other, false]);
  for (const [one, other, is] of MORE)
    expect([one, other, mayBeSame(one, other), mayBeSame(other, one)]).toEqual([one, other, is, is]);
});

const paid = (purpose: string, more: Partial<Payment> = {}): Payment => ({
  direction: 'out',
  amount: 150_000_00,
  date: '2026-11-02',
  purpose,
  partner: null,
  ...more,
});
/** Payments that may be one, or are two. */
const PAID: readonly (readonly [Payment, Payment, boolean])[] = [
  [paid('Sewa tenda'), paid('sewa tenda'), true],
  [paid('Sewa tenda'), paid('Sewa-tenda.'), true],
  [paid('Konsumsi Jum’at'), paid("Konsumsi Jum'at"), true],
  [paid('Konsumsi pelat. evakuasi'), paid('Konsumsi pelatihan evakuasi'), true],
  [paid('Nasi bungkus gladi'), paid('Nasi bunkus gladi'), true],
  [paid('Sewa tenda', { partner: 1 }), paid('Sewa tenda'), true],
  [paid('Sewa tenda', { partner: 1 }), paid('Sewa tenda', { partner: 1 }), true],
  [paid('Sewa tenda', { partner: 1 }), paid('Sewa tenda', { partner: 2 }), false],
  [paid('Sewa tenda'), paid('Sewa tenda', { amount: 150_000_01 }), false],
  [paid('Sewa tenda'), paid('Sewa tenda', { date: '2026-11-03' }), false],
  [paid('Sewa tenda'), paid('Sewa tenda', { direction: 'in' }), false],
  [paid('Sewa tenda RT 03'), paid('Sewa tenda RT 05'), false],
  [paid('Sewa tenda'), paid('Sewa kursi'), false],
  [paid('Transpor narasumber 1'), paid('Transpor narasumber 2'), false],
];
const measured = (name: string, more: Partial<Measured> = {}): Measured => ({ name, goal: null, unit: '', ...more });
/** Indicators that may be one, or are two. */
const MEASURED: readonly (readonly [Measured, Measured, boolean])[] = [
  [measured('Warga terlatih'), measured('warga  terlatih'), true],
  [measured('Warga terlatih', { unit: 'orang' }), measured('Warga terlatih'), true],
  [measured('Warga terlatih', { goal: 1 }), measured('Warga terlatih'), true],
  [measured('Warga terlatih', { unit: 'orang' }), measured('Warga terlatih', { unit: '%' }), false],
  [measured('Warga terlatih', { goal: 1 }), measured('Warga terlatih', { goal: 2 }), false],
  [measured('Warga terlatih'), measured('Kader terlatih'), false],
];

it('doubles: payments and indicators that are the same, near or different', () => {
  for (const [one, other, is] of PAID)
    expect([one, other, mayBeSamePayment(one, other), mayBeSamePayment(other, one)]).toEqual([one, other, is, is]);
  for (const [one, other, is] of MEASURED)
    expect([one, other, mayMeasureSame(one, other), mayMeasureSame(other, one)]).toEqual([one, other, is, is]);
});
