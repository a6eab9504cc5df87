import { type Command, main, optional, query } from '../src/bot/command.ts';
import { choice, date } from '../src/bot/kinds.ts';
import { Refusal } from '../src/bot/refusal.ts';
import { binaryFile, table, text, view } from '../src/bot/view.ts';
import { formatDate, localDate } from '../src/language/dates.ts';
import { formatNumber } from '../src/language/numbers.ts';
import { forward } from './span.ts';

const FORMATS = ['xlsx', 'csv', 'html', 'iati'] as const;

/** What Discord takes from a bot where nobody pays for more; Slack takes more. */
const LIMIT = 10 * 2 ** 20;

const whole = query({
  id: 'lr',
  effort: 10,
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
    // Only who asks for a report pays for what makes one.
    const { reportFile } = await import('../src/reports/files.ts');
    const file = await reportFile(ctx, ctx.forum, { from, to }, format);
    if (file.bytes.length > LIMIT) throw tooLarge(file.bytes.length, format);
    const w = ctx.m.report;
    const day = (at: string) => formatDate(at, ctx.locale);
    return view(w.title({ forum: ctx.forum.name, from: day(from), to: day(to) }), {
      blocks: [
        table(
          [w.sheet, w.rows],
          file.sheets.map(sheet => [sheet.name, formatNumber(sheet.rows, ctx.locale)]),
          [1],
        ),
        binaryFile(file.name, file.type, file.bytes, w.file),
        text(w.hint),
      ],
    });
  },
});

/** Nothing can be sent that is larger than platforms take; a shorter time, or the smaller format, can. */
function tooLarge(bytes: number, format: (typeof FORMATS)[number]): Refusal {
  const [size, limit] = [String(Math.ceil(bytes / 2 ** 20)), String(LIMIT / 2 ** 20)];
  return new Refusal('limit', m =>
    format === 'xlsx' ? m.report.tooLargeAnyway({ size, limit }) : m.report.tooLarge({ size, limit }),
  );
}

export const report: Command = { name: 'report', words: m => m.report.command, actions: [whole] };
