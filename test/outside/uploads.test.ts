import type { AddressInfo } from 'node:net'
import type { Caller } from '../../server/http/caller.ts'
import { createHash, randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { mkdtemp, readdir, readFile, rm, stat, utimes } from 'node:fs/promises'
import { createServer, request as httpRequest } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { crc32 } from 'node:zlib'
import { getRequestListener } from '@hono/node-server'
import sharp from 'sharp'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { attachUploads } from '../../db/queries/uploads.ts'
import { newApi } from '../../server/http/api.ts'
import { onError } from '../../server/http/on-error.ts'
import { uploadRoutes } from '../../server/http/upload-routes.ts'
import { createLog } from '../../server/log.ts'
import { sweepUploads } from '../../server/uploads/sweep-uploads.ts'
import { mp4Container, phonePhoto, silentWav, tinyPdf } from '../world/files.ts'
import { testDatabase } from '../world/database.ts'

const duty: Caller = {
  userId: 'duty',
  sessionId: 's',
  name: '值班员',
  role: 'duty',
  region: null,
  officer: null,
  reach: 'all',
  address: '127.0.0.1',
}
let caller = duty

const db = await testDatabase()
const folder = await mkdtemp(join(tmpdir(), 'huizhi-uploads-'))
const files = {
  folder: join(folder, 'uploads'),
}
beforeEach(() => {
  caller = duty
})
afterAll(async () => {
  await db.drop()
  await rm(folder, { recursive: true })
})

const app = newApi()
app.onError(onError(createLog('silent')))
app.use(async (c, next) => {
  c.set('caller' as never, caller as never)
  await next()
})
app.route('/api/v1', uploadRoutes({ sql: db.sql, files }))

const post = (body: BodyInit, headers: Record<string, string> = {}) => Promise.resolve(app.request('/api/v1/uploads', { method: 'POST', body, headers }))
const read = (id: string, headers: Record<string, string> = {}) => Promise.resolve(app.request(`/api/v1/uploads/${id}`, { headers }))
async function stored(body: BodyInit): Promise<{ id: string, kind: string, type: string, bytes: number, width?: number, height?: number }> {
  const response = await post(body)
  expect(response.status).toBe(201)
  return await response.json() as never
}
const bytesOf = async (response: Response) => Buffer.from(await response.arrayBuffer())
const incoming = () => readdir(join(files.folder, 'incoming'))

describe('a photo', () => {
  it('loses where and with what it was taken, and stands upright', async () => {
    const photo = await phonePhoto()
    expect(photo.includes('PLANTED-MAKER')).toBe(true)
    const before = await sharp(photo).metadata()
    expect(before.orientation).toBe(6)
    expect(before.exif!.length).toBeGreaterThan(100)

    const upload = await stored(photo as never)
    expect(upload).toMatchObject({
      kind: 'image',
      type: 'image/jpeg',
      width: 48,
      height: 64,
    })
    const kept = await bytesOf(await read(upload.id))
    expect(kept.length).toBe(upload.bytes)
    const after = await sharp(kept).metadata()
    expect(after).toMatchObject({ format: 'jpeg', width: 48, height: 64 })
    expect(after.exif).toBeUndefined()
    expect(after.orientation ?? 1).toBe(1)
    for (const planted of ['PLANTED', 'Exif', 'GPS'])
      expect(kept.includes(planted)).toBe(false)
  })

  it.each(['png', 'webp', 'avif'] as const)('may be %s', async (format) => {
    const picture = await sharp({
      create: {
        width: 9,
        height: 7,
        channels: 4,
        background: '#0af8',
      },
    }).toFormat(format).toBuffer()
    expect(await stored(picture as never)).toMatchObject({
      type: format === 'avif'
        ? 'image/jpeg'
        : `image/${format}`,
      width: 9,
      height: 7,
    })
  })

  it('larger than any screen is kept at what a screen can show', async () => {
    const picture = await sharp({
      create: {
        width: 2720,
        height: 272,
        channels: 3,
        background: '#eee',
      },
    }).jpeg().toBuffer()
    expect(await stored(picture as never)).toMatchObject({ width: 2560, height: 256 })
  })

  it('that would unpack to gigabytes is refused', async () => {
    const bomb = await sharp({
      create: {
        width: 9,
        height: 7,
        channels: 3,
        background: '#000',
      },
    }).png().toBuffer()
    // IHDR: 50,000 × 50,000
    bomb.writeUInt32BE(50_000, 16)
    bomb.writeUInt32BE(50_000, 20)
    bomb.writeUInt32BE(crc32(bomb.subarray(12, 29)), 29)
    expect((await post(bomb as never)).status).toBe(422)
  })

  it('that is cut off is refused', async () => {
    const photo = await phonePhoto({ width: 900, height: 900 })
    expect((await post(photo.subarray(0, photo.length / 2) as never)).status).toBe(422)
  })

  it('with something behind its end keeps only the picture', async () => {
    const upload = await stored(Buffer.concat([
      await phonePhoto(),
      Buffer.from('<script>alert(1)</script>'),
    ]) as never)
    expect((await bytesOf(await read(upload.id))).includes('<script>')).toBe(false)
  })
})

describe('what it is is told from the content, not from the name or the header:', () => {
  it.each([
    ['a page', '<!doctype html><script>alert(1)</script>'],
    ['an SVG', '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'],
    [
      'a program',
      Buffer.concat([
        Buffer.from('MZ'),
        randomBytes(6000),
      ]),
    ],
    [
      'an archive',
      Buffer.from('504b0304140000000800', 'hex'),
    ],
    [
      'noise',
      Buffer.alloc(5000, 7),
    ],
    [
      'a GIF',
      Buffer.from('GIF89a\x01\0\x01\0\0\0\0;'),
    ],
  ])('%s called a photo is refused', async (_, content) => {
    const form = new FormData()
    form.set('file', new Blob([content as never], { type: 'image/jpeg' }), 'photo.jpg')
    const response = await post(form)
    expect(response.status).toBe(415)
    expect(await response.json()).toMatchObject({ type: 'urn:huizhi:problem:unsupported-media-type', status: 415 })
    expect((await post(content as never, { 'Content-Type': 'image/png' })).status).toBe(415)
  })

  it('a video is no voice note', async () => {
    expect((await post(mp4Container(['vide', 'soun']) as never)).status).toBe(415)
    expect((await post(Buffer.concat([
      Buffer.from('1a45dfa39f4286810142f7810142f2810442f381084282847765626d', 'hex'),
      Buffer.from('V_VP9'),
    ]) as never)).status).toBe(415)
  })

  it('nothing at all is no file', async () => {
    expect((await post('')).status).toBe(400)
    expect((await post(new FormData())).status).toBe(400)
    expect((await post('no form', { 'Content-Type': 'multipart/form-data' })).status).toBe(400)
    expect((await post('--b\r\nContent-Disposition: form-data; name="file"; filename="a"\r\n\r\n%PDF', { 'Content-Type': 'multipart/form-data; boundary=b' })).status).toBe(400)
  })
})

describe('documents and voice notes', () => {
  it('a PDF is kept as it came and is never shown in the page', async () => {
    const form = new FormData()
    form.set('note', 'x')
    form.set('file', new Blob([tinyPdf as never]), '../../etc/passwd')
    const response = await post(form)
    expect(response.status).toBe(201)
    const upload = await response.json() as { id: string }
    expect(upload).toMatchObject({ kind: 'document', type: 'application/pdf', bytes: tinyPdf.length })
    const answer = await read(upload.id)
    expect(answer.headers.get('Content-Disposition')).toBe(`attachment; filename="${upload.id}.pdf"`)
    expect(await bytesOf(answer)).toEqual(tinyPdf)
  })

  it('a PDF without its end is refused', async () => {
    expect((await post(tinyPdf.subarray(0, 60) as never)).status).toBe(422)
  })

  it('a voice note can be played from its middle', async () => {
    const wav = silentWav()
    const upload = await stored(wav as never)
    expect(upload).toMatchObject({ kind: 'audio', type: 'audio/wav' })
    const answer = await read(upload.id, { Range: 'bytes=44-47' })
    expect(answer.status).toBe(206)
    expect(answer.headers.get('Content-Range')).toBe(`bytes 44-47/${wav.length}`)
    expect((await bytesOf(answer)).length).toBe(4)
    expect((await read(upload.id, { Range: 'bytes=99999-' })).status).toBe(416)
  })

  it('a voice note does not tell where it was recorded', async () => {
    const recording = mp4Container(['soun'], '+36.6512+117.1201+024.000/')
    const upload = await stored(recording as never)
    expect(upload).toMatchObject({ type: 'audio/mp4', bytes: recording.length })
    expect((await bytesOf(await read(upload.id))).includes('36.6512')).toBe(false)
  })
})

describe('on the way out', () => {
  it('a file can be shown and do nothing else', async () => {
    const { id } = await stored(await phonePhoto() as never)
    const answer = await read(id)
    expect(answer.headers.get('Content-Type')).toBe('image/jpeg')
    expect(answer.headers.get('Content-Security-Policy')).toContain('sandbox')
    expect(answer.headers.get('Content-Disposition')).toBe(`inline; filename="${id}.jpg"`)
    expect(answer.headers.get('Cache-Control')).toBe('private, no-cache')
    expect((await read(id, {
      'If-None-Match': answer.headers.get('ETag')!,
    })).status).toBe(304)
  })

  it('lies under a random name that only the server can read, and its hash is on record', async () => {
    const upload = await stored(tinyPdf as never)
    const path = join(files.folder, upload.id.slice(0, 2), upload.id)
    expect(((await stat(path)).mode & 0o777).toString(8)).toBe('600')
    const [row] = await db.sql`select sha256 from uploads where id = ${upload.id}`
    expect(row!.sha256).toBe(createHash('sha256').update(await readFile(path)).digest('hex'))
  })

  it('an id that is no id is not found', async () => {
    for (const id of ['nothing', '..%2F..%2Fpersonal-data.key', 'incoming'])
      expect((await read(id)).status).toBe(404)
  })
})

describe('who may see it', () => {
  beforeAll(async () => {
    await db.sql`
      insert into cases (subdistrict, id, kind, source, status, content, reported_at, community, assignee)
      values ('990101001', 'GD1', 'noise', 'hotline', 'in-progress', 'x', now(), '990101001001', 'o-1')`
  })

  async function inCase(): Promise<string> {
    caller = duty
    const { id } = await stored(tinyPdf as never)
    await db.sql.begin(tx => attachUploads(tx, [id], {
      subdistrict: '990101001',
      caseId: 'GD1',
      purpose: 'evidence',
      uploadedBy: 'duty',
    }))
    return id
  }
  const statusFor = async (id: string, as: Partial<Caller>) => {
    caller = {
      ...duty,
      userId: 'other',
      ...as,
    }
    return (await read(id)).status
  }

  it('before it belongs to a case: who sent it', async () => {
    const { id } = await stored(tinyPdf as never)
    expect(await statusFor(id, {})).toBe(404)
    expect(await statusFor(id, { userId: 'duty' })).toBe(200)
  })

  it('afterwards whoever sees the case without a mask', async () => {
    const id = await inCase()
    expect(await statusFor(id, { reach: 'all' })).toBe(200)
    expect(await statusFor(id, { reach: 'region', region: '990101001001' })).toBe(200)
    expect(await statusFor(id, { reach: 'region', region: '990101001002' })).toBe(404)
    expect(await statusFor(id, { reach: 'region', region: null })).toBe(404)
    expect(await statusFor(id, { reach: 'own', officer: 'o-1' })).toBe(200)
    expect(await statusFor(id, { reach: 'own', officer: 'o-2' })).toBe(404)
    expect(await statusFor(id, { reach: 'masked' })).toBe(404)
  })

  it('nobody makes another one\'s upload part of a case, nor one of two cases', async () => {
    const id = await inCase()
    const to = { subdistrict: '990101001', purpose: 'evidence' as const, uploadedBy: 'duty' }
    const attach = (ids: string[], more: object) => db.sql.begin(tx => attachUploads(tx, ids, {
      ...to,
      caseId: 'GD1',
      ...more,
    }))
    expect(await attach([id], {})).toEqual({ missing: [] })
    expect(await attach([id], { caseId: 'GD2' })).toEqual({
      missing: [id],
    })
    expect(await attach([id], { uploadedBy: null })).toEqual({
      missing: [id],
    })
    expect(await attach(['unknown'], {})).toEqual({
      missing: ['unknown'],
    })
    expect(await attach([], {})).toEqual({ missing: [] })
  })
})

it('what became no part of a case is gone after a day, its file too, and so is what no row knows', async () => {
  const fresh = await stored(tinyPdf as never)
  const old = await stored(tinyPdf as never)
  const kept = await stored(tinyPdf as never)
  const lost = await stored(tinyPdf as never)
  const pathOfId = (id: string) => join(files.folder, id.slice(0, 2), id)
  await db.sql.begin(tx => attachUploads(tx, [kept.id], {
    subdistrict: '990101001',
    caseId: 'GD1',
    purpose: 'report',
    uploadedBy: 'duty',
  }))
  await db.sql`update uploads set created_at = now() - interval '25 hours' where id in ${db.sql([old.id, kept.id])}`
  await db.sql`delete from uploads where id = ${lost.id}`
  const yesterday = new Date(Date.now() - 25 * 3_600_000)
  for (const { id } of [old, kept, lost])
    await utimes(pathOfId(id), yesterday, yesterday)

  expect(await sweepUploads(db.sql, files)).toEqual({ expired: 1, orphans: 1 })
  expect((await read(old.id)).status).toBe(404)
  for (const { id } of [fresh, kept])
    expect((await read(id)).status).toBe(200)
  for (const { id } of [old, lost])
    await expect(stat(pathOfId(id))).rejects.toThrow('ENOENT')
})

describe('over a real socket', () => {
  const server = createServer(getRequestListener(app.fetch))
  beforeAll(async () => {
    server.listen(0, '127.0.0.1')
    await once(server, 'listening')
  })
  afterAll(() => server.close())

  /** Sends `megabytes` of what begins like a photo; how many were taken before the answer, and the answer. */
  async function send(megabytes: number, head: Buffer) {
    const sent = httpRequest({
      port: (server.address() as AddressInfo).port,
      method: 'POST',
      path: '/api/v1/uploads',
      agent: false,
    })
    const over = new AbortController()
    const answered = new Promise<{ status: number, body: unknown }>((resolve, reject) => {
      sent.on('error', reject)
      sent.on('response', async (answer) => {
        over.abort()
        const body = JSON.parse(Buffer.concat(await answer.toArray()).toString())
        resolve({ status: answer.statusCode!, body })
        sent.destroy()
      })
    })
    const chunk = Buffer.alloc(2 ** 18, 1)
    sent.write(head)
    for (let n = 0; n < megabytes * 4 && !over.signal.aborted; n++) {
      if (!sent.write(chunk)) {
        await Promise.race([
          once(sent, 'drain'),
          answered,
        ]).catch(() => {})
      }
    }
    if (!over.signal.aborted)
      sent.end()
    return answered
  }

  it('100 MB are answered with 413, wrong types with 415, and neither is held in memory or left behind', async () => {
    const photo = await phonePhoto()
    const before = process.memoryUsage().rss
    const answers = await Promise.all(Array.from({ length: 4 }, () => send(100, photo)))
    expect(answers.map(({ status }) => status)).toEqual([413, 413, 413, 413])
    expect(answers[0]!.body).toMatchObject({ type: 'urn:huizhi:problem:too-large', maxBytes: 10 * 2 ** 20 })
    expect((await send(100, Buffer.from('<html>'))).status).toBe(415)
    // Four of a hundred would be 400 MB.
    expect((process.memoryUsage().rss - before) / 2 ** 20).toBeLessThan(120)
    await expect.poll(incoming).toEqual([])
  })

  it('a line that breaks in the middle leaves nothing behind', async () => {
    const sent = httpRequest({
      port: (server.address() as AddressInfo).port,
      method: 'POST',
      path: '/api/v1/uploads',
      agent: false,
    })
    sent.on('error', () => {})
    sent.write(await phonePhoto())
    sent.write(Buffer.alloc(10_000))
    await expect.poll(async () => (await incoming()).length).toBe(1)
    sent.destroy()
    await expect.poll(incoming).toEqual([])
  })
})
