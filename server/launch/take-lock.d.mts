export type Lock
  = | { release: () => Promise<void>, heldBy?: undefined }
    | { release?: undefined, heldBy: number }

/** A lock that outlives no process: a file that names its holder. Throws what the file system throws. */
export function takeLock(file: string): Promise<Lock>
