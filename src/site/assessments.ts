import type { Result } from '../domain/assessments/results.ts';
import { frameworkOf, lastClosed } from '../domain/assessments/store.ts';
import { dateIn } from '../domain/calendar.ts';
import { codeOf } from '../domain/codes.ts';
import { inLocale } from '../language/locale.ts';
import type { Markup } from '../language/markup.ts';
import { levelText, pointsText } from '../views/assessment-words.ts';
import { date, section, table } from './components.ts';
import type { PageContext } from './page-context.ts';

/** Maximum number of assessments on the page. */
const SHOWN = 20;

/**
 * Shows the last assessments: of areas alone, with their totals and levels. How a partner judges itself is the forum's
 * own, and so are single answers and evidence. Null: there is none.
 */
export async function closedAssessments(pageContext: PageContext): Promise<Markup | null> {
  const { render: context, forum } = pageContext;
  const { m, db, forumId, locale } = context;
  const w = m.assessment;
  const rows = await lastClosed(db, forumId, 'areas', SHOWN);
  if (!rows.length) return null;
  const lines: (Markup | string)[][] = [];
  for (const one of rows) {
    const framework = await frameworkOf(db, one);
    const result = one.result as unknown as Result;
    lines.push([
      codeOf('assessment', one.number),
      one.title,
      inLocale(framework.name, locale),
      pointsText(context, result.total),
      framework.bands.length ? levelText(context, framework, result) : '',
      date(pageContext, dateIn(one.closedAt!, forum.zone)),
    ]);
  }
  const { code, object, framework, total, level, closed } = w.publicColumns;
  const head = [code, object, framework, total, level, closed].map(label => ({ label }));
  return section('assessments', w.publicTitle, table(w.publicTitle, head, lines));
}
