import type { Messages } from '../language/messages.ts';
import type { Text } from '../language/text.ts';

/** Why a row is as it is judged, and in which cell (`C7`) that stands. */
export interface Reason {
  readonly cell: string | null;
  say(m: Messages): Text;
}
