import type { RenderContext } from '../contract/render-context.ts';
import { type Area, areasOf, codesAbove } from '../domain/areas/area.ts';
import { type Gazetteer, gazetteer } from '../domain/areas/gazetteer.ts';
import type { Span } from '../domain/calendar.ts';
import { codeOf } from '../domain/codes.ts';
import type { Forum } from '../domain/forums.ts';
import { decimalOf } from '../domain/indicators/fraction.ts';
import { termsAt } from '../domain/indicators/terms.ts';
import { shareTurn } from '../runtime/event-loop.ts';
import { CSV_MARK, csvLines } from '../views/csv.ts';
import { indicatorsIn, lastDay } from './subjects/indicators.ts';

/**
 * Headings as the portals of regional data custodians publish tables, read 2026 at opendata.jabarprov.go.id and
 * satudata.acehprov.go.id: small letters and underscores, the area by code and name at each level, then what was
 * measured, the value, its unit and its year. Codes of the ministry of home affairs bear its name, since those of the
 * statistics office (BPS) differ. They are the same in every language.
 */
export const SATU_DATA_COLUMNS = [
  'kemendagri_kode_provinsi',
  'kemendagri_nama_provinsi',
  'kemendagri_kode_kabupaten_kota',
  'kemendagri_nama_kabupaten_kota',
  'kemendagri_kode_kecamatan',
  'kemendagri_nama_kecamatan',
  'kemendagri_kode_desa_kelurahan',
  'kemendagri_nama_desa_kelurahan',
  'kode_indikator',
  'nama_indikator',
  'nilai',
  'satuan',
  'periode',
  'tahun',
  'produsen_data',
] as const;

const LEVELS = [0, 1, 2, 3];

/** Code and name of an area at each level; a level that it does not reach is empty, and so is a name that is not known. */
function areaCells(area: Area | null, table: Gazetteer | null): (string | null)[] {
  const codes = area ? codesAbove(area.code) : [];
  return LEVELS.flatMap(level => {
    const code = codes[level];
    if (code === undefined) return [null, null];
    const name = code === area?.code ? area.name : table?.byCode(code)?.name;
    return [code, name?.split(', ')[0] ?? null];
  });
}

/**
 * The values of indicators, one a row: of each period of a time, for the area of the indicator, else for the forum's. One of
 * several areas is a row without an area, since its value is of all of them together.
 */
export async function satuDataCsv(context: RenderContext, forum: Forum, span: Span): Promise<string> {
  const stood = await indicatorsIn(context, forum, span);
  const hasAreas = forum.settings.area !== undefined || stood.some(one => one.indicator.area !== null);
  const table = hasAreas ? await gazetteer() : null;
  const end = lastDay(context, forum, span);
  const rows: (string | number | null)[][] = [];
  for (const { indicator, record, standings } of stood) {
    const areas = areasOf(indicator.area ?? forum.settings.area ?? null);
    const place = areaCells(areas.length === 1 ? areas[0]! : null, table);
    for (const { period, own, terms } of standings) {
      if (own === null || period.end < span.from || period.start > span.to) continue;
      rows.push([
        ...place,
        codeOf('indicator', indicator.number),
        termsAt(record, end).name,
        decimalOf(own, 6),
        terms.unit,
        period.key,
        period.end.slice(0, 4),
        forum.name,
      ]);
    }
    await shareTurn();
  }
  return CSV_MARK + csvLines([SATU_DATA_COLUMNS, ...rows]);
}
