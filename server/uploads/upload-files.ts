import { randomBytes } from 'node:crypto'
import { mkdir, opendir, rename, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'

/** Where uploads lie: DATA_DIR/uploads, two letters a folder, no extension, readable by the server's user only. */
export interface UploadFiles {
  /** Absolute. */
  folder: string
}

/** 128 random bits: cannot be guessed, so an id is also what shows that one has been given it. */
export function newUploadId(): string {
  return randomBytes(16).toString('base64url')
}

export function pathOf({ folder }: UploadFiles, id: string): string {
  return join(folder, id.slice(0, 2), id)
}

/** A place for a file that is still coming in. */
export async function incomingPath({ folder }: UploadFiles): Promise<string> {
  const incoming = join(folder, 'incoming')
  await mkdir(incoming, { recursive: true, mode: 0o700 })
  return join(incoming, newUploadId())
}

/** Appears under its id in one step. */
export async function moveInto(files: UploadFiles, from: string, id: string): Promise<void> {
  const path = pathOf(files, id)
  await mkdir(join(path, '..'), { recursive: true, mode: 0o700 })
  await rename(from, path)
}

export function removeFile(files: UploadFiles, id: string): Promise<void> {
  return rm(pathOf(files, id), { force: true })
}

/** Names of files that were last written before `before`, each with its path; for what no row knows any more. */
export async function* filesBefore({ folder }: UploadFiles, before: Date): AsyncGenerator<{ id: string, path: string, incoming: boolean }> {
  const folders = await opendir(folder).catch(() => null)
  if (!folders)
    return
  for await (const inner of folders) {
    if (!inner.isDirectory())
      continue
    for await (const file of await opendir(join(folder, inner.name))) {
      const path = join(folder, inner.name, file.name)
      const found = await stat(path).catch(() => null)
      if (found?.isFile() && found.mtime < before)
        yield { id: file.name, path, incoming: inner.name === 'incoming' }
    }
  }
}
