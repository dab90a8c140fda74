import { pngOf } from '../export/png.js'
import { save } from '../export/save.js'
import { Take } from './exports.js'

/** A picture to be taken away, as SVG or as PNG. */
export function PictureExports({ name, svg }: { name: string; svg: () => Promise<string> }) {
  return (
    <span class="exports">
      <Take
        name="SVG"
        onTake={() => {
          void svg().then((text) => {
            save(`${name}.svg`, 'image/svg+xml', text)
          })
        }}
      />
      <Take
        name="PNG"
        onTake={() => {
          void svg()
            .then(pngOf)
            .then((png) => {
              save(`${name}.png`, 'image/png', png)
            })
        }}
      />
    </span>
  )
}
