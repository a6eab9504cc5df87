import type { RenderContext } from '../contract/render-context.ts';
import { dateIn } from '../domain/calendar.ts';
import { codeOf } from '../domain/codes.ts';
import type { Forum } from '../domain/forums.ts';
import { goalByNumber } from '../domain/goals.ts';
import { recordOf } from '../domain/indicators/record.ts';
import type { Indicator } from '../domain/indicators/row.ts';
import { isPercent } from '../domain/indicators/span.ts';
import { reportsOf } from '../domain/indicators/stored-reports.ts';
import { termsAt } from '../domain/indicators/terms.ts';
import { namesOf } from '../domain/partners.ts';
import { formatDate } from '../language/dates.ts';
import type { Messages } from '../language/messages.ts';
import { groupName, inOrder } from '../views/groups.ts';
import { reportersText } from '../views/indicator.ts';
import { withUnit } from '../views/indicator-words.ts';

/** Describes a thing by the standard's own names; null: the record does not say. */
type Fields<K extends string> = Readonly<Record<K, string | null>>;

export type IndicatorField = keyof Messages['report']['satuData']['fields'];
type VariableField =
  | 'nama'
  | 'alias'
  | 'konsep'
  | 'definisi'
  | 'referensi_waktu'
  | 'tipe_data'
  | 'satuan'
  | 'aturan_validasi'
  | 'kalimat_pertanyaan'
  | 'dapat_diakses_umum';

/** One indicator as statistical metadata. */
export interface SatuData {
  readonly standar: string;
  readonly kode: string;
  readonly indikator: Fields<IndicatorField>;
  readonly variabel: readonly Fields<VariableField>[];
}

/** Name of the standard: the names of its fields are the same in every language. */
const STANDARD = 'Peraturan BPS Nomor 5 Tahun 2020: MS-Ind, MS-Var';

/**
 * One indicator in the layout of Indonesia's statistical metadata (the forms MS-Ind for the indicator and MS-Var for
 * the variables it is made of), in the language of the context. What the record does not hold is null, to be filled in
 * by the person who hands the form in.
 */
export async function satuDataOf(context: RenderContext, forum: Forum, indicator: Indicator): Promise<SatuData> {
  const { db, forumId, m, locale } = context;
  const w = m.report.satuData;
  const percent = isPercent(indicator);
  const goal = indicator.goal === null ? null : await goalByNumber(db, forumId, indicator.goal);
  const record = await recordOf(db, indicator);
  const reports = await reportsOf(db, forumId, { indicator: indicator.number });
  const today = dateIn(context.now, forum.zone);
  const counted = reports.flatMap(report => Object.keys(report.parts ?? {}));
  const groups = inOrder(new Set(counted)).map(key => groupName(m, key));
  const ratio = percent && reports.some(report => report.denominator !== null);
  const open = forum.settings.public ? m.core.yes : m.core.no;
  const day = (date: string | null): string | null => date && formatDate(date, locale);
  const variable = (name: string, unit: string, type: string): Fields<VariableField> => ({
    nama: name,
    alias: null,
    konsep: goal?.title ?? null,
    definisi: ratio ? null : indicator.definition,
    referensi_waktu: m.indicator.frequencies[indicator.frequency],
    tipe_data: type,
    satuan: unit,
    aturan_validasi: groups.length ? w.partsRule : null,
    kalimat_pertanyaan: null,
    dapat_diakses_umum: open,
  });
  return {
    standar: STANDARD,
    kode: codeOf('indicator', indicator.number),
    indikator: {
      nama_kegiatan: goal?.title ?? null,
      penyelenggara: forum.name,
      nama_indikator: indicator.name,
      konsep: goal?.description ?? goal?.title ?? null,
      definisi: indicator.definition,
      interpretasi: w.interpretation({
        direction: w.better[indicator.direction],
        bands: m.indicator.thresholdsText({ green: indicator.green, amber: indicator.amber }),
      }),
      metode_penghitungan: w.method({
        each: ratio ? w.ratio : w.measures[indicator.valueKind],
        partners: ratio ? w.ratioOfSums : m.indicator.aggregates[indicator.partnersAggregate],
        periods: m.indicator.aggregates[indicator.aggregate],
      }),
      ukuran: percent ? w.percentage : w.measures[indicator.valueKind],
      satuan: indicator.unit,
      klasifikasi_penyajian: groups.join(', ') || w.unclassified,
      indikator_komposit: m.core.no,
      indikator_pembangun: null,
      variabel_pembangun: ratio ? `${w.numerator}; ${w.denominator}` : indicator.name,
      level_estimasi: w.level({ forum: forum.name }),
      dapat_diakses_umum: open,
      produsen_data: reportersText(
        context,
        termsAt(record, today).partners,
        await namesOf(context.db, context.forumId),
      ),
      frekuensi: m.indicator.frequencies[indicator.frequency],
      cara_pengumpulan: w.collected({ days: indicator.dueDays }),
      sumber: indicator.baselineSource,
      nilai_awal:
        indicator.baseline === null
          ? null
          : known(withUnit(context, indicator, indicator.baseline), day(indicator.baselineDate)),
      target:
        indicator.target === null ? null : known(withUnit(context, indicator, indicator.target), day(indicator.due)),
      versi: String(indicator.version),
    },
    variabel: ratio
      ? [variable(w.numerator, w.countUnit, w.number), variable(w.denominator, w.countUnit, w.number)]
      : [variable(indicator.name, indicator.unit, w.number)],
  };
}

const known = (value: string, date: string | null): string => (date ? `${value} (${date})` : value);

/** The same as the text of a file. */
export const satuDataText = async (context: RenderContext, forum: Forum, indicator: Indicator): Promise<string> =>
  `${JSON.stringify(await satuDataOf(context, forum, indicator), null, 2)}\n`;
