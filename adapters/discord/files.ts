import { download, isOnHosts } from '../../src/adapter-kit/download.ts';
import type { Act } from '../../src/contract/act.ts';

/** Hosts that give out what people attach. https://docs.discord.com/developers/reference#signed-attachment-cdn-urls */
const HOSTS = ['cdn.discordapp.com', 'media.discordapp.net'];

/** Opens files that people hand in: their addresses are signed, and need no token. */
export function fileSource(apiUrl: string): NonNullable<Act['download']> {
  const standIn = /(^|\.)discord\.com$/.test(new URL(apiUrl).hostname) ? undefined : apiUrl;
  return ({ url, type }, signal) => download(url, { isOurs: one => isOnHosts(one, HOSTS, standIn), signal, type });
}
