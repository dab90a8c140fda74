/** An SVG as a PNG with two pixels for each of its own; text is set in the reader's own fonts. */
export async function pngOf(svg: string): Promise<Blob> {
  const address = URL.createObjectURL(new Blob([svg], { type: 'image/svg+xml' }))
  try {
    const image = new Image()
    image.src = address
    await image.decode()
    const canvas = document.createElement('canvas')
    canvas.width = 2 * image.naturalWidth
    canvas.height = 2 * image.naturalHeight
    const context = canvas.getContext('2d')
    if (!context) throw new Error('this browser cannot draw a PNG; download the SVG')
    context.drawImage(image, 0, 0, canvas.width, canvas.height)
    return await new Promise((resolve, reject) => {
      canvas.toBlob((blob) => {
        if (blob) resolve(blob)
        else reject(new Error('this browser cannot write a PNG; download the SVG'))
      }, 'image/png')
    })
  } finally {
    URL.revokeObjectURL(address)
  }
}
