import type { IncomingMessage } from 'node:http';
import { BlockList, isIPv4, isIPv6 } from 'node:net';

/** Addresses within a machine or its own network, where a proxy of ours would be. */
const OURS = new BlockList();
OURS.addSubnet('127.0.0.0', 8);
OURS.addSubnet('10.0.0.0', 8);
OURS.addSubnet('172.16.0.0', 12);
OURS.addSubnet('192.168.0.0', 16);
// Addresses that a provider or a container network hands out, and that a machine gives itself (RFC 6598, RFC 3927, RFC
// 4291).
OURS.addSubnet('100.64.0.0', 10);
OURS.addSubnet('169.254.0.0', 16);
OURS.addSubnet('fe80::', 10, 'ipv6');
OURS.addAddress('::1', 'ipv6');
OURS.addSubnet('fc00::', 7, 'ipv6');

/** An address of IPv4 that is written as one of IPv6, as the former. */
const bare = (address: string): string => address.replace(/^::ffff:(?=\d+\.)/i, '');

const isOurs = (address: string): boolean =>
  isIPv4(address) ? OURS.check(address) : isIPv6(address) && OURS.check(address, 'ipv6');

/** A network of IPv6 hands out more addresses than there are visitors: its first half is one visitor. */
function network(address: string): string {
  if (!isIPv6(address)) return address;
  const [head = '', tail] = address.split('::');
  const front = head.split(':').filter(Boolean);
  const back = (tail ?? '').split(':').filter(Boolean);
  const gap = tail === undefined ? 0 : 8 - front.length - back.length;
  return [...front, ...Array<string>(gap).fill('0'), ...back].slice(0, 4).join(':');
}

/**
 * Names the visitor for the limit of requests. We speak HTTP alone; so where the public address is `https`, a proxy
 * stands before us, and the last address of `X-Forwarded-For` is the one that it saw. What a visitor writes there
 * stands before it and is not believed; nor is anything from a caller outside our own network.
 */
export function visitorOf(
  { socket, headers }: Pick<IncomingMessage, 'headers'> & { socket: { remoteAddress?: string | undefined } },
  publicUrl: string | undefined,
): string {
  const caller = bare(socket.remoteAddress ?? '');
  if (!publicUrl?.startsWith('https:') || !isOurs(caller)) return network(caller);
  const seen = bare(
    String(headers['x-forwarded-for'] ?? '')
      .split(',')
      .at(-1)!
      .trim(),
  );
  return isIPv4(seen) || isIPv6(seen) ? network(seen) : network(caller);
}
