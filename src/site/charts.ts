import type { Chart } from '../contract/chart.ts';
import type { RenderContext } from '../contract/render-context.ts';
import type { Block } from '../contract/view.ts';
import { statusesOf } from '../domain/indicators/period-status.ts';
import { indicatorByNumber } from '../domain/indicators/store.ts';
import { totalsOf } from '../domain/money/totals.ts';
import type { Markup } from '../language/markup.ts';
import { indicatorPicture } from '../views/indicator-picture.ts';
import { monthsPicture } from '../views/pictures.ts';
import { picture } from './components.ts';
import type { PageContext } from './page-context.ts';

/** A chart of the page by its name in addresses, an indicator's code or `money`; null: there is nothing to draw. */
export async function chartNamed(context: RenderContext, name: string): Promise<Chart | null> {
  if (name === 'money') return chartIn(monthsPicture(context, (await totalsOf(context.db, context.forumId)).byMonth));
  const indicator = await indicatorByNumber(context.db, context.forumId, Number(name.slice(2)));
  return (
    indicator && chartIn(indicatorPicture(context, indicator, await statusesOf(context.db, indicator, context.now)))
  );
}

const chartIn = (block: Block | null): Chart | null => (block?.kind === 'picture' ? block.chart : null);

/** Returns where a picture that chat shows too stands on the page, by its name, with the same words. */
export const pictured = (pageContext: PageContext, name: string, block: Block | null): Markup | null =>
  block?.kind === 'picture' ? picture(pageContext, name, block.alt) : null;
