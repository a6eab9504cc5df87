import { type Command, main, optional, query } from '../src/bot/command.ts';
import { choice, date } from '../src/bot/kinds.ts';
import { binaryFile, table, text, view } from '../src/bot/view.ts';
import { formatDate, localDate } from '../src/language/dates.ts';
import { csvArchive } from '../src/reports/csv.ts';
import { pageOf } from '../src/reports/page.ts';
import { type Sheet, sheetsOf } from '../src/reports/sheets.ts';
import { xlsxOf } from '../src/reports/xlsx.ts';
import { forward } from './span.ts';

const FORMATS = ['xlsx', 'csv', 'html'] as const;

const whole = query({
  id: 'lr',
  name: '',
  words: m => m.report.command.whole,
  who: 'member',
  options: {
    from: main(date()),
    to: optional(date()),
    format: optional(choice(FORMATS, m => m.report.formats)),
  },
  async run(ctx, { from, to = localDate(ctx.now, ctx.forum.zone), format = 'xlsx' }) {
    forward(from, to);
    const w = ctx.m.report;
    const sheets = await sheetsOf(ctx, ctx.forum, { from, to });
    const day = (at: string) => formatDate(at, ctx.locale);
    const title = w.title({ forum: ctx.forum.name, from: day(from), to: day(to) });
    const explained: Sheet[] = [
      {
        name: w.about,
        about: title,
        head: [w.columns.name, w.columns.value],
        rows: [
          [w.forum, ctx.forum.name],
          [w.from, { date: from }],
          [w.to, { date: to }],
          [w.zone, ctx.forum.zone],
          [w.leftOut, w.leftOutText],
        ],
      },
      {
        name: w.dictionary,
        about: w.dictionary,
        head: [w.sheet, w.columns.note, w.columnsHead],
        rows: sheets.map(sheet => [sheet.name, sheet.about, sheet.head.join(', ')]),
      },
    ];
    const name = `rembug-${from}-${to}`;
    const made = {
      xlsx: () => ({
        name: `${name}.xlsx`,
        type: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
        bytes: xlsxOf([...sheets, ...explained]),
      }),
      csv: () => ({ name: `${name}-csv.zip`, type: 'application/zip', bytes: csvArchive([...sheets, ...explained]) }),
      html: () => ({
        name: `${name}.html`,
        type: 'text/html',
        bytes: Buffer.from(pageOf(title, sheets, ctx.locale, w.nothing)),
      }),
    }[format]();
    return view(title, {
      blocks: [
        table(
          [w.sheet, w.rows],
          sheets.map(sheet => [sheet.name, String(sheet.rows.length)]),
          [1],
        ),
        binaryFile(made.name, made.type, made.bytes, w.file),
        text(w.hint),
      ],
    });
  },
});

export const report: Command = { name: 'report', words: m => m.report.command, actions: [whole] };
