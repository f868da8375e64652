import { CannotStart } from './cannot-start.ts'

/** What an error of the file system, or of a program that met one, says about DATA_DIR; null if it is another matter. */
export function dataDirProblem(error: unknown, dataDir: string): CannotStart | null {
  const { code, message } = error as NodeJS.ErrnoException
  if (code === 'ENOSPC' || code === 'EDQUOT' || /no space left|disk quota exceeded/i.test(message))
    return new CannotStart(`数据目录所在磁盘已满 · DATA_DIR ${dataDir}: no space left on the disk.`)
  if (code === 'EROFS' || code === 'EACCES' || code === 'EPERM')
    return new CannotStart(`数据目录不可写 · DATA_DIR ${dataDir} cannot be written to (${code}).`)
  if (code === 'ENOTDIR' || code === 'EEXIST' || code === 'ENOENT' || code === 'ENAMETOOLONG' || code === 'ELOOP')
    return new CannotStart(`DATA_DIR 不是可用的目录 · DATA_DIR ${dataDir} is not a folder and cannot be made one (${code}).`)
  return null
}
