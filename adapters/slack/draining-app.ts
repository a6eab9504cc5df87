import { App, type AppOptions, type ReceiverEvent } from '@slack/bolt';
import type { InFlight } from '../../src/adapter-kit/in-flight.ts';

interface Told {
  readonly team?: { readonly id?: string } | null;
  readonly view?: { readonly app_installed_team_id?: string };
}

/**
 * Moves what is done inside a window to the window's own workspace. In a channel that two workspaces share,
 * Slack names the person's own workspace beside it, in which Bolt would look for the forum of a button or a menu.
 */
function atHost(body: ReceiverEvent['body']): ReceiverEvent['body'] {
  const { team, view } = body as Told;
  const host = view?.app_installed_team_id;
  return host && host !== team?.id ? { ...body, team: { ...team, id: host } } : body;
}

/**
 * Bolt app that can drain: it counts events from their very first step, before they are acknowledged. After `shut()` it
 * acknowledges nothing, so Slack says that it failed, or sends it again, and nobody waits in vain.
 */
export class Intake extends App {
  readonly #begun: InFlight;
  #open = true;

  constructor(options: AppOptions, begun: InFlight) {
    super(options);
    this.#begun = begun;
  }

  override async processEvent(event: ReceiverEvent): Promise<void> {
    if (this.#open) await this.#begun.add(super.processEvent({ ...event, body: atHost(event.body) }));
  }

  shut(): void {
    this.#open = false;
  }
}
