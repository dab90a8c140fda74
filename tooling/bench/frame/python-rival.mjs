import { spawn } from 'node:child_process'

/** How much of what a rival wrote to standard error is shown when it fails. */
const TAIL = 2000

/**
 * A program that computes the same with other means, in a process of its own that stays alive, so
 * that its repeats can be interleaved with ours. Messages in both directions: a line of JSON whose
 * `arrays` name float64 arrays and their lengths, then these arrays' bytes, little-endian. The
 * program measures its own time: what the exchange costs is not counted.
 */
export class RivalProcess {
  #child
  #unread = Buffer.alloc(0)
  #waiting
  #ended
  #stderr = ''
  #last = Promise.resolve()

  #onBlas

  /** @param onBlas called with the BLAS on which the rival's products rest, once it says so */
  constructor(command, args, { onBlas = () => {} } = {}) {
    this.command = command
    this.#onBlas = onBlas
    this.#child = spawn(command, args, { stdio: ['pipe', 'pipe', 'pipe'] })
    this.#child.stderr.setEncoding('utf8').on('data', (text) => {
      this.#stderr = (this.#stderr + text).slice(-TAIL)
    })
    this.#child.stdout.on('data', (bytes) => {
      this.#unread = Buffer.concat([this.#unread, bytes])
      this.#settle()
    })
    this.#child.stdin.on('error', () => {}) // said by 'close', too
    const end = (why) => {
      this.#ended ??= why
      this.#settle()
    }
    this.#child.on('error', (error) => end(error.message))
    this.#child.on('close', (code, signal) => end(`it ended with ${signal ?? `status ${code}`}`))
  }

  /** Sends a request and waits for its answer; several wait for each other. */
  request(header, arrays = {}) {
    const answer = this.#last.then(() => this.#ask(header, arrays))
    this.#last = answer.catch(() => {})
    return answer
  }

  async #ask(header, arrays) {
    const names = Object.keys(arrays)
    const list = names.map((name) => ({ name, length: arrays[name].length }))
    this.#child.stdin.write(`${JSON.stringify({ ...header, arrays: list })}\n`)
    for (const name of names) {
      const numbers = Float64Array.from(arrays[name])
      this.#child.stdin.write(Buffer.from(numbers.buffer))
    }
    const answer = await new Promise((resolve, reject) => {
      this.#waiting = { resolve, reject }
      this.#settle()
    })
    if (answer.error !== undefined) throw new Error(`${this.command}: ${answer.error}`)
    return answer
  }

  /**
   * A computation on the rival's side, prepared: its data are there, its threads chosen.
   *
   * @returns a variant for `compareTask`
   */
  async variant(label, task, { options = {}, arrays = {}, note: said } = {}) {
    const { id, note, blas } = await this.request({ op: 'prepare', task, options }, arrays)
    if (blas) this.#onBlas(blas)
    const notes = [note, blas, said].filter(Boolean).join(', ')
    return {
      label,
      ...(notes && { note: notes }),
      answer: async () => (await this.request({ op: 'answer', id })).arrays,
      time: async (calls) => (await this.request({ op: 'time', id, calls })).seconds * 1e3,
    }
  }

  close() {
    this.#child.stdin.end()
    this.#child.kill('SIGKILL')
  }

  #settle() {
    if (this.#waiting === undefined) return
    const message = this.#take()
    const { resolve, reject } = this.#waiting
    if (message !== undefined) {
      this.#waiting = undefined
      resolve(message)
    } else if (this.#ended !== undefined) {
      this.#waiting = undefined
      reject(new Error(`${this.command}: ${this.#ended}\n${this.#stderr}`))
    }
  }

  /** The next whole message, if it has come. */
  #take() {
    const end = this.#unread.indexOf(10)
    if (end < 0) return undefined
    const header = JSON.parse(this.#unread.toString('utf8', 0, end))
    const list = header.arrays ?? []
    let at = end + 1
    if (this.#unread.length < list.reduce((sum, { length }) => sum + 8 * length, at))
      return undefined
    const arrays = {}
    for (const { name, length } of list) {
      // a copy, because the place of a float64 array has to be a multiple of 8
      const bytes = Uint8Array.prototype.slice.call(this.#unread, at, at + 8 * length)
      arrays[name] = new Float64Array(bytes.buffer, bytes.byteOffset, length)
      at += 8 * length
    }
    this.#unread = this.#unread.subarray(at)
    return { ...header, arrays }
  }
}
