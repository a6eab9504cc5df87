import type { RenderContext } from '../contract/render-context.ts';
import { areasOf } from '../domain/areas/area.ts';
import { type Framework, isYesNo, questionsOf } from '../domain/assessments/framework.ts';
import type { Points, Result } from '../domain/assessments/results.ts';
import type { AssessedObject } from '../domain/assessments/store.ts';
import { codeOf } from '../domain/codes.ts';
import { inLocale, type Locale } from '../language/locale.ts';
import type { Messages } from '../language/messages.ts';
import { formatNumber } from '../language/numbers.ts';

type Read = Pick<RenderContext, 'm' | 'locale'>;

/** Returns what the button of an answer is called: its number, or yes and no. */
export function answerLabel(m: Messages, framework: Framework, value: number | null): string {
  if (value === null) return m.assessment.unknown;
  if (isYesNo(framework)) return value ? m.core.yes : m.core.no;
  return String(value);
}

/** A value between two answers, as the middle of an even number may be. */
export const middleLabel = ({ m, locale }: Read, framework: Framework, value: number): string =>
  Number.isInteger(value) ? answerLabel(m, framework, value) : formatNumber(value, locale);

export const percentText = ({ locale }: Pick<Read, 'locale'>, { percent }: Pick<Points, 'percent'>): string =>
  percent === null ? '–' : formatNumber(percent, locale);

/** The points of a whole or a section, with their share. */
export function pointsText(context: Read, points: Points): string {
  const { m, locale } = context;
  if (points.percent === null) return m.core.none;
  const n = (value: number): string => formatNumber(value, locale);
  return m.assessment.totalText({ sum: n(points.sum), most: n(points.most), percent: n(points.percent) });
}

/** The level that a result has, or why none is named. */
export function levelText({ m, locale }: Read, framework: Framework, result: Result): string {
  const w = m.assessment;
  if (!framework.bands.length) return w.noBands;
  if (result.level !== null) return inLocale(framework.bands[result.level]!.name, locale);
  return w.tooFew({ least: formatNumber(framework.least ?? 1, locale) });
}

/** A question with its number, as lists name it. */
export function questionLine(framework: Framework, key: string, locale: Locale): string {
  const found = questionsOf(framework).find(({ question }) => question.key === key);
  return found ? `${key} ${inLocale(found.question.text, locale)}` : key;
}

/** A section's name; empty: the instrument as a whole. */
export function sectionName({ m, locale }: Read, framework: Framework, key: string): string {
  const found = framework.sections.find(section => section.key === key);
  return found ? inLocale(found.name, locale) : m.assessment.whole;
}

/** Writes an object so that it is read as the same again: the code of a partner or area, else its name. */
export const objectTyped = ({ partner, area, title }: Pick<AssessedObject, 'partner' | 'area' | 'title'>): string =>
  partner === null ? (areasOf(area)[0]?.code ?? title) : codeOf('partner', partner);
