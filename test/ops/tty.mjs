// Loaded before the program, where no pseudo-terminal is to be had: pipes look like a terminal of `COLUMNS`.
for (const stream of [process.stdin, process.stdout, process.stderr])
  Object.defineProperty(stream, 'isTTY', { value: true });
// A terminal that nobody reads holds no process up; a pipe would.
process.stdin.on('pause', () => process.stdin.unref?.());
process.stdin.on('resume', () => process.stdin.ref?.());
process.stdin.setRawMode = () => process.stdin;
process.stdout.columns = Number(process.env.COLUMNS ?? 80);
