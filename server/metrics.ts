import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client'

export type Metrics = ReturnType<typeof createMetrics>

/** What `/metrics` tells of the way from the log to the screens. */
export function createMetrics() {
  const registry = new Registry()
  const registers = [registry]
  collectDefaultMetrics({ register: registry })

  const databaseSeconds = new Histogram({
    name: 'huizhi_database_seconds',
    help: 'Time that the database took, by what was asked',
    labelNames: ['query'],
    buckets: [0.001, 0.005, 0.02, 0.1, 0.5, 2, 10],
    registers,
  })

  return {
    registry,
    databaseSeconds,
    /** Measures a question to the database. */
    async timeDatabase<T>(query: string, ask: () => Promise<T>): Promise<T> {
      const stop = databaseSeconds.startTimer({ query })
      try {
        return await ask()
      }
      finally {
        stop()
      }
    },
    logLagEvents: new Gauge({ name: 'huizhi_log_lag_events', help: 'Events that exist but have not been read by this process', registers }),
    logLagSeconds: new Histogram({
      name: 'huizhi_log_lag_seconds',
      help: 'From an event\'s time in the database to its arrival in this process',
      buckets: [
        0.005,
        0.01,
        0.025,
        0.05,
        0.1,
        0.25,
        1,
        5,
        30,
      ],
      registers,
    }),
    logContactAge: new Gauge({ name: 'huizhi_log_contact_age_seconds', help: 'Since the database last answered the reader of the log', registers }),
    logSeq: new Gauge({ name: 'huizhi_log_seq', help: 'Number of the last event read', registers }),
    logReads: new Counter({
      name: 'huizhi_log_reads_total',
      help: 'Reads of the log, by why',
      labelNames: ['why'],
      registers,
    }),
    ringBytes: new Gauge({ name: 'huizhi_live_ring_bytes', help: 'Recent events held in memory', registers }),
    followers: new Gauge({ name: 'huizhi_live_followers', help: 'Connected sockets', registers }),
    views: new Gauge({ name: 'huizhi_live_views', help: 'Different views that are followed', registers }),
    batchEvents: new Histogram({
      name: 'huizhi_live_batch_events',
      help: 'Events in a message',
      buckets: [0, 1, 2, 5, 10, 25, 50, 100, 250, 500],
      registers,
    }),
    deliveries: new Counter({ name: 'huizhi_live_deliveries_total', help: 'Events sent, counted for each follower', registers }),
    sentBytes: new Counter({ name: 'huizhi_live_sent_bytes_total', help: 'Bytes of messages before compression, counted for each follower', registers }),
    queuedBytes: new Gauge({ name: 'huizhi_live_queued_bytes', help: 'Bytes that wait for followers to read', registers }),
    evictions: new Counter({
      name: 'huizhi_live_evictions_total',
      help: 'Followers cut off because they did not read',
      labelNames: ['reason'],
      registers,
    }),
    follows: new Counter({
      name: 'huizhi_live_follows_total',
      help: 'Answers to follow',
      labelNames: ['answer'],
      registers,
    }),
    snapshotSeconds: new Histogram({
      name: 'huizhi_live_snapshot_seconds',
      help: 'Reading a snapshot',
      buckets: [0.01, 0.05, 0.2, 1, 3, 10],
      registers,
    }),
    positionRows: new Counter({ name: 'huizhi_live_positions_total', help: 'Positions sent, counted for each follower', registers }),
    writeBatch: new Histogram({
      name: 'huizhi_write_batch',
      help: 'Writes that shared a transaction',
      buckets: [1, 2, 5, 10, 25, 50, 100, 250, 500],
      registers,
    }),
  }
}
