import type { ReadContext, WriteContext } from '../../src/bot/act-context.ts';
import { mutation, optional, required, requiredUnless, requiredUnlessAny } from '../../src/bot/command.ts';
import { valueByGroup } from '../../src/bot/group-kinds.ts';
import { flag, paragraph, typedOf } from '../../src/bot/kinds.ts';
import { entity, evidence } from '../../src/bot/references.ts';
import type { Given } from '../../src/contract/act.ts';
import { Refusal } from '../../src/contract/refusal.ts';
import { numberIn } from '../../src/domain/codes.ts';
import type { Period } from '../../src/domain/indicators/periods.ts';
import type { Indicator } from '../../src/domain/indicators/row.ts';
import { reportsOf } from '../../src/domain/indicators/stored-reports.ts';
import { partnerSource } from '../../src/domain/partners.ts';
import { formatAmount } from '../../src/views/indicator-words.ts';
import { shortPeriod } from '../../src/views/short-period.ts';
import { code, notRetired, openPeriod, period, periodFor, replaceable, reportingFor, theIndicator } from './common.ts';
import { askOnce, correctedBy, needProof, saidBy, save } from './entry.ts';
import { measure } from './measure.ts';

/** The last value that one's own partner has reported, to be seen beside the field of the next. */
async function lastValue(ctx: ReadContext, { indicator }: Given): Promise<Record<string, string>> {
  const number = indicator ? numberIn('N', typedOf(indicator)) : null;
  const partner = ctx.actor.seat?.partner;
  if (number === null || partner === undefined) return {};
  const all = await reportsOf(ctx.db, ctx.forumId, { indicator: number, partner });
  const [last] = all.filter(one => one.value !== null).sort((a, b) => (a.period < b.period ? 1 : -1));
  if (!last?.value) return {};
  const said = { value: formatAmount(last.value, ctx), period: shortPeriod(last.period, ctx.locale) };
  return { value: ctx.m.indicator.lastValue(said) };
}

/** The report in force for a period and partner, if there is one. */
const standing = async (ctx: WriteContext, { number }: Indicator, { key }: Period, partner: number) =>
  (await reportsOf(ctx.db, ctx.forumId, { indicator: number, periods: [key], partner }))[0];

export const report = mutation({
  id: 'nr',
  name: 'report',
  words: m => m.indicator.command.report,
  who: 'member',
  options: {
    ...theIndicator,
    value: requiredUnless(measure(), 'numerator', 'denominator'),
    period: optional(period()),
    note: optional(paragraph({ max: 1000 })),
    evidence: optional(evidence()),
    numerator: optional(measure({ known: true })),
    denominator: optional(measure({ known: true })),
    parts: optional(valueByGroup()),
    constrained: optional(paragraph({ max: 500 })),
    partner: optional(entity(partnerSource)),
    confirm: optional(flag()),
  },
  beside: lastValue,
  async run(ctx, o) {
    const { indicator } = o;
    const partner = await reportingFor(ctx, indicator, o.partner, o.period);
    const period = await periodFor(ctx, indicator, o.period, partner);
    notRetired(ctx, indicator, period);
    const onTime = await openPeriod(ctx, indicator, period);
    replaceable(ctx, await standing(ctx, indicator, period, partner));
    const said = saidBy(ctx, indicator, o);
    needProof(indicator, o.evidence);
    await askOnce(ctx, indicator, { period, partner, said, parts: o.parts ?? null }, o);
    const { note = null, constrained = null } = o;
    const made = {
      ...said,
      period: period.key,
      partner,
      onTime,
      late: !onTime,
      note,
      constrained,
      parts: o.parts ?? null,
    };
    const head = ctx.m.indicator.reported({ code: code(indicator), period: period.key });
    return save(ctx, indicator, { ...made, kind: 'value' }, head, o.evidence);
  },
});

export const none = mutation({
  id: 'nn',
  name: 'none',
  former: ['nihil'],
  words: m => m.indicator.command.none,
  who: 'member',
  options: { ...theIndicator, reason: required(paragraph({ max: 500 })), period: optional(period()) },
  async run(ctx, { indicator, reason, period: typed }) {
    const partner = await reportingFor(ctx, indicator, undefined, typed);
    const period = await periodFor(ctx, indicator, typed, partner);
    notRetired(ctx, indicator, period);
    const onTime = await openPeriod(ctx, indicator, period);
    replaceable(ctx, await standing(ctx, indicator, period, partner));
    const head = ctx.m.indicator.noneReported({ code: code(indicator), period: period.key });
    return save(ctx, indicator, { period: period.key, partner, kind: 'no_data', reason, onTime, late: !onTime }, head);
  },
});

/** A correction is a report in all but name: what it does not name stays, and it is as timely as what it corrects. */
export const correct = mutation({
  id: 'nc',
  name: 'correct',
  words: m => m.indicator.command.correct,
  who: 'member',
  options: {
    ...theIndicator,
    period: required(period()),
    value: requiredUnlessAny(measure(), 'numerator', 'denominator', 'note', 'evidence', 'parts', 'constrained'),
    reason: required(paragraph({ max: 500 })),
    partner: optional(entity(partnerSource)),
    note: optional(paragraph({ max: 1000 })),
    evidence: optional(evidence()),
    numerator: optional(measure({ known: true })),
    denominator: optional(measure({ known: true })),
    parts: optional(valueByGroup()),
    constrained: optional(paragraph({ max: 500 })),
    confirm: optional(flag()),
  },
  async run(ctx, o) {
    const { indicator } = o;
    const partner = await reportingFor(ctx, indicator, o.partner, o.period);
    const period = await periodFor(ctx, indicator, o.period, partner);
    const late = !(await openPeriod(ctx, indicator, period));
    const before = await standing(ctx, indicator, period, partner);
    if (!before) throw new Refusal('not_found', m => m.indicator.no.nothing({ period: period.key }));
    replaceable(ctx, before);
    const said = correctedBy(ctx, indicator, before, o);
    needProof(indicator, o.evidence);
    const kept = o.parts ?? before.parts;
    const asked = kept && Object.fromEntries(Object.entries(kept).map(([group, n]) => [group, String(n)]));
    await askOnce(ctx, indicator, { period, partner, said, parts: asked }, o);
    const { note = before.note, constrained = before.constrained, reason } = o;
    const { onTime } = before;
    const { value, numerator, denominator } = said;
    const head = ctx.m.indicator.corrected({ code: code(indicator), period: period.key });
    const made = { value, numerator, denominator, note, constrained, reason, parts: kept, onTime, late };
    return save(ctx, indicator, { ...made, period: period.key, partner, kind: 'value' }, head, o.evidence);
  },
});
