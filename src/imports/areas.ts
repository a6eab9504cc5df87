import { AREA_SEPARATOR, type Area, areasOf, areasText } from '../domain/areas/area.ts';
import { type Gazetteer, gazetteer } from '../domain/areas/gazetteer.ts';
import { cleanLine } from '../language/clean.ts';
import type { Messages } from '../language/messages.ts';
import type { Text } from '../language/text.ts';
import { textOf } from './grid.ts';
import type { Row } from './row.ts';

type Say = (m: Messages) => Text;

/** Maximum number of areas that a refusal names of those that are called alike. */
const NAMED = 6;
const CODE = /^\d\d(?:\.\d\d){0,2}(?:\.\d{4})?$/;

/** Reads the cell of a row with its official areas, as they are stored; a fault where one is not known. */
export type AreaReader = (row: Row) => string | undefined;

const typedIn = (row: Row): string => cleanLine(textOf(row.cell('area')));

/** A reader of the areas of some rows: each writing is looked up once, and the official list loaded only where some are. */
export async function areaReader(rows: readonly Row[]): Promise<AreaReader> {
  const typed = new Set(rows.map(typedIn).filter(Boolean));
  const table = typed.size ? await gazetteer() : null;
  const known = new Map<string, string | Say>();
  for (const one of typed) known.set(one, await areasIn(table, one));
  return row => {
    const found = known.get(typedIn(row));
    return typeof found === 'function' ? row.fault('area', found) : found;
  };
}

/** The areas of a cell, parted by semicolons, or why they are none. */
async function areasIn(table: Gazetteer | null, typed: string): Promise<string | Say> {
  const found = new Map<string, Area>();
  for (const part of typed.split(AREA_SEPARATOR.trim()).map(one => one.trim())) {
    if (!part) continue;
    const one = await areaIn(table, part);
    if (typeof one === 'function') return one;
    found.set(one.code, one);
  }
  return areasText([...found.values()].sort((a, b) => (a.code < b.code ? -1 : 1)));
}

async function areaIn(table: Gazetteer | null, part: string): Promise<Area | Say> {
  const [written] = areasOf(part);
  const byCode = table?.byCode(written?.code ?? part);
  if (byCode) return byCode;
  // Without the list what names its code itself is taken as it stands.
  if (!table) return written ?? (m => m.core.noAreas);
  const called = CODE.test(part) ? [] : await table.called(part);
  if (called.length === 1) return called[0]!;
  const names = called.slice(0, NAMED).map(one => `${one.name} (${one.code})`);
  return m =>
    names.length ? m.imports.why.whichArea({ typed: part, candidates: names }) : m.core.noSuchArea({ typed: part });
}
