/**
 * True: tests run at their long sizes (`npm run test:slow`); the usual ones show the same in a fraction of the time.
 */
export const isLong = process.env.TEST_SIZE === 'long';

/** The usual size of a test, or its long one. */
export const sized = (usual: number, long: number): number => (isLong ? long : usual);
