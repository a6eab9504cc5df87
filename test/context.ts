import type { RenderContext } from '../src/contract/render-context.ts';
import type { Forum } from '../src/domain/forums.ts';
import type { Locale } from '../src/language/locale.ts';
import { catalogue } from '../src/language/messages.ts';
import type { Store } from '../src/storage/store.ts';
import { START } from './world.ts';

/** The context in which a forum's record is shown, in its own zone. */
export const contextOf = (
  { read }: Pick<Store, 'read'>,
  { id, zone }: Pick<Forum, 'id' | 'zone'>,
  locale: Locale = 'id',
  now = START,
): RenderContext => ({ db: read, forumId: id, m: catalogue[locale], locale, zone, now });
