import type { Chart } from '../bot/chart.ts';
import type { Block } from '../bot/view.ts';
import { standingsOf } from '../domain/indicators/standing.ts';
import { indicatorByNumber } from '../domain/indicators/store.ts';
import { totalsOf } from '../domain/money/totals.ts';
import { indicatorPicture } from '../views/indicator-picture.ts';
import type { Look } from '../views/look.ts';
import { monthsPicture } from '../views/pictures.ts';
import type { Markup } from './markup.ts';
import { picture } from './pieces.ts';
import type { Scene } from './scene.ts';

/** A chart of the page by its name in addresses, an indicator's code or `money`; null: there is nothing to draw. */
export async function chartNamed(look: Look, name: string): Promise<Chart | null> {
  if (name === 'money') return chartIn(monthsPicture(look, (await totalsOf(look.db, look.forumId)).byMonth));
  const indicator = await indicatorByNumber(look.db, look.forumId, Number(name.slice(2)));
  return indicator && chartIn(indicatorPicture(look, indicator, await standingsOf(look.db, indicator, look.now)));
}

const chartIn = (block: Block | null): Chart | null => (block?.kind === 'picture' ? block.chart : null);

/** Where a picture that chat shows too stands on the page, by its name, with the same words. */
export const pictured = (scene: Scene, name: string, block: Block | null): Markup | null =>
  block?.kind === 'picture' ? picture(scene, name, block.alt) : null;
