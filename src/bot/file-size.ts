/** Maximum size of a file in an answer, bytes: what Discord takes from a bot where nobody pays for more. */
export const MAXIMUM_FILE_BYTES = 10 * 2 ** 20;
