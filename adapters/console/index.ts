import type { Adapter, Bot, Limits, Outgoing, SendResult } from '../../src/contract/act.ts';
import type { View } from '../../src/contract/view.ts';

/** One message that was sent elsewhere: to a channel (`#name`) or to a person (`@name`). */
export interface Sent {
  readonly to: string;
  readonly view: View;
}

/** A terminal has no limits worth the name; the least of the other platforms' hold. */
const LIMITS: Limits = {
  invocation: 100,
  controlRows: 100,
  controlsInRow: 100,
  label: 80,
  choices: 100,
  formFields: 100,
  formTitle: 200,
  text: 40_000,
  blocks: 1_000,
};

/** The console as a platform: what is sent is collected and shown with the line that caused it. */
export class ConsoleAdapter implements Adapter {
  readonly platform = 'console';
  readonly limits = LIMITS;
  #sent: Sent[] = [];
  #messages = 0;

  async start(_bot: Bot): Promise<void> {}

  async stop(): Promise<void> {}

  /** Nothing leaves the process, so this may stand in a unit of work: the demo tells its whole story in one. */
  async send({ target, view, previous }: Outgoing): Promise<SendResult> {
    if (target.kind === 'calendar') return { kind: 'forbidden', detail: 'a terminal keeps no calendar' };
    this.#sent.push({ to: target.kind === 'direct' ? `@${target.name}` : `#${target.name}`, view });
    return { kind: 'sent', ref: previous ?? String(++this.#messages) };
  }

  /** Returns what was sent since the last call. */
  take(): Sent[] {
    const sent = this.#sent;
    this.#sent = [];
    return sent;
  }

  health() {
    return { well: true, detail: 'console' };
  }
}
