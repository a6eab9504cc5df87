/** Errors of the network that come before anything was sent: nobody has received it. */
const BEFORE = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'ENETUNREACH',
  'EHOSTUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
]);

/** Tells whether a call has certainly not reached its platform, through whatever an SDK wraps around the error. */
export function neverArrived(error: unknown): boolean {
  for (let inner: unknown = error, depth = 0; inner instanceof Error && depth < 5; depth++) {
    const { code, cause, original } = inner as Error & { code?: unknown; cause?: unknown; original?: unknown };
    if (typeof code === 'string' && BEFORE.has(code)) return true;
    inner = cause ?? original;
  }
  return false;
}

/** Maximum wait that a platform may ask for, ms; what it asks beyond, or asks unreadably, is not believed. */
const MAXIMUM_WAIT_MS = 3_600_000;
/** Pause where a platform asks for one and names no time, ms. */
const PAUSE_MS = 30_000;

/** The wait that a platform asks for, in ms, as far as it can be believed. */
export const bounded = (ms: number): number => (ms > 0 ? Math.min(ms, MAXIMUM_WAIT_MS) : PAUSE_MS);
