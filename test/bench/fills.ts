import { differing, figuresOf } from '../../src/domain/indicators/drafts.ts';
import { periodOf } from '../../src/domain/indicators/periods.ts';
import { recordsOf } from '../../src/domain/indicators/record.ts';
import { addIndicator, listIndicators } from '../../src/domain/indicators/store.ts';
import { addReport } from '../../src/domain/indicators/stored-reports.ts';
import { statementsOf } from '../statements.ts';
import { aForum, fillActivities, START } from './forum.ts';
import { measure, ms } from './measure.ts';
import { row, section } from './page.ts';

const INDICATORS = 1_000;
const OTHERS = 20_000;
const PERIOD = periodOf('2026-10-05', 'monthly');

const TERMS = {
  name: 'N',
  goal: null,
  unit: 'orang',
  direction: 'up',
  baseline: null,
  baselineDate: null,
  baselineSource: null,
  target: null,
  due: null,
  frequency: 'monthly',
  valueKind: 'flow',
  span: 'course',
  aggregate: 'sum',
  partnersAggregate: 'sum',
  dueDays: 10,
  lockDays: 30,
  definition: null,
  needsProof: false,
  scale: null,
  green: 90,
  amber: 70,
  createdBy: 1,
} as const;
const FILL = { of: null, partner: null, goal: null, area: null } as const;
const FILLS = [
  { from: 'activities', measure: 'participants', ...FILL },
  { from: 'activities', measure: 'women', per: 'participants', ...FILL },
  { from: 'money', measure: 'out', ...FILL },
] as const;

/**
 * Drafts of a thousand indicators that fill themselves, before and after there are 20,000 activities of another period.
 * Fails where the others cost a statement.
 */
export async function fills(): Promise<void> {
  section(
    'Drafts of 1,000 indicators that fill themselves',
    '| activities of other periods | statements for all drafts | all drafts | statements to compare all reports |',
  );
  const { store, run, forumId } = await aForum();
  await run('/partner add A');
  for (let i = 0; i < 40; i++)
    await run(`/activity log "K ${i}" kind:training participants:${i + 5} women:${i} partners:A date:7/10/2026`);
  await store.write(forumId, async tx => {
    for (let i = 0; i < INDICATORS; i++) {
      const fill = FILLS[i % FILLS.length]!;
      const terms = { ...TERMS, fill, unit: 'per' in fill ? '%' : TERMS.unit };
      await addIndicator(tx, forumId, terms, [1], { now: START, today: '2026-09-01' });
    }
  });
  const all = await listIndicators(store.read, forumId);
  const wanted = (await recordsOf(store.read, all)).map(record => ({ record, period: PERIOD, partner: 1 }));
  const counted: number[][] = [];
  for (const others of [0, OTHERS]) {
    if (others) await fillActivities(store, forumId, 1_001, 1_000 + others);
    const draft = () => figuresOf(store.read, forumId, wanted);
    if ((await draft()).some(one => one === null || one.pieces.length > 40))
      throw new Error('a draft is missing or wrong');
    const { n } = await statementsOf(draft);
    if (!others)
      await store.write(forumId, async tx => {
        for (const [i, figure] of (await figuresOf(tx, forumId, wanted)).entries()) {
          const { value, numerator, denominator, sources } = figure!;
          await addReport(tx, {
            ...{
              forumId,
              indicator: wanted[i]!.record.indicator.number,
              period: PERIOD.key,
              partner: 1,
              kind: 'value',
            },
            ...{ value, numerator, denominator, sources, parts: null, note: null, reason: null, constrained: null },
            ...{ reportedBy: 1, reportedAt: START, onTime: true, late: false },
          });
        }
      });
    const records = await recordsOf(store.read, all);
    const compared = await statementsOf(() => differing(store.read, forumId, records, ''));
    counted.push([n, compared.n]);
    row(String(others), String(n), ms((await measure(10, draft)).median), String(compared.n));
  }
  if (counted[0]!.join() !== counted[1]!.join()) throw new Error(`statements grew: ${JSON.stringify(counted)}`);
  await store.close();
}
