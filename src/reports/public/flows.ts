import type { RenderContext } from '../../contract/render-context.ts';
import { type Flow, netOf, runningBalances, totalsOf } from '../../domain/money/totals.ts';
import { namesOf } from '../../domain/partners.ts';
import type { HxlTable } from '../hxl/table.ts';
import { type Cell, moneyCell, type Sheet } from '../sheet.ts';

/** Sums of the ledger that are a file of their own, by the name they have in addresses: the same in every language. */
export const FLOWS = ['money_months', 'money_partners'] as const;
export type FlowKey = (typeof FLOWS)[number];

export const isFlow = (name: string): name is FlowKey => (FLOWS as readonly string[]).includes(name);

type Totals = Awaited<ReturnType<typeof totalsOf>>;
/** Flows by name: of a month or of a partner; a month has also the balance at its end. */
type Flows = readonly (readonly [name: string, flow: Flow, balance?: bigint])[];

/** Returns what came in and went out by month, the newest first, or by partner. */
export async function flowsOf({ db, forumId, m }: RenderContext, name: FlowKey, totals: Totals): Promise<Flows> {
  if (name === 'money_months') {
    const balances = runningBalances(totals.byMonth, 0n);
    return [...totals.byMonth].map(([month, flow]) => [month, flow, balances.get(month)!] as const).reverse();
  }
  const names = await namesOf(db, forumId);
  return [...totals.byPartner].map(([partner, flow]) => [
    (partner === null ? null : names.get(partner)) ?? m.finance.noPartner,
    flow,
  ]);
}

/** The headings of such a table. */
export const flowHead = ({ m: { finance: w } }: RenderContext, name: FlowKey): string[] => [
  name === 'money_months' ? w.month : w.partner,
  w.directions.in,
  w.directions.out,
  w.net,
  ...(name === 'money_months' ? [w.balance] : []),
];

/** Makes such a table's columns a sheet without rows. */
export function flowSheet(context: RenderContext, name: FlowKey): Pick<Sheet, 'columns'> {
  const [first = '', ...amounts] = flowHead(context, name);
  const means = context.m.report.package.flows[name];
  const key = name === 'money_months' ? 'period' : 'partner';
  const unit = context.m.report.units.rupiah;
  return {
    columns: [
      { key, name: first, means, type: 'text', unit: null },
      ...amounts.map(heading => ({ key: 'amount', name: heading, means, type: 'money', unit }) as const),
    ],
  };
}

/** The amounts of a row, as its headings name them. */
export const amountsOf = ([, flow, balance]: Flows[number]): readonly bigint[] => [
  flow.in,
  flow.out,
  netOf(flow),
  ...(balance === undefined ? [] : [balance]),
];

/** Hashtags of its amounts in the order of `amountsOf` (Humanitarian Exchange Language). */
const AMOUNT_TAGS = ['#value+in', '#value+out', '#value+net', '#value+balance'];

/** Makes such a table with hashtags. */
export async function hxlFlow(context: RenderContext, name: FlowKey): Promise<HxlTable> {
  const { head, rows } = await flowTable(context, name);
  const tags = [name === 'money_months' ? '#date+month' : '#org+name', ...AMOUNT_TAGS].slice(0, head.length);
  return { name: context.m.report.package.flows[name], head, tags, rows };
}

/** All its rows with their headings, as data; what waits for approval is not counted. */
export async function flowTable(context: RenderContext, name: FlowKey): Promise<{ head: string[]; rows: Cell[][] }> {
  const flows = await flowsOf(context, name, await totalsOf(context.db, context.forumId));
  const rows = flows.map(row => [row[0], ...amountsOf(row).map(moneyCell)]);
  return { head: flowHead(context, name), rows };
}
