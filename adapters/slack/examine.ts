import type { Log } from '../../src/contract/log.ts';
import { clientOf, clientOptions } from './clients.ts';
import { codeOf } from './errors.ts';
import { SCOPES } from './scopes.ts';

/** Tells whether Slack takes the bot's token, and which scopes it lacks. */
export async function examineToken(
  token: string,
  apiUrl: string | undefined,
  log: Log,
): Promise<{ ok: boolean; detail: string }> {
  try {
    const { team, response_metadata: said } = await clientOf(token, clientOptions(apiUrl, log)).auth.test();
    const missing = said?.scopes ? Object.keys(SCOPES).filter(scope => !said.scopes?.includes(scope)) : [];
    if (missing.length) return { ok: false, detail: `lacks the scopes ${missing.join(', ')}: install the app again` };
    return { ok: true, detail: `token accepted by ${team ?? 'Slack'}` };
  } catch (error) {
    return { ok: false, detail: `Slack refuses the token or does not answer: ${codeOf(error) ?? 'no answer'}` };
  }
}
