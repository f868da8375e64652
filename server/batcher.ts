export interface BatcherOptions<In> {
  /** Inputs in one run at most; 500 unless told. */
  maxBatch?: number
  /** Runs at the same time; 1 unless told. */
  concurrency?: number
  /**
   * Whether a failed run has certainly changed nothing, so that its inputs may be tried again one half at a time until
   * only the bad ones fail. Never true of a lost connection: the commit may have got through.
   */
  mayRetry: (error: unknown, inputs: In[]) => boolean
  /** Told of every run, for metrics. */
  onBatch?: (size: number) => void
}

interface Waiting<In, Out> {
  input: In
  resolve: (value: Out) => void
  reject: (error: unknown) => void
}

/**
 * Turns many concurrent calls into few set-based ones: while a run is under way, inputs collect for the next. A lone call
 * waits for nobody. Commits one by one reach 1,660/s; grouped, the same disk writes tens of thousands of rows a second.
 *
 * `run` is all or nothing (one transaction) and answers one value an input, in order. An input that makes it fail does
 * not fail the others.
 *
 * @example
 * const register = createBatcher((inputs: CaseInput[]) => registerCases(sql, inputs), { mayRetry: isRolledBack })
 * const registered = await register(input)
 */
export function createBatcher<In, Out>(run: (inputs: In[]) => Promise<Out[]>, options: BatcherOptions<In>): (input: In) => Promise<Out> {
  const { maxBatch = 500, concurrency = 1, mayRetry, onBatch } = options
  const queue: Waiting<In, Out>[] = []
  let running = 0

  function start() {
    while (running < concurrency && queue.length > 0) {
      running++
      void settle(queue.splice(0, maxBatch)).finally(() => {
        running--
        start()
      })
    }
  }

  async function settle(batch: Waiting<In, Out>[]): Promise<void> {
    const inputs = batch.map(({ input }) => input)
    onBatch?.(batch.length)
    try {
      const outputs = await run(inputs)
      if (outputs.length !== batch.length)
        throw new Error(`A batch of ${batch.length} got ${outputs.length} answers`)
      batch.forEach(({ resolve }, index) => resolve(outputs[index]!))
    }
    catch (error) {
      if (batch.length === 1 || !mayRetry(error, inputs))
        return batch.forEach(({ reject }) => reject(error))
      const middle = batch.length >> 1
      await settle(batch.slice(0, middle))
      await settle(batch.slice(middle))
    }
  }

  return input => new Promise((resolve, reject) => {
    queue.push({ input, resolve, reject })
    // Calls that come in the same turn of the event loop share the first run too.
    if (queue.length === 1)
      queueMicrotask(start)
  })
}
