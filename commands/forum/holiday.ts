import { mainOptional, mutation, optional } from '../../src/bot/command.ts';
import { date, flag, line } from '../../src/bot/kinds.ts';
import { textFile } from '../../src/bot/text-file.ts';
import { Refusal, type Refusals, refuseIf } from '../../src/contract/refusal.ts';
import { list, text, view } from '../../src/contract/view.ts';
import { setHoliday } from '../../src/domain/forums.ts';
import { type IcsDay, type IcsNo, icsDays } from '../../src/domain/ics-days.ts';
import { formatDate, localDate } from '../../src/language/dates.ts';
import { replanDays } from '../../src/schedule/days.ts';

/** Maximum number of days that an answer names. */
const NAMED = 40;

const refused = (say: ConstructorParameters<typeof Refusal>[1]): Refusal =>
  new Refusal('invalid_option', say, { option: 'file' });

const refusals: Refusals<IcsNo> = {
  not_ics: () => refused(m => m.forum.ics.notIcs),
  cut_off: () => refused(m => m.forum.ics.cutOff),
  no_days: () => refused(m => m.forum.ics.noDays),
  too_many: ({ most }) => refused(m => m.forum.ics.tooMany({ most })),
  bad_line: ({ line: n }) => refused(m => m.forum.ics.badLine({ line: n })),
  timed: ({ line: n }) => refused(m => m.forum.ics.timed({ line: n })),
  repeats: ({ line: n }) => refused(m => m.forum.ics.repeats({ line: n })),
};

/** Marks a day, or all whole days of a calendar file from today on, as days off or as days on which the forum works. */
export const holiday = mutation({
  id: 'fh',
  name: 'holiday',
  words: m => m.forum.command.holiday,
  who: 'coordinator',
  options: {
    date: { ...mainOptional(date()), unless: ['file'] },
    name: optional(line({ max: 100 })),
    off: optional(flag()),
    file: optional(textFile(m => m.forum.acceptsIcs)),
  },
  async run(ctx, { date: day, name, off = true, file }) {
    const w = ctx.m.forum;
    if (file !== undefined && (day || name)) throw refused(m => m.forum.ics.dateOrFile);
    const { days, observances } = day
      ? { days: [{ date: day, name: name ?? '' }], observances: 0 }
      : fromFile(file ?? '');
    const today = localDate(ctx.now, ctx.forum.zone);
    const coming = file === undefined ? days : days.filter(one => one.date >= today);
    if (!coming.length) throw refused(m => m.forum.ics.allPast);
    for (const one of coming) {
      await setHoliday(ctx.tx, { forumId: ctx.forumId, ...one, off });
      await ctx.record({ kind: 'forum.holiday', thing: 'forum', number: 0, data: { ...one, off } });
    }
    await replanDays(ctx.tx, ctx.forum, ctx.now);
    const shown = (one: IcsDay): string => `${formatDate(one.date, ctx.locale)} ${one.name}`.trim();
    const [first] = coming as [IcsDay];
    const past = days.length - coming.length;
    const said = file === undefined ? { date: formatDate(first.date, ctx.locale) } : null;
    const head = said
      ? off
        ? w.dayOff(said)
        : w.workingDay(said)
      : off
        ? w.ics.daysOff({ n: coming.length })
        : w.ics.workingDays({ n: coming.length });
    return view(head, {
      tone: 'good',
      blocks: [
        said ? null : list(coming.slice(0, NAMED).map(shown)),
        coming.length > NAMED ? text(w.ics.more({ n: coming.length - NAMED })) : null,
        past ? text(w.ics.past({ n: past })) : null,
        observances ? text(w.ics.observances({ n: observances })) : null,
        text(w.holidayHint),
      ],
    });
  },
});

function fromFile(content: string) {
  const read = icsDays(content);
  if ('why' in read) refuseIf(read, refusals);
  return read as Exclude<typeof read, IcsNo>;
}
