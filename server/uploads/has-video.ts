/**
 * Whether a webm or mp4 file holds a track that is not sound: the names of codecs (Matroska: V_VP9, …) and of handlers
 * (ISO 14496-12, 8.4.3: box `hdlr`, its type 12 bytes on) stand in it as plain text.
 */
export function hasVideo(bytes: Buffer, type: string): boolean {
  if (type === 'audio/webm')
    return /V_(?:VP8|VP9|AV1|MPEG|THEORA|UNCOMPRESSED|REAL|MS|QUICKTIME)/.test(bytes.toString('latin1'))
  if (type !== 'audio/mp4')
    return false
  for (let at = bytes.indexOf('hdlr'); at !== -1; at = bytes.indexOf('hdlr', at + 4)) {
    if (bytes.toString('latin1', at + 12, at + 16) === 'vide')
      return true
  }
  return false
}
