import { type Counts, type Dimension, groupHeadings, groupMeant, isKnownGroup } from '../domain/groups/dimensions.ts';
import { pairsIn } from '../language/group-pairs.ts';
import type { Messages } from '../language/messages.ts';
import { textOf } from './grid.ts';
import type { Headings } from './headings.ts';
import { decimalIn } from './numbers.ts';
import type { ImportContext } from './plan.ts';
import type { Row } from './row.ts';

const FIELD = 'group:';

/** Women have had a column of their own for ever. */
const columnsOf = (dimensions: readonly Dimension[]): string[] =>
  dimensions.flatMap(({ groups }) => groups).filter(key => key !== 'women');

/** The fields in which a table may have the people of each group. */
export const groupFields = (dimensions: readonly Dimension[]): string[] =>
  columnsOf(dimensions).map(key => `${FIELD}${key}`);

const wordsIn = (catalogues: readonly Messages[], key: string): string[] =>
  isKnownGroup(key) ? catalogues.map(m => m.groups.names[key]) : [];

/** Returns what stands above those columns. */
export const headingsOfGroups = (dimensions: readonly Dimension[], catalogues: readonly Messages[]): Headings =>
  Object.fromEntries(
    columnsOf(dimensions).map(key => {
      const words = [...wordsIn(catalogues, key), ...groupHeadings(key)];
      const counted = words.flatMap(word => [word, `peserta ${word}`, `jumlah ${word}`, `${word} participants`]);
      return [`${FIELD}${key}`, counted];
    }),
  );

/** The people of each group that a row names, in columns of their own or in one text (`L=41 P=27`); undefined: none. */
export function groupsIn(row: Row, { catalogues, dimensions, locale, writing }: ImportContext): Counts | undefined {
  const found: Record<string, number> = {};
  const women = row.whole('women');
  if (women !== undefined) found.women = women;
  for (const key of columnsOf(dimensions)) {
    const n = row.whole(`${FIELD}${key}`);
    if (n !== undefined) found[key] = n;
  }
  const cell = row.cell('groups');
  const pairs = cell === null ? [] : pairsIn(textOf(cell));
  if (!pairs) row.fault('groups', m => m.groups.accepts({ names: Object.values(m.groups.names) }));
  for (const [name, typed] of pairs ?? []) {
    const key = groupMeant(name, dimensions, one => catalogues.map(m => m.groups.names[one]));
    const n = Number(decimalIn(typed, writing, locale) ?? Number.NaN);
    if (key === null) row.fault('groups', m => m.imports.why.unknownGroup({ name }));
    else if (!Number.isInteger(n) || n < 0) row.fault('groups', m => m.imports.why.notWhole({ typed }));
    else if (found[key] !== undefined && found[key] !== n) row.fault('groups', m => m.groups.twice({ group: name }));
    else found[key] = n;
  }
  return Object.keys(found).length ? found : undefined;
}
