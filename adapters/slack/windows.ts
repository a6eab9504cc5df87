import { BoundedMap } from '../../src/runtime/bounded-map.ts';
import { ExpiringMap } from '../../src/runtime/expiring-map.ts';
import type { Rendered } from './render.ts';

/** Maximum number of remembered windows; the content of a forgotten one counts as replaced. */
const MOST = 10_000;
/** Time for which Slack takes an answer where a form was asked for, ms: the way back is of no use afterwards. */
const REPLY_MS = 30 * 60_000;

/**
 * Version of a window that we filled. What comes later, a picture, may take the place of this and of nothing else:
 * by then somebody may be filling in a form there.
 */
export interface WindowVersion {
  /** Names what to replace: the window and the hash of what stands in it, or a name given to just that. */
  readonly at: { readonly view_id: string; readonly hash: string } | { readonly external_id: string };
  /** Tells whether nobody has done anything in the window since, as far as this process was told. */
  readonly stands: () => boolean;
}

/** Returns what Slack has put into a window by a call of ours; null where it says no hash of it. */
export const standingOf = (view: { id?: string; hash?: string } | undefined): WindowVersion | null =>
  view?.id && view.hash ? { at: { view_id: view.id, hash: view.hash }, stands: () => true } : null;

/** Answers where a form was asked for, for that person's eyes. */
export type Reply = (message: Rendered, how?: { readonly beside?: boolean }) => Promise<unknown>;

/**
 * Counts what people do in each window. What is put there by acknowledging a form comes back without a hash: it gets a
 * name, by which Slack finds it only as long as nothing else stands there, whichever process has put that there; and it
 * counts as replaced from the next press or form on.
 */
export class Windows {
  readonly #turns = new BoundedMap<string, number>(MOST);
  readonly #replies = new ExpiringMap<string, Reply>(REPLY_MS, MOST);
  #last = 0;

  /** Remembers under a name where a form was asked for: its answer belongs into that chat. */
  askedIn(name: string, reply: Reply, now = performance.now()): void {
    this.#replies.set(name, reply, now);
  }

  /** Returns the way to answer where a form was asked for; undefined where another process knows it, or nobody any more. */
  replyTo(name: string, now = performance.now()): Reply | undefined {
    return this.#replies.get(name, now);
  }

  /** Notes that a person pressed a button in a window, or sent its form off. */
  touched(id: string): number {
    this.#turns.set(id, ++this.#last);
    return this.#last;
  }

  /** Returns what an acknowledgement puts into a window under a name, at the turn that it acknowledges. */
  acknowledged(id: string, turn: number, name: string): WindowVersion {
    return { at: { external_id: name }, stands: () => this.#turns.get(id) === turn };
  }
}
