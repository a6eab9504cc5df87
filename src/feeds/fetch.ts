/** Reasons for which a document could not be fetched or read; the log and `rembug doctor` name them. */
type FeedFaultReason = 'unreachable' | 'status' | 'elsewhere' | 'too_large' | 'too_slow' | 'not_xml' | 'not_cap';

/** A document of a feed that cannot be taken. */
export class FeedFault extends Error {
  override readonly name = 'FeedFault';
  readonly reason: FeedFaultReason;
  /** Time after which the server wants to be asked again, ms; null: it did not say. */
  readonly retryAfterMs: number | null;

  constructor(reason: FeedFaultReason, detail: string, retryAfterMs: number | null = null) {
    super(detail);
    this.reason = reason;
    this.retryAfterMs = retryAfterMs;
  }
}

/**
 * Marks by which a server names a document's version: sent back with the next question (RFC 9110, conditional
 * requests).
 */
export interface Version {
  readonly etag: string | null;
  readonly modified: string | null;
}

export const NO_VERSION: Version = { etag: null, modified: null };

/** A document, or that it has not changed. */
export type Fetched = { readonly text: string; readonly version: Version } | 'unchanged';

/** Maximum size of a document, bytes as they are after unpacking. */
const MAXIMUM_BYTES = 2 * 1024 * 1024;
/** Maximum number of redirects that are followed, all on the same host. */
const MAXIMUM_REDIRECTS = 3;
/** Maximum time that a server may ask us to stay away, ms. */
const MAXIMUM_RETRY_MS = 86_400_000;

const ACCEPTED =
  'application/cap+xml, application/atom+xml, application/rss+xml, application/xml;q=0.9, text/xml;q=0.9';

/** Reads `Retry-After`: seconds, or a date. */
function retryAfter(header: string | null, now: Date): number | null {
  if (header === null) return null;
  const ms = /^\d+$/.test(header) ? Number(header) * 1000 : new Date(header).getTime() - now.getTime();
  return Number.isFinite(ms) && ms > 0 ? Math.min(ms, MAXIMUM_RETRY_MS) : null;
}

/** Tells whether two addresses are of one server. */
export const isSameOrigin = (one: string, other: string): boolean =>
  URL.canParse(one) && URL.canParse(other) && new URL(one).origin === new URL(other).origin;

/** Reads a body to its end, as long as it is not too large. */
async function bodyOf(response: Response): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  let size = 0;
  for await (const part of response.body ?? []) {
    size += part.length;
    if (size > MAXIMUM_BYTES) throw new FeedFault('too_large', `more than ${MAXIMUM_BYTES} bytes`);
    parts.push(part);
  }
  return Buffer.concat(parts);
}

/**
 * Fetches a document of an allowed feed, if it has changed. A redirect is followed on the same host alone; what is
 * larger than 2 MiB, or not there when `signal` ends, is given up.
 * @throws FeedFault
 */
export async function fetchDocument(
  address: string,
  { version, signal, agent, now }: { version: Version; signal: AbortSignal; agent: string; now: Date },
): Promise<Fetched> {
  const headers = {
    accept: ACCEPTED,
    'user-agent': agent,
    ...(version.etag !== null && { 'if-none-match': version.etag }),
    ...(version.modified !== null && { 'if-modified-since': version.modified }),
  };
  try {
    let at = address;
    for (let redirects = 0; ; redirects++) {
      const response = await fetch(at, { headers, signal, redirect: 'manual' });
      if (response.status === 304) return 'unchanged';
      if ([301, 302, 303, 307, 308].includes(response.status)) {
        await response.body?.cancel();
        const to = response.headers.get('location') ?? '';
        const next = URL.canParse(to, at) ? new URL(to, at).href : '';
        if (!isSameOrigin(next, address)) throw new FeedFault('elsewhere', `redirects to ${next || 'nowhere'}`);
        if (redirects >= MAXIMUM_REDIRECTS) throw new FeedFault('elsewhere', 'redirects without end');
        at = next;
        continue;
      }
      if (!response.ok) {
        await response.body?.cancel();
        const wait = retryAfter(response.headers.get('retry-after'), now);
        throw new FeedFault('status', `HTTP ${response.status}`, wait);
      }
      const bytes = await bodyOf(response);
      return {
        text: textOf(bytes),
        version: { etag: response.headers.get('etag'), modified: response.headers.get('last-modified') },
      };
    }
  } catch (error) {
    if (error instanceof FeedFault) throw error;
    if (signal.aborted) throw new FeedFault('too_slow', 'no answer in time');
    const cause = (error as { cause?: { code?: string } }).cause?.code;
    throw new FeedFault('unreachable', cause ?? (error instanceof Error ? error.message : String(error)));
  }
}

function textOf(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new FeedFault('not_xml', 'not UTF-8');
  }
}
