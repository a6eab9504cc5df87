import { and, eq, isNull } from 'drizzle-orm';
import type { Reader } from '../../storage/store.ts';

/** Describes what a unit measures: a count that partners add up, people, a share, or something that is never added. */
export type UnitKind = 'people' | 'percent' | 'count' | 'level' | 'unknown';

const WORDS: Readonly<Record<Exclude<UnitKind, 'unknown'>, string>> = {
  people:
    'orang|jiwa|people|person|persons|peserta|participant|participants|warga|women|perempuan|men|laki-laki|anak|children|siswa|students|petani|farmers|kader|relawan|volunteers',
  percent: '%|persen|per cent|percent',
  count:
    'unit|units|buah|kali|times|kg|ton|tons|km|liter|litre|litres|ha|hektar|hectares|desa|kelurahan|kampung|villages|rt|rw|kk|keluarga|families|rumah|houses|rumah tangga|households|titik|points of water|sumur|wells|kegiatan|activities|kelompok|groups|paket|packages|rp|rupiah|idr|pohon|trees|dokumen|documents|sekolah|schools|porsi|meals|sirene|sirens',
  level:
    'menit|minutes|minute|min|detik|seconds|jam|hours|hour|hari|days|day|minggu|weeks|bulan|months|indeks|index|skor|score|poin|points|point|nilai|level|tingkat|rasio|ratio|derajat|degrees|°c|mm|cm|m|meter|metre|metres|kg/rt/minggu|‰',
};

const KINDS = new Map<string, UnitKind>(
  Object.entries(WORDS).flatMap(([kind, words]) => words.split('|').map(word => [word, kind as UnitKind] as const)),
);

/** Words of both languages for one unit. */
const SAME: readonly string[] = [
  'detik|second|seconds|sec',
  'menit|minute|minutes|min',
  'jam|hour|hours',
  'hari|day|days',
  'minggu|week|weeks',
  'bulan|month|months',
  'liter|litre|litres|liters',
  'ha|hektar|hektare|hectare|hectares',
  'ton|tons|tonne|tonnes',
  'm|meter|metre|metres|meters',
  'km|kilometer|kilometre|kilometres|kilometers',
  'kg|kilogram|kilograms',
  'rp|rupiah|idr',
  'kk|keluarga|family|families|rumah tangga|household|households',
  'rumah|house|houses',
  'desa|village|villages',
  'kali|time|times',
  'kegiatan|activity|activities',
  'kelompok|group|groups',
  'paket|package|packages',
  'pohon|tree|trees',
  'dokumen|document|documents',
  'sekolah|school|schools',
  'sumur|well|wells',
  'sirene|siren|sirens',
  'porsi|meal|meals',
  'unit|units',
  'indeks|index',
  'skor|score|scores',
  'poin|point|points',
];

const SAME_AS = new Map(SAME.flatMap((words, of) => words.split('|').map(word => [word, of] as const)));

const folded = (unit: string): string => unit.trim().toLowerCase().replace(/\s+/g, ' ');

/** Returns what a unit measures, by its word in either language. What stands per something else is a level. */
export function unitKindOf(unit: string): UnitKind {
  const word = folded(unit);
  return KINDS.get(word) ?? (/\S(\/| per )\S/.test(word) ? 'level' : 'unknown');
}

/** Tells whether a unit that was typed behind a number is the indicator's own, by a word of either language. */
export function isSameUnit(typed: string, own: string): boolean {
  const [a, b] = [folded(typed), folded(own)];
  if (a === b || (SAME_AS.has(a) && SAME_AS.get(a) === SAME_AS.get(b))) return true;
  const kind = unitKindOf(typed);
  return kind === unitKindOf(own) && (kind === 'people' || kind === 'percent');
}

/** The units of a forum's indicators, folded. */
export async function unitsIn(db: Reader, forumId: string): Promise<ReadonlySet<string>> {
  const { indicators: i } = db.tables;
  const rows = await db
    .select({ unit: i.unit })
    .from(i)
    .where(and(eq(i.forumId, forumId), isNull(i.retiredAt)));
  return new Set(rows.map(({ unit }) => folded(unit)));
}
