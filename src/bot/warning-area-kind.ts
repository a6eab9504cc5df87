import * as z from 'zod';
import { Refusal } from '../contract/refusal.ts';
import { AREA_SEPARATOR, type Area } from '../domain/areas/area.ts';
import { looksLikeShape, readShape, type Shape } from '../domain/areas/shape.ts';
import { cleanLine } from '../language/clean.ts';
import { areas } from './area-kind.ts';
import { type Kind, typedOf } from './kind.ts';

/** Area of a warning: official areas, and circles or polygons on the map. */
export interface WarningArea {
  readonly areas: readonly Area[];
  readonly shapes: readonly Shape[];
}

/** Maximum number of shapes that a person types. */
const MAXIMUM_SHAPES = 5;

/** Reads areas like `areas`, and among them circles (`-7.78,110.37 2 km`) and polygons (three points or more). */
export const warningArea = (): Kind<WarningArea> => {
  // Circles are typed: no menu has them.
  const { many: _, ...official } = areas();
  return {
    ...official,
    allowed: () => z.custom<WarningArea>(value => typeof value === 'object'),
    print: ({ areas: found, shapes }) => [...found.map(one => one.code), ...shapes].join(AREA_SEPARATOR),
    async read(raw, r) {
      const parts = cleanLine(typedOf(raw)).split(';');
      const names = parts.filter(part => !looksLikeShape(part));
      const shapes = parts.filter(looksLikeShape).map(part => readShape(part));
      if (shapes.includes(null) || shapes.length > MAXIMUM_SHAPES)
        throw new Refusal('invalid_option', m => m.announcement.badShape);
      const isNamed = !shapes.length || names.some(part => part.trim());
      return {
        areas: isNamed ? await official.read({ typed: names.join(';') }, r) : [],
        shapes: [...new Set(shapes.filter(one => one !== null))],
      };
    },
  };
};
