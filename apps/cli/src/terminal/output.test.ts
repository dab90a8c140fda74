import { Writable } from 'node:stream'
import { expect, it } from 'vitest'
import { openSink } from '../files/text-sink.js'
import { openOutput } from './output.js'

/**
 * A stream that holds what is written until `answer` is called: with what went wrong, or nothing.
 */
function held() {
  let waiting: ((error?: Error) => void) | undefined
  const taken: string[] = []
  const stream = new Writable({
    highWaterMark: 1,
    decodeStrings: false,
    write: (text: string, _, done) => {
      taken.push(text)
      waiting = done
    },
  })
  return { stream, taken, answer: (error?: Error) => waiting?.(error) }
}

const failure = (code: string): Error => Object.assign(new Error(`${code}: write`), { code })

it('waits for a slow reader', async () => {
  const { stream, taken, answer } = held()
  const sink = openSink(undefined, { stdout: openOutput(stream), force: false, inputs: [] })
  let gone = false
  const written = sink.write('a').then(() => (gone = true))
  await new Promise(setImmediate)
  expect({ gone, taken }).toEqual({ gone: false, taken: ['a'] })
  answer()
  await new Promise(setImmediate)
  // the empty text that says when the other is gone
  answer()
  await written
  expect(gone).toBe(true)
})

it.each(['EPIPE', 'ECONNRESET'])('ends for a reader that has left: %s', async (code) => {
  const { stream, taken, answer } = held()
  const sink = openSink(undefined, { stdout: openOutput(stream), force: false, inputs: [] })
  const written = sink.write('a')
  answer(failure(code))
  const end = { status: 3, code: 'reader-left', message: '' }
  await expect(written).rejects.toMatchObject(end)
  await expect(sink.write('b')).rejects.toMatchObject(end)
  expect(taken).toEqual(['a'])
})

it('reports what is wrong where nothing can be written, at once and again at the end', async () => {
  const { stream, taken, answer } = held()
  const stdout = openOutput(stream)
  const sink = openSink(undefined, { stdout, force: false, inputs: [] })
  const written = sink.write('a')
  answer(failure('ENOSPC'))
  const fault = { status: 3, code: 'output-failed' }
  await expect(written).rejects.toMatchObject(fault)
  await expect(sink.write('b')).rejects.toMatchObject(fault)
  await expect(stdout.settled()).rejects.toMatchObject(fault)
  expect(taken).toEqual(['a'])
})
