import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** An alert in the form that BMKG's have: one block, the province as its area, the regencies in its words. */
export interface Made {
  readonly id: string;
  readonly sent: string;
  readonly type?: string;
  readonly status?: string;
  readonly references?: string;
  readonly province?: string;
  readonly where?: string;
  readonly severity?: string;
  readonly expires?: string | null;
  readonly geocode?: string;
  readonly extra?: string;
  readonly info?: string;
}

const SENDER = 'cuaca@contoh.go.id';

export function madeAlert(one: Made): string {
  const { province = 'DI Yogyakarta', where = 'Kota Yogyakarta', severity = 'Moderate' } = one;
  const expires = one.expires === undefined ? '2026-11-24T11:00:00+07:00' : one.expires;
  const info =
    one.info ??
    `<info><language>id-ID</language><category>Met</category><event>Hujan Lebat dan Petir</event>
<urgency>Immediate</urgency><severity>${severity}</severity><certainty>Observed</certainty>
<effective>${one.sent}</effective>${expires === null ? '' : `<expires>${expires}</expires>`}<senderName>Badan Cuaca Contoh</senderName>
<headline>Hujan lebat di ${province}</headline><description>Hujan lebat di ${where} &amp; sekitarnya.</description>
<instruction>Menjauh dari sungai.</instruction><web>https://cuaca.contoh.go.id/${one.id}</web>${one.extra ?? ''}
<area><areaDesc>${province}</areaDesc><polygon>-7.7,110.3 -7.8,110.3 -7.8,110.4 -7.7,110.3</polygon>${
      one.geocode ? `<geocode><valueName>kode</valueName><value>${one.geocode}</value></geocode>` : ''
    }</area></info>`;
  return `<?xml version="1.0" encoding="UTF-8"?>
<alert xmlns="urn:oasis:names:tc:emergency:cap:1.2"><identifier>${one.id}</identifier><sender>${SENDER}</sender>
<sent>${one.sent}</sent><status>${one.status ?? 'Actual'}</status><msgType>${one.type ?? 'Alert'}</msgType><scope>Public</scope>
${one.references ? `<references>${one.references}</references>` : ''}${info}</alert>`;
}

export const reference = ({ id, sent }: Made): string => `${SENDER},${id},${sent}`;

export type Answer = (request: IncomingMessage, response: ServerResponse) => void;

/** A server on this machine with a feed in RSS at `/rss`, whose alerts a test changes as it goes. */
export async function madeFeed() {
  const pages = new Map<string, Answer>();
  const asked: { readonly path: string; readonly etag: string | undefined }[] = [];
  const server = createServer((request, response) => {
    const path = request.url ?? '';
    asked.push({ path, etag: request.headers['if-none-match'] });
    const page = pages.get(path);
    if (page) return page(request, response);
    response.statusCode = 404;
    response.end();
  });
  await new Promise<void>(done => server.listen(0, '127.0.0.1', done));
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const text =
    (body: string, etag?: string): Answer =>
    (request, response) => {
      if (etag && request.headers['if-none-match'] === etag) response.statusCode = 304;
      else {
        if (etag) response.setHeader('etag', etag);
        response.write(body);
      }
      response.end();
    };
  let version = 0;
  return {
    address: `${origin}/rss`,
    origin,
    asked,
    pages,
    text,
    /** Lists these alerts, and no others, from now on. */
    list(...alerts: readonly Made[]): void {
      for (const one of alerts) pages.set(`/${one.id}.xml`, text(madeAlert(one)));
      const items = alerts.map(one => `<item><title>x</title><link>${origin}/${one.id}.xml</link></item>`);
      const rss = `<?xml version="1.0"?><rss version="2.0"><channel><title>Cuaca</title>${items.join('')}</channel></rss>`;
      pages.set('/rss', text(rss, `"v${++version}"`));
    },
    async [Symbol.asyncDispose](): Promise<void> {
      server.closeAllConnections();
      await new Promise(done => server.close(done));
    },
  };
}
