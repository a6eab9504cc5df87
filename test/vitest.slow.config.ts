import { testsOf } from './vitest.config.ts';

const SIZES = /from '[./]*\/(sizes|properties)\.ts'/;

process.env.TEST_SIZE = 'long';

/** The tests that have long sizes, at these: storms, and properties that draw other cases in every run: none gets a second try. */
export default testsOf({ retry: 0 }, text => SIZES.test(text));
