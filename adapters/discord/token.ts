import { type Client, Routes } from 'discord.js';
import type { SendResult } from '../../src/contract/act.ts';
import { resultOf } from './send.ts';

/**
 * Asks whether our token is refused indeed: one answer is no verdict. The SDK drops a token at the first one, so it is
 * handed back before and after.
 */
export async function confirmed(client: Client, token: string, refused: SendResult): Promise<SendResult> {
  client.rest.setToken(token);
  try {
    await client.rest.get(Routes.user());
    return { kind: 'unknown', detail: 'Discord HTTP 401, not confirmed' };
  } catch (error) {
    client.rest.setToken(token);
    return resultOf(error).kind === 'refused' ? refused : resultOf(error);
  }
}
