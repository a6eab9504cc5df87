import { webApi } from '@slack/bolt';

/**
 * Returns what became of a call: 'accepted', Slack's error, an HTTP status, 'wait 7' for a limit with its seconds, or
 * 'request failed'. Anything else is thrown on.
 */
export function outcome(call: Promise<unknown>): Promise<string | number> {
  return call.then(
    () => 'accepted',
    error => {
      if (error instanceof webApi.WebAPIPlatformError) return error.data.error;
      if (error instanceof webApi.WebAPIHTTPError) return error.statusCode;
      if (error instanceof webApi.WebAPIRateLimitedError) return `wait ${error.retryAfter}`;
      if (error instanceof webApi.WebAPIRequestError) return 'request failed';
      throw error;
    },
  );
}

/** Returns what became of a call, and Slack's last word on where the payload was wrong. */
export async function refusal(
  call: Promise<unknown>,
): Promise<{ readonly code: string | number; readonly where: string }> {
  const code = await outcome(call);
  const error = await call.catch((caught: unknown) => caught);
  const data = error instanceof webApi.WebAPIPlatformError ? error.data : null;
  return { code, where: data?.response_metadata?.messages?.at(-1) ?? '' };
}
