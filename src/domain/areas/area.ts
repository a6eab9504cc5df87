import { type Column, like, or, type SQL } from 'drizzle-orm';

/** An official administrative area: its code, and its name with what it lies in: `Gondokusuman, Yogyakarta`. */
export interface Area {
  /** Two digits of the province, then two for each level below and four for the village: `34.71.03.1002`. */
  readonly code: string;
  readonly name: string;
}

/** Parts one area from the next where several stand in one text; no name of an area has it. */
export const AREA_SEPARATOR = '; ';

const WRITTEN = /^(\d\d(?:\.\d\d(?:\.\d\d(?:\.\d{4})?)?)?) (.+)$/;

/** One or several areas as they are stored and printed, code before name: a reader needs no table of codes. */
export const areasText = (areas: readonly Area[]): string =>
  areas.map(({ code, name }) => `${code} ${name}`).join(AREA_SEPARATOR);

/** The areas of a stored text; none where there is none. */
export const areasOf = (stored: string | null): Area[] =>
  (stored ?? '').split(AREA_SEPARATOR).flatMap(one => {
    const [, code, name] = WRITTEN.exec(one) ?? [];
    return code && name ? [{ code, name }] : [];
  });

/** The names alone, as cards show them. */
export const areaNames = (stored: string | null): string =>
  areasOf(stored)
    .map(one => one.name)
    .join(AREA_SEPARATOR);

/** Tells how deep an area lies: 1 province, 2 regency or city, 3 district, 4 village. */
export const levelOf = (code: string): number => code.split('.').length;

/** The codes of all that an area lies in, itself last. */
export const codesAbove = (code: string): string[] => {
  const parts = code.split('.');
  return parts.map((_, i) => parts.slice(0, i + 1).join('.'));
};

/** Tells whether an area is another or lies in it. */
export const liesIn = (code: string, outer: string): boolean => code === outer || code.startsWith(`${outer}.`);

/** Tells whether two areas have ground in common: one is the other or lies in it. */
export const meet = (one: string, other: string): boolean => liesIn(one, other) || liesIn(other, one);

/** Condition: one of the areas in a stored text is this one or lies in it. */
export const withinArea = (stored: Column, { code }: Area): SQL | undefined =>
  or(
    ...['', `%${AREA_SEPARATOR}`].flatMap(before => [' ', '.'].map(after => like(stored, `${before}${code}${after}%`))),
  );

/** Tells whether one of the areas of a stored text is this one or lies in it. */
export const worksIn = (stored: string | null, outer: Area): boolean =>
  areasOf(stored).some(({ code }) => liesIn(code, outer.code));
