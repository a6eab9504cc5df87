import * as z from 'zod';

/** Words in every language; an instrument of a forum's own may have the same in all. */
const words = z.object({ id: z.string().min(1).max(500), en: z.string().min(1).max(500) });
export type Words = z.infer<typeof words>;

const key = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,39}$/);

/** Shape of an instrument's file; `faultsOf` says whether it makes sense. */
export const frameworkShape = z.strictObject({
  /** Names the instrument, for ever: assessments by the same key are compared. */
  key,
  version: z.string().min(1).max(20),
  name: words,
  about: words,
  /** Address of the official document; null: there is none. */
  source: z.string().max(300).nullable(),
  licence: words,
  /** The answers from the lowest to the highest, with what each means. */
  levels: z.array(z.strictObject({ value: z.number().int(), text: words })).max(11),
  /** Measure of the bands: the sum of points, or its share of what could be reached, in whole per cent, cut down. */
  score: z.enum(['sum', 'percent']),
  /** Rule for a question without an answer: it counts as the lowest answer, or not at all. */
  missing: z.enum(['zero', 'exclude']),
  /** Least share of the questions that must be answered before a level is named, per cent. */
  least: z.number().int().min(0).max(100).optional(),
  bands: z.array(z.strictObject({ from: z.number().int(), to: z.number().int(), name: words })).max(20),
  sections: z
    .array(
      z.strictObject({
        key,
        name: words,
        questions: z.array(
          z.strictObject({
            key,
            text: words,
            /** Weight of an answer; one unless told. */
            weight: z.number().optional(),
            /** Meaning of each answer to this very question, from the lowest. */
            levels: z.array(words).optional(),
          }),
        ),
      }),
    )
    .max(40),
});

/** An instrument by which something is assessed. */
export type Framework = z.infer<typeof frameworkShape>;
export type Section = Framework['sections'][number];
export type Question = Section['questions'][number];

/** Maximum number of questions of an instrument. */
const MAXIMUM_QUESTIONS = 300;
const MAXIMUM_WEIGHT = 1000;

/** Fault of an instrument; `index` counts its questions, bands, levels or sections as they stand, from 0. */
export type FrameworkFault =
  | { readonly why: 'question_twice'; readonly index: number; readonly key: string; readonly first: number }
  | { readonly why: 'bad_weight'; readonly index: number; readonly key: string }
  | { readonly why: 'level_texts'; readonly index: number; readonly key: string; readonly n: number }
  | { readonly why: 'section_twice'; readonly index: number; readonly key: string }
  | { readonly why: 'empty_section'; readonly index: number; readonly key: string }
  | { readonly why: 'no_questions' }
  | { readonly why: 'too_many_questions'; readonly most: number }
  | { readonly why: 'few_levels' }
  | { readonly why: 'level_order'; readonly index: number; readonly expected: number }
  | { readonly why: 'band_backwards'; readonly index: number }
  | { readonly why: 'band_overlap'; readonly index: number; readonly expected: number }
  | { readonly why: 'band_hole'; readonly index: number; readonly expected: number }
  | { readonly why: 'band_end'; readonly index: number; readonly most: number };

/** Every question with its section, in order. */
export const questionsOf = ({ sections }: Pick<Framework, 'sections'>): { section: Section; question: Question }[] =>
  sections.flatMap(section => section.questions.map(question => ({ section, question })));

export const weightOf = ({ weight }: Question): number => weight ?? 1;

/** Whole weights keep every sum exact, so that an edge of a band is an edge. */
const isWeight = (weight: number): boolean => Number.isInteger(weight) && weight >= 1 && weight <= MAXIMUM_WEIGHT;

/** The highest answer. */
export const topLevel = ({ levels }: Pick<Framework, 'levels'>): number => levels.at(-1)?.value ?? 0;

/** The highest sum that can be reached. */
export const mostPoints = (framework: Pick<Framework, 'levels' | 'sections'>): number =>
  questionsOf(framework).reduce((sum, { question }) => sum + weightOf(question) * topLevel(framework), 0);

/** An instrument whose answers are no and yes. */
export const isYesNo = ({ levels }: Pick<Framework, 'levels'>): boolean => levels.length === 2;

/** The end of the scale on which the bands lie. */
const endOfScale = (framework: Framework): number => (framework.score === 'percent' ? 100 : mostPoints(framework));

/** Everything that is wrong with an instrument; none: it can be used. */
export function faultsOf(framework: Framework): FrameworkFault[] {
  return [...levelFaults(framework), ...questionFaults(framework), ...bandFaults(framework)];
}

function levelFaults({ levels }: Framework): FrameworkFault[] {
  if (levels.length < 2) return [{ why: 'few_levels' }];
  return levels.flatMap(({ value }, index) =>
    value === index ? [] : [{ why: 'level_order' as const, index, expected: index }],
  );
}

function questionFaults(framework: Framework): FrameworkFault[] {
  const found: FrameworkFault[] = [];
  const all = questionsOf(framework);
  if (!all.length) found.push({ why: 'no_questions' });
  if (all.length > MAXIMUM_QUESTIONS) found.push({ why: 'too_many_questions', most: MAXIMUM_QUESTIONS });
  const seen = new Map<string, number>();
  for (const [index, { question }] of all.entries()) {
    const { key, weight, levels } = question;
    const same = key.toLowerCase();
    const first = seen.get(same);
    if (first === undefined) seen.set(same, index);
    else found.push({ why: 'question_twice', index, key, first });
    if (weight !== undefined && !isWeight(weight)) found.push({ why: 'bad_weight', index, key });
    if (levels && levels.length !== framework.levels.length)
      found.push({ why: 'level_texts', index, key, n: framework.levels.length });
  }
  const sections = new Set<string>();
  for (const [index, { key, questions }] of framework.sections.entries()) {
    if (sections.has(key.toLowerCase())) found.push({ why: 'section_twice', index, key });
    sections.add(key.toLowerCase());
    if (!questions.length) found.push({ why: 'empty_section', index, key });
  }
  return found;
}

/** Bands have to follow each other without overlap or hole, from nought to the end of the scale. */
function bandFaults(framework: Framework): FrameworkFault[] {
  const found: FrameworkFault[] = [];
  let expected = 0;
  for (const [index, { from, to }] of framework.bands.entries()) {
    if (from > to) found.push({ why: 'band_backwards', index });
    if (from < expected) found.push({ why: 'band_overlap', index, expected });
    if (from > expected) found.push({ why: 'band_hole', index, expected });
    expected = Math.max(from, to) + 1;
  }
  const most = endOfScale(framework);
  // With a wrong weight the end of the scale is not known.
  const isKnown = questionsOf(framework).every(({ question }) => isWeight(weightOf(question)));
  if (framework.bands.length && isKnown && expected !== most + 1)
    found.push({ why: 'band_end', index: framework.bands.length - 1, most });
  return found;
}
