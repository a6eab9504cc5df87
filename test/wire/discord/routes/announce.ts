import type { Message } from '../model.ts';
import { renderMessage } from '../render.ts';
import type { Stage } from '../stage.ts';

function guildOf(stage: Stage, message: Message): string | null {
  return stage.world.channels.get(message.channelId)?.guildId ?? null;
}

function tell(stage: Stage, event: string, message: Message): void {
  if (message.ephemeralFor) return;
  const guildId = guildOf(stage, message);
  const data = {
    ...renderMessage(stage.world, message, stage.origin),
    // The gateway tells it beside the message; by it a client knows direct messages that it has not seen yet.
    channel_type: stage.world.channels.get(message.channelId)?.type,
    ...(guildId ? { guild_id: guildId } : {}),
  };
  stage.world.dispatch(event, data, guildId);
}

/** MESSAGE_CREATE to the clients which asked for such events. */
export function announceNew(stage: Stage, message: Message): void {
  tell(stage, 'MESSAGE_CREATE', message);
}

/** MESSAGE_UPDATE; whoever waits for a deferred update of this message learns that it has come. */
export function announceEdit(stage: Stage, message: Message): void {
  touch(stage, message);
  tell(stage, 'MESSAGE_UPDATE', message);
}

/** Deletes a message and tells the clients. */
export function removeMessage(stage: Stage, message: Message): void {
  message.deleted = true;
  touch(stage, message);
  const guildId = guildOf(stage, message);
  const data = { id: message.id, channel_id: message.channelId, ...(guildId ? { guild_id: guildId } : {}) };
  stage.world.dispatch('MESSAGE_DELETE', data, guildId);
}

function touch(stage: Stage, message: Message): void {
  for (const exchange of stage.deferredUpdates) {
    if (exchange.parts.source !== message) continue;
    exchange.touched = true;
    stage.deferredUpdates.delete(exchange);
  }
}
