import { indicatorByNumber } from '../domain/indicators/store.ts';
import { satuDataText } from '../reports/satu-data.ts';
import type { PageContext } from './page-context.ts';

/** One indicator as statistical metadata; null where there is none. */
export async function metadataOf({ render: context, forum }: PageContext, number: number): Promise<string | null> {
  const indicator = await indicatorByNumber(context.db, context.forumId, number);
  return indicator && satuDataText(context, forum, indicator);
}
