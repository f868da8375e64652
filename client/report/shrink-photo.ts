const longestSide = 1600
const quality = 0.8

/**
 * The photo as a JPEG of at most 1600 pixels a side, drawn anew: nothing of where and with what it was taken is left in it.
 * Rejects what the browser cannot draw.
 */
export async function shrinkPhoto(file: Blob): Promise<Blob> {
  const image = await createImageBitmap(file, { imageOrientation: 'from-image' })
  try {
    const scale = Math.min(1, longestSide / Math.max(image.width, image.height))
    const canvas = document.createElement('canvas')
    canvas.width = Math.max(1, Math.round(image.width * scale))
    canvas.height = Math.max(1, Math.round(image.height * scale))
    canvas.getContext('2d')!.drawImage(image, 0, 0, canvas.width, canvas.height)
    return await new Promise((resolve, reject) => {
      canvas.toBlob(blob => blob
        ? resolve(blob)
        : reject(new Error('no picture came out of the canvas')), 'image/jpeg', quality)
    })
  }
  finally {
    image.close()
  }
}
