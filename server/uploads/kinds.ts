/** What may be uploaded, told from the content: a photo, a document, a short voice note. */
export type UploadKind = 'image' | 'document' | 'audio'

const mebibyte = 2 ** 20

/** At most so much of each, as it is sent. */
export const maxUploadBytes: Record<UploadKind, number> = {
  image: 10 * mebibyte,
  document: 10 * mebibyte,
  audio: 5 * mebibyte,
}
export const largestUploadBytes = Math.max(...Object.values(maxUploadBytes))

/**
 * By the type that file-type finds: what it is, and the type that it is served with (an image's is that of its new
 * encoding). The recorders of browsers write webm and mp4, which hold video too: that is looked for (server/uploads/has-video.ts).
 */
const accepted: Record<string, { kind: UploadKind, type: string }> = {
  'image/jpeg': { kind: 'image', type: 'image/jpeg' },
  'image/png': { kind: 'image', type: 'image/png' },
  'image/webp': { kind: 'image', type: 'image/webp' },
  'image/heic': { kind: 'image', type: 'image/jpeg' },
  'image/heif': { kind: 'image', type: 'image/jpeg' },
  'image/avif': { kind: 'image', type: 'image/jpeg' },
  'application/pdf': { kind: 'document', type: 'application/pdf' },
  'audio/mpeg': { kind: 'audio', type: 'audio/mpeg' },
  'audio/aac': { kind: 'audio', type: 'audio/aac' },
  'audio/amr': { kind: 'audio', type: 'audio/amr' },
  'audio/wav': { kind: 'audio', type: 'audio/wav' },
  'audio/ogg': { kind: 'audio', type: 'audio/ogg' },
  'audio/mp4': { kind: 'audio', type: 'audio/mp4' },
  'audio/x-m4a': { kind: 'audio', type: 'audio/mp4' },
  'video/mp4': { kind: 'audio', type: 'audio/mp4' },
  'audio/webm': { kind: 'audio', type: 'audio/webm' },
  'video/webm': { kind: 'audio', type: 'audio/webm' },
}

export function acceptedType(found: string): { kind: UploadKind, type: string } | null {
  const [plain = ''] = found.split(';')
  return accepted[plain.trim()] ?? null
}

/** Ends of file names by the type that is served. */
export const extensionOf: Record<string, string> = {
  'image/jpeg': 'jpg',
  'image/png': 'png',
  'image/webp': 'webp',
  'application/pdf': 'pdf',
  'audio/mpeg': 'mp3',
  'audio/aac': 'aac',
  'audio/amr': 'amr',
  'audio/wav': 'wav',
  'audio/ogg': 'ogg',
  'audio/mp4': 'm4a',
  'audio/webm': 'webm',
}
