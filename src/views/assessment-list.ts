import type { RenderContext } from '../contract/render-context.ts';
import { type Block, list, note, text, type View, view } from '../contract/view.ts';
import { type Framework, questionsOf } from '../domain/assessments/framework.ts';
import type { Result } from '../domain/assessments/results.ts';
import { type Assessment, frameworkOf, lastClosed } from '../domain/assessments/store.ts';
import { codeOf } from '../domain/codes.ts';
import type { Page } from '../domain/page.ts';
import { cutAt } from '../language/clean.ts';
import { formatDate, localDate } from '../language/dates.ts';
import { inLocale } from '../language/locale.ts';
import { formatNumber } from '../language/numbers.ts';
import type { Text } from '../language/text.ts';
import { levelText, pointsText } from './assessment-words.ts';
import { nextPage, placeNote } from './paging.ts';

/** Maximum of assessments that stand beside figures of a partnership. */
const BESIDE = 5;

const code = (assessment: Pick<Assessment, 'number'>): string => codeOf('assessment', assessment.number);

/** Lists each assessment in a line: what was assessed, by what, and how it came out. */
async function assessmentLines(context: RenderContext, rows: readonly Assessment[]): Promise<Text[]> {
  const { m, locale, zone, db } = context;
  const w = m.assessment;
  const frameworks = new Map<number, Framework>();
  const lines: Text[] = [];
  for (const one of rows) {
    const framework = frameworks.get(one.framework) ?? (await frameworkOf(db, one));
    frameworks.set(one.framework, framework);
    const result = one.result as Result | null;
    lines.push(
      w.listLine({
        code: code(one),
        object: one.title,
        framework: inLocale(framework.name, locale),
        state: result
          ? w.listClosed({
              score: pointsText(context, result.total),
              level: framework.bands.length ? `, ${levelText(context, framework, result)}` : '',
              at: formatDate(localDate(one.closedAt!, zone), locale),
            })
          : w.open,
      }),
    );
  }
  return lines;
}

/** The assessments that were closed last, of a partner or all: what stands beside the figures of a partnership. */
export async function lastAssessed(context: RenderContext, partner: number | null): Promise<(Block | null)[]> {
  const of = partner === null ? 'all' : { partner };
  const rows = await lastClosed(context.db, context.forumId, of, BESIDE);
  return rows.length ? [text(context.m.assessment.listTitle), list(await assessmentLines(context, rows))] : [];
}

/** One page of assessments, the newest first. */
export async function assessmentList(context: RenderContext, page: Page<Assessment>): Promise<View> {
  const w = context.m.assessment;
  const lines = await assessmentLines(context, page.rows);
  const more = nextPage(context, page, 'bl', last => ({ before: code(last) }));
  return view(w.listTitle, {
    blocks: [list(lines), page.rows.length ? null : text(w.listEmpty), await placeNote(context, page)],
    controls: more.length ? [more] : [],
  });
}

/** The instruments that can be used, with the menu that starts one. */
export function frameworkList({ m, locale }: RenderContext, frameworks: readonly Framework[]): View {
  const w = m.assessment;
  return view(w.frameworksTitle, {
    blocks: [
      list(
        frameworks.map(one =>
          w.frameworkLine({
            key: one.key,
            name: inLocale(one.name, locale),
            n: formatNumber(questionsOf(one).length, locale),
            about: inLocale(one.about, locale),
          }),
        ),
      ),
      note(w.frameworksHint),
    ],
    controls: [
      [
        {
          kind: 'select',
          name: 'chooseInstrument',
          label: m.button.chooseInstrument,
          does: { action: 'bs', values: {} },
          fills: 'framework',
          choices: frameworks
            .slice(0, 25)
            .map(one => ({ value: one.key, label: cutAt(inLocale(one.name, locale), 75) })),
        },
      ],
    ],
  });
}
