import { App, type AppOptions, type ReceiverEvent } from '@slack/bolt';
import type { Begun } from '../../src/bot/begun.ts';

/**
 * Bolt with a door: what came in is counted from its very first step, before it is even acknowledged. Behind the shut
 * door nothing is acknowledged, so Slack says that it failed, or sends it again, and nobody waits in vain.
 */
export class Intake extends App {
  readonly #begun: Begun;
  #open = true;

  constructor(options: AppOptions, begun: Begun) {
    super(options);
    this.#begun = begun;
  }

  override async processEvent(event: ReceiverEvent): Promise<void> {
    if (this.#open) await this.#begun.add(super.processEvent(event));
  }

  shut(): void {
    this.#open = false;
  }
}
