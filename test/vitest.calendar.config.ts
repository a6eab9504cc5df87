import { defineConfig, mergeConfig } from 'vitest/config';
import usual from './vitest.config.ts';

/**
 * The tests under another clock, as `npm run bench -- calendar` runs them: each file says who asks for the time, and
 * none gets a second try. They share what they import: nine runs are long enough.
 */
export default mergeConfig(usual, defineConfig({ test: { setupFiles: ['test/asking.ts'], retry: 0, isolate: false } }));
