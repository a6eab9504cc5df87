/** The error of a platform that did not give a file, with its reason. */
export class NotDownloaded extends Error {
  override readonly name = 'NotDownloaded';
}

/**
 * Opens a file at a platform. Only addresses that `isOurs` names are asked, and none that they lead on to: what is handed
 * in may name any address, also one inside the operator's own network.
 * @throws NotDownloaded, or what the connection says.
 */
export async function download(
  address: string,
  how: {
    readonly isOurs: (url: URL) => boolean;
    readonly headers?: Readonly<Record<string, string>>;
    readonly signal: AbortSignal;
    /** Type that the platform gives: a page instead of it is a page for logging in. */
    readonly type: string;
  },
): Promise<AsyncIterable<Uint8Array>> {
  const url = URL.canParse(address) ? new URL(address) : null;
  if (!url || url.username || url.password || !how.isOurs(url)) throw new NotDownloaded('no address of the platform');
  const { signal, headers = {} } = how;
  const response = await fetch(url, { redirect: 'manual', signal, headers });
  const isPage = /^text\/html\b/.test(response.headers.get('content-type') ?? '') && how.type !== 'text/html';
  if (response.status !== 200 || isPage || !response.body) {
    await response.body?.cancel();
    throw new NotDownloaded(`HTTP ${response.status}${isPage ? ', a page' : ''}`);
  }
  return response.body;
}

/** Tells whether an address is on one of these hosts, by HTTPS; or on the host of a stand-in's API, for development. */
export function isOnHosts(url: URL, hosts: readonly string[], standIn: string | undefined): boolean {
  if (standIn !== undefined && url.hostname === new URL(standIn).hostname) return /^https?:$/.test(url.protocol);
  return url.protocol === 'https:' && url.port === '' && hosts.includes(url.hostname);
}
