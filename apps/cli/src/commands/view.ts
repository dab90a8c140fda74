import { exit } from '../exit.js'
import type { Host } from '../host.js'
import type { Terminal } from '../terminal/terminal.js'
import { builtViewer, servePages } from '../work/page-server.js'

/** `nonconvex view`: serves the built viewer to this machine alone, until Ctrl-C. */
export async function view(
  host: Host,
  terminal: Terminal,
  flags: { readonly port: number },
): Promise<number> {
  const server = await servePages(builtViewer(host), flags.port)
  try {
    terminal.print(server.address)
    terminal.hint('serving the viewer to this machine alone; Ctrl-C ends it')
    await new Promise<void>((resolve) => {
      if (host.signal.aborted) resolve()
      host.signal.addEventListener('abort', () => resolve(), { once: true })
    })
  } finally {
    await server.close()
  }
  return exit.done
}
