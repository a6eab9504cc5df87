import type { RenderContext } from '../contract/render-context.ts';
import { type Block, facts, list, note, table, text, type View, view } from '../contract/view.ts';
import { codeOf } from '../domain/codes.ts';
import { listGoals } from '../domain/goals.ts';
import type { Entry } from '../domain/money/ledger.ts';
import { type Flow, netOf, runningBalances, type Totals } from '../domain/money/totals.ts';
import { namesOf } from '../domain/partners.ts';
import { formatDate, localDate } from '../language/dates.ts';
import { formatMoney } from '../language/numbers.ts';
import { t } from '../language/text.ts';
import { monthsPicture } from './pictures.ts';

/** Maximum number of late entries that are listed; a report has all of them. */
const LISTED = 10;

/** Returns what came in, went out and is left: in all, and by goal, partner, category and month; late entries apart. */
export async function moneySummary(
  context: RenderContext,
  span: { from?: string | undefined; to?: string | undefined },
  of: { totals: Totals; opening: bigint; waiting: Flow; late: readonly Entry[] },
): Promise<View> {
  const { m, locale, db, forumId } = context;
  const { totals, opening, waiting, late } = of;
  const w = m.finance;
  const money = (amount: bigint) => formatMoney(amount, locale);
  const day = (date: string | undefined) => (date ? formatDate(date, locale, 'short') : '…');
  const head = (first: string) => [first, w.directions.in, w.directions.out, w.net];
  const rows = <K>(flows: ReadonlyMap<K, Flow>, name: (key: K) => string) =>
    [...flows].map(([key, flow]) => [name(key), money(flow.in), money(flow.out), money(netOf(flow))]);
  const goals = new Map((await listGoals(db, forumId)).map(goal => [goal.number, goal.title]));
  const goalName = (goal: number | null) =>
    goal === null ? w.noGoal : `${codeOf('goal', goal)} ${goals.get(goal) ?? ''}`.trim();
  const partners = await namesOf(db, forumId);
  const partnerName = (partner: number | null) => (partner === null ? null : partners.get(partner)) ?? w.noPartner;
  const balances = runningBalances(totals.byMonth, opening);
  const months = rows(totals.byMonth, month => month).map((row, i) => [...row, money([...balances.values()][i]!)]);
  const hasCategories = [...totals.byCategory.keys()].some(name => name !== null);
  return view(span.from || span.to ? w.summaryOf({ from: day(span.from), to: day(span.to) }) : w.summary, {
    blocks: [
      facts([
        [w.opening, span.from ? money(opening) : null],
        [w.directions.in, money(totals.in)],
        [w.directions.out, money(totals.out)],
        [w.net, span.from ? money(netOf(totals)) : null],
        [w.balance, money(opening + netOf(totals))],
        [
          w.waiting,
          waiting.in || waiting.out ? w.waitingLine({ in: money(waiting.in), out: money(waiting.out) }) : null,
        ],
      ]),
      monthsPicture(context, totals.byMonth),
      table(head(w.goal), rows(totals.byGoal, goalName), [1, 2, 3]),
      table(head(w.partner), rows(totals.byPartner, partnerName), [1, 2, 3]),
      hasCategories
        ? table(
            head(w.category),
            rows(totals.byCategory, name => name ?? w.noCategory),
            [1, 2, 3],
          )
        : null,
      table([...head(w.month), w.balance], months, [1, 2, 3, 4]),
      ...lateBlocks(context, late),
    ],
  });
}

/** Returns what was written down after the end of the time: it is in the figures above, and listed apart. */
function lateBlocks({ m, locale, zone }: RenderContext, late: readonly Entry[]): (Block | null)[] {
  if (!late.length) return [];
  const w = m.finance;
  const lines = late.slice(0, LISTED).map(entry => {
    const recorded = formatDate(localDate(entry.recordedAt, zone), locale, 'short');
    const said = w.lateLine({ date: formatDate(entry.date, locale, 'short'), recorded });
    const amount = formatMoney(entry.amount, locale);
    return t`${codeOf('entry', entry.number)} ${entry.purpose}: ${w.directionChoices[entry.direction]} ${amount}, ${said}`;
  });
  return [
    text(w.late({ n: late.length })),
    list(lines),
    late.length > LISTED ? note(m.core.page({ shown: LISTED, total: late.length })) : null,
  ];
}
