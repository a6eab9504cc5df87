import { createPainter } from '../../src/charts/pool.ts';
import type { Log } from '../../src/contract/log.ts';
import type { Painter } from '../../src/contract/painter.ts';

/** Longer than any test takes: whether a picture is there is no matter of how busy the machine is. */
export const PATIENT_MS = 120_000;
export const PATIENT = { post: PATIENT_MS, answer: PATIENT_MS };
/** Makes timeouts that never put anything off. A test that puts off what it holds makes `quick` short. */
export const patientFirstWord = () => ({
  quick: PATIENT_MS,
  form: PATIENT_MS,
  sent: PATIENT_MS,
  later: PATIENT_MS,
  files: PATIENT_MS,
});

/** The real painter, which gives nothing up. */
export const patientPainter = (log: Log): Painter => createPainter(log, { patienceMs: PATIENT_MS });

/** The same, which paints nothing more while it is held. */
export function holdable(log: Log) {
  const painter = patientPainter(log);
  let open = Promise.resolve();
  return {
    painter: { ...painter, png: async (chart: Parameters<Painter['png']>[0]) => open.then(() => painter.png(chart)) },
    /** Holds what is asked for from now on, until the function that it returns is called. */
    hold(): () => void {
      let release = () => {};
      open = new Promise(done => {
        release = done;
      });
      return release;
    },
  };
}
