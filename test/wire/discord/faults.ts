import { ApiError } from './errors.ts';
import type { Json } from './json.ts';

/** Plan of which calls to spoil, how, and how often. */
export interface FaultPlan {
  /** GET, POST, PATCH, PUT or DELETE; left out: any. */
  readonly method?: string;
  /** A route pattern ('/channels/:channel/messages') or a piece of the real path; left out: any. */
  readonly route?: string;
  /** Number of calls that are spoilt; 1 when left out. */
  readonly times?: number;
  /** The HTTP status: 429, 500, 502, 401 … */
  readonly status?: number;
  /** Or one of Discord's error codes, which brings its own status. */
  readonly code?: number;
  /** Wait that a 429 names: seconds, any text, or nothing at all. */
  readonly retryAfter?: number | string | null;
  /** Body that is answered instead of what was asked for; with `status`, else 200. */
  readonly body?: Json;
  /** The 429 is the global one. */
  readonly global?: boolean;
  /** True: the work is done and then the fault answered, so that a retry meets work already done. */
  readonly after?: boolean;
  /** True: the connection breaks instead of an answer; 'closed': it ends as if nothing was wrong. */
  readonly reset?: boolean | 'closed';
}

/** A fault in waiting; `hits` counts the calls it has spoilt. */
export interface Fault {
  readonly plan: FaultPlan;
  hits: number;
}

/** Calls kept waiting until they are let go. */
export interface Held {
  readonly plan: FaultPlan;
  /** Resolves when the first held call has arrived. */
  arrived(): Promise<void>;
  /** Lets the held call and all later ones go on. */
  release(): void;
}

/** Answer of a fault over HTTP. */
export interface FaultAnswer {
  readonly status: number;
  readonly headers: Record<string, string>;
  readonly body: Json;
}

/** The faults a test has ordered. */
export class Faults {
  readonly #faults: Fault[] = [];
  readonly #gates: { plan: FaultPlan; arrive: () => void; opened: Promise<void> }[] = [];

  /** Spoils the next matching calls. */
  fail(plan: FaultPlan): Fault {
    const fault = { plan, hits: 0 };
    this.#faults.push(fault);
    return fault;
  }

  /** Holds matching calls back: before the work, or, with `after`, between the work and the answer. */
  hold(plan: Pick<FaultPlan, 'method' | 'route' | 'after'>): Held {
    const arrived = resolvers();
    const opened = resolvers();
    const gate = { plan, arrive: arrived.resolve, opened: opened.promise };
    this.#gates.push(gate);
    return {
      plan,
      arrived: () => arrived.promise,
      release: () => {
        this.#gates.splice(this.#gates.indexOf(gate), 1);
        opened.resolve();
      },
    };
  }

  /** Waits while a gate for this call is shut. */
  async pass(method: string, pattern: string, path: string, after: boolean): Promise<void> {
    const gate = this.#gates.find(g => matches(g.plan, method, pattern, path) && (g.plan.after ?? false) === after);
    if (!gate) return;
    gate.arrive();
    await gate.opened;
  }

  /** The fault for this call, used up by one, or null. */
  take(
    method: string,
    pattern: string,
    path: string,
  ): { after: boolean; reset: boolean | 'closed'; answer: FaultAnswer } | null {
    const fault = this.#faults.find(f => f.hits < (f.plan.times ?? 1) && matches(f.plan, method, pattern, path));
    if (!fault) return null;
    fault.hits += 1;
    return { after: fault.plan.after ?? false, reset: fault.plan.reset ?? false, answer: answerOf(fault.plan) };
  }
}

function resolvers(): { promise: Promise<void>; resolve: () => void } {
  let resolve: () => void = () => undefined;
  const promise = new Promise<void>(done => {
    resolve = done;
  });
  return { promise, resolve };
}

function matches(plan: FaultPlan, method: string, pattern: string, path: string): boolean {
  if (plan.method && plan.method !== method) return false;
  return !plan.route || plan.route === pattern || path.includes(plan.route);
}

function answerOf(plan: FaultPlan): FaultAnswer {
  if (plan.code !== undefined) {
    const error = new ApiError(plan.code);
    return { status: plan.status ?? error.status, headers: {}, body: error.body() };
  }
  if (plan.body !== undefined) return { status: plan.status ?? 200, headers: {}, body: plan.body };
  const status = plan.status ?? 500;
  if (status === 429) {
    const { retryAfter: wait = 0.05, global = false } = plan;
    if (typeof wait === 'number') return rateLimited(wait, global);
    const headers: Record<string, string> = wait === null ? {} : { 'Retry-After': wait };
    return { status, headers, body: { message: 'Too Many Requests' } };
  }
  if (status === 401) return { status, headers: {}, body: { message: '401: Unauthorized', code: 0 } };
  return { status, headers: {}, body: { message: `${status}: Internal Server Error`, code: 0 } };
}

/** The answer to a call beyond a limit. */
export function rateLimited(seconds: number, global: boolean): FaultAnswer {
  const headers: Record<string, string> = {
    'Retry-After': String(seconds),
    'X-RateLimit-Scope': global ? 'global' : 'user',
    ...(global
      ? { 'X-RateLimit-Global': 'true' }
      : { 'X-RateLimit-Limit': '5', 'X-RateLimit-Remaining': '0', 'X-RateLimit-Reset-After': String(seconds) }),
  };
  return { status: 429, headers, body: { message: 'You are being rate limited.', retry_after: seconds, global } };
}
