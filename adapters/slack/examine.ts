import type { Log } from '../../src/contract/log.ts';
import { clientOf, clientOptions } from './clients.ts';
import { Directory } from './directory.ts';
import { codeOf } from './errors.ts';
import { SCOPES } from './scopes.ts';

/** Objects of the check: the tokens, and the channels in which forums are told things. */
export interface Examined {
  readonly botToken: string;
  readonly appToken?: string | undefined;
  readonly apiUrl: string | undefined;
  readonly channels: readonly { readonly workspace: string; readonly channel: string; readonly name: string }[];
}

/**
 * Checks Slack: whether it takes both tokens, which scopes are lacking, and where the bot cannot post. Never throws.
 * Asking for the address of a socket opens none.
 */
export async function examineSlack(
  { botToken, appToken, apiUrl, channels }: Examined,
  log: Log,
): Promise<{ ok: boolean; detail: string }> {
  const options = clientOptions(apiUrl, log);
  const client = clientOf(botToken, options);
  const faults: string[] = [];
  let team = 'Slack';
  try {
    const said = await client.auth.test();
    team = said.team ?? team;
    const scopes = said.response_metadata?.scopes;
    const missing = scopes ? Object.keys(SCOPES).filter(scope => !scopes.includes(scope)) : [];
    if (missing.length) faults.push(`lacks the scopes ${missing.join(', ')}: install the app again`);
    const directory = new Directory(client, said.team_id ?? '');
    const closed: string[] = [];
    // Other workspaces have tokens of their own.
    for (const { workspace, channel, name } of channels) {
      if (workspace !== said.team_id) continue;
      const lacks = await directory.lacks(channel);
      if (lacks.length) closed.push(`#${name}: ${lacks.join(', ')}`);
    }
    if (closed.length) faults.push(`cannot post in ${closed.join('; ')}`);
  } catch (error) {
    faults.push(`Slack refuses the token or does not answer: ${codeOf(error) ?? 'no answer'}`);
  }
  try {
    if (appToken) await clientOf(appToken, options).apps.connections.open();
  } catch (error) {
    faults.push(`Slack refuses SLACK_APP_TOKEN or does not answer: ${codeOf(error) ?? 'no answer'}`);
  }
  return faults.length ? { ok: false, detail: faults.join('; ') } : { ok: true, detail: `token accepted by ${team}` };
}
