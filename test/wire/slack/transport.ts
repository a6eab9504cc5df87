import type { Json, JsonObject } from '../discord/json.ts';

/** What kind of thing goes to the app, in Socket Mode's words. */
export type EnvelopeType = 'events_api' | 'interactive' | 'slash_commands';

/** Why something is sent again. */
export interface Retry {
  readonly num: number;
  readonly reason: string;
}

/** Something on its way to the app. */
export interface Envelope {
  readonly type: EnvelopeType;
  readonly payload: JsonObject;
  /** Whether the acknowledgement may carry an answer. */
  readonly takesAnswer: boolean;
  readonly retry?: Retry;
}

/** What became of it: `problem` says why the app never acknowledged. */
export interface Delivered {
  readonly answer: Json | undefined;
  readonly status: number;
  readonly problem: string | null;
}

/** A way to the app. */
export interface Transport {
  deliver(envelope: Envelope): Promise<Delivered>;
}
