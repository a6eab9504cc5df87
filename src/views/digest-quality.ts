import type { RenderContext } from '../contract/render-context.ts';
import { list, text } from '../contract/view.ts';
import { codeOf } from '../domain/codes.ts';
import type { ActivitySums } from '../domain/groups/activity-sums.ts';
import { figuresOf } from '../domain/indicators/drafts.ts';
import { compare, exact } from '../domain/indicators/fraction.ts';
import { periodOfKey } from '../domain/indicators/periods.ts';
import { type Doubt, doubtsOf } from '../domain/indicators/quality.ts';
import type { Indicator } from '../domain/indicators/row.ts';
import { namesOf } from '../domain/partners.ts';
import type { Text } from '../language/text.ts';
import { shareTurn } from '../runtime/event-loop.ts';
import type { Reported } from './digest-reports.ts';
import { NOTHING, type Section, see } from './digest-section.ts';
import { withUnit } from './indicator-words.ts';

/** Maximum number of doubts that a digest names, each with a button; the others are counted. */
const NAMED = 5;

interface Line {
  readonly said: Text;
  readonly code: string;
  readonly action: string;
  readonly option: string;
}

/** Lists figures of a time that are worth another look: each may be right, and only people know. */
export async function qualitySection(
  context: RenderContext,
  reported: Reported,
  activities: ActivitySums,
): Promise<Section> {
  const w = context.m.digest;
  const lines = [...activities.contradictory.map(number => contradiction(context, number))];
  const names = await namesOf(context.db, context.forumId);
  const reports = reportsOf(reported);
  const figures = await figuresOf(context.db, context.forumId, reports);
  for (const [i, { record, report }] of reports.entries()) {
    const { indicator } = record;
    const code = codeOf('indicator', indicator.number);
    const partner = names.get(report.partner) ?? context.m.indicator.wholeForum;
    const value = withUnit(context, indicator, report.value ?? '0');
    const reasons = doubtsOf(record, report).map(doubt => whyOf(context, indicator, doubt));
    const log = figures[i]?.value;
    if (log !== undefined && compare(exact(report.value ?? '0'), exact(log)) > 0)
      reasons.push(w.aboveLog({ log: withUnit(context, indicator, log) }));
    for (const why of reasons) {
      const said = w.doubtLine({ code, name: indicator.name, partner, period: report.period, value, why });
      lines.push({ said, code, action: 'ns', option: 'indicator' });
    }
    await shareTurn();
  }
  if (!lines.length) return NOTHING;
  const named = lines.slice(0, NAMED);
  const firsts = named.filter((one, i) => named.findIndex(other => other.code === one.code) === i);
  return {
    blocks: [
      text(w.quality),
      list(named.map(one => one.said)),
      lines.length > NAMED ? text(w.moreDoubts({ n: lines.length - NAMED })) : null,
    ],
    next: firsts.map(({ code, action, option }) => see(context, code, action, { [option]: code })),
  };
}

/** The values among the reports that were not returned, each with its record and period. */
const reportsOf = ({ made, stood }: Reported) =>
  stood.flatMap(({ indicator, record }) =>
    made
      .filter(
        report => report.indicator === indicator.number && report.kind === 'value' && report.state === 'submitted',
      )
      .flatMap(report => {
        const period = periodOfKey(report.period);
        return period ? [{ record, report, period, partner: report.partner }] : [];
      }),
  );

function contradiction(context: RenderContext, number: number): Line {
  const code = codeOf('activity', number);
  return { said: context.m.digest.contradictory({ code }), code, action: 'ks', option: 'activity' };
}

function whyOf(context: RenderContext, indicator: Indicator, doubt: Doubt): string {
  const w = context.m.digest;
  if (doubt.kind === 'unchanged') return w.unchanged({ times: doubt.times });
  return w[doubt.kind]({ usual: withUnit(context, indicator, String(doubt.usual)) });
}
