import type { Exchange } from './exchange.ts';
import type { Gateway } from './gateway.ts';
import type { World } from './world.ts';

/** Tools with which every route works. */
export interface Stage {
  readonly world: World;
  readonly gateway: Gateway;
  /** The exchanges by interaction id. */
  readonly exchanges: Map<string, Exchange>;
  /** Exchanges answered by "I shall update the message" (6) whose message has not changed yet. */
  readonly deferredUpdates: Set<Exchange>;
  /** Address at which the stand-in listens, such as http://127.0.0.1:40123. */
  readonly origin: string;
  /** Discord's idea of the present, epoch milliseconds: no event may be scheduled before it. */
  readonly now: () => number;
  /** Timeout of an interaction's acknowledgement, after which its token dies, ms; Discord's 3,000. */
  readonly answerWithinMs: number;
}
