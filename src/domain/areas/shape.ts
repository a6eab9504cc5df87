/**
 * A circle or a polygon on the map as the Common Alerting Protocol writes it: `-7.78,110.37 2` has a radius in
 * kilometres, `-7.7,110.3 -7.8,110.3 -7.8,110.4 -7.7,110.3` comes back to its first point. Latitude comes first.
 */
export type Shape = string;

/** Maximum number of points of a polygon that a person types. */
const MAXIMUM_POINTS = 100;
/** Maximum radius of a circle, kilometres. */
const MAXIMUM_RADIUS_KM = 1000;

const POINT = /^(-?\d{1,2}(?:\.\d{1,8})?),(-?\d{1,3}(?:\.\d{1,8})?)$/;

const isPoint = (text: string): boolean => {
  const [, latitude, longitude] = POINT.exec(text) ?? [];
  return latitude !== undefined && Math.abs(Number(latitude)) <= 90 && Math.abs(Number(longitude)) <= 180;
};

/** Tells whether a text begins with a point of the map, so that it is meant as a shape. */
export const looksLikeShape = (typed: string): boolean => POINT.test(typed.trim().split(/\s+/)[0] ?? '');

/**
 * Reads a shape: a point with a radius in kilometres (`-7.78,110.37 2 km`), or three points or more, which are closed
 * where they are not. Null: it is none.
 */
export function readShape(typed: string, maximum = MAXIMUM_POINTS): Shape | null {
  const words = typed.trim().split(/\s+/);
  const [first = ''] = words;
  const circle = /^(\S+) (\d{1,4}(?:\.\d{1,3})?)(?: ?km)?$/i.exec(words.join(' '));
  if (circle && isPoint(circle[1]!)) return isRadius(circle[2]!) ? `${circle[1]} ${circle[2]}` : null;
  if (words.length < 3 || words.length > maximum || !words.every(isPoint)) return null;
  const closed = first === words.at(-1) ? words : [...words, first];
  return closed.length < 4 ? null : closed.join(' ');
}

const isRadius = (km: string): boolean => Number(km) > 0 && Number(km) <= MAXIMUM_RADIUS_KM;

/** The shapes of a stored text, one a line. */
export const shapesOf = (stored: string | null): Shape[] => (stored ? stored.split('\n') : []);

/** Several shapes as they are stored; null: there are none. */
export const shapesText = (shapes: readonly Shape[]): string | null => (shapes.length ? shapes.join('\n') : null);

/** Takes a circle apart; null: the shape is a polygon. */
export function circleOf(shape: Shape): { readonly at: string; readonly km: number } | null {
  const [at, radius, ...more] = shape.split(' ');
  return more.length || radius === undefined || radius.includes(',') ? null : { at: at!, km: Number(radius) };
}

/** Counts the corners of a polygon. */
export const cornersOf = (shape: Shape): number => shape.split(' ').length - 1;
