/** Rejects when the worker cannot be loaded or dies; what waits for the worker races against it. */
export function brokenOf(worker: Worker): Promise<never> {
  const broken = new Promise<never>((_, reject) => {
    worker.addEventListener('error', (event) => {
      reject(new Error(`worker: ${event.message || 'its program could not be loaded'}`))
    })
  })
  // a worker may break while nobody waits
  broken.catch(() => undefined)
  return broken
}
