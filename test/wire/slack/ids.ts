const LETTERS = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ';
let sequence = 0;
let lastMicros = 0;

/** A number that was never given before in this process. */
export function nextSequence(): number {
  sequence += 1;
  return sequence;
}

/** A fresh id as Slack writes them: a letter or two for the kind, then capitals and digits. */
export function slackId(kind: string): string {
  let rest = '';
  for (let n = nextSequence() * 7919 + 36 ** 6; n > 0; n = Math.floor(n / 36)) rest = `${LETTERS[n % 36]}${rest}`;
  return `${kind}0${rest}`;
}

/** A message's `ts`: seconds with six places, never the same twice and always growing. */
export function timestamp(): string {
  lastMicros = Math.max(lastMicros + 1, Date.now() * 1000);
  return `${Math.floor(lastMicros / 1e6)}.${String(lastMicros % 1e6).padStart(6, '0')}`;
}
