import type { SocketMode } from './socket.ts';
import type { World } from './world.ts';

/** Tools with which every method works. */
export interface Stage {
  readonly world: World;
  readonly socket: SocketMode;
  /** Address at which the stand-in listens, such as http://127.0.0.1:40123. */
  readonly origin: string;
  /** Timeout of an acknowledgement and life of a trigger_id, ms; Slack's 3,000. */
  readonly answerWithinMs: number;
}
