import type { webApi } from '@slack/bolt';
import { sizeOf, wholly } from '../../src/adapter-kit/contents.ts';
import { download, isOnHosts } from '../../src/adapter-kit/download.ts';
import type { Act, Bot } from '../../src/contract/act.ts';
import type { Block } from '../../src/contract/view.ts';
import type { Workspace } from './workspaces.ts';

/** Hosts that give out files of a workspace, to requests that bear its token. */
const HOSTS = ['files.slack.com', 'files.slack-gov.com'];
/** Timeout of an upload, ms. */
const UPLOAD_MS = 60_000;

/** The address of a stand-in's API; undefined for Slack itself. */
const standInOf = ({ slackApiUrl }: webApi.WebClient): string | undefined =>
  /(^|\.)slack(-gov)?\.com$/.test(new URL(slackApiUrl).hostname) ? undefined : slackApiUrl;

/** Opens files that people hand in, with the token of their workspace. Slack gives it to no other host. */
export const fileSource =
  ({ client, token }: Pick<Workspace, 'client' | 'token'>): NonNullable<Act['download']> =>
  async ({ url, type, id }, signal) => {
    const known = url ? null : (await client.files.info({ file: id ?? '' })).file;
    const address = url || (known?.url_private_download ?? known?.url_private ?? '');
    const isOurs = (one: URL) => isOnHosts(one, HOSTS, standInOf(client));
    const headers = { authorization: `Bearer ${token}` };
    return download(address, { isOurs, headers, signal, type: type || (known?.mimetype ?? '') });
  };

/**
 * Uploads a file of a view into a channel, part by part, in the three steps that Slack asks for.
 * https://docs.slack.dev/messaging/working-with-files#upload
 */
export async function upload(
  client: webApi.WebClient,
  { name, content }: Pick<Extract<Block, { kind: 'file' }>, 'name' | 'content'>,
  channel: string,
  bot: Pick<Bot, 'content'>,
): Promise<void> {
  const length = sizeOf(content);
  const { upload_url: address, file_id: id } = await client.files.getUploadURLExternal({ filename: name, length });
  if (!address || !id) throw new Error('Slack named no place for a file');
  // The length of a body that is no stream would be told twice, which no server takes.
  const body = ReadableStream.from(
    typeof content === 'string' ? [Buffer.from(content, 'base64')] : wholly(content, bot),
  );
  const sent = await fetch(address, {
    method: 'POST',
    redirect: 'error',
    headers: { 'content-type': 'application/octet-stream', 'content-length': String(length) },
    body,
    duplex: 'half',
    signal: AbortSignal.timeout(UPLOAD_MS),
  });
  await sent.body?.cancel();
  if (!sent.ok) throw new Error(`Slack took no file: HTTP ${sent.status}`);
  await client.files.completeUploadExternal({ files: [{ id, title: name }], channel_id: channel });
}
