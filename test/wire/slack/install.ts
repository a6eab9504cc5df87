import { randomUUID } from 'node:crypto';
import type { Team, User } from './model.ts';
import type { World } from './world.ts';

/** Describes what the installing person's browser shows in the end. */
export interface Installed {
  readonly status: number;
  readonly page: string;
  /** Scopes that the app asked for. */
  readonly scopes: readonly string[];
}

/**
 * Answers of the person to Slack's question: agrees, or says no; 'forged': comes back with another state; 'elsewhere':
 * in another browser; 'stale': with a code that Slack does not take any more.
 */
export type Consent = 'agrees' | 'refuses' | 'forged' | 'elsewhere' | 'stale';

/**
 * A person installs the app by its own page: opens `installUrl`, follows it to Slack, decides, and is sent back with a
 * code. The way to Slack is found as a redirect or as a link on the page; cookies go along.
 */
export async function installApp(
  world: World,
  installUrl: string,
  team: Team,
  user: User,
  consent: Consent,
): Promise<Installed> {
  const first = await fetch(installUrl, { redirect: 'manual' });
  const page = await first.text();
  const link = first.headers.get('location') ?? /<a [^>]*href="([^"]+)"/.exec(page)?.[1]?.replaceAll('&amp;', '&');
  if (!link) throw new Error(`${installUrl} leads nowhere: ${first.status} ${page}`);
  const asked = new URL(link).searchParams;
  if (asked.get('client_id') !== world.clientId) throw new Error(`an unknown client_id: ${asked.get('client_id')}`);
  const scopes = (asked.get('scope') ?? '').split(',').filter(scope => scope !== '');
  const redirectUri = asked.get('redirect_uri');
  const back = new URL(redirectUri ?? new URL('/slack/oauth_redirect', installUrl));
  back.searchParams.set('state', consent === 'forged' ? 'forged' : (asked.get('state') ?? ''));
  if (consent === 'refuses') back.searchParams.set('error', 'access_denied');
  else {
    const code = randomUUID();
    world.grants.set(code, { team, user, scopes, redirectUri, used: consent === 'stale' });
    back.searchParams.set('code', code);
  }
  const cookie = consent === 'elsewhere' ? [] : first.headers.getSetCookie().map(c => c.split(';')[0]);
  const last = await fetch(back, { headers: { cookie: cookie.join('; ') }, redirect: 'manual' });
  return { status: last.status, page: await last.text(), scopes };
}
