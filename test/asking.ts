import { expect, vi } from 'vitest';

// Run before each test file where the bench notes who asks the machine's clock: programs that the file starts say it too.
process.env.CLOCK_ASKED_BY = expect.getState().testPath;
// Guards against a clock that the file before left behind: the machine's would not be asked then.
vi.useRealTimers();
