/** Receipts of what was sent from this phone, newest first, so that a lost slip of paper is no lost report. */
export interface KeptReceipt {
  number: string
  code: string
  /** ISO 8601 */
  reportedAt: string
}

const key = 'huizhi-my-reports'
const most = 20

export function keptReceipts(): KeptReceipt[] {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(key) ?? '[]')
    return Array.isArray(kept)
      ? kept.filter(isReceipt)
      : []
  }
  catch {
    return []
  }
}

/** @returns whether the phone keeps it */
export function keepReceipt({ number, code, reportedAt }: KeptReceipt): boolean {
  return write([
    { number, code, reportedAt },
    ...keptReceipts().filter(kept => kept.number !== number),
  ].slice(0, most))
}

export function forgetReceipt(number: string): void {
  write(keptReceipts().filter(kept => kept.number !== number))
}

function write(receipts: KeptReceipt[]): boolean {
  try {
    localStorage.setItem(key, JSON.stringify(receipts))
    return true
  }
  catch {
    return false
  }
}

function isReceipt(value: unknown): value is KeptReceipt {
  const { number, code, reportedAt } = (value ?? {}) as Record<string, unknown>
  return typeof number === 'string' && typeof code === 'string' && typeof reportedAt === 'string'
}
