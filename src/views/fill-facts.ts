import type { RenderContext } from '../contract/render-context.ts';
import { comparedSince, differing } from '../domain/indicators/drafts.ts';
import type { PeriodStatus } from '../domain/indicators/period-status.ts';
import type { IndicatorRecord } from '../domain/indicators/record.ts';
import { join, type Text } from '../language/text.ts';
import { againLine, fillText } from './fill.ts';
import type { Names } from './indicator-words.ts';

/** Says on an indicator's card from what it fills itself, what several reporters share, and what has changed since. */
export async function fillFacts(
  context: RenderContext,
  record: IndicatorRecord,
  now: PeriodStatus,
  names: Names,
): Promise<[string, Text | null][]> {
  const w = context.m.fill;
  const { fill } = record.indicator;
  const again = await differing(context.db, context.forumId, [record], comparedSince(context.now, record.zone));
  return [
    [w.title, fill && fillText(context, fill, names)],
    [w.sharedTitle, now.shared ? w.sharedTotal({ n: now.shared }) : null],
    [
      w.again,
      again.length
        ? join(
            again.map(one => againLine(context, one, names)),
            '; ',
          )
        : null,
    ],
  ];
}
