import { type Area, levelOf, liesIn, meet } from '../domain/areas/area.ts';
import { type Gazetteer, gazetteer } from '../domain/areas/gazetteer.ts';
import { nameKey } from '../storage/words.ts';
import type { CapAlert, CapInfo } from './read-cap.ts';

/** Official areas in which an alert holds. */
export interface Placed {
  readonly areas: readonly Area[];
  /** Codes of regencies that its words name, in provinces that it names as a whole. */
  readonly named: readonly string[];
  /** All its words about where, folded, for forums whose areas none of its own are. */
  readonly words: string;
}

/** Names of provinces that agencies shorten, folded, with the official code. */
const SHORT_PROVINCES: Readonly<Record<string, string>> = {
  'di yogyakarta': '34',
  yogyakarta: '34',
  'd i yogyakarta': '34',
  jakarta: '31',
  'bangka belitung': '19',
  'kep bangka belitung': '19',
  'kep riau': '21',
  ntb: '52',
  ntt: '53',
};

/** Values of geocodes that are official codes, with or without dots. */
const CODE = /^\d{2}(?:\.?\d{2}){0,2}$|^\d{2}\.?\d{2}\.?\d{2}\.?\d{4}$/;

/** Maximum number of names in one description of an area that are looked up. */
const MAXIMUM_NAMES = 40;

/** The areas that a name may mean: one, or a city and a regency that share it. */
async function areasNamed(table: Gazetteer, name: string): Promise<Area[]> {
  const short = SHORT_PROVINCES[nameKey(name)];
  if (short) return [table.byCode(short)].filter(one => one !== null);
  const found = await table.called(name);
  if (found.length === 1) return found;
  const widest = Math.min(...found.map(one => levelOf(one.code)));
  return widest <= 2 ? found.filter(one => levelOf(one.code) === widest) : [];
}

/** The areas of a description: of the whole as a name, else of the names in it. */
async function areasIn(table: Gazetteer, description: string): Promise<Area[]> {
  const whole = await areasNamed(table, description);
  if (whole.length) return whole;
  const names = description.split(/[,;/]|\bdan\b|\band\b/i).filter(one => one.trim());
  const found = await Promise.all(names.slice(0, MAXIMUM_NAMES).map(one => areasNamed(table, one.trim())));
  return found.flat();
}

/** Tells whether a text that is folded has a name as whole words. */
const hasName = (folded: string, name: string): boolean => ` ${folded} `.includes(` ${nameKey(name)} `);

/** Finds the official areas of an alert: by its codes, else by the names of its areas. */
export async function placeOf(alert: CapAlert): Promise<Placed> {
  const table = await gazetteer();
  const described = alert.infos.flatMap(info => info.areas);
  const texts = alert.infos.flatMap((info: CapInfo) => [info.headline, info.description]);
  const words = nameKey([...new Set(described.map(one => one.description)), ...texts].join(' '));
  if (!table) return { areas: [], named: [], words };
  const found: Area[] = [];
  for (const one of described) {
    const codes = one.codes.filter(code => CODE.test(code)).flatMap(code => table.byCode(code) ?? []);
    found.push(...(codes.length || !one.description ? codes : await areasIn(table, one.description)));
  }
  const areas = [...new Map(found.map(one => [one.code, one])).values()];
  const provinces = areas.filter(one => levelOf(one.code) === 1);
  // The name of a province may have that of its capital in it.
  const others = provinces.reduce((text, one) => text.replaceAll(nameKey(one.name), ' '), words);
  const named = provinces.flatMap(province =>
    table
      .regenciesOf(province.code)
      .filter(one => hasName(others, one.name))
      .map(one => one.code),
  );
  return { areas, named, words };
}

/**
 * Tells whether an alert concerns one of a forum's places. One of a whole province that names regencies of it in its
 * words concerns those alone, as BMKG's do. One whose areas are not known concerns a place that it names.
 */
export function concerns({ areas, named, words }: Placed, places: readonly Area[]): boolean {
  if (!areas.length)
    return places.some(place => {
      const [own = '', ...above] = place.name.split(', ');
      return hasName(words, own) || above.some(one => hasName(words, one));
    });
  return areas.some(area =>
    places.some(place => {
      if (!meet(area.code, place.code)) return false;
      const within = named.filter(code => liesIn(code, area.code));
      return !within.length || liesIn(area.code, place.code) || within.some(code => meet(code, place.code));
    }),
  );
}
