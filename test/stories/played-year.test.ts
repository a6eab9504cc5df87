import { parse } from 'csv-parse/sync';
import { strFromU8, unzipSync } from 'fflate';
import readXlsx from 'read-excel-file/node';
import { describe, expect, it } from 'vitest';
import { createPainter } from '../../src/charts/pool.ts';
import { createLog } from '../../src/contract/log.ts';
import { catalogue } from '../../src/language/messages.ts';
import { reportFile } from '../../src/reports/files.ts';
import { createMaker } from '../../src/reports/maker.ts';
import { createSite } from '../../src/site/site.ts';
import { databases } from '../databases.ts';
import { PEOPLE, playYear, renderFor } from '../rendering/played-year.ts';
import { faultsOf, filesOf, numbersAt, wrongSums } from '../standards/iati-files.ts';
import { aWorld } from '../world.ts';
import {
  ACTIVITIES,
  BUDGET,
  INDICATORS,
  LEDGER,
  MONEY,
  MONTHS,
  REPORTED,
  REPORTS,
  SCORES,
} from './played-year/figures.ts';
import { PARTNERS, YEAR } from './played-year/script.ts';

const JANUARY = new Date('2026-01-05T01:00:00Z');
const SPAN = { from: '2026-01-01', to: '2026-12-31' };

/** People who see what was made of the year, at the end of which months. */
const RENDERED: Readonly<Record<number, Parameters<typeof renderFor>[1]>> = {
  6: [{ ...PEOPLE[1]!, locale: 'id' }],
  14: [
    { ...PEOPLE[0]!, locale: 'en' },
    { ...PEOPLE[3]!, locale: 'id' },
  ],
};

/** Tells whether each of these was rendered. */
const rendered = (views: ReadonlyMap<string, number>, ...kinds: readonly string[]): boolean =>
  kinds.every(kind => [...views.keys()].some(what => what.startsWith(kind)));

type Row = Readonly<Record<string, string>>;

const sum = (rows: readonly Row[], column: string): number =>
  rows.reduce((total, row) => total + Math.round(Number(row[column]) * 100), 0) / 100;

describe.each(databases)('a year of ten partners of all six sectors on $name', ({ name, open }) => {
  it('comes to the figures that were worked out by hand: card, CSV, workbook and page', {
    timeout: 900_000,
  }, async () => {
    expect(YEAR.length).toBeGreaterThan(300);
    expect(new Set(PARTNERS.map(([, sector]) => sector)).size).toBe(6);
    await using world = await aWorld({ store: await open(), start: JANUARY });
    const notices: string[] = [];
    const views = new Map<string, number>();
    await playYear(world, {
      said: (line, { posts }) =>
        notices.push(...posts.filter(post => /of the budget/.test(post.text)).map(post => `${line} → ${post.to}`)),
      // W2: nothing of it is refused by Discord or Slack; the bench renders every month for everybody.
      monthEnd: async month => {
        if (name === 'sqlite') await renderFor(world, RENDERED[month] ?? [], views);
      },
    });
    if (name === 'sqlite') expect(rendered(views, 'post digest', 'post ballot', 'post activity', '/report')).toBe(true);

    // The cards.
    for (const { code, shown, percent } of INDICATORS) {
      const { text } = await world.run(`/indicator show ${code}`);
      expect([code, text.includes(shown), text.includes(`${percent}%`)]).toEqual([code, true, true]);
    }
    const summary = (await world.run('/finance summary from:2026')).text;
    for (const amount of [MONEY.in, MONEY.out, MONEY.net, MONEY.waiting, MONEY.late])
      expect([amount, summary.includes(`Rp ${amount}`)]).toEqual([amount, true]);
    for (const [name, amount] of Object.entries(MONEY.categories))
      expect(summary).toMatch(new RegExp(`${name}.*Rp ${amount}`));
    const lines = summary.split('\n');
    for (const [month, out, net, balance] of MONTHS) {
      const line = lines.findLast(one => one.includes(month) && one.includes('Rp 12,500,000')) ?? '';
      const [, minus, amount] = /^(−?)(.*)$/.exec(net)!;
      for (const part of [`Rp ${out}`, `${minus}Rp ${amount}`, `Rp ${balance}`])
        expect([month, part, line.includes(part)]).toEqual([month, part, true]);
    }
    const budget = (await world.run('/finance budget T-1')).text;
    for (const part of [BUDGET.plan, BUDGET.actual, BUDGET.remaining, BUDGET.share]) expect(budget).toContain(part);
    expect(notices).toEqual([expect.stringMatching(/Rice 12.*→ #coord/)]);
    const scores = (await world.run('/partnership score from:2026')).text.split('\n');
    for (const [partner, { attendance, reporting, commitments, votes, score }] of Object.entries(SCORES))
      expect(scores.find(line => line.includes(partner))).toMatch(
        new RegExp(`${attendance}.*${reporting}.*${commitments}.*${votes}.*${score}`),
      );

    // The files of the report, each read by somebody else's reader.
    const { store } = world;
    const forum = (await store.read.select().from(store.tables.forums))[0]!;
    const { id, locale, zone } = forum;
    const look = { db: store.read, forumId: id, m: catalogue[locale], locale, zone, now: world.clock.now() };
    const files = unzipSync((await reportFile(look, forum, SPAN, 'csv')).bytes);
    const sheet = (name: string): Row[] => parse(strFromU8(files[`comma/${name}.csv`]!), { bom: true, columns: true });
    const indicators = sheet('indicators');
    expect(
      indicators.map(row => [
        row.Code,
        Number(row['Running value']),
        Number(row['Progress (%)']),
        row['Have reported'],
        row['Are to report'],
      ]),
    ).toEqual(INDICATORS.map(({ code, value, percent, n, of }) => [code, value, percent, String(n), String(of)]));
    for (const [i, { status }] of INDICATORS.entries()) expect(indicators[i]!.Status).toContain(status);
    const reports = sheet('indicator-reports');
    expect(reports.length).toBe(REPORTS);
    for (const [code, total] of Object.entries(REPORTED))
      expect([
        code,
        sum(
          reports.filter(row => row.Indicator === code),
          'Value',
        ),
      ]).toEqual([code, total]);
    const ledger = sheet('money');
    const counted = (direction: string): Row[] =>
      ledger.filter(row => row.Direction === direction && row.Counted === 'yes');
    expect([ledger.length, sum(counted('in'), 'Amount (Rp)'), sum(counted('out'), 'Amount (Rp)')]).toEqual([
      LEDGER.entries,
      LEDGER.in,
      LEDGER.out,
    ]);
    expect(ledger.filter(row => row['Late entry'] === 'yes').map(row => row.Purpose)).toEqual(['Late petrol']);
    expect(ledger.at(-1)!.Purpose).toBe('Late petrol');
    const done = sheet('activities').filter(row => row.State === 'done');
    expect([done.length, sum(done, 'Participants'), sum(done, 'Women')]).toEqual([
      ACTIVITIES.done,
      ACTIVITIES.participants,
      ACTIVITIES.women,
    ]);

    // The workbook holds the same.
    const book = await readXlsx(Buffer.from((await reportFile(look, forum, SPAN, 'xlsx')).bytes), { trim: false });
    const bookSheet = (name: string) => {
      const [head, ...rows] = book.find(one => one.sheet === name)!.data;
      return rows.map(row => Object.fromEntries(head!.map((column, i) => [String(column), row[i]])));
    };
    expect(bookSheet('Indicators').map(row => [row.Code, row['Running value']])).toEqual(
      INDICATORS.map(({ code, value }) => [code, value]),
    );
    const amounts = bookSheet('Money').filter(row => row.Counted === 'yes');
    const total = (direction: string): number =>
      amounts.reduce(
        (all, row) => all + (row.Direction === direction ? Math.round(Number(row['Amount (Rp)']) * 100) : 0),
        0,
      );
    expect([total('in') / 100, total('out') / 100]).toEqual([LEDGER.in, LEDGER.out]);

    // The year's file of IATI keeps schema and rules in both languages, and its sums are those of the record.
    for (const file of await filesOf(store, ['id', 'en'], SPAN, look.now))
      expect([faultsOf(file, look.now), await wrongSums(store, file)]).toEqual([[], []]);
    const [told] = await filesOf(store, ['en'], SPAN, look.now);
    const moved = (type: number): number =>
      numbersAt(told!, `//transaction[transaction-type/@code='${type}']/value`).reduce((all, one) => all + one, 0);
    expect([moved(1), moved(4)]).toEqual([LEDGER.in, LEDGER.out]);

    // And so does the page.
    const log = createLog(
      { level: 'error', format: 'json' },
      () => JANUARY,
      () => {},
    );
    const site = createSite({
      ...{ store, painter: createPainter(log), maker: createMaker(store, log) },
      publicUrl: undefined,
    });
    const page = async (path: string): Promise<string> => {
      const visit = { path: `/f/${id}${path}`, query: new URLSearchParams(), has: null, zip: false };
      const answer = await site(visit, world.clock.now());
      expect([path, answer.status]).toEqual([path, 200]);
      return Buffer.from(answer.body as Uint8Array).toString();
    };
    const moneyPage = await page('/money');
    for (const amount of [MONEY.in, MONEY.out, MONEY.net, MONEY.waiting]) expect(moneyPage).toContain(`Rp ${amount}`);
    for (const [, , , balance] of MONTHS) expect(moneyPage).toContain(`Rp ${balance}`);
    const indicatorPage = await page('/indicators');
    for (const { shown } of INDICATORS) expect([shown, indicatorPage.includes(shown)]).toEqual([shown, true]);
    expect(world.logged).toEqual([]);
  });
});
