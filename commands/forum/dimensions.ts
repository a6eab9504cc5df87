import * as z from 'zod';
import { dimensionWords, groupWords } from '../../src/bot/group-kinds.ts';
import { invalid, type Kind, typedOf } from '../../src/bot/kinds.ts';
import { Refusal } from '../../src/contract/refusal.ts';
import { type Asked, dimensionMeant, dimensionsOf, groupMeant } from '../../src/domain/groups/dimensions.ts';
import { cleanLine } from '../../src/language/clean.ts';
import type { Messages } from '../../src/language/messages.ts';
import type { DimensionSetting } from '../../src/storage/schema/people.ts';
import { sameName } from '../../src/storage/words.ts';

const ALL: readonly Asked[] = ['activities', 'indicators'];
/** Maximum of dimensions, of groups in one, and of characters in a name. */
const DIMENSIONS = 8;
const GROUPS = 12;
const NAME = 30;
const NONE = new Set(['none', '-', 'tidak ada', 'tanpa']);

/** `Pekerjaan: petani/nelayan (kegiatan)`: its name, its groups, and of what alone it is asked. */
const PIECE = /^([^:()]+?)\s*(?::\s*([^()]+?))?\s*(?:\(([^()]+)\))?$/;

/**
 * Reads the word in brackets: the things of which a dimension is asked. Without a word, all of them; null: not a known
 * word.
 */
function askedIn(word: string | undefined, catalogues: readonly Messages[]): readonly Asked[] | null {
  if (word === undefined) return ALL;
  const named = word
    .split(/[,/&]/)
    .map(one => ALL.find(of => [of, ...catalogues.map(m => m.groups.asked[of])].some(name => sameName(name, one))));
  return named.every(one => one !== undefined) ? (named as Asked[]) : null;
}

/** The pieces of a list: parted by `;`, or by commas where no groups are named. */
const piecesOf = (typed: string): string[] =>
  typed
    .split(/[;\n]/)
    .flatMap(piece => (piece.includes(':') ? [piece] : piece.split(/,(?![^(]*\))/)))
    .map(piece => cleanLine(piece))
    .filter(Boolean);

/** The ways in which a forum divides people: known ones by name, its own with their groups. */
export const dimensionList = (): Kind<readonly DimensionSetting[]> => ({
  input: 'paragraph',
  longest: 1_000,
  allowed: () => z.custom<readonly DimensionSetting[]>(),
  print: all =>
    all
      .map(({ key, groups, asked }) => {
        const only = asked.length === ALL.length ? '' : ` (${asked.join('/')})`;
        return `${key}${groups ? `: ${groups.join('/')}` : ''}${only}`;
      })
      .join('; ') || 'none',
  accepts: m => m.groups.acceptsDimensions,
  async read(raw, r) {
    const { catalogues } = r.ctx;
    const pieces = piecesOf(typedOf(raw));
    if (pieces.length === 1 && NONE.has(pieces[0]!.toLowerCase())) return [];
    if (!pieces.length || pieces.length > DIMENSIONS) throw invalid(this, raw, r);
    const found: DimensionSetting[] = [];
    const taken: string[] = [];
    for (const piece of pieces) {
      const [, name = '', listed, word] = PIECE.exec(piece) ?? [];
      const asked = askedIn(word, catalogues);
      const known = dimensionMeant(name, dimensionWords(catalogues));
      if (!name || !asked) throw invalid(this, raw, r);
      const groups = listed
        ?.split(/[/,|]/)
        .map(one => cleanLine(one))
        .filter(Boolean);
      if (known && !groups) found.push({ key: known, asked });
      else {
        if (known || !groups || groups.length < 2 || groups.length > GROUPS || name.length > NAME)
          throw new Refusal('invalid_option', m => m.groups.ownNeedsGroups({ name, max: GROUPS }));
        for (const group of groups) {
          const isKnown = groupMeant(group, dimensionsOf({ groups: [] }), groupWords(catalogues)) !== null;
          if (isKnown || group.length > NAME || /[=:;]/.test(group) || taken.some(one => sameName(one, group)))
            throw new Refusal('invalid_option', m => m.groups.ownTwice({ group }));
          taken.push(group);
        }
        found.push({ key: name, groups, asked });
      }
      if (found.slice(0, -1).some(one => sameName(one.key, found.at(-1)!.key))) throw invalid(this, raw, r);
    }
    return found;
  },
});
