import type { Registry } from '../../src/bot/registry.ts';
import type { Bot } from '../../src/contract/act.ts';
import type { Clock, Ids } from '../../src/contract/clock.ts';
import type { View } from '../../src/contract/view.ts';
import type { Locale } from '../../src/language/locale.ts';
import type { Messages } from '../../src/language/messages.ts';
import type { ConsoleAdapter } from './index.ts';

/** Describes what one input line came to, as `--json` prints it. */
export interface LineResult {
  readonly line: number;
  readonly actor: string;
  readonly ok: boolean;
  readonly text: string;
  readonly error?: { readonly code: string; readonly message: string };
  readonly posts: readonly { readonly to: string; readonly text: string }[];
}

/** Describes what a session stands on. */
export interface ConsoleDeps {
  readonly bot: Bot & { readonly registry: Registry };
  readonly adapter: ConsoleAdapter;
  readonly ids: Ids;
  readonly clock: Clock;
  /** Sends what is due now. */
  settle(): Promise<void>;
  /** Does what is due now, as often as it is asked: what fails rests, and is logged. */
  look(): Promise<void>;
  /** Tells whether the clock may be moved: no forum of the database is anywhere but in terminals. */
  mayMove(): Promise<boolean>;
  /** Moves the clock, stopping at each instant at which something falls due. */
  skip(ms: number): Promise<void>;
  /** Finds the language and the zone in which an account is answered. */
  reader(account: string): Promise<{ readonly m: Messages; readonly locale: Locale; readonly zone: string }>;
  /** Returns what stands in the channels since before this session. */
  standing(): Promise<readonly View[]>;
}
