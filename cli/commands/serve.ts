import { type Run } from '../command.ts'

/** Serves until a signal comes or the process that started it is gone. */
export const run: Run = async ({ config }) => {
  const ending = endOfService()
  const { startServer } = await import('../../server/main.ts')
  const server = await startServer(config)
  process.stderr.write(`Linchpin is ready: ${config.publicUrl} (listening on ${server.address})\n`)
  await ending
  // What hangs is cut off: a supervisor would send -9 next, and that is worse for everybody else.
  setTimeout(() => process.exit(1), 30_000).unref()
  await server.stop()
  return 0
}

/**
 * `npm start` and Ctrl-C deliver one wish several times: the terminal to all processes at once, and each parent to its
 * child. So a repeated signal counts as impatience only after a second.
 */
function endOfService(): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>()
  let first: number | null = null
  const onSignal = () => {
    if (first == null) {
      first = performance.now()
      resolve()
    } else if (performance.now() - first > 1000) {
      process.exit(1)
    }
  }
  process.on('SIGINT', onSignal)
  process.on('SIGTERM', onSignal)
  process.on('SIGHUP', onSignal)
  if (process.channel != null) {
    // The bootstrap holds the other end; when it is killed, nobody is left to pass a signal on.
    process.on('disconnect', onSignal)
    process.channel.unref()
  }
  return promise
}
