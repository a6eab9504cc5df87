import { questionsOf } from '../../src/domain/assessments/framework.ts';
import { shippedFrameworks } from '../../src/domain/assessments/shipped.ts';
import { assessmentByNumber } from '../../src/domain/assessments/store.ts';
import { catalogue } from '../../src/language/messages.ts';
import { resultCard } from '../../src/views/assessment.ts';
import { statementsOf } from '../statements.ts';
import { aForum, START } from './forum.ts';
import { measure, ms, ratio } from './measure.ts';
import { row, section } from './page.ts';

const OBJECTS = 1_000;
const PIECE = 10;
const MAXIMUM_GROWTH = 2;

/** A card of one object beside one of a thousand, each with sixty answers, and how many statements it takes. */
export async function assessments(): Promise<void> {
  section('Assessments', '| what | time | beside |');
  const forum = await aForum();
  const { store, forumId } = forum;
  await forum.run('/partner add Satu');
  await forum.run('/assessment start destana object:"Objek 1"');
  const keys = questionsOf(shippedFrameworks().find(one => one.key === 'destana-2012')!).map(one => one.question.key);
  const answers = (assessment: number) =>
    keys.map(question => ({
      ...{ forumId, assessment, question, member: 1, partner: null, value: 1, evidence: null },
      at: START,
      inForce: true,
    }));
  await store.write(null, tx => tx.insert(tx.tables.assessmentAnswers).values(answers(1)));
  const look = { m: catalogue.id, locale: 'id', zone: 'Asia/Jakarta', now: START, db: store.read, forumId } as const;
  const card = async () => resultCard(look, (await assessmentByNumber(store.read, forumId, 1))!);
  const alone = (await measure(100, card)).median;
  const few = (await statementsOf(card)).n;
  const first = (await assessmentByNumber(store.read, forumId, 1))!;
  for (let i = 2; i <= OBJECTS; i += PIECE) {
    const numbers = Array.from({ length: Math.min(PIECE, OBJECTS - i + 1) }, (_, k) => i + k);
    await store.write(null, async tx => {
      const named = numbers.map(number => ({ ...first, number, area: `objek ${number}`, title: `Objek ${number}` }));
      await tx.insert(tx.tables.assessments).values(named);
      for (const number of numbers) await tx.insert(tx.tables.assessmentAnswers).values(answers(number));
    });
  }
  const among = (await measure(100, card)).median;
  const many = (await statementsOf(card)).n;
  row('a card with 60 answers, of 1 object and of 1,000', ms(among), ratio(among, alone));
  row('statements for it', `${few} and ${many}`, ratio(many, few));
  await store.close();
  const wrong = [
    among > MAXIMUM_GROWTH * alone && `a card of one in ${OBJECTS} takes ${ms(among)}, alone ${ms(alone)}`,
    many !== few && `a card takes ${many} statements, alone ${few}`,
  ].filter(Boolean);
  if (wrong.length) process.exitCode = 1;
  for (const one of wrong) console.error(`too much: ${one}`);
}
