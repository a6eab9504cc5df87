import type { SocketMode } from './socket.ts';
import type { World } from './world.ts';

/** What every method works on. */
export interface Stage {
  readonly world: World;
  readonly socket: SocketMode;
  /** Where the stand-in listens, such as http://127.0.0.1:40123. */
  readonly origin: string;
  /** How long an acknowledgement may take and a trigger_id lives; Slack's 3,000 ms. */
  readonly answerWithinMs: number;
}
