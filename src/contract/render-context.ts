import type { Locale } from '../language/locale.ts';
import type { Messages } from '../language/messages.ts';
import type { Reader } from '../storage/store.ts';

/** Context of a rendering: in whose language and zone something is shown, and from which state of the record. */
export interface RenderContext {
  readonly m: Messages;
  readonly locale: Locale;
  readonly zone: string;
  readonly now: Date;
  readonly db: Reader;
  readonly forumId: string;
}
