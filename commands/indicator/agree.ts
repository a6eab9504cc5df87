import { areas } from '../../src/bot/area-kind.ts';
import { main, mutation, optional, paging, required } from '../../src/bot/command.ts';
import { date, flag, instant, line, paragraph, whole } from '../../src/bot/kinds.ts';
import { entity, list, member } from '../../src/bot/references.ts';
import { Refusal } from '../../src/contract/refusal.ts';
import { view } from '../../src/contract/view.ts';
import { areasText } from '../../src/domain/areas/area.ts';
import { goalSource } from '../../src/domain/goals.ts';
import { compare, exact } from '../../src/domain/indicators/fraction.ts';
import { recordOf } from '../../src/domain/indicators/record.ts';
import { addIndicator, handOver, responsibleFor } from '../../src/domain/indicators/store.ts';
import { reportsOf, returnReport, unlock } from '../../src/domain/indicators/stored-reports.ts';
import { termsAt } from '../../src/domain/indicators/terms.ts';
import { partnerSource } from '../../src/domain/partners.ts';
import { actorOf } from '../../src/domain/people.ts';
import { localDate, when } from '../../src/language/dates.ts';
import { planReports } from '../../src/schedule/reports.ts';
import { indicatorCard } from '../../src/views/indicator.ts';
import { takesPart } from '../partner/names.ts';
import { code, period, periodFor, remindersChanged, reportingFor, theIndicator } from './common.ts';
import { withDouble } from './double.ts';
import { measure } from './measure.ts';
import { sinceOf } from './since.ts';
import {
  aggregates,
  agreedAnew,
  askAboutTarget,
  askAboutTerms,
  direction,
  frequency,
  kind,
  span,
  unitOf,
} from './terms.ts';

export const add = mutation({
  id: 'na',
  completedBy: 'ne',
  name: 'add',
  words: m => m.indicator.command.add,
  who: 'coordinator',
  options: {
    name: main(line({ max: 200 })),
    goal: optional(entity(goalSource)),
    unit: optional(line({ max: 30 })),
    direction: direction(),
    baseline: optional(measure()),
    target: optional(measure()),
    due: optional(date()),
    frequency: frequency('kala'),
    aggregate: aggregates(),
    partner: optional(list(entity(partnerSource))),
    baseline_date: optional(date()),
    partners_aggregate: aggregates(),
    kind: kind(),
    due_days: optional(whole({ min: 0, max: 60, unit: 'days' })),
    definition: optional(paragraph({ max: 1000 })),
    source: optional(line({ max: 200 })),
    evidence: optional(flag()),
    span: span(),
    confirm: optional(flag()),
    area: optional(areas()),
  },
  async run(ctx, o) {
    for (const one of o.partner ?? []) takesPart(one);
    const today = localDate(ctx.now, ctx.forum.zone);
    const [baseline, target] = [o.baseline?.amount ?? null, o.target?.amount ?? null];
    const falls = baseline !== null && target !== null && compare(exact(target), exact(baseline)) < 0;
    const terms = {
      name: o.name,
      goal: o.goal?.number ?? null,
      unit: o.unit ?? unitOf(o.target, o.baseline),
      direction: o.direction ?? (falls ? 'down' : 'up'),
      baseline,
      baselineDate: o.baseline_date ?? (baseline === null ? null : today),
      target,
      due: o.due ?? null,
      frequency: o.frequency ?? 'quarterly',
      valueKind: o.kind ?? (o.aggregate === 'sum' ? 'flow' : 'stock'),
      aggregate: o.aggregate ?? 'latest',
      span: o.span ?? 'course',
      partnersAggregate: o.partners_aggregate ?? 'sum',
      green: 90,
      amber: 70,
      definition: o.definition ?? null,
      baselineSource: o.source ?? null,
      scale: null,
    } as const;
    const partners = o.partner?.map(partner => partner.number) ?? [];
    const guessed = o.partners_aggregate === undefined;
    askAboutTerms({ ...terms, partners }, { guessed, typed: [o.baseline, o.target] }, o.confirm);
    const indicator = await addIndicator(
      ctx.tx,
      ctx.forumId,
      {
        ...terms,
        area: o.area ? areasText(o.area) : null,
        dueDays: o.due_days ?? 10,
        lockDays: 30,
        needsProof: o.evidence ?? false,
        createdBy: ctx.actor.member,
      },
      partners,
      { now: ctx.now, today },
    );
    await ctx.record({ kind: 'indicator.added', thing: 'indicator', number: indicator.number, data: { name: o.name } });
    await ctx.plan(...(await planReports(ctx.db, indicator, ctx.now)));
    return withDouble(
      ctx,
      indicator,
      await indicatorCard(ctx, indicator, ctx.m.indicator.added({ code: code(indicator) })),
    );
  },
});

export const target = mutation({
  id: 'nt',
  name: 'target',
  words: m => m.indicator.command.target,
  who: 'coordinator',
  options: {
    ...theIndicator,
    value: required(measure()),
    period: optional(period({ ahead: 12 })),
    since: optional(date()),
    reason: optional(paragraph({ max: 500 })),
    // The question that it answers has a button: Discord registers no further option.
    confirm: paging(flag()),
  },
  async run(ctx, o) {
    const { indicator, reason } = o;
    const value = o.value.amount;
    const record = await recordOf(ctx.db, indicator);
    const period = o.period === undefined ? null : await periodFor(ctx, indicator, o.period, 0, { ahead: true });
    const since = await sinceOf(ctx, record, o, period ? { period } : 'all');
    const terms = period ? { periodTargets: { [period.key]: value } } : { target: value };
    askAboutTarget({ ...termsAt(record, since), target: period ? null : value }, o.value, o.confirm);
    const changed = await agreedAnew(ctx, indicator, { since, terms, reason: reason ?? null });
    await ctx.record({
      kind: 'indicator.target',
      thing: 'indicator',
      number: indicator.number,
      data: { before: indicator.target, value, period: period?.key ?? null, since, reason: reason ?? null },
    });
    return indicatorCard(ctx, changed, ctx.m.indicator.targetSet({ code: code(indicator) }));
  },
});

export const back = mutation({
  id: 'nb',
  name: 'return',
  words: m => m.indicator.command.return,
  who: 'coordinator',
  options: {
    ...theIndicator,
    period: required(period()),
    reason: required(paragraph({ max: 500 })),
    partner: optional(entity(partnerSource)),
  },
  async run(ctx, { indicator, period: typed, reason, partner }) {
    const whose = await reportingFor(ctx, indicator, partner);
    const period = await periodFor(ctx, indicator, typed, whose);
    const [report] = await reportsOf(ctx.db, ctx.forumId, {
      indicator: indicator.number,
      periods: [period.key],
      partner: whose,
    });
    if (!report) throw new Refusal('not_found', m => m.indicator.no.nothing({ period: period.key }));
    await returnReport(ctx.tx, report, reason);
    await ctx.record({
      kind: 'indicator.returned',
      thing: 'indicator',
      number: indicator.number,
      data: { period: period.key, partner: whose, reason },
    });
    await ctx.post(
      { kind: 'report_returned', subject: `${indicator.number}:${period.key}:${report.seq}` },
      { member: report.reportedBy },
    );
    return view(ctx.m.indicator.returned({ code: code(indicator), period: period.key }), { tone: 'good' });
  },
});

export const open = mutation({
  id: 'nu',
  name: 'unlock',
  words: m => m.indicator.command.unlock,
  who: 'coordinator',
  options: { ...theIndicator, period: required(period()), until: required(instant()) },
  async run(ctx, { indicator, period: typed, until }) {
    const period = await periodFor(ctx, indicator, typed, 0);
    await unlock(ctx.tx, indicator, period.key, until);
    await ctx.record({
      kind: 'indicator.unlocked',
      thing: 'indicator',
      number: indicator.number,
      data: { period: period.key, until: until.toISOString() },
    });
    const at = [when(until, ctx.zone, ctx.locale)];
    return view(ctx.m.indicator.unlocked({ code: code(indicator), period: period.key, until: at }), { tone: 'good' });
  },
});

export const handover = mutation({
  id: 'nh',
  name: 'handover',
  words: m => m.indicator.command.handover,
  who: ['representative', 'coordinator'],
  options: { ...theIndicator, member: required(member()) },
  async run(ctx, { indicator, member: who }) {
    const partner = await reportingFor(ctx, indicator, undefined);
    const responsible = (await responsibleFor(ctx.db, ctx.forumId, indicator.number)).find(
      one => one.partner === partner,
    );
    if (!responsible)
      throw new Refusal('conflict', m => m.indicator.no.nobodyToHandOver({ code: code(indicator) }), {
        option: 'indicator',
      });
    const { seat } = await actorOf(ctx.db, who);
    if (seat?.partner !== partner)
      throw new Refusal('invalid_option', m => m.indicator.no.notOfPartner({ member: who.name }), { option: 'member' });
    await handOver(ctx.tx, responsible, who.number);
    await ctx.record({
      kind: 'indicator.handed_over',
      thing: 'indicator',
      number: indicator.number,
      data: { member: who.number, partner },
    });
    await remindersChanged(ctx, indicator, partner, ctx.actor.member);
    return view(ctx.m.indicator.handedOver({ code: code(indicator), member: who.name }), { tone: 'good' });
  },
});
