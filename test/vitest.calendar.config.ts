import { testsOf } from './vitest.config.ts';

/**
 * The tests under another clock, as `npm run bench -- calendar` runs them: each file says who asks for the time, and
 * none gets a second try.
 */
export default testsOf({ setupFiles: ['test/asking.ts'], retry: 0 });
