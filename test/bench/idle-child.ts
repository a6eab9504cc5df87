// Started by the bench beside what it measures: does nothing but note how long the machine kept it from running.
import { monitorEventLoopDelay } from 'node:perf_hooks';

const delay = monitorEventLoopDelay({ resolution: 1 });
delay.enable();
process.once('disconnect', () => process.exit(0));
process.on('message', () => {
  process.send!(delay.max / 1e6);
  delay.reset();
});
process.send!('ready');
