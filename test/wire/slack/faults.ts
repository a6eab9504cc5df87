/** Plan of which calls to spoil, how, and how often. */
export interface FaultPlan {
  /** 'chat.postMessage', 'response_url', 'upload'; left out: any. */
  readonly method?: string;
  /** Only calls that name this channel, or a person's direct messages by the person's id. */
  readonly channel?: string;
  /** Only calls with this workspace's token, by the workspace's id. */
  readonly team?: string;
  /** Number of calls that are spoilt; 1 when left out. */
  readonly times?: number;
  /** An HTTP status: 429, 500, 503 … */
  readonly status?: number;
  /** Or one of Slack's errors, answered with 200: 'channel_not_found', 'token_revoked', 'internal_error' … */
  readonly error?: string;
  /** Wait that a 429 names: whole seconds, any text, or nothing at all; 1 when left out. */
  readonly retryAfter?: number | string | null;
  /** Body that is answered instead of Slack's JSON, such as a proxy's page; with `status`, else 200. */
  readonly body?: string;
  /** True: the work is done and then the fault answered, so that a retry meets work already done. */
  readonly after?: boolean;
  /** True: the connection breaks instead of an answer. */
  readonly reset?: boolean;
}

/** A pace beyond which calls are answered 429, as Slack does by method and workspace, or by channel. */
export interface Pace {
  readonly method: string;
  readonly by: 'team' | 'channel';
  /** Maximum number of calls that are taken in `perMs`. */
  readonly most: number;
  /** Time over which calls are counted, ms. */
  readonly perMs: number;
}

/** Marks by which a call is told apart. */
export interface Called {
  readonly method: string;
  readonly channel: string;
  readonly team: string;
}

/** A fault in waiting; `hits` counts the calls it has spoilt. */
export interface Fault {
  readonly plan: FaultPlan;
  hits: number;
}

/** Calls kept waiting until they are let go. */
export interface Held {
  /** Resolves when the first held call has arrived. */
  arrived(): Promise<void>;
  /** Lets the held calls and all later ones go on. */
  release(): void;
}

/** Answer of a fault over HTTP. */
export interface FaultAnswer {
  readonly status: number;
  readonly headers: Record<string, string>;
  readonly body: string;
}

/** The faults a test has ordered. */
export class Faults {
  readonly #faults: Fault[] = [];
  readonly #gates: { plan: FaultPlan; arrive: () => void; opened: Promise<void> }[] = [];
  readonly #paces: { pace: Pace; taken: Map<string, number[]> }[] = [];

  /** Spoils the next matching calls. */
  fail(plan: FaultPlan): Fault {
    const fault = { plan, hits: 0 };
    this.#faults.push(fault);
    return fault;
  }

  /** Holds matching calls back: before the work, or, with `after`, between the work and the answer. */
  hold(plan: Pick<FaultPlan, 'method' | 'channel' | 'team' | 'after'>): Held {
    const arrived = resolvers();
    const opened = resolvers();
    const gate = { plan, arrive: arrived.resolve, opened: opened.promise };
    this.#gates.push(gate);
    return {
      arrived: () => arrived.promise,
      release: () => {
        const at = this.#gates.indexOf(gate);
        if (at >= 0) this.#gates.splice(at, 1);
        opened.resolve();
      },
    };
  }

  /** Sets a pace for all coming calls. */
  pace(pace: Pace): void {
    this.#paces.push({ pace, taken: new Map() });
  }

  /** Waits while a gate for this call is shut. */
  async pass(called: Called, after: boolean): Promise<void> {
    const gate = this.#gates.find(g => matches(g.plan, called) && (g.plan.after ?? false) === after);
    if (!gate) return;
    gate.arrive();
    await gate.opened;
  }

  /** The fault for this call, used up by one, or null. */
  take(called: Called): { readonly after: boolean; readonly reset: boolean; readonly answer: FaultAnswer } | null {
    const fault = this.#faults.find(f => f.hits < (f.plan.times ?? 1) && matches(f.plan, called));
    if (fault) {
      fault.hits += 1;
      const { after = false, reset = false } = fault.plan;
      return { after, reset, answer: answerOf(fault.plan) };
    }
    const waitMs = Math.max(0, ...this.#paces.map(p => waitFor(p, called)));
    if (waitMs === 0) return null;
    return { after: false, reset: false, answer: rateLimited(Math.ceil(waitMs / 1000)) };
  }
}

function waitFor({ pace, taken }: { pace: Pace; taken: Map<string, number[]> }, called: Called): number {
  if (pace.method !== called.method) return 0;
  const key = pace.by === 'team' ? called.team : called.channel;
  const now = performance.now();
  const recent = (taken.get(key) ?? []).filter(at => now - at < pace.perMs);
  const [first] = recent;
  if (first !== undefined && recent.length >= pace.most) return pace.perMs - (now - first);
  taken.set(key, [...recent, now]);
  return 0;
}

function resolvers(): { promise: Promise<void>; resolve: () => void } {
  let resolve: () => void = () => undefined;
  const promise = new Promise<void>(done => {
    resolve = done;
  });
  return { promise, resolve };
}

function matches(plan: FaultPlan, called: Called): boolean {
  return (['method', 'channel', 'team'] as const).every(key => plan[key] === undefined || plan[key] === called[key]);
}

function answerOf({ error, status, retryAfter = 1, body }: FaultPlan): FaultAnswer {
  if (body !== undefined) return { status: status ?? 200, headers: { 'content-type': 'text/html' }, body };
  if (error === 'ratelimited' || status === 429) return rateLimited(retryAfter);
  if (error !== undefined) return { status: status ?? 200, headers: {}, body: JSON.stringify({ ok: false, error }) };
  return { status: status ?? 500, headers: { 'content-type': 'text/html' }, body: '<html>Server Error</html>' };
}

function rateLimited(wait: number | string | null): FaultAnswer {
  const body = JSON.stringify({ ok: false, error: 'ratelimited' });
  return { status: 429, headers: wait === null ? {} : { 'retry-after': String(wait) }, body };
}
