import { dateIn } from '../domain/calendar.ts';
import { codeOf } from '../domain/codes.ts';
import { headOf } from '../domain/money/chain.ts';
import { type Entry, listEntries, statesOf } from '../domain/money/ledger.ts';
import { netOf, totalsOf, waitingTotal } from '../domain/money/totals.ts';
import { namesOf } from '../domain/partners.ts';
import { type Markup, markup, type Piece } from '../language/markup.ts';
import { formatMoney } from '../language/numbers.ts';
import { amountsOf, type FlowKey, flowHead, flowsOf } from '../reports/public/flows.ts';
import { monthsPicture } from '../views/pictures.ts';
import { pictured } from './charts.ts';
import {
  anchor,
  type Column,
  facts,
  figures,
  files,
  pages,
  paragraph,
  section,
  shortDate,
  table,
} from './components.ts';
import type { PageContext, Sheet } from './page-context.ts';

const A_PAGE = 50;
/** Maximum number of months and of partners that are listed; the files hold all entries. */
const LISTED = 60;

type Totals = Awaited<ReturnType<typeof totalsOf>>;

/** Shows what came in, went out and is left; what waits for approval stands apart. */
export async function moneyFigures({ render: context }: PageContext, totals: Totals): Promise<Markup> {
  const w = context.m.finance;
  const money = (amount: bigint) => formatMoney(amount, context.locale);
  const waiting = await waitingTotal(context.db, context.forumId);
  const both = w.waitingLine({ in: money(waiting.in), out: money(waiting.out) });
  return markup`${figures([
    [w.directions.in, money(totals.in)],
    [w.directions.out, money(totals.out)],
    [w.balance, money(netOf(totals))],
  ])}${waiting.in || waiting.out ? paragraph(markup`<strong>… ${w.waiting}</strong>: ${both as string}`) : null}`;
}

/** The picture of money by month, where there is more than one. */
export const moneyPicture = (pageContext: PageContext, totals: Totals): Markup | null =>
  pictured(pageContext, 'money', totals.byMonth.size > 1 ? monthsPicture(pageContext.render, totals.byMonth) : null);

/** Returns what came in and went out by month or by partner, and the file that has all of it. */
async function flowSection(pageContext: PageContext, name: FlowKey, totals: Totals): Promise<Markup | null> {
  const { render: context } = pageContext;
  const flows = await flowsOf(context, name, totals);
  if (!flows.length) return null;
  const w = context.m.site;
  const [id, heading] =
    name === 'money_months' ? (['months', w.byMonth] as const) : (['partners', w.byPartner] as const);
  const money = (amount: bigint) => formatMoney(amount, context.locale);
  const columns = flowHead(context, name).map((label, i): Column => ({ label, ...(i > 0 && { kind: 'number' }) }));
  const rows = flows.slice(0, LISTED).map(row => [row[0], ...amountsOf(row).map(money)]);
  return section(id, heading, files(pageContext, name), table(w.countedOnly, columns, rows));
}

/** Open money: totals, by month, by partner, and each entry. */
export async function moneySheet(pageContext: PageContext): Promise<Sheet> {
  const { render: context, before } = pageContext;
  const w = context.m.site;
  const { rows, more } = await listEntries(
    context.db,
    context.forumId,
    { before: before === null ? undefined : { number: before } },
    A_PAGE,
  );
  const whole = before === null ? await wholeLedger(pageContext) : null;
  return {
    title: w.parts.money,
    about: w.abouts.money,
    part: 'money',
    path: '/money',
    body: markup`<h1>${w.parts.money}</h1>${paragraph(w.abouts.money, 'lead')}${files(pageContext, 'money')}${whole}${section('entries', w.entries, rows.length ? await entryTable(pageContext, rows) : paragraph(w.nothing, 'faint'))}${pages(pageContext, '/money', more ? (rows.at(-1)?.number ?? null) : null)}`,
  };
}

async function wholeLedger(pageContext: PageContext): Promise<Markup> {
  const { render: context } = pageContext;
  const totals = await totalsOf(context.db, context.forumId);
  return markup`${await moneyFigures(pageContext, totals)}${moneyPicture(pageContext, totals)}${await flowSection(pageContext, 'money_months', totals)}${await flowSection(pageContext, 'money_partners', totals)}${await chainCheck(pageContext)}`;
}

/** Shows the chain's value: written down, it proves later that nothing before it was changed. */
async function chainCheck({ render: context, ledgerBroken }: PageContext): Promise<Markup | null> {
  const head = await headOf(context.db, context.forumId);
  if (!head) return null;
  const w = context.m.site;
  const broken = await ledgerBroken(head);
  const state =
    broken === null
      ? markup`<span class="badge good">✔ ${w.chainWhole}</span>`
      : markup`<span class="badge bad">‼ ${w.chainBroken({ line: broken })}</span>`;
  return section(
    'chain',
    w.chain,
    paragraph(w.chainAbout),
    facts([
      [context.m.finance.state, state],
      [w.chainLines, head.position],
      [w.chainValue, markup`<code>${head.hash}</code>`],
    ]),
  );
}

async function entryTable(pageContext: PageContext, rows: readonly Entry[]): Promise<Markup> {
  const { render: context, links } = pageContext;
  const w = context.m.finance;
  const states = await statesOf(context.db, context.forumId, rows);
  const names = await namesOf(context.db, context.forumId);
  const money = (row: Entry, direction: Entry['direction']): string =>
    row.direction === direction ? formatMoney(row.amount, context.locale) : '';
  const state = (row: Entry): Piece => {
    const is = states.get(row.number)!;
    if (row.reverses !== null) return `${w.takesBack} ${codeOf('entry', row.reverses)}: ${row.reason ?? ''}`;
    return is === 'counted' ? w.states.counted : markup`<strong>… ${w.states[is]}</strong>`;
  };
  const activity = (row: Entry): Piece => {
    if (row.activity === null) return null;
    const code = codeOf('activity', row.activity);
    return anchor(links.to(`/activities/${code}`), code);
  };
  const columns: Column[] = [
    { label: w.purpose },
    { label: w.date, kind: 'short' },
    { label: context.m.report.columns.recordedOn.name, kind: 'short' },
    { label: w.directions.in, kind: 'number' },
    { label: w.directions.out, kind: 'number' },
    { label: w.partner },
    { label: w.activity, kind: 'short' },
    { label: w.state },
  ];
  return table(
    context.m.site.newestFirst({ n: rows.length }),
    columns,
    rows.map(row => [
      `${codeOf('entry', row.number)} ${row.purpose}`,
      shortDate(pageContext, row.date),
      shortDate(pageContext, dateIn(row.recordedAt, context.zone)),
      money(row, 'in'),
      money(row, 'out'),
      row.partner === null ? null : names.get(row.partner),
      activity(row),
      state(row),
    ]),
  );
}
