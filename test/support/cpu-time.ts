/**
 * Time of the processor (milliseconds) that this thread spends on some work. For tests that hostile input costs no more than other: waiting for a busy
 * machine does not count. How fast something is, the bench says.
 */
export async function cpuMs(work: () => unknown): Promise<number> {
  const ended = cpuClock()
  await work()
  return ended()
}

/** Starts to count; each call answers what this thread has spent since. */
export function cpuClock(): () => number {
  const begun = process.threadCpuUsage()
  return () => {
    const { user, system } = process.threadCpuUsage(begun)
    return (user + system) / 1000
  }
}
