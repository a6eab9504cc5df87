import type { Json, JsonObject } from './json.ts';
import type { Upload } from './model.ts';

/** One REST call, its path taken apart. */
export interface Call {
  readonly method: string;
  readonly path: string;
  readonly params: Readonly<Record<string, string>>;
  readonly query: URLSearchParams;
  /** The JSON body as it came (a list for bulk calls); null when there is none. */
  readonly json: Json;
  /** The body as an object; empty when it is none. */
  readonly body: JsonObject;
  readonly uploads: readonly Upload[];
}

/** Answer of a route; 204 when there is no body. */
export interface Answer {
  readonly status?: number;
  readonly body?: Json;
}

/** A REST route; `open` ones need no bot token (the interaction's own token is in the path). */
export interface Route {
  readonly method: string;
  readonly pattern: string;
  readonly open: boolean;
  readonly handle: (call: Call) => Answer;
}

/** A route that needs the bot token. */
export function route(method: string, pattern: string, handle: (call: Call) => Answer): Route {
  return { method, pattern, open: false, handle };
}

/** A route whose path carries the token. */
export function openRoute(method: string, pattern: string, handle: (call: Call) => Answer): Route {
  return { method, pattern, open: true, handle };
}

/** The named parts of a path that matches a pattern such as /channels/:channel, or null. */
export function matchPath(pattern: string, path: string): Record<string, string> | null {
  const want = pattern.split('/');
  const have = path.split('/');
  if (want.length !== have.length) return null;
  const params: Record<string, string> = {};
  for (const [i, part] of want.entries()) {
    const given = decodeURIComponent(have[i] ?? '');
    if (part.startsWith(':')) {
      const isId = !['token'].includes(part.slice(1));
      if (isId && !/^(\d+|@original)$/.test(given)) return null;
      params[part.slice(1)] = given;
    } else if (part !== given) return null;
  }
  return params;
}

/** A named part of the path. */
export function param(call: Call, name: string): string {
  const value = call.params[name];
  if (value === undefined) throw new Error(`the route has no :${name}`);
  return value;
}
