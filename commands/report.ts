import type { ReadContext } from '../src/bot/act-context.ts';
import { area } from '../src/bot/area-kind.ts';
import { type Command, main, optional, query } from '../src/bot/command.ts';
import { MAXIMUM_FILE_BYTES } from '../src/bot/file-size.ts';
import { choice } from '../src/bot/kinds.ts';
import { refuseBackwards, spanOf, timeSpan } from '../src/bot/time-kinds.ts';
import { Refusal } from '../src/contract/refusal.ts';
import { binaryFile, facts, note, text, view } from '../src/contract/view.ts';
import { formatDate, localDate } from '../src/language/dates.ts';
import { formatMoney } from '../src/language/numbers.ts';
import type { Text } from '../src/language/text.ts';
import type { ReportFile } from '../src/reports/files.ts';
import { moneyOf, shownOf } from '../src/reports/sheet.ts';

const FORMATS = ['xlsx', 'csv', 'html', 'iati', 'hxl', 'print', 'docx'] as const;

/** Forms that are of a whole forum: its one activity of IATI, and what its coordinators sign. */
const WHOLE: readonly (typeof FORMATS)[number][] = ['iati', 'print', 'docx'];

const whole = query({
  id: 'lr',
  cost: 10,
  name: '',
  words: m => m.report.command.whole,
  who: 'member',
  options: {
    from: main(timeSpan()),
    to: optional(timeSpan()),
    format: optional(choice(FORMATS, m => m.report.formats)),
    area: optional(area()),
  },
  async run(ctx, { format = 'xlsx', area: where, ...named }) {
    if (where && WHOLE.includes(format))
      throw new Refusal('invalid_option', m => m.report.wholeForumOnly, { option: 'area' });
    const { from = named.from.from, to = localDate(ctx.now, ctx.forum.zone) } = spanOf(named.from, named.to);
    refuseBackwards({ from, to });
    const page = ctx.address(`/f/${ctx.forumId}`);
    const place = where && { area: where };
    const order = {
      kind: 'report',
      forum: ctx.forum,
      span: { from, to },
      format,
      now: ctx.now,
      page,
      ...place,
    } as const;
    const file = await ctx.make(order);
    if (!file) return view(ctx.m.core.making.calledOff);
    const bytes = file.bytes.length + (file.other?.bytes.length ?? 0);
    if (bytes > MAXIMUM_FILE_BYTES) throw tooLarge(bytes, format);
    const w = ctx.m.report;
    const day = (at: string) => formatDate(at, ctx.locale);
    return view(w.title({ forum: ctx.forum.name, from: day(from), to: day(to), area: where?.name }), {
      blocks: [
        file.figures && facts(keyFigures(ctx, file.figures)),
        file.other ? binaryFile(file.other.name, file.other.type, file.other.bytes, w.file) : null,
        binaryFile(file.name, file.type, file.bytes, w.file),
        text(
          file.sheets.length
            ? w.holds({ sheets: file.sheets.join(', ') })
            : format === 'hxl'
              ? w.holdsActivities
              : w.holdsResults,
        ),
        note(format === 'print' ? w.signed.hint : format === 'docx' ? w.signed.wordHint : w.hint),
        format === 'iati' && !ctx.forum.settings.organisation ? note(w.iati.placeholder) : null,
      ],
    });
  },
});

/** Returns what a phone shows of a time, a line a subject. */
function keyFigures({ m, locale }: ReadContext, figures: NonNullable<ReportFile['figures']>): [Text, Text][] {
  const shown = (name: Exclude<keyof typeof figures, 'reports'>): string => shownOf(figures[name], locale);
  const money = (name: 'in' | 'out' | 'closing'): string => formatMoney(moneyOf(figures[name]), locale);
  const w = m.report.chat;
  return [
    [w.activities, w.activitiesText({ n: shown('done'), participants: shown('participants'), women: shown('women') })],
    [w.issues, w.issuesText({ raised: shown('raised'), resolved: shown('resolved') })],
    ...(figures.reports ? [[w.reports, w.reportsText(figures.reports)] satisfies [Text, Text]] : []),
    [w.indicators, w.indicatorsText({ green: shown('green'), amber: shown('amber'), red: shown('red') })],
    // Decisions and money belong to no area.
    ...(figures.decided === null
      ? []
      : ([
          [w.decisions, w.decisionsText({ decided: shown('decided'), carried: shown('carried') })],
          [w.money, w.moneyText({ in: money('in'), out: money('out'), closing: money('closing') })],
        ] satisfies [Text, Text][])),
  ];
}

/** Refuses a file that is larger than platforms take, and names what helps: a shorter time, or the smaller format. */
function tooLarge(bytes: number, format: (typeof FORMATS)[number]): Refusal {
  const [size, limit] = [String(Math.ceil(bytes / 2 ** 20)), String(MAXIMUM_FILE_BYTES / 2 ** 20)];
  return new Refusal('limit', m =>
    format === 'xlsx' ? m.report.tooLargeAnyway({ size, limit }) : m.report.tooLarge({ size, limit }),
  );
}

export const report: Command = { name: 'report', words: m => m.report.command, actions: [whole] };
