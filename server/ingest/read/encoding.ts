const sampleBytes = 1024 * 1024

export type TextEncodingName = 'utf-8' | 'gb18030' | 'utf-16le' | 'utf-16be'

/**
 * The encoding of a text: by its byte order mark, else UTF-8 when the first MiB from the first non-ASCII byte on is valid
 * UTF-8, else GB18030 (with GBK and GB2312 in it). Chinese text in GB18030 is valid UTF-8 only by a freak of chance.
 */
export async function detectEncoding(chunks: AsyncIterable<Uint8Array>): Promise<TextEncodingName> {
  const sample: Uint8Array[] = []
  let length = 0
  let isFirst = true
  for await (const chunk of chunks) {
    if (isFirst && chunk[0] === 0xFF && chunk[1] === 0xFE)
      return 'utf-16le'
    if (isFirst && chunk[0] === 0xFE && chunk[1] === 0xFF)
      return 'utf-16be'
    isFirst = false
    const start = length > 0
      ? 0
      : chunk.findIndex(byte => byte > 0x7F)
    if (start < 0)
      continue
    sample.push(chunk.subarray(start))
    length += chunk.length - start
    if (length >= sampleBytes)
      break
  }
  try {
    // stream: the sample may end in the middle of a character
    new TextDecoder('utf-8', { fatal: true }).decode(Buffer.concat(sample), { stream: true })
    return 'utf-8'
  }
  catch {
    return 'gb18030'
  }
}

/** Bytes that are no text in the encoding become U+FFFD; a byte order mark goes. */
export async function* decodeText(chunks: AsyncIterable<Uint8Array>, encoding: TextEncodingName): AsyncGenerator<string> {
  const decoder = new TextDecoder(encoding)
  for await (const chunk of chunks)
    yield decoder.decode(chunk, { stream: true })
  yield decoder.decode()
}
