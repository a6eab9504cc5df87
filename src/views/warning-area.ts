import { circleOf, cornersOf, shapesOf } from '../domain/areas/shape.ts';
import type { Messages } from '../language/messages.ts';

/** Maximum number of shapes that are described one by one. */
const DESCRIBED = 3;

/** Describes the shapes of a warning's area in words; null: it has none. */
export function shapesFact({ announcement: w }: Messages, stored: string | null): string | null {
  const shapes = shapesOf(stored);
  if (!shapes.length) return null;
  const said = shapes.slice(0, DESCRIBED).map(shape => {
    const circle = circleOf(shape);
    return circle ? w.circle({ km: String(circle.km), at: circle.at }) : w.polygon({ corners: cornersOf(shape) });
  });
  return [...said, ...(shapes.length > DESCRIBED ? [`+${shapes.length - DESCRIBED}`] : [])].join('; ');
}
