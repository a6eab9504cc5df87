import * as z from 'zod';
import { Refusal } from '../contract/refusal.ts';
import type { Suggestion } from '../contract/suggestion.ts';
import { AREA_SEPARATOR, type Area, areasOf } from '../domain/areas/area.ts';
import { type Gazetteer, gazetteer } from '../domain/areas/gazetteer.ts';
import { cleanLine } from '../language/clean.ts';
import { type Kind, typedOf } from './kind.ts';

/** Maximum number of areas in one option: the codes of so many villages fit a button. */
const MAXIMUM_AREAS = 20;
/** Maximum number of candidates in a question; the platforms' menus take 25. */
const CANDIDATES = 12;
const SUGGESTED = 25;

const shown = (area: Area): string => `${area.name} (${area.code})`;
const candidate = (area: Area): Suggestion => ({ value: area.code, label: shown(area) });
/** Code behind the label of a suggestion, which is read as well where somebody sends the label as it stands. */
const CODE_BEHIND = /\(([\d.]+)\)$/;

async function areaNamed(table: Gazetteer, typed: string, writes: boolean): Promise<Area> {
  const code = CODE_BEHIND.exec(typed)?.[1] ?? areasOf(typed)[0]?.code ?? typed;
  const byCode = table.byCode(code);
  if (byCode) return byCode;
  const called = await table.called(typed);
  if (called.length === 1) return called[0]!;
  const near = called.length ? called : await table.search(typed, CANDIDATES + 1);
  if (near.length === 1 && !writes) return near[0]!;
  if (!near.length) throw new Refusal('not_found', m => m.core.noSuchArea({ typed }));
  const offered = near.slice(0, CANDIDATES);
  throw new Refusal('ambiguous', m => m.core.ambiguous({ thing: m.core.area, typed, candidates: offered.map(shown) }), {
    candidates: offered.map(candidate),
  });
}

/**
 * Official administrative areas, by their codes or names; several are parted by a semicolon, since a name may have a
 * comma behind which stands what it lies in.
 */
export const areas = ({ max = MAXIMUM_AREAS } = {}): Kind<readonly Area[]> => ({
  input: 'list',
  many: { input: 'entity', max },
  allowed: () => z.custom<readonly Area[]>(Array.isArray),
  print: values => values.map(one => one.code).join(AREA_SEPARATOR),
  accepts: m => m.core.acceptsArea,
  async read(raw, r) {
    const parts = cleanLine(typedOf(raw))
      // Between codes a comma parts as well: forms deliver what was chosen so.
      .split(/;|,(?=\s*\d)/)
      .map(part => part.trim())
      .filter(Boolean);
    if (!parts.length || parts.length > max) throw new Refusal('invalid_option', m => m.core.acceptsArea);
    const table = await gazetteer();
    if (!table) throw new Refusal('not_found', m => m.core.noAreas);
    const found: Area[] = [];
    for (const part of parts) {
      try {
        found.push(await areaNamed(table, part, r.writes));
      } catch (error) {
        // A candidate would be taken for the whole list.
        throw error instanceof Refusal && parts.length > 1 ? new Refusal(error.code, error.say) : error;
      }
    }
    return [...new Map(found.map(one => [one.code, one])).values()].sort((a, b) => (a.code < b.code ? -1 : 1));
  },
  async suggest(typed) {
    const at = typed.lastIndexOf(';');
    const before = at < 0 ? '' : `${typed.slice(0, at).trim()}${AREA_SEPARATOR}`;
    const wanted = cleanLine(typed.slice(at + 1));
    const table = wanted.length > 1 ? await gazetteer() : null;
    if (!table) return [];
    const byCode = table.byCode(wanted);
    const found = byCode ? [byCode] : await table.search(wanted, SUGGESTED);
    return found.map(area => ({ value: before + area.code, label: before + shown(area) }));
  },
});

/** One official area, such as the one that a list is about. */
export const area = (): Kind<Area> => {
  const { many: _, ...several } = areas({ max: 1 });
  return {
    ...several,
    input: 'entity',
    allowed: () => z.custom<Area>(value => typeof value === 'object'),
    print: value => value.code,
    read: async (raw, r) => (await several.read(raw, r))[0]!,
  };
};
