import { query } from '../../src/bot/command.ts';
import { binaryFile, note, view } from '../../src/contract/view.ts';
import { responsibleForOne } from '../../src/domain/indicators/store.ts';
import { partnersByNumbers } from '../../src/domain/partners.ts';
import { localDate } from '../../src/language/dates.ts';
import { code, theIndicator } from './common.ts';

const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

export const form = query({
  id: 'no',
  name: 'form',
  words: m => m.indicator.command.form,
  who: 'member',
  options: theIndicator,
  async run(ctx, { indicator }) {
    const { fieldFormOf } = await import('../../src/reports/field-form.ts');
    const responsible = await responsibleForOne(ctx.db, ctx.forumId, indicator.number);
    const numbers = responsible.map(one => one.partner);
    const reporters = await partnersByNumbers(ctx.db, ctx.forumId, numbers);
    const today = localDate(ctx.now, ctx.forum.zone);
    const bytes = await fieldFormOf({ forum: ctx.forum, indicator, reporters, today });
    const w = ctx.m.imports.form;
    return view(w.title({ code: code(indicator), name: indicator.name }), {
      blocks: [binaryFile(`${code(indicator)}-form.xlsx`, XLSX, bytes, w.file), note(w.hint)],
    });
  },
});
