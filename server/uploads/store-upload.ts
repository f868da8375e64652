import type { Sql } from '../../db/connect.ts'
import type { UploadRow } from '../../db/queries/uploads.ts'
import type { UploadKind } from './kinds.ts'
import type { UploadFiles } from './upload-files.ts'
import { createHash } from 'node:crypto'
import { readFile, rm, writeFile } from 'node:fs/promises'
import { insertUpload } from '../../db/queries/uploads.ts'
import { blankPlaces } from './blank-places.ts'
import { cleanImage } from './clean-image.ts'
import { hasVideo } from './has-video.ts'
import { receiveFile } from './receive-file.ts'
import { takeTurns } from './turns.ts'
import { incomingPath, moveInto, newUploadId } from './upload-files.ts'

export interface UploadContext {
  sql: Sql
  files: UploadFiles
}

export interface NewUpload {
  /** The file as it comes: a request's body, a part of a form. It is left where it is refused. */
  input: AsyncIterable<Uint8Array>
  /** users.id; null = a resident without sign-in */
  uploadedBy: string | null
  /** Kinds that are wanted; all unless told. */
  accept?: readonly UploadKind[]
}

export type StoredUpload = { stored: UploadRow } | UploadRefusal
export type UploadRefusal
  = | { refused: 'empty' | 'wrong-type' | 'unreadable' | 'heic' | 'video' | 'busy' }
    | { refused: 'too-large', maxBytes: number }

const everyKind: readonly UploadKind[] = ['image', 'document', 'audio']

/** What came is looked at in memory: two at a time, in all of this process. */
const looking = takeTurns(2, 16)

/**
 * Takes a photo, a document or a voice note: told by its content, bounded in size, pictures drawn anew without EXIF, kept
 * under a random name. It expires in a day unless `attachUploads` makes it part of a case.
 */
export async function storeUpload({ sql, files }: UploadContext, { input, uploadedBy, accept = everyKind }: NewUpload): Promise<StoredUpload> {
  const path = await incomingPath(files)
  try {
    const received = await receiveFile(input, path, accept)
    if ('refused' in received)
      return received
    const cleaned = await looking(() => clean(path, received)) ?? { refused: 'busy' as const }
    if ('refused' in cleaned)
      return cleaned
    const { kind, type } = received
    const stored: UploadRow = {
      id: newUploadId(),
      kind,
      type,
      width: null,
      height: null,
      uploadedBy,
      ...cleaned,
    }
    // The file comes first: a row without a file would be a promise that is not kept, a file without a row is swept.
    await moveInto(files, path, stored.id)
    await insertUpload(sql, stored)
    return { stored }
  }
  finally {
    await rm(path, { force: true })
  }
}

type Cleaned = Pick<UploadRow, 'bytes' | 'sha256'> & Partial<Pick<UploadRow, 'width' | 'height'>>

/** Leaves in `path` only what may be kept. */
async function clean(path: string, received: { kind: UploadKind, type: string, found: string, bytes: number, sha256: string }): Promise<Cleaned | UploadRefusal> {
  const { kind, type, found, bytes, sha256 } = received
  if (kind === 'image') {
    const drawn = await cleanImage(path, type)
    if (!drawn) {
      return {
        refused: /hei[cf]/.test(found)
          ? 'heic'
          : 'unreadable',
      }
    }
    const { width, height } = drawn
    return {
      ...await rewrite(path, drawn.bytes),
      width,
      height,
    }
  }
  const content = await readFile(path)
  if (kind === 'document') {
    // A cut-off PDF has lost its end, where it is read from (ISO 32000-2, 7.5.5).
    return content.subarray(-2048).includes('%%EOF')
      ? { bytes, sha256 }
      : { refused: 'unreadable' }
  }
  if (hasVideo(content, type))
    return { refused: 'video' }
  blankPlaces(content)
  return rewrite(path, content)
}

async function rewrite(path: string, content: Buffer): Promise<Cleaned> {
  await writeFile(path, content, { flush: true })
  return {
    bytes: content.length,
    sha256: createHash('sha256').update(content).digest('hex'),
  }
}
