// Preloaded by `node --import`: the machine's clock is put off by CLOCK_SHIFT_MS milliseconds. What counts elapsed time
// (performance.now, timers) is as it was.
const { Date: Real } = globalThis;
const shift = Number(process.env.CLOCK_SHIFT_MS);
if (!Number.isInteger(shift)) throw new Error('CLOCK_SHIFT_MS is no number of milliseconds');
const now = () => Real.now() + shift;
globalThis.Date = new Proxy(Real, {
  construct: (target, given, self) => Reflect.construct(target, given.length ? given : [now()], self),
  apply: target => new target(now()).toString(),
  get: (target, key) => (key === 'now' ? now : Reflect.get(target, key)),
});
