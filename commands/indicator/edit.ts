import type { WriteContext } from '../../src/bot/act-context.ts';
import { areas } from '../../src/bot/area-kind.ts';
import { mutation, optional, paging, required } from '../../src/bot/command.ts';
import { choice, date, flag, line, paragraph, whole } from '../../src/bot/kinds.ts';
import { entity, list } from '../../src/bot/references.ts';
import { Refusal } from '../../src/contract/refusal.ts';
import { view } from '../../src/contract/view.ts';
import { areasText } from '../../src/domain/areas/area.ts';
import { codeOf } from '../../src/domain/codes.ts';
import { goalSource } from '../../src/domain/goals.ts';
import type { Frequency } from '../../src/domain/indicators/periods.ts';
import { type IndicatorRecord, recordOf } from '../../src/domain/indicators/record.ts';
import type { Indicator } from '../../src/domain/indicators/row.ts';
import { isSpanOpen } from '../../src/domain/indicators/span-choice.ts';
import { type Terms, termsAt } from '../../src/domain/indicators/terms.ts';
import { agreeAnew } from '../../src/domain/indicators/versions.ts';
import { partnerSource } from '../../src/domain/partners.ts';
import { localDate } from '../../src/language/dates.ts';
import { forgetReminders } from '../../src/schedule/reports.ts';
import { BAND_SCALES } from '../../src/storage/schema/indicators.ts';
import { indicatorCard } from '../../src/views/indicator.ts';
import { takesPart } from '../partner/names.ts';
import { code, theIndicator } from './common.ts';
import { measure } from './measure.ts';
import { sinceOf } from './since.ts';
import { aggregates, agreedAnew, askAboutTerms, direction, frequency, given, kind, span } from './terms.ts';

export const edit = mutation({
  id: 'ne',
  name: 'edit',
  words: m => m.indicator.command.edit,
  who: 'coordinator',
  options: {
    ...theIndicator,
    name: optional(line({ max: 200 })),
    goal: optional(entity(goalSource)),
    unit: optional(line({ max: 30 })),
    baseline: optional(measure()),
    baseline_date: optional(date()),
    source: optional(line({ max: 200 })),
    definition: optional(paragraph({ max: 1000 })),
    due: optional(date()),
    due_days: optional(whole({ min: 0, max: 60, unit: 'days' })),
    lock_days: optional(whole({ min: 1, max: 366, unit: 'days' })),
    green: optional(whole({ min: 1, max: 100, unit: 'percent' })),
    amber: optional(whole({ min: 0, max: 100, unit: 'percent' })),
    scale: optional(choice([...BAND_SCALES, 'none'], m => m.indicator.scaleChoices)),
    evidence: optional(flag()),
    partner: optional(list(entity(partnerSource))),
    kind: kind(),
    span: span(),
    aggregate: aggregates(),
    partners_aggregate: aggregates(),
    direction: direction(),
    frequency: frequency(),
    since: optional(date()),
    reason: optional(paragraph({ max: 500 })),
    // The question that it answers has a button: Discord registers no further option.
    confirm: paging(flag()),
    area: optional(areas()),
  },
  stands: (_, { indicator: { name, goal, unit, due, dueDays, lockDays, green, amber } }) => ({
    ...{ name, unit, due, green, amber },
    goal: goal && codeOf('goal', goal),
    due_days: dueDays,
    lock_days: lockDays,
  }),
  async run(ctx, o) {
    const { indicator } = o;
    for (const one of o.partner ?? []) takesPart(one);
    const terms: Partial<Terms> = {
      ...given({
        name: o.name,
        goal: o.goal?.number,
        unit: o.unit,
        baseline: o.baseline?.amount,
        baselineDate: o.baseline_date,
        baselineSource: o.source,
        definition: o.definition,
        due: o.due,
        green: o.green,
        amber: o.amber,
        valueKind: o.kind,
        span: o.span,
        aggregate: o.aggregate,
        partnersAggregate: o.partners_aggregate,
        direction: o.direction,
        frequency: o.frequency,
        partners: o.partner?.map(partner => partner.number),
      }),
      ...(o.scale && { scale: o.scale === 'none' ? null : o.scale }),
    };
    const open = given({
      dueDays: o.due_days,
      lockDays: o.lock_days,
      needsProof: o.evidence,
      area: o.area && areasText(o.area),
    });
    const fields = [...Object.keys(terms), ...Object.keys(open)].map(field =>
      field === 'partners' ? 'partner' : field,
    );
    if (!fields.length) throw new Refusal('missing_option', m => m.forum.nothingSet);
    const record = await recordOf(ctx.db, indicator);
    const since = await sinceFor(ctx, record, o, terms);
    const next = { ...termsAt(record, since), ...terms };
    if (next.amber > next.green) throw new Refusal('invalid_option', m => m.indicator.no.bands, { option: 'amber' });
    const measured = [
      o.kind,
      o.aggregate,
      o.partners_aggregate,
      o.direction,
      o.baseline,
      o.unit,
      o.due,
      o.baseline_date,
    ];
    if (measured.some(one => one !== undefined))
      askAboutTerms(next, { guessed: false, typed: [o.baseline] }, o.confirm);
    if (
      !changes(record, since, terms) &&
      !Object.entries(open).some(([key, value]) => indicator[key as never] !== value)
    )
      throw new Refusal('conflict', m => m.indicator.unchanged({ code: code(indicator) }));
    const changed = await agreedAnew(ctx, indicator, { since, terms, open, reason: o.reason ?? null });
    const data = { fields, version: changed.version, since, reason: o.reason ?? null };
    await ctx.record({ kind: 'indicator.edited', thing: 'indicator', number: indicator.number, data });
    return indicatorCard(ctx, changed, ctx.m.indicator.edited({ code: code(indicator), version: changed.version }));
  },
});

/** Tells whether terms from a date on are others than those that hold then or on any later day. */
function changes(record: IndicatorRecord, since: string, terms: Partial<Terms>): boolean {
  // A sum that was agreed before there was a choice is open: choosing what holds already is a choice as well.
  if (terms.span && isSpanOpen(record)) return true;
  const dates = [since, ...record.changes.map(one => one.since).filter(date => date > since)];
  const isOther = (at: Terms): boolean =>
    Object.entries(terms).some(([key, value]) => JSON.stringify(at[key as keyof Terms]) !== JSON.stringify(value));
  return dates.some(date => isOther(termsAt(record, date)));
}

/**
 * Returns the date from which a change holds. A sum from before there was a choice is told once over what it adds up:
 * from its beginning.
 */
async function sinceFor(
  ctx: WriteContext,
  record: IndicatorRecord,
  o: {
    readonly since?: string | undefined;
    readonly reason?: string | undefined;
    readonly frequency?: Frequency | undefined;
  },
  terms: Partial<Terms>,
): Promise<string> {
  const fields = Object.keys(terms);
  if (!fields.length) return localDate(ctx.now, ctx.forum.zone);
  const isFirstChoice = terms.span !== undefined && fields.length === 1 && o.since === undefined;
  if (isFirstChoice && isSpanOpen(record)) return record.agreed;
  const dated = { since: o.since, reason: o.reason };
  return sinceOf(ctx, record, dated, o.frequency ? { frequency: o.frequency } : 'all');
}

/** Ends an indicator; its record stays. @throws Refusal `closed` where it was ended already. */
export async function retired(ctx: WriteContext, indicator: Indicator, reason: string): Promise<void> {
  if (indicator.retiredAt) throw new Refusal('closed', m => m.indicator.no.retired);
  const today = localDate(ctx.now, ctx.forum.zone);
  const change = { since: today, terms: {}, open: { retiredAt: ctx.now } };
  await agreeAnew(ctx.tx, indicator, change, { now: ctx.now, today });
  await forgetReminders(ctx.tx, indicator, 'retired', ctx.now);
  await ctx.record({ kind: 'indicator.retired', thing: 'indicator', number: indicator.number, data: { reason } });
}

export const retire = mutation({
  id: 'nx',
  name: 'retire',
  words: m => m.indicator.command.retire,
  who: 'coordinator',
  options: { ...theIndicator, reason: required(paragraph({ max: 500 })) },
  async run(ctx, { indicator, reason }) {
    await retired(ctx, indicator, reason);
    return view(ctx.m.indicator.retired({ code: code(indicator) }), { tone: 'good' });
  },
});
