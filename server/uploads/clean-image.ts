import type { Sharp } from 'sharp'
import sharp from 'sharp'

/** 64 million pixels are more than phones take; a bomb of a few bytes that would fill the memory is not begun. */
const MAX_PIXELS = 64_000_000
/** What a screen or a printed sheet can show; larger pictures are shrunk. */
const LONGEST_SIDE = 2560
const SECONDS = 20

// Nothing is kept between pictures, and only the formats that are wanted are read at all.
sharp.cache(false)
sharp.concurrency(1)
sharp.block({
  operation: ['VipsForeignLoad'],
})
sharp.unblock({
  operation: [
    'VipsForeignLoadJpeg',
    'VipsForeignLoadPng',
    'VipsForeignLoadWebp',
    'VipsForeignLoadHeif',
  ],
})

export interface CleanImage { bytes: Buffer, width: number, height: number }

/**
 * The picture drawn anew: turned as its EXIF says, then without EXIF, GPS, thumbnails or anything else that came in the file.
 * null: it cannot be read, is cut off, or has too many pixels.
 *
 * @param path the file as it came
 * @param type image/jpeg, image/png or image/webp: what it becomes
 */
export async function cleanImage(path: string, type: string): Promise<CleanImage | null> {
  const picture = sharp(path, {
    limitInputPixels: MAX_PIXELS,
    failOn: 'error',
    sequentialRead: true,
  })
    .autoOrient()
    .resize({
      width: LONGEST_SIDE,
      height: LONGEST_SIDE,
      fit: 'inside',
      withoutEnlargement: true,
    })
    .timeout({ seconds: SECONDS })
  try {
    const { data, info } = await encoded(picture, type).toBuffer({ resolveWithObject: true })
    return { bytes: data, width: info.width, height: info.height }
  }
  catch {
    return null
  }
}

function encoded(picture: Sharp, type: string): Sharp {
  switch (type) {
    case 'image/png':
      return picture.png({ compressionLevel: 6 })
    case 'image/webp':
      return picture.webp({ quality: 82 })
    default:
      return picture.flatten({ background: '#fff' }).jpeg({ quality: 85 })
  }
}
