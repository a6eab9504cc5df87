import type { Json, JsonObject } from '../discord/json.ts';

/** Kinds of things that go to the app, in Socket Mode's words. */
export type EnvelopeType = 'events_api' | 'interactive' | 'slash_commands';

/** Reason for which something is sent again. */
export interface Retry {
  readonly num: number;
  readonly reason: string;
}

/** Something on its way to the app. */
export interface Envelope {
  readonly type: EnvelopeType;
  readonly payload: JsonObject;
  /** True: the acknowledgement may carry an answer. */
  readonly takesAnswer: boolean;
  readonly retry?: Retry;
}

/** Outcome of it: `problem` says why the app never acknowledged. */
export interface Delivered {
  readonly answer: Json | undefined;
  readonly status: number;
  readonly problem: string | null;
}

/** A way to the app. */
export interface Transport {
  deliver(envelope: Envelope): Promise<Delivered>;
}
