import { createHash } from 'node:crypto';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import type { Page } from '../contract/page.ts';
import { shareTurn } from '../runtime/event-loop.ts';
import { STYLE_HASH } from './style.ts';

/** Response that is ready to be sent, plain and compressed, with its tag. */
export interface Content {
  readonly type: string;
  readonly etag: string;
  readonly plain: Uint8Array;
  readonly zipped: Uint8Array | null;
  readonly bytes: number;
}

/** Minimum size that is worth compressing, bytes. */
const WORTH = 1_000;
const compress = promisify(gzip);

const TYPES = {
  html: 'text/html; charset=utf-8',
  csv: 'text/csv; charset=utf-8',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  json: 'application/json; charset=utf-8',
  jsonld: 'application/ld+json; charset=utf-8',
  svg: 'image/svg+xml; charset=utf-8',
  atom: 'application/atom+xml; charset=utf-8',
  xml: 'application/xml; charset=utf-8',
  ics: 'text/calendar; charset=utf-8',
  cap: 'application/cap+xml; charset=utf-8',
} as const;
export type Type = keyof typeof TYPES;

/** Policy of a page: nothing is loaded but pictures of our own, nothing runs, and nobody puts the page into theirs. */
const PAGE_POLICY = `default-src 'none'; style-src '${STYLE_HASH}'; img-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`;
/** A picture opened by itself is a document: it may style itself and nothing else. */
const PICTURE_POLICY = "default-src 'none'; style-src 'unsafe-inline'; sandbox; frame-ancestors 'none'";

const GUARDS: Readonly<Record<string, string>> = {
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'permissions-policy': 'camera=(), geolocation=(), microphone=(), interest-cohort=(), browsing-topics=()',
  'cross-origin-opener-policy': 'same-origin',
};

/**
 * Content of a text; equal texts have equal tags, on every machine and after every start. Between two pieces of a long
 * one the rest of the program has its turn.
 */
export async function contentOf(type: Type, text: string | Iterable<string | Uint8Array>): Promise<Content> {
  const sum = createHash('sha256');
  const pieces: Uint8Array[] = [];
  for (const piece of typeof text === 'string' ? [text] : text) {
    if (pieces.length) await shareTurn();
    const bytes = typeof piece === 'string' ? Buffer.from(piece, 'utf8') : piece;
    sum.update(bytes);
    pieces.push(bytes);
  }
  const plain = pieces.length === 1 ? pieces[0]! : Buffer.concat(pieces);
  const hash = sum.digest('base64url').slice(0, 22);
  const zipped = plain.length < WORTH ? null : await compress(plain);
  // The tag is a weak one: the same content may be sent plain or compressed (RFC 9110, 8.8.1).
  return { type: TYPES[type], etag: `W/"${hash}"`, plain, zipped, bytes: plain.length + (zipped?.length ?? 0) };
}

/** Maximum size of a piece, bytes: some milliseconds of what is done with it. */
const PIECE = 256 * 1024;

/** Bytes in pieces between which others have their turn. */
export function* piecesOf(bytes: Uint8Array): Generator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += PIECE) yield bytes.subarray(at, at + PIECE);
}

/** Sends a reader on to where a thing stands now, for good. */
export const movedTo = (location: string): Page => ({
  status: 301,
  headers: { ...GUARDS, location, 'content-length': '0' },
  body: new Uint8Array(),
});

/** Describes how an answer is to be sent. */
export interface Manner {
  readonly status?: number;
  /** Version that the reader has already, as `If-None-Match` says it. */
  readonly has?: string | null;
  readonly zip: boolean;
  readonly locale?: string;
  /** A preview: for one reader, for the moment, and for no search engine. */
  readonly secret?: boolean;
  /** True: for one reader, who asks again and again. Nobody else keeps it, and it has a tag. */
  readonly own?: boolean;
  /** Data may be used by pages of others; pages and pictures may not be. */
  readonly shared?: boolean;
}

const hasIt = (has: string, etag: string): boolean =>
  has.trim() === '*' || has.split(',').some(one => one.trim().replace(/^W\//, '') === etag.replace(/^W\//, ''));

/** Sends content, or tells that the reader has it already. A reader asks each time: what is taken down is gone at once. */
export function answer(content: Content, manner: Manner): Page {
  const { status = 200, has = null, zip, locale, secret = false, shared = false, own = false } = manner;
  const { zipped } = content;
  const packed = zip && zipped !== null;
  const headers = {
    ...GUARDS,
    'content-type': content.type,
    'content-security-policy': content.type === TYPES.svg ? PICTURE_POLICY : PAGE_POLICY,
    'cache-control': secret || status !== 200 ? 'no-store' : own ? 'private, no-cache' : 'public, no-cache',
    'cross-origin-resource-policy': shared && !secret ? 'cross-origin' : 'same-origin',
    vary: 'accept-encoding',
    ...(shared && !secret && { 'access-control-allow-origin': '*' }),
    ...(locale && { 'content-language': locale }),
    ...((secret || own) && { 'x-robots-tag': 'noindex, nofollow' }),
    ...(status === 503 && { 'retry-after': '5' }),
    ...(!secret && status === 200 && { etag: content.etag }),
  };
  if (!secret && status === 200 && has !== null && hasIt(has, content.etag))
    return { status: 304, headers, body: new Uint8Array() };
  const body = packed ? zipped : content.plain;
  return {
    status,
    headers: { ...headers, 'content-length': String(body.length), ...(packed && { 'content-encoding': 'gzip' }) },
    body,
  };
}
