const DISCORD_EPOCH = 1_420_070_400_000n;
let sequence = 0n;

/** A fresh snowflake: a real creation time in the upper bits, so that clients may read the time out of it. */
export function snowflake(): string {
  sequence = (sequence + 1n) % 0x3fffffn;
  return (((BigInt(Date.now()) - DISCORD_EPOCH) << 22n) | sequence).toString();
}

/** The ISO time Discord writes for "now". */
export function isoNow(): string {
  return new Date().toISOString().replace('Z', '000+00:00');
}
