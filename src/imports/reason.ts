import type { Messages } from '../language/messages.ts';
import type { Text } from '../language/text.ts';

/** The reason for the verdict on a row, and the cell (`C7`) that it is about. */
export interface Reason {
  readonly cell: string | null;
  say(m: Messages): Text;
}
