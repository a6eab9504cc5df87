import type { Act } from '../contract/act.ts';
import { button } from '../contract/buttons.ts';
import { Refusal } from '../contract/refusal.ts';
import { type View, view } from '../contract/view.ts';
import { CalledOff, type Maker } from '../reports/maker.ts';
import type { Order, ProductOf } from '../reports/product.ts';
import type { ReadContext } from './act-context.ts';

type Asking = Pick<ReadContext, 'forumId' | 'actor' | 'm'>;

/** The action that calls off what is made for a person. */
export const STOP = 'mh';

/** Describes what is made for people at this moment: each sees how far theirs is, and may call it off. */
export class MadeToOrder {
  readonly #maker: Maker;
  readonly #running = new Map<string, Set<AbortController>>();

  constructor(maker: Maker) {
    this.#maker = maker;
  }

  /** Makes a product for the actor; null: they have called it off. */
  async make<O extends Order>(context: Asking, { onProgress }: Act, order: O): Promise<ProductOf<O> | null> {
    const own = new AbortController();
    const key = keyOf(context);
    const mine = this.#running.get(key) ?? new Set();
    this.#running.set(key, mine.add(own));
    try {
      return await this.#maker.make(order, {
        signal: own.signal,
        onProgress: (done, of) => onProgress?.(progressView(context, done, of)),
      });
    } catch (error) {
      if (!(error instanceof CalledOff)) throw error;
      if (own.signal.aborted) return null;
      throw new Refusal('limit', m => m.core.limit.ending);
    } finally {
      mine.delete(own);
      if (!mine.size) this.#running.delete(key);
    }
  }

  /** Ends what is made for a person in a forum; gives whether anything was. */
  callOff(context: Asking): boolean {
    const mine = this.#running.get(keyOf(context));
    for (const one of mine ?? []) one.abort();
    return mine !== undefined;
  }
}

const keyOf = ({ forumId, actor }: Asking): string => `${forumId}:${actor.member}`;

const progressView = ({ m }: Asking, done: number, of: number): View =>
  view(m.core.making.title, {
    blocks: [{ kind: 'progress', label: m.core.making.sheets, done, of }],
    controls: [[button(m, 'cancel', STOP)]],
  });
