import type { Act, Answer } from '../contract/act.ts';
import type { Clock, Ids } from '../contract/clock.ts';
import type { Log } from '../contract/log.ts';
import type { Maker } from '../reports/maker.ts';
import type { Store } from '../storage/store.ts';
import type { QueueLimits } from './act-queue.ts';
import type { Action, Command } from './command.ts';
import type { HandIn } from './hand-in.ts';
import type { Defaults } from './identify.ts';
import type { MadeToOrder } from './made-to-order.ts';
import type { RateLimiter, RateLimits } from './rate-limit.ts';

export interface BotDeps {
  readonly store: Store;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly log: Log;
  readonly defaults: Defaults;
  readonly commands: readonly Command[];
  /** Makes what is large. */
  readonly maker: Maker;
  /** Rate limits of persons and forums. */
  readonly fairUse: RateLimits;
  /** Limits of the queue of acts. */
  readonly queueLimits: QueueLimits;
  /** Hears of every act that was answered: for figures. */
  readonly seen: (act: Seen) => void;
}

/** The dependencies of a running bot, with its memory of who did how much, and what is made for whom. */
export type Running = BotDeps & {
  readonly limiter: RateLimiter;
  readonly files: HandIn;
  readonly making: MadeToOrder;
};

/** An act that was answered. `action` is null where it was not recognised. */
export interface Seen {
  readonly platform: Act['place']['platform'];
  readonly action: Action | null;
  readonly answer: Answer;
  readonly seconds: number;
  /** Cause of an act's failure by a fault of ours or of the machine. */
  readonly error: unknown;
}
