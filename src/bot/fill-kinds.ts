import * as z from 'zod';
import { Refusal } from '../contract/refusal.ts';
import { dimensionsOf, groupMeant } from '../domain/groups/dimensions.ts';
import { ACTIVITY_MEASURES, MONEY_MEASURES } from '../domain/indicators/fill.ts';
import { MEASURE_WORDS } from '../language/synonyms.ts';
import { FILL_SOURCES } from '../storage/schema/indicators.ts';
import { measureName } from '../views/fill.ts';
import { groupWords } from './group-kinds.ts';
import { checked, type Kind, typedOf } from './kind.ts';
import { choice, choiceWord } from './kinds.ts';

const SOURCES = [...FILL_SOURCES, 'none'] as const;
const CODE_OF_INDICATOR = /^n-\d{1,9}$/i;

/**
 * Reads the things from which an indicator fills itself. @throws Refusal `invalid_option` for an indicator: a figure is
 * never made of figures, least of all of itself.
 */
export function fillSource(): Kind<(typeof SOURCES)[number]> {
  const kind = choice(SOURCES, m => m.fill.sources);
  return {
    ...kind,
    async read(raw, r) {
      if (CODE_OF_INDICATOR.test(typedOf(raw).trim()))
        throw new Refusal('invalid_option', m => m.fill.no.itself, { option: 'from' });
      return kind.read(raw, r);
    },
  };
}

const MEASURES = [...ACTIVITY_MEASURES, ...MONEY_MEASURES] as const;

/** The count that is taken of activities or money: a known measure, or any group of people of the forum by its key. */
export const fillMeasure = (): Kind<string> => {
  return {
    ...checked(
      {
        input: 'line',
        longest: 60,
        allowed: () => z.string().min(1).max(60),
        print: value => value,
        accepts: m => m.fill.acceptsMeasure({ names: MEASURES.map(one => m.fill.measures[one]) }),
      },
      (raw, r) => {
        const typed = typedOf(raw);
        const wanted = choiceWord(typed);
        const isCalled = (one: (typeof MEASURES)[number]): boolean =>
          [one, ...r.ctx.catalogues.map(m => m.fill.measures[one]), ...(MEASURE_WORDS[one] ?? [])]
            .map(choiceWord)
            .includes(wanted);
        return (
          MEASURES.find(isCalled) ??
          groupMeant(typed, dimensionsOf(r.ctx.forum.settings), groupWords(r.ctx.catalogues)) ??
          undefined
        );
      },
    ),
    async suggest(typed, ctx) {
      const groups = dimensionsOf(ctx.forum.settings).flatMap(one => one.groups);
      const wanted = choiceWord(typed);
      return [...MEASURES, ...groups]
        .map(value => ({ value, label: measureName(ctx, value) }))
        .filter(({ value, label }) => [value, label].some(one => choiceWord(one).includes(wanted)))
        .slice(0, 25);
    },
  };
};
