import { deed, optional, required } from '../../src/bot/command.ts';
import { choice, date, flag, line, number, paragraph, whole } from '../../src/bot/kinds.ts';
import { entity, list } from '../../src/bot/references.ts';
import { Refusal } from '../../src/bot/refusal.ts';
import { view } from '../../src/bot/view.ts';
import { goalSource } from '../../src/domain/goals.ts';
import { changeIndicator, setResponsible } from '../../src/domain/indicators/store.ts';
import { partnerSource } from '../../src/domain/partners.ts';
import { forgetReminders, planReports } from '../../src/schedule/reports.ts';
import { BAND_SCALES } from '../../src/storage/schema/indicators.ts';
import { indicatorCard } from '../../src/views/indicator.ts';
import { given } from '../given.ts';
import { takesPart } from '../partner-names.ts';
import { code, theIndicator } from './common.ts';

export const edit = deed({
  id: 'ne',
  name: 'edit',
  words: m => m.indicator.command.edit,
  who: 'coordinator',
  options: {
    ...theIndicator,
    name: optional(line({ max: 200 })),
    goal: optional(entity(goalSource)),
    unit: optional(line({ max: 30 })),
    baseline: optional(number()),
    baseline_date: optional(date()),
    source: optional(line({ max: 200 })),
    definition: optional(paragraph({ max: 1000 })),
    due: optional(date()),
    due_days: optional(whole({ min: 0, max: 60 })),
    lock_days: optional(whole({ min: 1, max: 366 })),
    green: optional(whole({ min: 1, max: 100 })),
    amber: optional(whole({ min: 0, max: 100 })),
    scale: optional(choice([...BAND_SCALES, 'none'], m => m.indicator.scaleChoices)),
    evidence: optional(flag()),
    partner: optional(list(entity(partnerSource))),
  },
  async run(ctx, o) {
    const { indicator } = o;
    const set = given({
      name: o.name,
      goal: o.goal?.number,
      unit: o.unit,
      baseline: o.baseline,
      baselineDate: o.baseline_date,
      baselineSource: o.source,
      definition: o.definition,
      due: o.due,
      dueDays: o.due_days,
      lockDays: o.lock_days,
      green: o.green,
      amber: o.amber,
      needsProof: o.evidence,
    });
    const scale = o.scale && { scale: o.scale === 'none' ? null : o.scale };
    const fields = [...Object.keys(set), ...(scale ? ['scale'] : []), ...(o.partner ? ['partner'] : [])];
    if (!fields.length) throw new Refusal('missing_option', m => m.forum.nothingSet);
    if ((set.amber ?? indicator.amber) > (set.green ?? indicator.green))
      throw new Refusal('invalid_option', m => m.indicator.no.bands, { option: 'amber' });
    for (const one of o.partner ?? []) takesPart(one);
    const changed = await changeIndicator(ctx.tx, indicator, { ...set, ...scale });
    if (o.partner)
      await setResponsible(
        ctx.tx,
        changed,
        o.partner.map(partner => partner.number),
      );
    // What is due by other days is reminded of by them from now on; what was said already stays said.
    if (changed.dueDays !== indicator.dueDays) {
      await forgetReminders(ctx.tx, changed, 'due on another day', ctx.now);
      await ctx.plan(...(await planReports(ctx.db, changed, ctx.now)));
    }
    const data = { fields, version: changed.version };
    await ctx.record({ kind: 'indicator.edited', thing: 'indicator', number: indicator.number, data });
    return indicatorCard(ctx, changed, ctx.m.indicator.edited({ code: code(indicator), version: changed.version }));
  },
});

export const retire = deed({
  id: 'nx',
  name: 'retire',
  words: m => m.indicator.command.retire,
  who: 'coordinator',
  options: { ...theIndicator, reason: required(paragraph({ max: 500 })) },
  async run(ctx, { indicator, reason }) {
    if (indicator.retiredAt) throw new Refusal('closed', m => m.indicator.no.retired);
    await changeIndicator(ctx.tx, indicator, { retiredAt: ctx.now });
    await forgetReminders(ctx.tx, indicator, 'retired', ctx.now);
    await ctx.record({ kind: 'indicator.retired', thing: 'indicator', number: indicator.number, data: { reason } });
    return view(ctx.m.indicator.retired({ code: code(indicator) }), { tone: 'good' });
  },
});
