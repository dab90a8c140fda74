import { pngOf } from '../export/png.js'
import { save } from '../export/save.js'
import { PlainButton } from './exports.js'

/** A picture to be taken away, as SVG or as PNG. */
export function PictureExports({ name, svg }: { name: string; svg: () => Promise<string> }) {
  return (
    <span class="exports">
      <PlainButton
        name="SVG"
        onPress={() => {
          void svg().then((text) => {
            save(`${name}.svg`, 'image/svg+xml', text)
          })
        }}
      />
      <PlainButton
        name="PNG"
        onPress={() => {
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
