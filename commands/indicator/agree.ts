import { deed, main, optional, required } from '../../src/bot/command.ts';
import { choice, date, flag, instant, line, number, paragraph, whole } from '../../src/bot/kinds.ts';
import { entity, list, member } from '../../src/bot/references.ts';
import { Refusal } from '../../src/bot/refusal.ts';
import { view } from '../../src/bot/view.ts';
import { goalSource } from '../../src/domain/goals.ts';
import { FREQUENCIES } from '../../src/domain/indicators/periods.ts';
import {
  addIndicator,
  changeIndicator,
  handOver,
  reportsOf,
  responsibleFor,
  returnReport,
  setPeriodTarget,
  unlock,
} from '../../src/domain/indicators/store.ts';
import { partnerSource } from '../../src/domain/partners.ts';
import { actorOf } from '../../src/domain/people.ts';
import { localDate, when } from '../../src/language/dates.ts';
import { AGGREGATE_WORDS, COURSE_WORDS, FREQUENCY_WORDS, VALUE_WORDS } from '../../src/language/synonyms.ts';
import { planReports } from '../../src/schedule/reports.ts';
import { indicatorCard } from '../../src/views/indicator.ts';
import { takesPart } from '../partner-names.ts';
import { code, period, periodFor, reportingFor, theIndicator } from './common.ts';

const AGGREGATES = ['sum', 'average', 'latest', 'max'] as const;
const aggregates = () => optional(choice(AGGREGATES, m => m.indicator.aggregates, AGGREGATE_WORDS));

export const add = deed({
  id: 'na',
  name: 'add',
  words: m => m.indicator.command.add,
  who: 'coordinator',
  options: {
    name: main(line({ max: 200 })),
    goal: optional(entity(goalSource)),
    unit: optional(line({ max: 30 })),
    direction: optional(choice(['up', 'down'], m => m.indicator.directions, COURSE_WORDS)),
    baseline: optional(number()),
    target: optional(number()),
    due: optional(date()),
    frequency: optional(
      choice(FREQUENCIES, m => m.indicator.frequencies, FREQUENCY_WORDS),
      'kala',
    ),
    aggregate: aggregates(),
    partner: optional(list(entity(partnerSource))),
    baseline_date: optional(date()),
    partners_aggregate: aggregates(),
    kind: optional(choice(['stock', 'flow', 'cumulative'], m => m.indicator.kinds, VALUE_WORDS)),
    due_days: optional(whole({ min: 0, max: 60 })),
    definition: optional(paragraph({ max: 1000 })),
    source: optional(line({ max: 200 })),
    evidence: optional(flag()),
  },
  async run(ctx, o) {
    for (const one of o.partner ?? []) takesPart(one);
    const today = localDate(ctx.now, ctx.forum.zone);
    const indicator = await addIndicator(
      ctx.tx,
      ctx.forumId,
      {
        name: o.name,
        goal: o.goal?.number ?? null,
        unit: o.unit ?? '',
        direction: o.direction ?? 'up',
        baseline: o.baseline ?? null,
        baselineDate: o.baseline_date ?? (o.baseline === undefined ? null : today),
        target: o.target ?? null,
        due: o.due ?? null,
        frequency: o.frequency ?? 'quarterly',
        valueKind: o.kind ?? (o.aggregate === 'sum' ? 'flow' : 'stock'),
        aggregate: o.aggregate ?? 'latest',
        partnersAggregate: o.partners_aggregate ?? 'sum',
        dueDays: o.due_days ?? 10,
        lockDays: 30,
        green: 90,
        amber: 70,
        definition: o.definition ?? null,
        baselineSource: o.source ?? null,
        needsProof: o.evidence ?? false,
        scale: null,
        createdBy: ctx.actor.member,
      },
      o.partner?.map(partner => partner.number) ?? [],
      ctx.now,
    );
    await ctx.record({ kind: 'indicator.added', thing: 'indicator', number: indicator.number, data: { name: o.name } });
    await ctx.plan(...(await planReports(ctx.db, indicator, ctx.now)));
    return indicatorCard(ctx, indicator, ctx.m.indicator.added({ code: code(indicator) }));
  },
});

export const target = deed({
  id: 'nt',
  name: 'target',
  words: m => m.indicator.command.target,
  who: 'coordinator',
  options: { ...theIndicator, value: required(number()), period: optional(period()) },
  async run(ctx, { indicator, value, period: typed }) {
    const before = indicator.target;
    let changed = indicator;
    const period = typed === undefined ? null : (await periodFor(ctx, indicator, typed, 0)).key;
    if (period === null) changed = await changeIndicator(ctx.tx, indicator, { target: value });
    else await setPeriodTarget(ctx.tx, indicator, period, value);
    await ctx.record({
      kind: 'indicator.target',
      thing: 'indicator',
      number: indicator.number,
      data: { before, value, period },
    });
    return indicatorCard(ctx, changed, ctx.m.indicator.targetSet({ code: code(indicator) }));
  },
});

export const back = deed({
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

export const open = deed({
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

export const handover = deed({
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
    return view(ctx.m.indicator.handedOver({ code: code(indicator), member: who.name }), { tone: 'good' });
  },
});
