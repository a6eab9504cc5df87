import { fork } from 'node:child_process';
import { once } from 'node:events';

/** Measures how long the machine keeps a process from running that wants nothing: no program can do better. */
export async function aMachine() {
  const child = fork(new URL('./idle-child.js', import.meta.url));
  await once(child, 'message');
  return {
    /** The longest since it was asked last, milliseconds. */
    async longest(): Promise<number> {
      child.send('tell');
      return ((await once(child, 'message')) as [number])[0];
    },
    stop: () => void child.disconnect(),
  };
}
