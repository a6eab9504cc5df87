import { type Framework, type Question, questionsOf, type Section, topLevel, weightOf } from './framework.ts';

/** Describes what one person answered to one question; null: they do not know. */
export interface Answer {
  readonly question: string;
  readonly member: number;
  readonly value: number | null;
}

/** Describes what a facilitator settled where answers differed. */
export interface Settled {
  readonly question: string;
  readonly value: number;
}

/** Describes how a question stands. */
export interface QuestionResult {
  readonly key: string;
  /** Numbers of people who gave an answer, and who said that they do not know. */
  readonly n: number;
  readonly unknown: number;
  /** The lowest, highest and middle answer; null: nobody gave one. */
  readonly low: number | null;
  readonly high: number | null;
  /** Median; for an even number, half-way between the two middle ones. */
  readonly median: number | null;
  readonly settled: boolean;
  /** People differ, and nobody has settled it. */
  readonly differs: boolean;
  /** Answer that counts: the settled one, else the lower of the middle answers. Null: no answer. */
  readonly value: number | null;
}

/** Points of some questions. */
export interface Points {
  readonly sum: number;
  /** Maximum of the questions that count. */
  readonly most: number;
  readonly answered: number;
  readonly of: number;
  /** Share in whole per cent, cut down; null: nothing counts. */
  readonly percent: number | null;
}

export interface Result {
  readonly questions: readonly QuestionResult[];
  readonly sections: readonly (Points & { readonly key: string })[];
  readonly total: Points;
  /** Measure by which the bands are told. */
  readonly score: number | null;
  /** The band, from 0; null: the instrument has none, or too little was answered. */
  readonly level: number | null;
  /** Too little was answered for a level. */
  readonly tooFew: boolean;
  /** Number of questions that differ and are not settled. */
  readonly differing: number;
}

const percentOf = (sum: number, most: number): number | null => (most > 0 ? Math.floor((100 * sum) / most) : null);

/** The middle of sorted values: the lower one of an even number, and between both. */
function middle(sorted: readonly number[]): { readonly lower: number; readonly median: number } | null {
  if (!sorted.length) return null;
  const lower = sorted[Math.floor((sorted.length - 1) / 2)]!;
  return { lower, median: (lower + sorted[Math.floor(sorted.length / 2)]!) / 2 };
}

function questionResult(key: string, answers: readonly Answer[], settled: number | undefined): QuestionResult {
  const values = answers.flatMap(one => (one.value === null ? [] : [one.value])).sort((a, b) => a - b);
  const mid = middle(values);
  const [low, high] = [values[0] ?? null, values.at(-1) ?? null];
  return {
    key,
    n: values.length,
    unknown: answers.length - values.length,
    low,
    high,
    median: mid?.median ?? null,
    settled: settled !== undefined,
    differs: settled === undefined && low !== high,
    value: settled ?? mid?.lower ?? null,
  };
}

function pointsOf(
  framework: Framework,
  questions: readonly Question[],
  values: ReadonlyMap<string, number | null>,
): Points {
  const top = topLevel(framework);
  let [sum, most, answered] = [0, 0, 0];
  for (const question of questions) {
    const value = values.get(question.key) ?? null;
    if (value !== null) answered++;
    if (value === null && framework.missing === 'exclude') continue;
    sum += (value ?? 0) * weightOf(question);
    most += top * weightOf(question);
  }
  return { sum, most, answered, of: questions.length, percent: percentOf(sum, most) };
}

/**
 * The result of an assessment by its instrument's own rules. Each person's answer counts once, whatever the order in
 * which answers came. An open difference counts as the lower of the middle answers, so that nothing looks better than
 * most say.
 */
export function resultOf(framework: Framework, answers: readonly Answer[], settlements: readonly Settled[]): Result {
  const by = new Map<string, Answer[]>();
  for (const answer of answers) by.set(answer.question, [...(by.get(answer.question) ?? []), answer]);
  const settled = new Map(settlements.map(one => [one.question, one.value]));
  const questions = questionsOf(framework).map(({ question }) =>
    questionResult(question.key, by.get(question.key) ?? [], settled.get(question.key)),
  );
  const values = new Map(questions.map(one => [one.key, one.value]));
  const points = (section: Section): Points & { key: string } => ({
    key: section.key,
    ...pointsOf(framework, section.questions, values),
  });
  const total = pointsOf(
    framework,
    questionsOf(framework).map(one => one.question),
    values,
  );
  const score = framework.score === 'percent' ? total.percent : total.answered ? total.sum : null;
  const tooFew = total.answered === 0 || total.answered * 100 < (framework.least ?? 0) * total.of;
  const level =
    score === null || tooFew ? -1 : framework.bands.findIndex(({ from, to }) => from <= score && score <= to);
  return {
    questions,
    sections: framework.sections.map(points),
    total,
    score,
    level: level < 0 ? null : level,
    tooFew,
    differing: questions.filter(one => one.differs).length,
  };
}

/**
 * Steps that would lift the level next: the points that are missing, and the questions with the most room, the widest
 * first.
 */
export interface Lift {
  readonly level: number;
  readonly missing: number;
  readonly questions: readonly string[];
}

/** Maximum number of questions that are named as the next to work on. */
const NAMED = 5;

/** Returns what is missing to the next band; null: it is the highest, or no level is named. */
export function liftOf(framework: Framework, result: Result): Lift | null {
  const next = result.level === null ? undefined : framework.bands[result.level + 1];
  if (!next) return null;
  const wanted = framework.score === 'percent' ? Math.ceil((next.from * result.total.most) / 100) : next.from;
  return { level: result.level! + 1, missing: wanted - result.total.sum, questions: widest(framework, result, NAMED) };
}

/** The questions with the most points still to be had, in the order of the instrument where they are equal. */
export function widest(framework: Framework, result: Result, limit: number): string[] {
  const top = topLevel(framework);
  const room = new Map(result.questions.map(one => [one.key, top - (one.value ?? 0)]));
  const isCounted = new Map(result.questions.map(one => [one.key, framework.missing === 'zero' || one.value !== null]));
  return questionsOf(framework)
    .filter(({ question }) => isCounted.get(question.key) && room.get(question.key)! > 0)
    .map(({ question }) => ({ key: question.key, gain: room.get(question.key)! * weightOf(question) }))
    .sort((a, b) => b.gain - a.gain)
    .slice(0, limit)
    .map(one => one.key);
}

/** The section that reached the smallest share, with room for more; null: none has. */
export function lowestSection(result: Pick<Result, 'sections'>): string | null {
  const open = result.sections.filter(one => one.percent !== null && one.percent < 100);
  if (!open.length) return null;
  return open.reduce((low, one) => (one.percent! < low.percent! ? one : low)).key;
}
