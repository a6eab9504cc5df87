/** What the bot counts about itself, printed as Prometheus text. */
export interface Metrics {
  /** One act and how long it took, in seconds. */
  act(result: string, seconds: number): void;
  text(gauges: Readonly<Record<string, number>>): string;
}

const BUCKETS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 3];

/** Counters of this process, from its start. */
export function createMetrics(): Metrics {
  const results = new Map<string, number>();
  const buckets = BUCKETS.map(() => 0);
  let count = 0;
  let sum = 0;
  return {
    act(result, seconds) {
      results.set(result, (results.get(result) ?? 0) + 1);
      for (const [i, limit] of BUCKETS.entries()) if (seconds <= limit) buckets[i]!++;
      count++;
      sum += seconds;
    },
    text(gauges) {
      return [
        '# TYPE rembug_acts_total counter',
        ...[...results].map(([result, n]) => `rembug_acts_total{result="${result}"} ${n}`),
        '# TYPE rembug_act_seconds histogram',
        ...BUCKETS.map((limit, i) => `rembug_act_seconds_bucket{le="${limit}"} ${buckets[i]}`),
        `rembug_act_seconds_bucket{le="+Inf"} ${count}`,
        `rembug_act_seconds_sum ${sum}`,
        `rembug_act_seconds_count ${count}`,
        ...Object.entries(gauges).flatMap(([name, value]) => [
          `# TYPE rembug_${name} gauge`,
          `rembug_${name} ${value}`,
        ]),
        '',
      ].join('\n');
    },
  };
}
