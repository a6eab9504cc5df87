import {
  type APIContainerComponent,
  type APIInteractionResponse,
  type APITextDisplayComponent,
  type ButtonInteraction,
  type ChatInputCommandInteraction,
  InteractionResponseType,
  type InteractionWebhook,
  type MessageContextMenuCommandInteraction,
  MessageFlags,
  MessagePayload,
  type MessagePayloadOption,
  type ModalSubmitInteraction,
  type REST,
  Routes,
  type StringSelectMenuInteraction,
} from 'discord.js';
import type { Form } from '../../src/contract/form.ts';
import type { Attachment } from './attachments.ts';
import { modalOf } from './forms.ts';
import { forgetAnswered } from './rest-limits.ts';

export type Answerable =
  | ChatInputCommandInteraction
  | MessageContextMenuCommandInteraction
  | ButtonInteraction
  | StringSelectMenuInteraction
  | ModalSubmitInteraction;

/**
 * The way back to a person who asked something. Thousands may be kept while their acts wait, so it is small: an
 * interaction, with the member and the message that discord.js makes of it, is several times as large.
 */
export interface Asked {
  readonly id: string;
  readonly user: string;
  /** The webhook of the interaction's token, which takes what follows the first word. */
  readonly webhook: InteractionWebhook;
  /** The client by which it is answered. */
  readonly rest: REST;
  readonly application: string;
  /**
   * It comes from a message that only this person sees: that is changed in place, so that each press leaves no further
   * message behind. Else what was pressed is everybody's, and the answer is a message of its own.
   */
  readonly isOwn: boolean;
  /** Instant at which it came, ms of the steady clock. */
  readonly since: number;
}

/** Keeps of an interaction what answering needs. */
export const askedBy = (interaction: Answerable, rest: REST): Asked => ({
  id: interaction.id,
  user: interaction.user.id,
  webhook: interaction.webhook,
  rest,
  application: interaction.applicationId,
  isOwn: isOwn(interaction),
  since: performance.now(),
});

function isOwn(interaction: Answerable): boolean {
  const message = 'message' in interaction ? interaction.message : null;
  const answersWords = interaction.guildId === null && message?.reference;
  if (!message?.flags.has(MessageFlags.Ephemeral) && !answersWords) return false;
  return interaction.isMessageComponent() || (interaction.isModalSubmit() && interaction.isFromMessage());
}

/** Describes what an answer is made of. */
export interface Message {
  readonly components: readonly (APIContainerComponent | APITextDisplayComponent)[];
  readonly files: readonly Attachment[];
}

const PRIVATE = [MessageFlags.Ephemeral, MessageFlags.IsComponentsV2] as const;
const WORDS = MessageFlags.IsComponentsV2;

/**
 * Calls of an interaction's token. discord.js has the same, and repeats what takes long behind our back; these end with
 * their signal, so that nothing is shown that was told another way meanwhile.
 */
async function callBack(
  { id, webhook, rest }: Asked,
  response: APIInteractionResponse,
  signal: AbortSignal,
  files: MessagePayload['files'] = null,
): Promise<void> {
  const to = Routes.interactionCallback(id, webhook.token);
  await rest.post(to, { body: response, ...(files && { files }), auth: false, signal });
}

const madeOf = (asked: Asked, message: MessagePayloadOption): Promise<MessagePayload> =>
  MessagePayload.create(asked.webhook, message).resolveBody().resolveFiles();

/** Answers at once, in place of what only they see, unless it is to stand beside that. */
export async function say(asked: Asked, message: Message, beside: boolean, signal: AbortSignal) {
  const inPlace = asked.isOwn && !beside;
  const { body, files } = await madeOf(
    asked,
    inPlace ? { ...message, attachments: [], flags: WORDS } : { ...message, flags: [...PRIVATE] },
  );
  const { UpdateMessage, ChannelMessageWithSource } = InteractionResponseType;
  const type = inPlace ? UpdateMessage : ChannelMessageWithSource;
  await callBack(asked, { type, data: body } as APIInteractionResponse, signal, files);
}

/** Tells Discord that the answer comes later. */
export function putOff(asked: Asked, signal: AbortSignal): Promise<void> {
  const { DeferredMessageUpdate, DeferredChannelMessageWithSource } = InteractionResponseType;
  return callBack(
    asked,
    asked.isOwn
      ? { type: DeferredMessageUpdate }
      : { type: DeferredChannelMessageWithSource, data: { flags: MessageFlags.Ephemeral } },
    signal,
  );
}

/** Opens a form, which must be the first word. */
export const openForm = (asked: Asked, form: Form, signal: AbortSignal): Promise<void> =>
  callBack(asked, { type: InteractionResponseType.Modal, data: modalOf(form) }, signal);

/** Puts this in the place of the first word, or `beside` it. */
export async function sayLater(asked: Asked, message: Message, beside: boolean, signal: AbortSignal) {
  const { application, webhook, rest } = asked;
  const { body, files } = await madeOf(
    asked,
    beside ? { ...message, flags: [...PRIVATE] } : { ...message, attachments: [], flags: WORDS },
  );
  const call = { body, ...(files && { files }), auth: false, signal };
  await forgotten(
    rest,
    beside
      ? rest.post(Routes.webhook(application, webhook.token), call)
      : rest.patch(Routes.webhookMessage(application, webhook.token), call),
  );
}

/** Tells whether Discord has taken a first word, though we did not hear of it. A form cannot be asked for. */
export const isTaken = ({ application, webhook, rest }: Asked, signal: AbortSignal): Promise<boolean> =>
  forgotten(rest, rest.get(Routes.webhookMessage(application, webhook.token), { auth: false, signal }))
    .then(() => true)
    .catch(() => false);

/** Waits for a call of a token, which has routes of its own, and lets the client forget such routes. */
const forgotten = <T>(rest: REST, call: Promise<T>): Promise<T> => call.finally(() => forgetAnswered(rest));
