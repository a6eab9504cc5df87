import type { ReadContext, WriteContext } from '../../src/bot/act-context.ts';
import { main } from '../../src/bot/command.ts';
import { choiceWord } from '../../src/bot/kinds.ts';
import { entity } from '../../src/bot/references.ts';
import { Refusal } from '../../src/contract/refusal.ts';
import { isSelf } from '../../src/domain/actor.ts';
import { type Framework, isYesNo, questionsOf } from '../../src/domain/assessments/framework.ts';
import { type Assessment, assessmentSource } from '../../src/domain/assessments/store.ts';
import { codeOf } from '../../src/domain/codes.ts';
import { when } from '../../src/language/dates.ts';
import { DATE_WORDS } from '../../src/language/synonyms.ts';
import { answerLabel } from '../../src/views/assessment-words.ts';

export const code = (assessment: Pick<Assessment, 'number'>): string => codeOf('assessment', assessment.number);

/** The assessment that an action is about. */
export const theAssessment = { assessment: main(entity(assessmentSource)) };

/** Returns what posts about an assessment are about. */
export const assessmentTopic = (assessment: Assessment) => ({
  kind: 'assessment',
  subject: String(assessment.number),
});

/** Roles that answer and start: those who sit for a partner, and coordinators. */
export const ASSESSORS = ['partner', 'coordinator'] as const;

/** Refuses what changes an assessment that is over. */
export function refuseClosed(ctx: ReadContext, assessment: Assessment): void {
  const { closedAt } = assessment;
  if (!closedAt) return;
  const at = [when(closedAt, ctx.zone, ctx.locale)];
  throw new Refusal('closed', m => m.assessment.closed({ code: code(assessment), at }));
}

/** Refuses what is for the person who started the assessment, its facilitator, and coordinators. */
export function needFacilitator(ctx: ReadContext, assessment: Assessment): void {
  if (isSelf(ctx.actor, assessment.createdBy) || ctx.actor.coordinator) return;
  throw new Refusal('forbidden', m => m.assessment.notFacilitator({ code: code(assessment) }));
}

/** The key of a question as it was typed. @throws Refusal `not_found` for one of another instrument. */
export function questionNamed(assessment: Assessment, framework: Framework, typed: string): string {
  const keys = questionsOf(framework).map(({ question }) => question.key);
  const found = keys.find(key => key.toLowerCase() === typed.trim().toLowerCase());
  if (found !== undefined) return found;
  const said = { code: code(assessment), typed, first: keys[0]!, last: keys.at(-1)! };
  throw new Refusal('not_found', m => m.assessment.noQuestion(said), { option: 'question' });
}

/** The key of a section, by its key or name. @throws Refusal `not_found`. */
export function sectionNamed(assessment: Assessment, { sections }: Framework, typed: string): string {
  const wanted = choiceWord(typed);
  const found =
    sections.find(one => choiceWord(one.key) === wanted) ??
    sections.find(one => [one.name.id, one.name.en].some(name => choiceWord(name) === wanted));
  if (found) return found.key;
  const names = sections.map(one => one.key).join(', ');
  throw new Refusal('not_found', m => m.assessment.noSection({ code: code(assessment), typed, names }), {
    option: 'section',
  });
}

const UNKNOWN_WORDS = ['-', '?', 'unknown', 'na', 'n_a', 'tdk_tahu'];

/**
 * Reads an answer: a level by its number or meaning, of yes and no any word for them, or that somebody does not know
 * (null). @throws Refusal `invalid_option` with the answers there are.
 */
export function answerTyped(ctx: ReadContext, framework: Framework, typed: string): number | null {
  const trimmed = typed.trim();
  const wanted = choiceWord(trimmed);
  const unknown = [...UNKNOWN_WORDS, ...ctx.catalogues.map(m => choiceWord(m.assessment.unknown))];
  if (trimmed === '-' || trimmed === '?' || unknown.includes(wanted)) return null;
  const isYes = isYesNo(framework);
  for (const { value, text } of framework.levels) {
    const words = [String(value), text.id, text.en, ...ctx.catalogues.map(m => answerLabel(m, framework, value))];
    if (isYes) words.push(...DATE_WORDS[value ? 'yes' : 'no']);
    if (words.some(word => choiceWord(word) === wanted)) return value;
  }
  const answers = [...framework.levels.map(one => one.value), null].map(value => answerLabel(ctx.m, framework, value));
  throw new Refusal('invalid_option', m => m.assessment.noAnswer({ typed, answers: answers.join(', ') }), {
    option: 'answer',
  });
}

/** Writes the line of the audit. */
export const recorded = (
  ctx: WriteContext,
  assessment: Assessment,
  kind: string,
  data: Record<string, unknown> = {},
): Promise<number> => ctx.record({ kind: `assessment.${kind}`, thing: 'assessment', number: assessment.number, data });
