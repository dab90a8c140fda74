/** The package has no types of its own. */
declare module 'subset-font' {
  export default function subsetFont(
    font: Buffer,
    text: string,
    options: {
      readonly targetFormat: 'woff2'
      readonly variationAxes?: {
        readonly [axis: string]: number | { readonly min: number; readonly max: number }
      }
    },
  ): Promise<Buffer>
}
