import type { RenderContext } from '../contract/render-context.ts';
import type { Framework, Words } from '../domain/assessments/framework.ts';
import type { QuestionResult } from '../domain/assessments/results.ts';
import { type Assessment, stateOf } from '../domain/assessments/store.ts';
import { namesOf } from '../domain/partners.ts';
import type { Messages } from '../language/messages.ts';
import { csvOf } from './csv.ts';

type Row = (string | number | null)[];

/** Parts the meanings of answers in a cell. */
const MEANINGS = ' | ';

const headings = (m: Messages): string[] => {
  const h = m.assessment.import.headings;
  return [h.part, h.key, h.text, h.textEn, h.value, h.from, h.to, h.weight, h.levels, h.levelsEn].map(one => one[0]!);
};

const meanings = (levels: readonly Words[] | undefined, language: 'id' | 'en'): string | null =>
  levels?.map(one => one[language]).join(MEANINGS) ?? null;

/** An instrument as rows that can be read in again; of each question also what `more` gives. */
function rowsOf(m: Messages, framework: Framework, more: (key: string) => Row): Row[] {
  const p = m.assessment.import.parts;
  const line = (part: string, key: string | null, words: Words | null, rest: Row = []): Row => [
    part,
    key,
    words?.id ?? null,
    words?.en ?? null,
    ...rest,
  ];
  return [
    line(p.instrument, framework.key, framework.name, [framework.version]),
    line(p.about, null, framework.about),
    line(p.licence, null, framework.licence),
    ...(framework.source === null ? [] : [[p.source, null, framework.source]]),
    line(p.score, null, null, [framework.score]),
    line(p.missing, null, null, [framework.missing]),
    ...(framework.least === undefined ? [] : [line(p.least, null, null, [framework.least])]),
    ...framework.levels.map(one => line(p.level, null, one.text, [one.value])),
    ...framework.bands.map(one => line(p.band, null, one.name, [null, one.from, one.to])),
    ...framework.sections.flatMap(section => [
      line(p.section, section.key, section.name),
      ...section.questions.map(question =>
        line(p.question, question.key, question.text, [
          null,
          null,
          null,
          question.weight ?? null,
          meanings(question.levels, 'id'),
          meanings(question.levels, 'en'),
          ...more(question.key),
        ]),
      ),
    ]),
  ];
}

/** An instrument alone, as `/assessment import` reads it. */
export const frameworkFile = (m: Messages, framework: Framework): string =>
  csvOf([headings(m), ...rowsOf(m, framework, () => [])]);

/** An assessment as a file: its instrument, and how each question was answered. Nobody is named; partners are. */
export async function assessmentFile({ m, db, forumId }: RenderContext, assessment: Assessment): Promise<string> {
  const w = m.assessment.file;
  const { framework, answers, settlements, result } = await stateOf(db, assessment);
  const names = await namesOf(db, forumId);
  const stands = new Map<string, QuestionResult>(result.questions.map(one => [one.key, one]));
  const settled = new Map(settlements.map(one => [one.question, one]));
  const proofs = (key: string): string =>
    answers
      .filter(one => one.question === key && one.evidence !== null)
      .map(one => `${names.get(one.partner ?? 0) ?? m.roles.coordinator}: ${one.evidence}`)
      .join('; ');
  const more = (key: string): Row => {
    const one = stands.get(key)!;
    const by = settled.get(key);
    return [
      one.value,
      one.n,
      one.low,
      one.median,
      one.high,
      one.unknown,
      by?.value ?? null,
      by?.reason ?? null,
      proofs(key) || null,
    ];
  };
  const columns = [w.counted, w.n, w.low, w.median, w.high, w.unknown, w.settled, w.reason, w.evidence];
  return csvOf([[...headings(m), ...columns], ...rowsOf(m, framework, more)]);
}
