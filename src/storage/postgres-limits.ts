/**
 * Timeouts of PostgreSQL: nothing of ours takes longer; what does is given up, so that one slow statement holds up
 * nobody for ever.
 */
export const LIMITS = {
  connectionTimeoutMillis: 5_000,
  statement_timeout: 30_000,
  lock_timeout: 15_000,
  idle_in_transaction_session_timeout: 60_000,
  // A line that broke without a word: the server would have given up before.
  query_timeout: 35_000,
  keepAlive: true,
  application_name: 'rembug',
};
