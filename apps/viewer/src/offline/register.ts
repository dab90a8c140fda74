/**
 * Lets a worker of the browser keep the page's files, once the page has what it needs itself.
 * Where that is not possible, the page needs its network.
 */
export function workOffline(): void {
  if (!import.meta.env.PROD || !('serviceWorker' in navigator)) return
  const register = () => {
    navigator.serviceWorker.register('./service-worker.js').catch(() => undefined)
  }
  if (document.readyState === 'complete') setTimeout(register, 2000)
  else addEventListener('load', () => setTimeout(register, 2000))
}
